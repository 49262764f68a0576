//! The gate: the verdict on "testing or enforce?", its evidence, and what to do next.

use super::Sketch;
use super::data::{Row, rows, with};
use super::gate::{self, COVERED, Evidence, Gate, QUIET};
use super::policies::{self, Seen};
use crate::base::UnixSeconds;
use crate::query::{Dimension, Filter, Measure};
use crate::screens::markup::Node;
use crate::screens::toolbox::{Block, Tone, Tool};

/// Failures that are listed.
const LISTED: usize = 8;

pub fn section(sketch: Sketch<'_>, domain: &str, filter: &Filter) -> Option<Vec<Node>> {
    let sts = with(filter, Dimension::PolicyType, "sts");
    let by = (Dimension::PolicyText, Some(Dimension::Reporter));
    let policies = policies::seen(&rows(sketch.desk, &sts, by, Measure::Last)?);
    let current = policies.first();
    let Lately { evidence, left, by, is_old } = match current.and_then(|seen| seen.last) {
        Some(last) => gather(sketch, &sts, current, last)?,
        None => Lately { evidence: nothing(current), ..Lately::default() },
    };
    let gate = evidence.gate();
    let (tone, key) = match gate {
        Gate::NoPolicy => (Tone::Hint, "tls.gate.no-policy"),
        Gate::Off => (Tone::Hint, "tls.gate.off"),
        Gate::Enforced => (Tone::Good, "tls.gate.enforced"),
        Gate::Failing => (Tone::Fault, "tls.gate.failing"),
        Gate::NotYet => (Tone::Warning, "tls.gate.not-yet"),
        Gate::Wait => (Tone::Hint, "tls.gate.wait"),
        Gate::Ready => (Tone::Good, "tls.gate.ready"),
    };
    let days = QUIET.to_string();
    let mut blocks = vec![sketch.remark(tone, sketch.fill(key, &[("days", &days)]))];
    if is_old {
        blocks.push(sketch.remark(Tone::Warning, sketch.say("tls.gate.old")));
    }
    blocks.extend(facts(sketch, &evidence, current, by));
    if !left.is_empty() {
        blocks.push(Block::Title(sketch.say("tls.gate.left")));
        blocks.push(Block::Points(left));
    }
    blocks.extend(next(sketch, domain, gate, current));
    Some(vec![sketch.section("tls.gate.title", blocks)])
}

fn nothing(current: Option<&Seen>) -> Evidence {
    Evidence {
        policy: current.map(Seen::row),
        mode: current.and_then(Seen::mode).map(str::to_owned),
        ..Evidence::default()
    }
}

/// What the last two weeks say.
#[derive(Default)]
struct Lately {
    evidence: Evidence,
    /// The failures, in words.
    left: Vec<String>,
    /// Who reports them.
    by: String,
    /// Whether all of them were held against an older policy.
    is_old: bool,
}

