//! What failed: as one pivot, and each result type in words.

use super::Sketch;
use super::data::{Row, rows, with};
use super::reasons::{Reason, losses};
use crate::query::{Dimension, Filter, Measure};
use crate::screens::markup::{Node, Tag, element};
use crate::screens::parts::card;
use crate::screens::pivot::Pivot;
use crate::screens::toolbox::{Block, Section, Tone};
use crate::view::pivot::details;

/// Result types that are explained; all are in the pivot.
const EXPLAINED: usize = 20;

/// Of what a filter lets through, whose summaries are those of another one.
pub fn section(
    sketch: Sketch<'_>,
    domain: &str,
    filter: &Filter,
    whole: &Filter,
) -> Option<Vec<Node>> {
    let sums = rows(sketch.desk, whole, (Dimension::PolicyType, None), Measure::Successful);
    let filter = details_of(filter);
    let sts = with(&filter, Dimension::PolicyType, "sts");
    let pivot = Pivot::of(sketch.desk, &filter);
    let kinds = of_types(sketch, &filter, Dimension::PolicyType);
    let modes = of_types(sketch, &sts, Dimension::Mode);
    let hosts = servers(sketch, domain, &filter);
    let (pivot, kinds, modes, hosts, sums) = (pivot?, kinds?, modes?, hosts?, sums?);
    if kinds.is_empty() {
        let remark = match sums.iter().any(|row| row.failed > 0) {
            true => sketch.remark(Tone::Warning, sketch.say("tls.story.no-details")),
            false => sketch.remark(Tone::Good, sketch.say("tls.failures.none")),
        };
        return Some(vec![sketch.section("tls.failures.title", vec![remark])]);
    }
    let head = element(Tag::Div, "screen-head", vec![pivot.grouping(), pivot.take_along()]);
    let mut content = vec![head, pivot.table()];
    content.extend(pivot.more());
    let mut nodes = vec![card("explore", &sketch.say("tls.failures.title"), content)];
    let all = types(&kinds);
    let unsaid = all.len().saturating_sub(EXPLAINED) as u64;
    let explained = all.into_iter().take(EXPLAINED).map(|name| {
        let reason = Reason { sketch, domain, name };
        let rows = of(&kinds, name).flat_map(|row| match row.other.as_deref() {
            // Of MTA-STS, the mode decides.
            Some("sts") => of(&modes, name)
                .map(|row| (row, Some("sts"), row.other.as_deref()))
                .collect::<Vec<_>>(),
            kind => vec![(row, kind, None)],
        });
        let losses = losses(sketch, rows).into_iter().map(Block::Remark);
        explained(reason, losses.collect(), &others(&hosts, name))
    });
    nodes.extend(explained);
    let unsaid =
        (unsaid > 0).then(|| Block::Text(sketch.desk.count("tls.failures.unsaid", unsaid)));
    nodes.extend(sketch.blocks(&Vec::from_iter(unsaid)));
    Some(nodes)
}

/// The same filter for failure details alone.
fn details_of(filter: &Filter) -> Filter {
    let mut filter = filter.clone();
    filter.add(details());
    filter
}

/// Result types by another dimension, those with most failures first.
fn of_types(sketch: Sketch<'_>, filter: &Filter, other: Dimension) -> Option<Vec<Row>> {
    rows(sketch.desk, filter, (Dimension::ResultType, Some(other)), Measure::Detailed)
}

/// Result types by mail server. Where a report on DANE names none in the details, it is the host
/// that the policy is of; nobody asks for DANE where the filter lets none of it through.
pub fn servers(sketch: Sketch<'_>, domain: &str, filter: &Filter) -> Option<Vec<Row>> {
    let tlsa = with(filter, Dimension::PolicyType, "tlsa");
    let kinds = rows(sketch.desk, filter, (Dimension::PolicyType, None), Measure::Detailed);
    let of_policies = of_types(sketch, &tlsa, Dimension::PolicyDomain);
    let (mut all, of_policies) = (of_types(sketch, filter, Dimension::Mx)?, of_policies?);
    if !kinds?.iter().any(|row| row.key.as_deref() == Some("tlsa")) {
        return Some(all);
    }
    let is_new = |row: &Row, all: &[Row]| {
        let is_named = all.iter().any(|it| it.key == row.key && it.other.is_some());
        !is_named && row.other.as_deref().is_some_and(|host| host != domain)
    };
    let more: Vec<_> = of_policies.into_iter().filter(|row| is_new(row, &all)).collect();
    all.extend(more);
    Some(all)
}

/// The result types of a pivot, in its order; an empty one for none.
pub fn types(rows: &[Row]) -> Vec<&str> {
    let mut types: Vec<&str> = Vec::new();
    for row in rows {
        let name = row.key.as_deref().unwrap_or_default();
        if !types.contains(&name) {
            types.push(name);
        }
    }
    types
}

/// The lines of a result type.
pub fn of<'r>(rows: &'r [Row], name: &'r str) -> impl Iterator<Item = &'r Row> {
    rows.iter().filter(move |row| row.key.as_deref().unwrap_or_default() == name)
}

/// What a result type is grouped with, where that is stated.
pub fn others<'r>(rows: &'r [Row], name: &'r str) -> Vec<&'r str> {
    of(rows, name).filter_map(|row| row.other.as_deref()).collect()
}

/// A result type in all words.
fn explained(reason: Reason<'_>, losses: Vec<Block>, hosts: &[&str]) -> Node {
    let sketch = reason.sketch;
    let mut blocks = losses;
    blocks.extend([
        Block::Text(reason.means()),
        Block::Title(sketch.say("tls.who")),
        Block::Text(reason.who()),
    ]);
    blocks.extend(reason.check(hosts));
    blocks.extend(reason.explanation());
    sketch.brush().section(&Section { title: reason.title(), blocks })
}
