//! The findings of a part or report, in plain words.

use crate::base::{Findings, Kind, Sighting, Tally};
use crate::screens::facts::{list, mark, span};
use crate::screens::markup::{Node, Tag, element};
use crate::screens::masked::masked;
use crate::screens::parts::{data, paragraph};
use crate::screens::words::Words;
use crate::view::Code;

/// All of them, each with where it was seen.
pub fn finding_list(findings: &Findings, words: Words) -> Node {
    let items = findings.tallies().iter().map(|tally| finding(tally, words));
    list("finding-list", "finding-list__item", items)
}

fn finding(tally: &Tally, words: Words) -> Vec<Node> {
    let severity = tally.kind.severity();
    let word = words.text(&format!("severity.{}", severity.code()));
    let title =
        vec![mark(severity, words.finding_title(tally.kind)), span("finding-list__severity", word)];
    let mut all = vec![
        element(Tag::P, "finding-list__title", title),
        paragraph("finding-list__text", words.finding_text(tally.kind)),
    ];
    if !tally.kind.rule().is_empty() {
        all.push(paragraph("finding-list__rule", tally.kind.rule()));
    }
    all.push(sightings(tally, words));
    all
}

/// The sightings that say more than the part as a whole, and how many more there are.
fn sightings(tally: &Tally, words: Words) -> Node {
    let telling = |sighting: &&Sighting| {
        !sighting.detail.is_empty() || words.whereabouts(sighting.at).is_some()
    };
    let more = tally.count.saturating_sub(tally.first.len() as u64);
    let told = tally.first.iter().filter(telling);
    let told = told.map(|one| sighting(tally.kind, one, words));
    let more =
        (more > 0).then(|| vec![span("finding-list__more", words.count("count.more", more))]);
    list("finding-list__sightings", "", told.chain(more))
}

/// Where it was seen, and what.
pub fn sighting(kind: Kind, sighting: &Sighting, words: Words) -> Vec<Node> {
    let at = words.whereabouts(sighting.at).map(|at| span("finding-list__at", at));
    // What is wrong with a report can be said with an address of somebody.
    let seen = words.sighted(kind, sighting).map(|seen| masked(&seen));
    let seen = seen.map(|seen| element(Tag::Code, "finding-list__seen", vec![data(&seen)]));
    at.into_iter().chain(seen).collect()
}
