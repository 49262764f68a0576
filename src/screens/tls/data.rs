//! What the TLS screen asks of the engine, and the answers as plain values.

use std::collections::BTreeMap;

use crate::base::UnixSeconds;
use crate::query::{
    Answer, Bar, Bucket, Dimension, Filter, GroupBy, GroupLine, Histogram, Key, Measure, Question,
    Rank, Sort, Table, Timeline, Window,
};
use crate::screens::Desk;
use crate::screens::desk::most;
use crate::screens::misdated::plausible;

/// The series of drawings of sessions, as [`Bars`](crate::screens::bars::Bars) colours them.
pub const FAILED: &str = "failed";
pub const SUCCESSFUL: &str = "successful";

/// Lines that are looked at of one kind: all of them, as sums are made of them. No domain has
/// more by itself, and what hostile files have more of takes no longer.
const MOST: u32 = 50_000;

/// What each line is told in.
const MEASURES: [Measure; 8] = [
    Measure::Successful,
    Measure::Failed,
    Measure::Detailed,
    Measure::Details,
    Measure::Reports,
    Measure::Reporters,
    Measure::First,
    Measure::Last,
];

/// One line of a pivot over TLS reports.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    pub key: Key,
    pub other: Key,
    /// Sessions, by the summaries.
    pub successful: u64,
    /// Sessions, by the summaries.
    pub failed: u64,
    /// Sessions, by the failure details: one may be in several.
    pub detailed: u64,
    pub details: u64,
    pub reports: u64,
    pub reporters: u64,
    /// When the first report begins; `None` where no time is known.
    pub first: Option<UnixSeconds>,
    /// When the last report ends; `None` where no time is known.
    pub last: Option<UnixSeconds>,
}

impl Row {
    fn of(line: &GroupLine) -> Self {
        let value = |of: Measure| {
            let at = MEASURES.iter().position(|measure| *measure == of);
            at.and_then(|at| line.values.get(at)).copied().unwrap_or_default()
        };
        let moment = |of| (value(of) > 0).then(|| UnixSeconds(value(of).cast_signed()));
        Self {
            key: line.keys.0.clone(),
            other: line.keys.1.clone().flatten(),
            successful: value(Measure::Successful),
            failed: value(Measure::Failed),
            detailed: value(Measure::Detailed),
            details: value(Measure::Details),
            reports: value(Measure::Reports),
            reporters: value(Measure::Reporters),
            first: moment(Measure::First),
            last: moment(Measure::Last),
        }
    }

    /// Takes what failed by another one of the same kind.
    pub fn add(&mut self, other: &Self) {
        self.failed = self.failed.saturating_add(other.failed);
        self.detailed = self.detailed.saturating_add(other.detailed);
        self.details = self.details.saturating_add(other.details);
        self.first = [self.first, other.first].into_iter().flatten().min();
        self.last = self.last.max(other.last);
    }

    /// Sessions that failed: by the summaries; by the details, where those count none.
    pub fn lost(&self) -> u64 {
        if self.failed > 0 { self.failed } else { self.detailed }
    }
}

/// A pivot; `None` as long as it is not known.
pub fn rows(
    desk: &Desk<'_>,
    filter: &Filter,
    by: (Dimension, Option<Dimension>),
    sort: Measure,
) -> Option<Vec<Row>> {
    let groups = desk.groups(GroupBy {
        table: Table::Tls,
        filter: filter.clone(),
        by,
        measures: MEASURES.to_vec(),
        sort: Sort { by: Some(Rank::Amount(sort)), descending: true },
        window: Window { offset: 0, limit: MOST },
    })?;
    Some(groups.lines.iter().map(Row::of).collect())
}

/// One sum over time; of messages, by their verdict. `None` as long as it is not known.
pub fn timeline<'a>(
    desk: &'a Desk<'_>,
    (table, filter): (Table, &Filter),
    measure: Measure,
    bucket: Option<Bucket>,
) -> Option<&'a Histogram> {
    let filter = filter.clone();
    let split = (table == Table::Aggregate).then_some(Dimension::Verdict);
    let within = plausible(desk, &desk.filter);
    let question = Timeline { table, filter, measure, within, bucket, split };
    match desk.ask(Question::Timeline(question))? {
        Answer::Timeline(histogram) => Some(histogram),
        _ => None,
    }
}

/// Sessions over time: those that failed, and those that did not.
pub fn sessions(desk: &Desk<'_>, filter: &Filter, bucket: Option<Bucket>) -> Option<Histogram> {
    let sum = |measure| timeline(desk, (Table::Tls, filter), measure, bucket);
    let (failed, successful) = (sum(Measure::Failed), sum(Measure::Successful));
    Some(both(failed?, successful?))
}

/// Two sums over time as two series.
fn both(failed: &Histogram, successful: &Histogram) -> Histogram {
    let mut bars: BTreeMap<UnixSeconds, [u64; 2]> = BTreeMap::new();
    for (at, histogram) in [failed, successful].into_iter().enumerate() {
        for bar in &histogram.bars {
            let values = bars.entry(bar.start).or_default();
            values[at] = sum(bar.values.iter().copied());
        }
    }
    let bar = |(start, values): (UnixSeconds, [u64; 2])| Bar { start, values: values.to_vec() };
    Histogram {
        bucket: successful.bucket,
        series: [FAILED, SUCCESSFUL].map(|key| Some(key.to_owned())).to_vec(),
        bars: bars.into_iter().map(bar).collect(),
        // One and the same reports are asked of.
        ends: successful.ends,
        undated: failed.undated.saturating_add(successful.undated),
        outside: [0, 1].map(|side| failed.outside[side].saturating_add(successful.outside[side])),
    }
}

/// The filter, with this value of a dimension asked for, and no other one.
pub fn with(filter: &Filter, on: Dimension, value: &str) -> Filter {
    filter.only(on, &Some(value.to_owned()))
}

/// All of these together.
pub fn sum(numbers: impl IntoIterator<Item = u64>) -> u64 {
    numbers.into_iter().fold(0, u64::saturating_add)
}

/// When each value of a dimension was first seen in aggregate reports, where that is known.
pub fn first_seen(
    desk: &Desk<'_>,
    filter: &Filter,
    of: Dimension,
) -> Option<Vec<(String, UnixSeconds)>> {
    let groups =
        desk.groups(most(Table::Aggregate, filter, (of, None), &[Measure::First], MOST))?;
    let first = |line: &GroupLine| {
        let at = line.values.first().copied().filter(|at| *at > 0)?;
        Some((line.keys.0.clone()?, UnixSeconds(at.cast_signed())))
    };
    Some(groups.lines.iter().filter_map(first).collect())
}
