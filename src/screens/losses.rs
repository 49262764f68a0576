//! That reading lost something, told where the numbers stand that it is missing from.

use super::Desk;
use super::markup::{Attribute, Node, Tag, element, text};
use super::parts::link;
use super::words::Words;
use crate::base::{Findings, Kind, Severity};
use crate::query::{Answer, FindingLine, Question};
use crate::view::tone::Tone;
use crate::view::{Route, Screen};

/// Kinds of losses that are named.
const NAMED: usize = 3;

/// Of all files, with the way to the findings; nothing where all was kept.
pub fn of_files(desk: &Desk<'_>) -> Option<Node> {
    let Some(Answer::FindingKinds(lines)) = desk.ask(Question::FindingKinds) else { return None };
    // The lines of one kind stand together.
    let kinds = lines.chunk_by(|one, other| one.kind == other.kind).map(|lines| {
        let parts = lines.iter().map(|line: &FindingLine| u64::from(line.reports)).sum();
        (lines[0].kind, parts)
    });
    let named = |(kind, parts): (Kind, u64)| {
        let parts = desk.count("losses.parts", parts);
        format!("{} ({parts})", desk.words().finding_title(kind))
    };
    let show = vec![text(desk.text("losses.show"))];
    let way = link(&Route::to(Screen::Findings), "link", show);
    told(desk.words(), "losses.files", kinds, named, Some(way))
}

/// Of one report.
pub fn of_report(findings: &Findings, words: Words) -> Option<Node> {
    let kinds = findings.tallies().iter().map(|tally| (tally.kind, tally.count));
    let named = |(kind, _)| words.finding_title(kind).to_owned();
    told(words, "losses.report", kinds, named, None)
}

/// The gravest first.
fn told(
    words: Words,
    key: &str,
    kinds: impl Iterator<Item = (Kind, u64)>,
    named: impl Fn((Kind, u64)) -> String,
    way: Option<Node>,
) -> Option<Node> {
    let mut kinds: Vec<_> = kinds.filter(|(kind, _)| kind.severity() >= Severity::Lost).collect();
    kinds.sort_by_key(|(kind, parts)| std::cmp::Reverse((kind.severity(), *parts)));
    let more = kinds.len().saturating_sub(NAMED) as u64;
    let mut what: Vec<_> = kinds.into_iter().take(NAMED).map(named).collect();
    if what.is_empty() {
        return None;
    }
    if more > 0 {
        what.push(words.count("count.more", more));
    }
    let said = words.fill(key, &[("what", &what.join("; "))]);
    let mut content = vec![text(format!("{said} "))];
    content.extend(way);
    let content = vec![Node::Mark(Tone::Warning), element(Tag::Span, "", content)];
    Some(element(Tag::P, "losses", content).with(Attribute::Role, "note"))
}