/// What the last two weeks say, and which failures there were in them.
fn gather(
    sketch: Sketch<'_>,
    sts: &Filter,
    current: Option<&Seen>,
    last: UnixSeconds,
) -> Option<Lately> {
    let (since, until) = gate::window(last);
    let mut lately = sts.clone();
    (lately.since, lately.until) = (Some(since), Some(until));
    let days = rows(sketch.desk, &lately, (Dimension::Day, None), Measure::Reports);
    let by = (Dimension::ResultType, Some(Dimension::Mx));
    let left = rows(sketch.desk, &lately, by, Measure::Detailed);
    let by = rows(sketch.desk, &lately, (Dimension::Reporter, None), Measure::Detailed);
    let texts = rows(sketch.desk, &lately, (Dimension::PolicyText, None), Measure::Failed);
    let (days, left, by, texts) = (days?, left?, by?, texts?);
    let sum = |of: fn(&Row) -> u64| days.iter().map(of).fold(0, u64::saturating_add);
    let evidence = Evidence {
        since,
        until,
        covered: days.len(),
        successful: sum(|row| row.successful),
        failed: sum(Row::lost),
        ..nothing(current)
    };
    let line = |row: &Row| {
        let unknown = || sketch.say("tls.unstated");
        sketch.fill(
            "tls.gate.failure",
            &[
                ("type", row.key.as_deref().unwrap_or(&unknown())),
                ("mx", row.other.as_deref().unwrap_or(&unknown())),
                ("sessions", &sketch.number(row.detailed)),
                ("reporters", &sketch.number(row.reporters)),
            ],
        )
    };
    let left = left.iter().filter(|row| row.details > 0).take(LISTED).map(line).collect();
    let name = |row: &Row| {
        let name = row.key.clone().unwrap_or_else(|| sketch.say("tls.unstated"));
        format!("{name} ({})", sketch.number(row.lost()))
    };
    let by: Vec<_> = by.iter().filter(|row| row.lost() > 0).map(name).collect();
    let mut failing = texts.iter().filter(|row| row.lost() > 0).peekable();
    let newest = current.map(|seen| seen.text.as_str());
    let is_old = failing.peek().is_some() && failing.all(|row| row.key.as_deref() != newest);
    Some(Lately { evidence, left, by: by.join(", "), is_old })
}

fn facts(
    sketch: Sketch<'_>,
    evidence: &Evidence,
    current: Option<&Seen>,
    failed_by: String,
) -> Option<Block> {
    let seen = current?;
    let all = evidence.successful.saturating_add(evidence.failed);
    let rate = sketch.desk.language.percent(evidence.successful, all).unwrap_or_default();
    let covered = sketch.fill(
        "tls.gate.covered",
        &[
            ("covered", &evidence.covered.to_string()),
            ("days", &QUIET.to_string()),
            ("enough", &COVERED.to_string()),
        ],
    );
    let reporters: Vec<_> = seen.by.iter().map(|(name, _)| name.as_str()).collect();
    let sessions = sketch.fill(
        "tls.gate.sessions",
        &[
            ("successful", &sketch.number(evidence.successful)),
            ("failed", &sketch.number(evidence.failed)),
            ("rate", &rate),
        ],
    );
    let fact = |key: &str, value: String| (sketch.say(key), value);
    let mut facts = vec![
        fact("tls.gate.mode", evidence.mode.clone().unwrap_or_else(|| sketch.say("tls.unstated"))),
        fact("tls.gate.since", sketch.days(seen.first, None)),
        fact("tls.gate.window", sketch.days(Some(evidence.since), Some(evidence.until))),
        fact("tls.gate.reports", covered),
        fact("tls.gate.told", sessions),
        fact("tls.gate.reporters", reporters.join(", ")),
    ];
    if !failed_by.is_empty() {
        facts.push(fact("tls.gate.failed-by", failed_by));
    }
    Some(Block::Facts(facts))
}

/// Links to the tools, with the next record and policy in them.
fn next(sketch: Sketch<'_>, domain: &str, gate: Gate, current: Option<&Seen>) -> Vec<Block> {
    let mx = current.map(Seen::mx).unwrap_or_default().join("\n");
    let pen = sketch.pen;
    let (key, mode) = match gate {
        Gate::NoPolicy | Gate::Off => ("tls.go.testing", "testing"),
        Gate::Ready => ("tls.go.enforce", "enforce"),
        Gate::NotYet | Gate::Failing => {
            let check = pen.link("tls.go.check", Tool::Domain, &[("domains", domain)]);
            return vec![Block::Links(vec![check])];
        }
        Gate::Enforced | Gate::Wait => {
            let reports = pen.link("tls.go.tls-rpt", Tool::TlsRpt, &[("domains", domain)]);
            return vec![Block::Links(vec![reports])];
        }
    };
    let mut link = pen.link(key, Tool::MtaSts, &[("domains", domain), ("mode", mode), ("mx", &mx)]);
    link.first = true;
    vec![Block::Links(vec![link])]
}
