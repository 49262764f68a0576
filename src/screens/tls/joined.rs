//! DMARC, TLS and failure reports on one timeline, with the changes of both policies.

use std::collections::{BTreeMap, BTreeSet};

use super::Sketch;
use super::data::{FAILED, SUCCESSFUL, first_seen, rows, sessions, timeline};
use super::policies;
use crate::base::UnixSeconds;
use crate::query::{Bar, Bucket, Dimension, Filter, Histogram, Key, Measure, Table};
use crate::screens::bars::{Bars, Mark, Series};
use crate::screens::markup::{Node, Tag, element, text};
use crate::screens::misdated::outside;
use crate::screens::parts::card;
use crate::screens::toolbox::Block;
use crate::view::Route;

/// Changes that are listed, the latest.
const LISTED: usize = 20;

/// Policy types with a drawing of their own.
const TYPES: usize = 4;

/// The field of what is chosen of the bars: one for all drawings, which have the same bars.
pub const FIELD: &str = "tls-time";

const SESSIONS: &[(&str, &str)] =
    &[(FAILED, "tls.sessions.failed"), (SUCCESSFUL, "tls.sessions.successful")];

const INCIDENTS: &[(&str, &str)] = &[(FAILED, "tls.incidents.failed")];

/// The section, and where the range that was chosen leads.
pub struct Joined {
    pub section: Node,
    pub chosen: Option<Route>,
}

/// A drawing, one of several.
struct Strip {
    name: String,
    /// The key of what it shows, from when to when.
    title: &'static str,
    series: Series,
    histogram: Histogram,
}

/// See [`Joined`]; `None` as long as it is not known.
pub fn joined(sketch: Sketch<'_>, domain: &Key, filter: &Filter) -> Option<Joined> {
    // What only TLS reports have says nothing of the others.
    let mut dmarc = Filter::default().only(Dimension::Domain, domain);
    (dmarc.since, dmarc.until) = (filter.since, filter.until);
    let policies = policies::policies(sketch.desk, filter);
    let published = first_seen(sketch.desk, &dmarc, Dimension::Published);
    let mut strips = strips(sketch, filter, &dmarc)?;
    let changes = changes(sketch, &policies?, &published?);
    strips.retain(|strip| !strip.histogram.bars.is_empty());
    align(strips.iter_mut().map(|strip| &mut strip.histogram).collect());
    let marks: Vec<_> = changes.iter().map(mark).collect();
    let mut content = Vec::new();
    let mut chosen = None;
    for Strip { name, title, series, histogram } in &strips {
        let (desk, series) = (sketch.desk, *series);
        let bars = Bars { desk, histogram, series, title, marks: &marks, field: FIELD };
        content.push(element(Tag::H3, "toolbox__title", vec![text(name.as_str())]));
        content.extend(bars.draw());
        content.push(outside(desk, histogram.outside));
        chosen = bars.chosen();
    }
    let lines: Vec<_> = changes.into_iter().map(|(_, line)| line).collect();
    if !lines.is_empty() {
        let title = Block::Title(sketch.say("tls.joined.changes"));
        content.extend(sketch.blocks(&[title, Block::Points(lines)]));
    }
    Some(Joined { section: card("timeline", &sketch.say("tls.joined.title"), content), chosen })
}

/// Sessions of each policy type, those with most of them first; messages; failure reports. All
/// in steps of the same length.
fn strips(sketch: Sketch<'_>, filter: &Filter, dmarc: &Filter) -> Option<Vec<Strip>> {
    let desk = sketch.desk;
    let messages = |bucket| timeline(desk, (Table::Aggregate, dmarc), Measure::Messages, bucket);
    let failures = |bucket| timeline(desk, (Table::Failure, dmarc), Measure::Incidents, bucket);
    let successful = timeline(desk, (Table::Tls, filter), Measure::Successful, None);
    let each = [successful, messages(None), failures(None)];
    let kinds = rows(desk, filter, (Dimension::PolicyType, None), Measure::Successful);
    let [one, two, three] = each.map(|of| of.map(|of| of.bucket));
    let bucket: Option<Bucket> = Some(one?.max(two?).max(three?));
    let (messages, failures) = (messages(bucket), failures(bucket));
    let of_kinds = kinds?.into_iter().take(TYPES).map(|row| {
        let filter = filter.only(Dimension::PolicyType, &row.key);
        let name = sketch.fill("tls.joined.tls", &[("policy", &sketch.kind(row.key.as_deref()))]);
        let histogram = sessions(desk, &filter, bucket);
        histogram.map(|histogram| Strip {
            name,
            title: "tls.joined.sessions",
            series: Series::Sums(SESSIONS),
            histogram,
        })
    });
    // All are asked for before one is missed.
    let of_kinds: Vec<_> = of_kinds.collect();
    let mut strips = of_kinds.into_iter().collect::<Option<Vec<_>>>()?;
    strips.push(Strip {
        name: sketch.say("tls.joined.dmarc"),
        title: "timeline.what",
        series: Series::Of(Dimension::Verdict),
        histogram: messages?.clone(),
    });
    strips.push(Strip {
        name: sketch.say("tls.joined.failures"),
        title: "tls.joined.incidents",
        series: Series::Sums(INCIDENTS),
        histogram: failing(failures?),
    });
    Some(strips)
}

/// A sum over time as what failed.
fn failing(histogram: &Histogram) -> Histogram {
    Histogram { series: vec![Some(FAILED.to_owned())], ..histogram.clone() }
}

/// Gives all of them the same bars, so that what is of one time stands one under the other.
fn align(mut all: Vec<&mut Histogram>) {
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

/// When each policy was first seen, and seen again, in the order of time.
fn changes(
    sketch: Sketch<'_>,
    policies: &[policies::Seen],
    published: &[(String, UnixSeconds)],
) -> Vec<(UnixSeconds, String)> {
    let said = |at: UnixSeconds, key: &str, value: &str| {
        let day = sketch.desk.language.day(at);
        (at, sketch.fill(key, &[("day", &day), ("policy", &value.replace('`', "'"))]))
    };
    let sts = policies.iter().flat_map(|seen| {
        let mode = seen.mode().unwrap_or_default();
        let policy = format!("mode: {mode}, mx: {}", seen.mx().join(", "));
        let keys = std::iter::once("tls.joined.sts").chain(std::iter::repeat("tls.joined.again"));
        let came = seen.came.iter().zip(keys);
        came.map(|(at, key)| said(*at, key, &policy)).collect::<Vec<_>>()
    });
    let dmarc = published.iter().map(|(p, at)| said(*at, "tls.joined.p", &format!("p={p}")));
    let mut changes: Vec<_> = sts.chain(dmarc).collect();
    changes.sort_by_key(|(at, _)| *at);
    changes.drain(..changes.len().saturating_sub(LISTED));
    changes
}
