//! The gate: the verdict on "testing or enforce?", what failed lately, the evidence, and what
//! to do next.

use super::data::{Row, rows, sum};
use super::gate::{COVERED, ENOUGH, Gate, QUIET};
use super::lately::{Lately, lately};
use super::policies::{self, Seen};
use super::reasons::is_of_policy_host;
use super::story::{failing, names, stories};
use super::{Sketch, of_all_policies, whole};
use crate::base::UnixSeconds;
use crate::dns::mta_sts::matching::matches;
use crate::dns::record::RecordKind;
use crate::query::{Dimension, Filter, Measure, Table};
use crate::screens::markup::Node;
use crate::screens::parts::percentage;
use crate::screens::toolbox::{Block, Link, Tone, Tool};

/// Of what a filter lets through; so many reports more are of days to come.
pub fn section(sketch: Sketch<'_>, domain: &str, filter: &Filter, later: u64) -> Option<Vec<Node>> {
    let texts = (Dimension::PolicyType, Some(Dimension::PolicyText));
    let texts = rows(sketch.desk, filter, texts, Measure::Last);
    let seen = policies::policies(sketch.desk, filter);
    let of = |kind, current| lately(sketch, domain, filter, kind, current);
    let (dane, bare) = (of("tlsa", None), of("no-policy-found", None));
    let seen = seen?;
    let current = seen.first();
    let (sts, dane, bare) = (of("sts", current)?, dane?, bare?);
    let gate = sts.evidence.gate();
    let is_untyped = texts?.iter().any(is_untyped);
    let mut blocks = verdicts(sketch, gate, (&sts, &dane), is_untyped);
    blocks.extend(caveats(sketch, &[&sts, &dane, &bare], later));
    let exposed = current.map_or(0, |seen| at_hosts(seen, &bare));
    if exposed > 0 {
        let sessions = sketch.desk.count("count.sessions", exposed);
        let words = sketch.fill("tls.gate.exposed", &[("sessions", &sessions)]);
        blocks.push(sketch.remark(Tone::Warning, words));
    }
    if sts.is_old {
        let name = RecordKind::MtaSts.name(domain);
        let reporters = failing(sketch, &sts.reporters);
        let old = sketch.fill("tls.gate.old", &[("reporters", &reporters), ("name", &name)]);
        blocks.push(sketch.remark(Tone::Warning, old));
    }
    let all = [("sts", &sts), ("tlsa", &dane), ("no-policy-found", &bare)];
    let all = all.into_iter().filter(|(_, lately)| lately.evidence.covered > 0);
    blocks.extend(all.clone().flat_map(|(kind, lately)| stories(sketch, domain, kind, lately)));
    blocks.push(next(sketch, domain, (gate, exposed), &dane, current));
    for (kind, lately) in all {
        let title = sketch.fill("tls.gate.evidence", &[("policy", &sketch.kind(Some(kind)))]);
        blocks.push(Block::Group { title, blocks: vec![facts(sketch, kind, lately)] });
    }
    Some(vec![sketch.section("tls.gate.title", blocks)])
}

/// Whether reports show a policy of MTA-STS, or what is no type, where no type says so.
fn is_untyped(row: &Row) -> bool {
    let is_text = row.other.as_deref().is_some_and(policies::is_sts);
    let is_known = matches!(row.key.as_deref(), Some("sts" | "tlsa" | "no-policy-found"));
    is_text || !is_known
}

/// Sessions that failed at the mail servers of a policy, by senders without it. One that has it
/// in mode `enforce` could not have delivered there.
fn at_hosts(policy: &Seen, bare: &Lately) -> u64 {
    let patterns = policy.mx();
    let is_at = |row: &&Row| {
        let host = row.other.as_deref();
        host.is_some_and(|host| patterns.iter().any(|pattern| matches(pattern, host)))
            && !is_of_policy_host(row.key.as_deref().unwrap_or_default())
    };
    sum(bare.hosts.iter().filter(is_at).map(|row| row.detailed))
}

/// What the verdict does not stand on.
fn caveats(sketch: Sketch<'_>, all: &[&Lately], later: u64) -> Vec<Block> {
    let whole = of_all_policies(&whole(&sketch.desk.filter)).without(Dimension::Domain);
    let whole = whole.on_table(Table::Tls);
    let part = (!whole.is_empty()).then(|| sketch.say("tls.gate.part"));
    let later = (later > 0).then(|| sketch.desk.count("tls.gate.later", later));
    let undated = sum(all.iter().map(|lately| lately.evidence.undated));
    let sessions = sketch.desk.count("count.sessions", undated);
    let undated =
        (undated > 0).then(|| sketch.fill("tls.gate.undated", &[("sessions", &sessions)]));
    let all = [part, later, undated].into_iter().flatten();
    all.map(|words| sketch.remark(Tone::Warning, words)).collect()
}

