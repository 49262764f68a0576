//! That reading lost something, told where the numbers stand that it is missing from.

use super::Desk;
use super::markup::{Attribute, Node, Tag, element, text};
use super::parts::link;
use super::words::Words;
use crate::base::{Findings, Kind, Severity};
use crate::query::{Answer, Question};
use crate::view::tone::Tone;
use crate::view::{Route, Screen};

/// Kinds of losses that are named.
const NAMED: usize = 3;

/// Of all files, whatever the filter, with the way to the findings; nothing where all was kept.
pub fn of_files(desk: &Desk<'_>) -> Option<Node> {
    let Some(Answer::Losses(kinds)) = desk.ask(Question::Losses) else { return None };
    let words = desk.words();
    let named = |(kind, parts): (Kind, u64)| {
        let parts = words.count("losses.parts", parts);
        words.fill("losses.kind", &[("kind", words.finding_title(kind)), ("parts", &parts)])
    };
    let kinds = kinds.iter().map(|(kind, parts)| (*kind, u64::from(*parts)));
    let show = vec![text(desk.text("losses.show"))];
    let way = link(&Route::to(Screen::Findings), "link", show);
    told(words, "losses.files", kinds, named, Some(way))
}

/// Of one report.
pub fn of_report(findings: &Findings, words: Words) -> Option<Node> {
    let kinds = findings.tallies().iter().map(|tally| (tally.kind, tally.count));
    let kinds = kinds.filter(|(kind, _)| kind.severity() >= Severity::Lost);
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
    let mut kinds: Vec<_> = kinds.collect();
    kinds.sort_by_key(|(kind, parts)| std::cmp::Reverse((kind.severity(), *parts)));
    let more = kinds.len().saturating_sub(NAMED) as u64;
    let mut what: Vec<_> = kinds.into_iter().take(NAMED).map(named).collect();
    if what.is_empty() {
        return None;
    }
    if more > 0 {
        what.push(words.count("count.more", more));
    }
    let mut content = vec![text(words.fill(key, &[("what", &words.listed(what))]))];
    content.extend(way.into_iter().flat_map(|way| [text(" "), way]));
    let content = vec![Node::Mark(Tone::Warning), element(Tag::Span, "", content)];
    Some(element(Tag::P, "losses", content).with(Attribute::Role, "note"))
}
