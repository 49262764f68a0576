//! The gate: the verdict on "testing or enforce?", what failed lately, the evidence, and what
//! to do next.

use super::Sketch;
use super::gate::{COVERED, ENOUGH, Gate, QUIET};
use super::lately::{Lately, lately};
use super::policies::{self, Seen};
use super::story::{failing, names, stories};
use crate::base::UnixSeconds;
use crate::dns::record::RecordKind;
use crate::query::Filter;
use crate::screens::markup::Node;
use crate::screens::toolbox::{Block, Link, Tone, Tool};

pub fn section(sketch: Sketch<'_>, domain: &str, filter: &Filter) -> Option<Vec<Node>> {
    let seen = policies::policies(sketch.desk, filter);
    let of = |kind, current| lately(sketch, domain, filter, kind, current);
    let (dane, bare) = (of("tlsa", None), of("no-policy-found", None));
    let seen = seen?;
    let current = seen.first();
    let (sts, dane, bare) = (of("sts", current)?, dane?, bare?);
    let gate = sts.evidence.gate();
    let mut blocks = verdicts(sketch, gate, &sts, &dane);
    if sts.is_old {
        let name = RecordKind::MtaSts.name(domain);
        let reporters = failing(sketch, &sts.reporters);
        let old = sketch.fill("tls.gate.old", &[("reporters", &reporters), ("name", &name)]);
        blocks.push(sketch.remark(Tone::Warning, old));
    }
    let all = [("sts", &sts), ("tlsa", &dane), ("no-policy-found", &bare)];
    let all = all.into_iter().filter(|(_, lately)| lately.evidence.covered > 0);
    blocks.extend(all.clone().flat_map(|(kind, lately)| stories(sketch, domain, kind, lately)));
    blocks.push(next(sketch, domain, gate, &dane, current));
    for (kind, lately) in all {
        let title = sketch.fill("tls.gate.evidence", &[("policy", &sketch.kind(Some(kind)))]);
        blocks.push(Block::Group { title, blocks: vec![facts(sketch, kind, lately)] });
    }
    Some(vec![sketch.section("tls.gate.title", blocks)])
}

/// What is to be said of MTA-STS, and of DANE.
fn verdicts(sketch: Sketch<'_>, gate: Gate, sts: &Lately, dane: &Lately) -> Vec<Block> {
    let has_dane = dane.evidence.covered > 0;
    let (tone, key) = match gate {
        // DANE is in force already: nobody has to begin with MTA-STS.
        Gate::NoPolicy if has_dane => (Tone::Hint, "tls.gate.dane-alone"),
        Gate::NoPolicy => (Tone::Hint, "tls.gate.no-policy"),
        Gate::Gone => (Tone::Warning, "tls.gate.gone"),
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
    let values = [("days", days.as_str()), ("day", &last), ("enough", &enough)];
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
    let all = evidence.successful.saturating_add(evidence.failed);
    let rate = sketch.desk.language.percent(evidence.successful, all).unwrap_or_default();
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
    gate: Gate,
    dane: &Lately,
    current: Option<&Seen>,
) -> Block {
    let mx = current.map(Seen::mx).unwrap_or_default().join("\n");
    let policy = |key: &str, mode| {
        sketch.pen.link(key, Tool::MtaSts, &[("domains", domain), ("mode", mode), ("mx", &mx)])
    };
    let check = || sketch.pen.link("tls.go.check", Tool::Domain, &[("domains", domain)]);
    let reports = || sketch.pen.link("tls.go.tls-rpt", Tool::TlsRpt, &[("domains", domain)]);
    let first = |link: Link| Link { first: true, ..link };
    let links = match gate {
        Gate::NoPolicy if dane.evidence.failed > 0 => {
            vec![check(), policy("tls.go.testing", "testing")]
        }
        Gate::NoPolicy if dane.evidence.covered > 0 => vec![policy("tls.go.testing", "testing")],
        Gate::NoPolicy | Gate::Off => vec![first(policy("tls.go.testing", "testing"))],
        Gate::Ready => vec![first(policy("tls.go.enforce", "enforce"))],
        Gate::NotYet | Gate::Failing | Gate::Unknown | Gate::Unfetched | Gate::Gone => {
            vec![check()]
        }
        Gate::Enforced | Gate::Wait | Gate::Few | Gate::Idle => vec![reports()],
    };
    Block::Links(links)
}
