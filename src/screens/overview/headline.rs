//! How things stand, in a sentence, what matters most, in another, and what is missing from it.

use crate::query::{Histogram, Measure, Sums};
use crate::screens::Desk;
use crate::screens::markup::{Attribute, Node, Tag, element, text};
use crate::screens::parts::{paragraph, percentage, ratio, value};
use crate::view::fix::{Cause, Fix};

/// `sums` are of all that the filter lets through, whatever its date.
pub fn draw(
    desk: &Desk<'_>,
    sums: &Sums,
    first: Option<&Fix<'_>>,
    histogram: Option<&Histogram>,
    losses: Option<Node>,
) -> Node {
    let judged = sums.get(Measure::Judged);
    let failed = judged.saturating_sub(sums.get(Measure::Passed));
    let unjudged = sums.get(Measure::Messages).saturating_sub(judged);
    let title = element(Tag::H1, "", vec![text(verdict(desk, sums, unjudged))]);
    let mut parts = vec![title.with(Attribute::TabIndex, "-1")];
    parts.extend(first.map(|fix| first_of_all(desk, fix, failed)));
    parts.push(paragraph("headline__period", about(desk, sums, histogram)));
    parts.extend(misdated(desk, histogram).map(|words| paragraph("headline__period", words)));
    if judged > 0 && unjudged > 0 {
        parts.push(paragraph("headline__period", desk.count("overview.unjudged", unjudged)));
    }
    parts.push(paragraph("headline__why", desk.text("overview.why")));
    parts.extend(losses);
    element(Tag::Div, "headline", parts)
}

fn verdict(desk: &Desk<'_>, sums: &Sums, unjudged: u64) -> String {
    let (passed, judged) = (sums.get(Measure::Passed), sums.get(Measure::Judged));
    let share = percentage(desk.words(), passed, judged);
    match judged {
        0 => desk.count("overview.unjudged", unjudged),
        judged => desk.words().count_of("overview.verdict", judged, &[("share", &share)]),
    }
}

/// What to fix first, of so many messages that fail.
fn first_of_all(desk: &Desk<'_>, fix: &Fix<'_>, failed: u64) -> Node {
    let share = ratio(desk.words(), fix.messages, failed);
    let share = share.map(|share| desk.fill("overview.of-failing", &[("share", &share)]));
    let source = value(desk, fix.cause.dimension(), &fix.source.map(str::to_owned));
    let (says, author) = match (fix.cause, fix.author()) {
        (Cause::Misjudged, _) => ("overview.misjudged", None),
        (Cause::Strict, _) => ("overview.strict", None),
        (Cause::Broken(_) | Cause::Lacking(_), None) => ("overview.fails-alone", None),
        (Cause::Broken(_) | Cause::Lacking(_), author) => ("overview.fails", author),
    };
    let mut words = Vec::new();
    // Where nothing else fails there is nothing to mend.
    if fix.cause != Cause::Misjudged {
        words.push(text(format!("{} ", desk.text("overview.first"))));
    }
    words.push(element(Tag::Strong, "", vec![source]));
    words.push(text(format!(" {}", desk.count(says, fix.messages))));
    if let Some(author) = author {
        words.push(text(" "));
        words.push(value(desk, fix.cause.author(), &Some(author.to_owned())));
    }
    // Of a sum at its limit no share is known.
    let end = share.map_or(desk.text("overview.stop").to_owned(), |share| format!(" {share}"));
    words.push(text(end));
    element(Tag::P, "headline__first", words)
}

/// The time that is reported on, and by how many of whom.
fn about(desk: &Desk<'_>, sums: &Sums, histogram: Option<&Histogram>) -> String {
    let (begin, end) = histogram.and_then(|it| it.ends).unzip();
    let about = [
        desk.language.days(begin, end).unwrap_or_default(),
        desk.count("count.sources", sums.get(Measure::SourceIps)),
        desk.count("count.reporters", sums.get(Measure::Reporters)),
    ];
    about.join(" · ")
}

/// What is counted and dated outside of that time.
fn misdated(desk: &Desk<'_>, histogram: Option<&Histogram>) -> Option<String> {
    let [before, after] = histogram?.outside;
    let messages = before.saturating_add(after);
    let count = (messages > 0).then(|| desk.count("count.messages", messages))?;
    Some(desk.fill("overview.misdated", &[("messages", &count)]))
}
