//! What to fix, by the messages at stake: each line with its evidence and with the way to the
//! records.

use super::records;
use crate::base::idn::unicode;
use crate::dns::name::are_nested;
use crate::screens::Desk;
use crate::screens::markup::{Node, Tag, Tone, element, text};
use crate::screens::parts::{card, link, paragraph, value};
use crate::view::fix::{Cause, Fix, Passing};

/// The list; without any fix, why there is none. `all` there are.
pub fn list(desk: &Desk<'_>, fixes: &[Fix<'_>], all: u64, why_none: (Tone, &str)) -> Node {
    let mut content = Vec::new();
    if fixes.is_empty() {
        let (tone, why) = why_none;
        let words = element(Tag::Span, "", vec![text(desk.text(why))]);
        content.push(element(Tag::P, "fixes__none", vec![Node::Mark(tone), words]));
    } else {
        let lines = fixes.iter().map(|fix| line(desk, fix)).collect();
        content.push(element(Tag::Ol, "", lines));
    }
    let more = all.saturating_sub(fixes.len() as u64);
    if more > 0 {
        content.push(paragraph("fixes__more", desk.count("count.more", more)));
    }
    card("fixes", desk.text("overview.fix"), content)
}

fn line(desk: &Desk<'_>, fix: &Fix<'_>) -> Node {
    let cause = match fix.cause {
        Cause::Misjudged => "misjudged",
        Cause::Strict => "strict",
        _ if fix.author().is_none() => "no-author",
        Cause::Broken(_) => "broken",
        // It passes in the right name, and yet fails: nothing that is listed says why.
        Cause::Lacking(Passing::Spf | Passing::Dkim) if is_related(fix) => "unclear",
        Cause::Lacking(Passing::Spf) => "spf",
        Cause::Lacking(Passing::Dkim) => "dkim",
        Cause::Lacking(Passing::Nothing) => "neither",
    };
    let name = |name: Option<&str>| name.map_or(desk.text("absent.unstated").to_owned(), unicode);
    let names = [("domain", &*name(fix.domain)), ("source", &*name(fix.source))];
    let advice = desk.fill(&format!("fix.{cause}"), &names);
    // What was rejected did no harm: somebody else's attempt, or a loss already seen.
    let is_theirs = fix.cause == Cause::Misjudged;
    let tone = if is_theirs || fix.rejected == fix.messages { Tone::Warning } else { Tone::Fault };
    let mut facts = String::new();
    if fix.addresses > 1 {
        facts = desk.count("count.sources", fix.addresses) + " · ";
    }
    if fix.rejected > 0 {
        facts = facts + &desk.count("fix.rejected", fix.rejected) + " · ";
    }
    let strong = |on, text: Option<&str>| {
        element(Tag::Strong, "", vec![value(desk, on, &text.map(str::to_owned))])
    };
    let mut title = vec![strong(fix.cause.dimension(), fix.source)];
    if fix.source != fix.domain && fix.author().is_some() && fix.cause != Cause::Strict {
        let verb = if is_theirs { "fix.fails" } else { "fix.sends-as" };
        title.push(text(format!(" {} ", desk.text(verb))));
        title.push(strong(fix.cause.author(), fix.domain));
    }
    let see =
        link(&records(&fix.records(&desk.filter)), "link", vec![text(desk.text("fix.records"))]);
    let words = vec![
        element(Tag::P, "fixes__title", title),
        paragraph("fixes__text", advice),
        element(Tag::P, "fixes__text", vec![text(facts), see]),
    ];
    let count = vec![
        element(Tag::Strong, "", vec![desk.integer(fix.messages)]),
        element(Tag::Span, "", vec![text(desk.text("explore.messages"))]),
    ];
    let parts = vec![
        Node::Mark(tone),
        element(Tag::Div, "", words),
        element(Tag::P, "fixes__count", count),
    ];
    element(Tag::Li, "fixes__fix", parts)
}

/// Whether what passes is the domain itself, or one within the other.
fn is_related(fix: &Fix<'_>) -> bool {
    fix.source.zip(fix.domain).is_some_and(|(source, domain)| are_nested(source, domain))
}
