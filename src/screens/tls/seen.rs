//! The policies as senders saw them, with their history and their differences; and DANE.

use super::Sketch;
use super::data::{Row, rows, with};
use super::policies::{self, Seen, Spelling, difference};
use crate::dns::mta_sts::policy as policy_file;
use crate::dns::{Diagnostic, Severity};
use crate::query::{Dimension, Filter, Measure};
use crate::screens::markup::Node;
use crate::screens::toolbox::{Block, FieldKind, Remark, Tone, Tool};

/// The field for the policy file to compare with.
pub const FIELD: &str = "policy";

/// The domain that it is of, in the place of a field: of another one, it is none.
pub const OF: &str = "policy-of";

/// Policies that are shown whole.
const SHOWN: usize = 12;

/// Reporters that are listed of each.
const REPORTERS: usize = 40;

pub fn section(sketch: Sketch<'_>, filter: &Filter) -> Option<Vec<Node>> {
    let all = policies::policies(sketch.desk, filter)?;
    let Some(newest) = all.first() else { return Some(Vec::new()) };
    let mut blocks = Vec::new();
    let late: usize = all.iter().map(|seen| seen.still).sum();
    blocks.push(match (all.len(), late) {
        (1, _) => sketch.remark(Tone::Good, sketch.say("tls.seen.one")),
        (_, 0) => sketch.remark(Tone::Good, sketch.say("tls.seen.all")),
        _ => sketch.remark(Tone::Warning, sketch.say("tls.seen.late")),
    });
    let area = FieldKind::Area { rows: 6, choose: sketch.say("tool.policy.choose") };
    blocks.push(sketch.pen.field(FIELD, area, "version: STSv1"));
    let pasted = Some(sketch.pen.value(FIELD)).filter(|text| !text.trim().is_empty());
    if let Some(pasted) = pasted {
        let values = [("hosts", newest.mx().join("\n")), ("policy", pasted.to_owned())];
        let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
        blocks.extend(rejected(sketch, pasted));
        blocks.push(Block::Links(vec![sketch.pen.link("tls.go.policy", Tool::Policy, &values)]));
    }
    for (at, seen) in all.iter().take(SHOWN).enumerate() {
        let mut content = policy(sketch, seen, (at > 0).then_some(newest));
        content.extend(pasted.map(|file| {
            let differences = difference(&seen.text, file, Spelling::Strict);
            compared(sketch, "tls.seen.pasted", differences)
        }));
        blocks.push(Block::Group { title: title(sketch, at == 0, seen), blocks: content });
    }
    blocks.extend(more(sketch, all.len()));
    Some(vec![sketch.section("tls.seen.title", blocks)])
}

fn title(sketch: Sketch<'_>, is_newest: bool, seen: &Seen) -> String {
    let key = if is_newest { "tls.seen.newest" } else { "tls.seen.older" };
    sketch.fill(key, &[("days", &sketch.days(seen.first, seen.last))])
}

fn policy(sketch: Sketch<'_>, seen: &Seen, newest: Option<&Seen>) -> Vec<Block> {
    let reporter = |(name, last): &(String, Option<_>)| {
        let name = if name.is_empty() { sketch.say("tls.unstated") } else { name.clone() };
        let last = last.map(|last| sketch.desk.words().moment(last)).unwrap_or_default();
        sketch.fill("tls.seen.by", &[("reporter", &name), ("time", &last)])
    };
    let mut blocks = vec![
        sketch.pen.copy("tls.seen.text", seen.text.as_str()),
        counted(sketch, seen.successful, seen.failed),
        Block::Points(seen.by.iter().take(REPORTERS).map(reporter).collect()),
    ];
    let more = seen.by.len().saturating_sub(REPORTERS) as u64;
    blocks.extend((more > 0).then(|| Block::Text(sketch.desk.count("count.more", more))));
    if let Some(newest) = newest {
        let differences = difference(&seen.text, &newest.text, Spelling::Lenient);
        blocks.push(compared(sketch, "tls.seen.differs", differences));
        if seen.still > 0 {
            blocks.push(sketch.remark(Tone::Warning, sketch.say("tls.seen.still")));
        }
    }
    blocks
}

/// That senders reject a policy file, and what is wrong first.
fn rejected(sketch: Sketch<'_>, file: &str) -> Option<Block> {
    let found = policy_file::read(file.as_bytes(), &[]).diagnostics;
    let is_fault = |found: &&Diagnostic| found.severity() == Severity::Fault;
    let first = sketch.pen.diagnostic(found.iter().find(is_fault)?);
    let text = sketch.fill("tls.seen.rejected", &[("problem", &first.text)]);
    Some(Block::Remark(Remark { text, ..first }))
}

/// The lines that differ, or that none do.
fn compared(sketch: Sketch<'_>, title: &str, differences: Vec<(bool, &str)>) -> Block {
    let line = |(is_second, line): &(bool, &str)| {
        format!("`{} {}`", if *is_second { "+" } else { "−" }, line.replace('`', "'"))
    };
    let blocks = match differences.is_empty() {
        true => vec![Block::Text(sketch.say("tls.seen.same"))],
        false => vec![Block::Points(differences.iter().map(line).collect())],
    };
    Block::Group { title: sketch.say(title), blocks }
}

/// DANE as itself: the records, of which host, and what came of them.
pub fn dane(sketch: Sketch<'_>, filter: &Filter) -> Option<Vec<Node>> {
    let tlsa = with(filter, Dimension::PolicyType, "tlsa");
    let by = (Dimension::PolicyDomain, Some(Dimension::PolicyText));
    let all = rows(sketch.desk, &tlsa, by, Measure::Last)?;
    if all.is_empty() {
        return Some(Vec::new());
    }
    let group = |row: &Row| {
        let host = row.key.clone().unwrap_or_else(|| sketch.say("tls.unstated"));
        let title = sketch.pen.words.said(&host, &sketch.days(row.first, row.last));
        let records = row.other.as_deref().map(|text| sketch.pen.copy("tls.dane.records", text));
        let records = records.unwrap_or_else(|| Block::Text(sketch.say("tls.dane.no-records")));
        let blocks = vec![records, counted(sketch, row.successful, row.lost())];
        Block::Group { title, blocks }
    };
    let mut blocks = vec![Block::Text(sketch.say("tls.dane.lead"))];
    blocks.extend(all.iter().take(SHOWN).map(group));
    blocks.extend(more(sketch, all.len()));
    Some(vec![sketch.section("tls.dane.title", blocks)])
}

/// The sessions of a policy.
fn counted(sketch: Sketch<'_>, successful: u64, failed: u64) -> Block {
    let values = [("successful", sketch.number(successful)), ("failed", sketch.number(failed))];
    let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
    Block::Text(sketch.fill("tls.seen.sessions", &values))
}

/// That there are more than are shown.
fn more(sketch: Sketch<'_>, all: usize) -> Option<Block> {
    let more = all.saturating_sub(SHOWN) as u64;
    (more > 0).then(|| Block::Text(sketch.desk.count("count.more", more)))
}
