//! DMARC, TLS and failure reports on one timeline, with the changes of both policies.

use std::collections::{BTreeMap, BTreeSet};

use super::Sketch;
use super::data::{first_seen, rows, timeline, with};
use super::policies;
use crate::base::UnixSeconds;
use crate::query::{Bar, Dimension, Filter, Histogram, Measure, Table};
use crate::screens::bars::{Bars, Mark};
use crate::screens::markup::{Node, Tag, element, text};
use crate::screens::parts::card;
use crate::screens::toolbox::Block;
use crate::view::Route;

/// Changes that are listed, the latest.
const LISTED: usize = 20;

/// The field of what is chosen of the bars: one for all drawings, which have the same bars.
pub const FIELD: &str = "tls-time";

/// The section, and where the range that was chosen leads.
pub struct Joined {
    pub section: Node,
    pub chosen: Option<Route>,
}

/// See [`Joined`]; `None` as long as it is not known.
pub fn joined(sketch: Sketch<'_>, domain: &str, filter: &Filter) -> Option<Joined> {
    // What only TLS reports have says nothing of the others.
    let mut dmarc = with(&Filter::default(), Dimension::Domain, domain);
    (dmarc.since, dmarc.until) = (filter.since, filter.until);
    let sts = with(filter, Dimension::PolicyType, "sts");
    let by = (Dimension::PolicyText, Some(Dimension::Reporter));
    let policies = rows(sketch.desk, &sts, by, Measure::Last);
    let published = first_seen(sketch.desk, &dmarc, Dimension::Published);
    let sessions = |measure, bucket| timeline(sketch.desk, (Table::Tls, filter), measure, bucket);
    let messages =
        |bucket| timeline(sketch.desk, (Table::Aggregate, &dmarc), Measure::Messages, bucket);
    let failures =
        |bucket| timeline(sketch.desk, (Table::Failure, &dmarc), Measure::Incidents, bucket);
    let each = [sessions(Measure::Successful, None), messages(None), failures(None)];
    let [one, two, three] = each.map(|of| of.map(|of| of.bucket));
    let bucket = Some(one?.max(two?).max(three?));
    let of_sessions = [Measure::Failed, Measure::Successful].map(|of| sessions(of, bucket));
    let (messages, failures) = (messages(bucket), failures(bucket));
    let changes = changes(sketch, &policies::seen(&policies?), &published?);
    let [failed, successful] = of_sessions;
    let mut strips = [
        ("tls.joined.tls", "tls.joined.sessions", both(failed?, successful?)),
        ("tls.joined.dmarc", "timeline.what", messages?.clone()),
        ("tls.joined.failures", "tls.joined.incidents", failing(failures?)),
    ];
    let is_there = strips.each_ref().map(|strip| !strip.2.bars.is_empty());
    align(strips.each_mut().map(|strip| &mut strip.2));
    let marks: Vec<_> = changes.iter().map(mark).collect();
    let mut content = Vec::new();
    let mut chosen = None;
    for ((name, title, histogram), _) in strips.iter().zip(is_there).filter(|(_, there)| *there) {
        let (desk, split) = (sketch.desk, Dimension::Verdict);
        let bars = Bars { desk, histogram, split, title, marks: &marks, field: FIELD };
        let name = element(Tag::H3, "toolbox__title", vec![text(sketch.say(name))]);
        content.push(name);
        content.extend(bars.draw());
        chosen = bars.chosen();
    }
    let lines = changes.into_iter().map(|(_, line)| line);
    content.extend(
        sketch.blocks(&[
            Block::Title(sketch.say("tls.joined.changes")),
            Block::Points(lines.collect()),
        ]),
    );
    Some(Joined { section: card("timeline", &sketch.say("tls.joined.title"), content), chosen })
}

/// Two sums over time as what fails and what passes.
fn both(failed: &Histogram, successful: &Histogram) -> Histogram {
    let mut bars: BTreeMap<UnixSeconds, [u64; 2]> = BTreeMap::new();
    for (at, histogram) in [failed, successful].into_iter().enumerate() {
        for bar in &histogram.bars {
            let values = bars.entry(bar.start).or_default();
            values[at] = bar.values.iter().fold(0, |sum: u64, value| sum.saturating_add(*value));
        }
    }
    let bar = |(start, values): (UnixSeconds, [u64; 2])| Bar { start, values: values.to_vec() };
    Histogram {
        bucket: successful.bucket,
        series: ["fail", "pass"].map(|key| Some(key.to_owned())).to_vec(),
        bars: bars.into_iter().map(bar).collect(),
        undated: failed.undated.saturating_add(successful.undated),
    }
}

/// A sum over time as what fails.
fn failing(histogram: &Histogram) -> Histogram {
    Histogram { series: vec![Some("fail".to_owned())], ..histogram.clone() }
}

/// Gives all of them the same bars, so that what is of one time stands one under the other.
fn align<const N: usize>(mut all: [&mut Histogram; N]) {
    let starts = all.iter().flat_map(|histogram| histogram.bars.iter().map(|bar| bar.start));
    let starts: BTreeSet<_> = starts.collect();
    for histogram in &mut all {
        let none = vec![0; histogram.series.len()];
        let mut there: BTreeMap<_, _> =
            histogram.bars.drain(..).map(|bar| (bar.start, bar.values)).collect();
        let bar = |start: &UnixSeconds| Bar {
            start: *start,
            values: there.remove(start).unwrap_or_else(|| none.clone()),
        };
        histogram.bars = starts.iter().map(bar).collect();
    }
}

/// A change as it is marked in the drawings, where nothing is code.
fn mark((at, line): &(UnixSeconds, String)) -> Mark {
    Mark { at: *at, words: line.replace('`', "") }
}

/// When each policy was first seen, in the order of time.
fn changes(
    sketch: Sketch<'_>,
    policies: &[policies::Seen],
    published: &[(String, UnixSeconds)],
) -> Vec<(UnixSeconds, String)> {
    let said = |at: UnixSeconds, key: &str, value: &str| {
        let day = sketch.desk.language.day(at);
        (at, sketch.fill(key, &[("day", &day), ("policy", &value.replace('`', "'"))]))
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
