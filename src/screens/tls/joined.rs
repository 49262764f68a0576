//! DMARC and TLS on one timeline, with the changes of both policies.

use super::Sketch;
use super::chart::{Strip, counts, strips};
use super::data::{first_seen, rows, timeline, with};
use super::policies;
use crate::base::UnixSeconds;
use crate::query::{Dimension, Filter, Measure, Table};
use crate::screens::markup::{Node, Tag, element};
use crate::screens::toolbox::Block;

/// Changes that are listed, the latest.
const LISTED: usize = 20;

pub fn section(sketch: Sketch<'_>, domain: &str, filter: &Filter) -> Option<Vec<Node>> {
    // What only TLS reports have says nothing of the others.
    let mut dmarc = with(&Filter::default(), Dimension::Domain, domain);
    (dmarc.since, dmarc.until) = (filter.since, filter.until);
    let sts = with(filter, Dimension::PolicyType, "sts");
    let by = (Dimension::PolicyText, Some(Dimension::Reporter));
    let policies = rows(sketch.desk, &sts, by, Measure::Last);
    let published = first_seen(sketch.desk, &dmarc, Dimension::Published);
    let good = timeline(sketch.desk, Table::Tls, filter, Measure::Successful, None)?;
    let of =
        |table, filter, measure| timeline(sketch.desk, table, filter, measure, Some(good.bucket));
    let bad = of(Table::Tls, filter, Measure::Failed);
    let passed = of(Table::Aggregate, &dmarc, Measure::Passed);
    let messages = of(Table::Aggregate, &dmarc, Measure::Messages);
    let changes = changes(sketch, &policies::seen(&policies?), &published?);
    let sessions = Strip {
        title: sketch.say("tls.joined.tls"),
        labels: [sketch.say("tls.sessions.good"), sketch.say("tls.sessions.bad")],
        counts: counts(good, Some(bad?), None),
    };
    let mail = Strip {
        title: sketch.say("tls.joined.dmarc"),
        labels: [sketch.say("tls.joined.pass"), sketch.say("tls.joined.fail")],
        counts: counts(passed?, None, Some(messages?)),
    };
    let drawn: Vec<_> =
        [sessions, mail].into_iter().filter(|strip| !strip.counts.is_empty()).collect();
    let marks: Vec<_> = changes.iter().map(|(at, _)| *at).collect();
    let mut content =
        vec![element(Tag::H2, "card__title", vec![Node::Text(sketch.say("tls.joined.title"))])];
    content.extend(strips(sketch, &drawn, &marks));
    let lines = changes.into_iter().map(|(_, line)| line);
    content.extend(
        sketch.blocks(&[
            Block::Title(sketch.say("tls.joined.changes")),
            Block::Points(lines.collect()),
        ]),
    );
    Some(vec![element(Tag::Section, "card toolbox__section", content)])
}

/// When each policy was first seen, in the order of time.
fn changes(
    sketch: Sketch<'_>,
    policies: &[policies::Seen],
    published: &[(String, UnixSeconds)],
) -> Vec<(UnixSeconds, String)> {
    let said = |at: UnixSeconds, key: &str, value: &str| {
        let day = sketch.desk.language.day(at);
        (at, sketch.fill(key, &[("day", &day), ("policy", value)]))
    };
    let sts = policies.iter().filter_map(|seen| {
        let mode = seen.mode().unwrap_or_default();
        let policy = format!("mode: {mode}, mx: {}", seen.mx().join(", "));
        Some(said(seen.first?, "tls.joined.sts", &policy))
    });
    let dmarc = published.iter().map(|(p, at)| said(*at, "tls.joined.p", &format!("p={p}")));
    let mut changes: Vec<_> = sts.chain(dmarc).collect();
    changes.sort_by_key(|(at, _)| *at);
    changes.drain(..changes.len().saturating_sub(LISTED));
    changes
}
