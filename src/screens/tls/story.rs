//! What failed lately, a few words for each result type: what happened, where, whether mail
//! was lost, who must act, how to check it.

use super::Sketch;
use super::data::{Row, sum};
use super::failures::{of, others, types};
use super::lately::Lately;
use super::reasons::{Reason, code, losses};
use crate::base::idn::unicode;
use crate::query::{Dimension, Table};
use crate::screens::isolated::isolated;
use crate::screens::toolbox::{Block, Link, Target};
use crate::view::Route;
use crate::view::pivot::details;

/// Result types that are told of; all are in the pivot.
const TOLD: usize = 3;

/// Names in one line.
const NAMES: usize = 4;

/// Of the policies of one type.
pub fn stories(sketch: Sketch<'_>, domain: &str, kind: &str, lately: &Lately) -> Vec<Block> {
    let all = types(&lately.hosts);
    if all.is_empty() {
        let silent = (dated(lately) > 0).then(|| sketch.say("tls.story.no-details"));
        return silent.into_iter().map(Block::Text).collect();
    }
    let told = all.iter().take(TOLD);
    let mut blocks: Vec<_> =
        told.map(|name| story(Reason { sketch, domain, name }, kind, lately)).collect();
    let more = all.len().saturating_sub(TOLD) as u64;
    if more > 0 {
        blocks.push(Block::Text(sketch.desk.count("tls.story.more", more)));
    }
    blocks.extend(silent(sketch, lately).map(Block::Text));
    blocks.push(Block::Links(vec![all_of_them(sketch, lately)]));
    blocks
}

/// That not all failures have details.
fn silent(sketch: Sketch<'_>, lately: &Lately) -> Option<String> {
    let failed = dated(lately);
    let detailed = sum(lately.hosts.iter().map(|row| row.detailed));
    let values = [("detailed", sketch.number(detailed)), ("failed", sketch.number(failed))];
    let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
    (detailed < failed).then(|| sketch.fill("tls.story.silent", &values))
}

/// What is told of has a time.
fn dated(lately: &Lately) -> u64 {
    lately.evidence.failed.saturating_sub(lately.evidence.undated)
}

/// The way to the pivot of what is told of here.
fn all_of_them(sketch: Sketch<'_>, lately: &Lately) -> Link {
    let mut filter = lately.filter.clone();
    filter.add(details());
    let by = [Dimension::ResultType];
    let route = Route::explore(Table::Tls).filtered(&filter).by(&by);
    let label = sketch.say("tls.story.all");
    Link { label, to: Target::Route(route.to_string()), first: false }
}

fn story(reason: Reason<'_>, kind: &str, lately: &Lately) -> Block {
    let Reason { sketch, name, .. } = reason;
    let hosts = others(&lately.hosts, name);
    let place = match hosts.is_empty() {
        true => sketch.say("tls.story.nowhere"),
        false => names(sketch, hosts.iter().map(|host| unicode(host))),
    };
    let modes = of(&lately.modes, name).map(|row| (row, Some(kind), row.other.as_deref()));
    let losses: Vec<_> = losses(sketch, modes).into_iter().map(|remark| remark.text).collect();
    let reporters =
        names(sketch, of(&lately.by, name).map(|row| counted(sketch, &row.other, row.detailed)));
    let codes = others(&lately.codes, name);
    let codes = names(sketch, codes.iter().map(|it| code(sketch, it)));
    let fact = |key: &str, value: String| (sketch.say(key), value);
    let mut facts = vec![
        fact("tls.story.what", reason.means()),
        fact("tls.story.where", place),
        fact("tls.story.code", codes),
        fact("tls.story.lost", losses.join(" ")),
        fact("tls.who", reason.who()),
        fact("tls.gate.failed-by", reporters),
    ];
    facts.retain(|(_, value)| !value.is_empty());
    let blocks = std::iter::once(Block::Facts(facts)).chain(reason.check(&hosts));
    Block::Group { title: reason.title(), blocks: blocks.collect() }
}

/// A name with a number.
pub fn counted(sketch: Sketch<'_>, name: &Option<String>, number: u64) -> String {
    let name = name.clone().unwrap_or_else(|| sketch.say("tls.unstated"));
    // Details need not say how many.
    if number == 0 {
        return name;
    }
    format!("{} ({})", isolated(&name), sketch.number(number))
}

/// The first few of these, and how many more there are.
pub fn names(sketch: Sketch<'_>, mut all: impl Iterator<Item = String>) -> String {
    // Nothing in them is code.
    let shown = |name: String| isolated(&name.replace('`', "'")).into_owned();
    let first: Vec<_> = all.by_ref().take(NAMES).map(shown).collect();
    let more = all.count() as u64;
    let more = (more > 0).then(|| sketch.desk.count("count.more", more));
    first.into_iter().chain(more).collect::<Vec<_>>().join(", ")
}

/// Who reports failures.
pub fn failing(sketch: Sketch<'_>, rows: &[Row]) -> String {
    let failing = rows.iter().filter(|row| row.lost() > 0);
    names(sketch, failing.map(|row| counted(sketch, &row.key, row.lost())))
}