/// What is to be said of MTA-STS, and of DANE.
fn verdicts(
    sketch: Sketch<'_>,
    gate: Gate,
    (sts, dane): (&Lately, &Lately),
    is_untyped: bool,
) -> Vec<Block> {
    let has_dane = dane.evidence.covered > 0;
    let (tone, key) = match gate {
        Gate::NoPolicy if is_untyped => (Tone::Warning, "tls.gate.untyped"),
        // DANE is in force already: nobody has to begin with MTA-STS.
        Gate::NoPolicy if has_dane => (Tone::Hint, "tls.gate.dane-alone"),
        Gate::NoPolicy => (Tone::Hint, "tls.gate.no-policy"),
        Gate::Gone if sts.evidence.last.is_none() => (Tone::Warning, "tls.gate.gone-undated"),
        Gate::Gone => (Tone::Warning, "tls.gate.gone"),
        Gate::Invalid => (Tone::Warning, "tls.gate.invalid"),
        Gate::Off => (Tone::Hint, "tls.gate.off"),
        Gate::Unknown => (Tone::Warning, "tls.gate.unknown"),
        Gate::Unfetched => (Tone::Warning, "tls.gate.unfetched"),
        Gate::Enforced => (Tone::Good, "tls.gate.enforced"),
        Gate::Failing => (Tone::Fault, "tls.gate.failing"),
        Gate::NotYet => (Tone::Warning, "tls.gate.not-yet"),
        Gate::Idle => (Tone::Hint, "tls.gate.idle"),
        Gate::Few => (Tone::Hint, "tls.gate.few"),
        Gate::Wait => (Tone::Hint, "tls.gate.wait"),
        Gate::Ready => (Tone::Good, "tls.gate.ready"),
    };
    let days = QUIET.to_string();
    // A report that ends at midnight is not of the day that begins then.
    let last = sts.evidence.last.map(|last| UnixSeconds(last.0 - 1));
    let last = sketch.days(last, None);
    let enough = ENOUGH.to_string();
    let mode = sts.evidence.mode.as_deref().unwrap_or_default().replace('`', "'");
    let values = [("days", days.as_str()), ("day", &last), ("enough", &enough), ("mode", &mode)];
    let of_sts = sketch.remark(tone, sketch.fill(key, &values));
    if !has_dane {
        return vec![of_sts];
    }
    let (tone, key) = match dane.evidence.failed {
        0 if dane.evidence.successful == 0 => (Tone::Hint, "tls.gate.dane-idle"),
        0 => (Tone::Good, "tls.gate.dane-holds"),
        _ => (Tone::Fault, "tls.gate.dane-fails"),
    };
    let failed = sketch.desk.count("count.sessions", dane.evidence.failed);
    let of_dane = sketch.fill(key, &[("days", &days), ("sessions", &failed)]);
    let of_dane = sketch.remark(tone, of_dane);
    // First what decides.
    match gate {
        Gate::NoPolicy => vec![of_dane, of_sts],
        _ => vec![of_sts, of_dane],
    }
}

/// What the verdict stands on.
fn facts(sketch: Sketch<'_>, kind: &str, lately: &Lately) -> Block {
    let evidence = &lately.evidence;
    let all = u128::from(evidence.successful) + u128::from(evidence.failed);
    let rate = percentage(sketch.desk.words(), evidence.successful, all);
    // Only a step that is still to be taken asks for a number of days.
    let is_asked = kind == "sts" && evidence.mode.as_deref() == Some("testing");
    let covered = sketch.fill(
        if is_asked { "tls.gate.covered" } else { "tls.gate.covered-of" },
        &[
            ("covered", &evidence.covered.to_string()),
            ("days", &QUIET.to_string()),
            ("enough", &COVERED.to_string()),
        ],
    );
    let sessions = sketch.fill(
        if all == 0 { "tls.gate.no-sessions" } else { "tls.gate.sessions" },
        &[
            ("successful", &sketch.number(evidence.successful)),
            ("failed", &sketch.number(evidence.failed)),
            ("rate", &rate),
        ],
    );
    let reporters = lately.reporters.iter();
    let reporters =
        reporters.map(|row| row.key.clone().unwrap_or_else(|| sketch.say("tls.unstated")));
    let fact = |key: &str, value: String| Some((sketch.say(key), value));
    let facts = [
        evidence.mode.clone().and_then(|mode| fact("tls.gate.mode", mode)),
        evidence.first.and_then(|first| fact("tls.gate.since", sketch.days(Some(first), None))),
        evidence.window.and_then(|(since, until)| {
            fact("tls.gate.window", sketch.days(Some(since), Some(until)))
        }),
        fact("tls.gate.reports", covered),
        fact("tls.gate.told", sessions),
        fact("tls.gate.reporters", names(sketch, reporters)),
        fact("tls.gate.failed-by", failing(sketch, &lately.reporters))
            .filter(|it| !it.1.is_empty()),
    ];
    Block::Facts(facts.into_iter().flatten().collect())
}

/// Links to the tools, with the next record and policy in them.
fn next(
    sketch: Sketch<'_>,
    domain: &str,
    (gate, exposed): (Gate, u64),
    dane: &Lately,
    current: Option<&Seen>,
) -> Block {
    let mx = current.map(Seen::mx).unwrap_or_default().join("\n");
    let policy = |key: &str, mode| {
        let goal = if mode == "enforce" { "enforce" } else { "publish" };
        let values = [("domains", domain), ("mode", mode), ("goal", goal), ("mx", &mx)];
        sketch.pen.link(key, Tool::MtaSts, &values)
    };
    let check = || sketch.pen.link("tls.go.check", Tool::Domain, &[("domains", domain)]);
    let first = |link: Link| Link { first: true, ..link };
    let links = match gate {
        Gate::NoPolicy if dane.evidence.failed > 0 => {
            vec![check(), policy("tls.go.testing", "testing")]
        }
        Gate::NoPolicy if dane.evidence.covered > 0 => vec![policy("tls.go.testing", "testing")],
        Gate::NoPolicy | Gate::Off => vec![first(policy("tls.go.testing", "testing"))],
        Gate::Ready if exposed > 0 => vec![check(), policy("tls.go.enforce", "enforce")],
        Gate::Ready => vec![first(policy("tls.go.enforce", "enforce"))],
        // Of what holds, there is nothing to do but to see that all is still as it should be.
        _ => vec![check()],
    };
    Block::Links(links)
}
