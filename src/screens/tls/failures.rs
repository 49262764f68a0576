//! What failed: as one pivot, and each result type in words.

use super::Sketch;
use super::data::{Row, rows};
use crate::dns::explain::Topic;
use crate::dns::lookup::{self, RecordType};
use crate::dns::message::Say;
use crate::dns::record::RecordKind;
use crate::query::{Dimension, Filter, Measure};
use crate::screens::markup::{Node, Tag, element};
use crate::screens::parts::card;
use crate::screens::pivot::Pivot;
use crate::screens::toolbox::{Block, Section, Tone, Tool};
use crate::view::pivot::details;

/// Mail servers that there is a command line for, of each kind of failure.
const HOSTS: usize = 4;

pub fn section(sketch: Sketch<'_>, domain: &str, filter: &Filter) -> Option<Vec<Node>> {
    let filter = details_of(filter);
    let of_types =
        |other| rows(sketch.desk, &filter, (Dimension::ResultType, Some(other)), Measure::Detailed);
    let pivot = Pivot::of(sketch.desk, &filter);
    let (types, hosts) = (of_types(Dimension::Mode), of_types(Dimension::Mx));
    let (pivot, types, hosts) = (pivot?, types?, hosts?);
    if types.is_empty() {
        let good = sketch.remark(Tone::Good, sketch.say("tls.failures.none"));
        return Some(vec![sketch.section("tls.failures.title", vec![good])]);
    }
    let head = element(Tag::Div, "screen-head", vec![pivot.grouping(), pivot.take_along()]);
    let mut content = vec![head, pivot.table()];
    content.extend(pivot.more());
    let mut nodes = vec![card("explore", &sketch.say("tls.failures.title"), content)];
    nodes.extend(explained(sketch, domain, &types, &hosts));
    Some(nodes)
}

/// The same filter for failure details alone.
fn details_of(filter: &Filter) -> Filter {
    let mut filter = filter.clone();
    filter.add(details());
    filter
}

/// A section for each result type, those with most sessions first.
fn explained(sketch: Sketch<'_>, domain: &str, rows: &[Row], hosts: &[Row]) -> Vec<Node> {
    let mut types: Vec<&str> = Vec::new();
    for row in rows {
        let name = row.key.as_deref().unwrap_or_default();
        if !types.contains(&name) {
            types.push(name);
        }
    }
    let section = |name: &&str| {
        let is_of = |row: &&Row| row.key.as_deref().unwrap_or_default() == *name;
        let hosts: Vec<_> =
            hosts.iter().filter(is_of).filter_map(|row| row.other.as_deref()).take(HOSTS).collect();
        let mut blocks: Vec<_> = rows.iter().filter(is_of).map(|row| lost(sketch, row)).collect();
        match topic(name) {
            Some(topic) => blocks.extend(explanation(sketch, topic, domain, &hosts)),
            None if name.is_empty() => {
                blocks.push(Block::Text(sketch.say("tls.type.unstated-means")));
            }
            None => blocks.push(Block::Text(sketch.say("tls.type.unknown-means"))),
        }
        sketch.brush().section(&Section { title: title(sketch, name), blocks })
    };
    types.iter().map(section).collect()
}

/// The topic that explains a result type, if a document knows it.
fn topic(name: &str) -> Option<Topic> {
    Topic::ALL.iter().copied().find(|topic| topic.key().strip_prefix("topic.") == Some(name))
}

fn title(sketch: Sketch<'_>, name: &str) -> String {
    match topic(name) {
        Some(topic) => format!("{} ({name})", sketch.say(&format!("{}.title", topic.key()))),
        None if name.is_empty() => sketch.say("tls.type.unstated"),
        None => sketch.fill("tls.type.unknown", &[("type", name)]),
    }
}

/// What happened, who must act, and how to check it.
fn explanation(sketch: Sketch<'_>, topic: Topic, domain: &str, hosts: &[&str]) -> Vec<Block> {
    let key = topic.key();
    let checks = topic.checks().iter();
    let checks = checks.map(|check| sketch.fill(check.key(), &[("domain", domain)]));
    let name = key.strip_prefix("topic.").unwrap_or(key);
    let mut blocks = vec![
        Block::Text(sketch.say(&format!("{key}.means"))),
        Block::Text(sketch.say(&format!("{key}.not"))),
        Block::Title(sketch.say("tls.who")),
        Block::Text(sketch.say(who(topic))),
        Block::Title(sketch.say("tool.explain.checks")),
        Block::Steps(checks.collect()),
    ];
    let commands = commands(topic, domain, hosts).join("\n");
    if !commands.is_empty() {
        blocks.push(sketch.pen.copy("tls.commands", commands));
    }
    let values = [("error", name), ("domains", domain)];
    blocks.push(Block::Links(vec![sketch.pen.link("tls.go.explain", Tool::Explain, &values)]));
    blocks
}

/// Command lines that show what the sender saw. Names go into them only if a shell cannot
/// misread them.
fn commands(topic: Topic, domain: &str, hosts: &[&str]) -> Vec<String> {
    let of_hosts = |command: fn(&str) -> Option<String>| {
        hosts.iter().filter_map(|host| command(host)).collect()
    };
    match topic {
        Topic::StsPolicyFetchError | Topic::StsWebPkiInvalid | Topic::StsPolicyInvalid => {
            let name = RecordKind::MtaSts.name(domain);
            let record = lookup::dig(&[lookup::Question::new(&name, RecordType::Txt)]);
            lookup::curl(domain).into_iter().flat_map(|curl| [record.clone(), curl]).collect()
        }
        Topic::TlsaInvalid | Topic::DnssecInvalid | Topic::DaneRequired => of_hosts(lookup::tlsa),
        _ => of_hosts(lookup::openssl),
    }
}

/// How many sessions, and whether their mail was lost: the mode of the policy decides.
fn lost(sketch: Sketch<'_>, row: &Row) -> Block {
    let (tone, key) = match row.other.as_deref() {
        Some("testing") => (Tone::Warning, "tls.lost.testing"),
        Some("enforce") => (Tone::Fault, "tls.lost.enforce"),
        Some("none") => (Tone::Hint, "tls.lost.none"),
        _ => (Tone::Warning, "tls.lost.unknown"),
    };
    let args =
        [("sessions", sketch.number(row.detailed)), ("days", sketch.days(row.first, row.last))];
    let args = args.each_ref().map(|(name, value)| (*name, value.as_str()));
    sketch.remark(tone, sketch.fill(key, &args))
}

/// Who must act.
fn who(topic: Topic) -> &'static str {
    match topic {
        Topic::StsPolicyFetchError | Topic::StsWebPkiInvalid | Topic::StsPolicyInvalid => {
            "tls.who.policy-host"
        }
        Topic::TlsaInvalid | Topic::DnssecInvalid | Topic::DaneRequired => "tls.who.dns",
        Topic::ValidationFailure => "tls.who.policy-or-server",
        _ => "tls.who.server",
    }
}
