//! Messages over time: each report's messages spread over its period.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::axes::{Axes, Axis};
use super::column::Column;
use super::days::{first_of_month, monday};
use super::index::Data;
use super::pass::Pass;
use super::periods::dated;
use super::selection::Selection;
use super::values::Values;
use super::{Bar, Bucket, Histogram, Key, Timeline};
use crate::base::UnixSeconds;
use crate::base::calendar::DAY;
use crate::store::ReportId;

/// Series besides that of all other values.
const SERIES: usize = 8;

/// Days up to which a bar is a day, and a week.
const DAYS: i64 = 100;
const WEEKS: i64 = 3 * 366;

/// A timeline under way.
pub struct Run {
    values: Option<Values>,
}

impl Run {
    pub fn start(question: &Timeline, data: Data<'_>) -> (Self, Pass) {
        let selection = Rc::new(Selection::of(&question.filter, data));
        let values = question.split.map(|dimension| Values::of(data, dimension));
        let split = values.as_ref().map(|values| Axis::of(values, data));
        let axes = std::iter::once(Axis::ids(Column::Report, data)).chain(split).collect();
        let pass = Pass::new(selection, Axes::new(axes), None, &[question.measure], data);
        (Self { values }, pass)
    }

    /// The answer, once all is added up.
    pub fn answer(&self, question: &Timeline, pass: &Pass, data: Data<'_>) -> Histogram {
        let found = || {
            let sums = pass.sums(question.measure);
            let groups = (0..).zip(sums).zip(&pass.seen).filter(|(_, seen)| **seen);
            groups.map(|((group, sum), _)| (pass.axes.codes(group), *sum))
        };
        let (series, names) = self.series(found().map(|((_, code), sum)| (code, sum)), data);
        let width = series.iter().max().map_or(1, |last| last + 1);
        let period = |report: u32| dated(data.tables().header_of(ReportId(report))?);
        // On which side of the time asked for a report begins.
        let side = |begin: i64, (since, until): (UnixSeconds, UnixSeconds)| {
            [begin < since.0, begin >= until.0].into_iter().position(|is_there| is_there)
        };
        let within = question.within.filter(|within| {
            let mut periods = found().filter_map(|((report, _), _)| period(report));
            periods.any(|(begin, _)| side(begin, *within).is_none())
        });
        let side = |begin: i64| within.and_then(|within| side(begin, within));
        let drawn = found().filter_map(|((report, _), _)| period(report));
        let drawn = drawn.filter(|(begin, _)| side(*begin).is_none());
        let ends = drawn.reduce(|all, one| (all.0.min(one.0), all.1.max(one.1)));
        let days = |(begin, end): (i64, i64)| (end - 1).div_euclid(DAY) - begin.div_euclid(DAY);
        let bucket = question.bucket.unwrap_or_else(|| match ends.map_or(0, days) {
            days if days < DAYS => Bucket::Day,
            days if days < WEEKS => Bucket::Week,
            _ => Bucket::Month,
        });
        let mut bars: BTreeMap<i64, Vec<u64>> = BTreeMap::new();
        let mut undated: u64 = 0;
        let mut outside = [0_u64; 2];
        for ((report, code), sum) in found() {
            let Some((begin, end)) = period(report) else {
                undated = undated.saturating_add(sum);
                continue;
            };
            if let Some(messages) = side(begin).and_then(|side| outside.get_mut(side)) {
                *messages = messages.saturating_add(sum);
                continue;
            }
            let at = series.get(code as usize).copied().unwrap_or_default();
            bucket.spread(begin, end, sum, &mut |day, messages| {
                let bar = bars.entry(day).or_insert_with(|| vec![0; width]);
                if let Some(value) = bar.get_mut(at) {
                    *value = value.saturating_add(messages);
                }
            });
        }
        let bar = |(day, values)| Bar { start: UnixSeconds(day * DAY), values };
        let bars = bars.into_iter().map(bar).collect();
        let ends = ends.map(|(begin, end)| (UnixSeconds(begin), UnixSeconds(end)));
        Histogram { bucket, series: names, bars, ends, undated, outside }
    }

    /// By code, which series it belongs to; and what the series are called. The
    /// values with the most messages have one each, the others one together.
    fn series(
        &self,
        found: impl Iterator<Item = (u32, u64)>,
        data: Data<'_>,
    ) -> (Vec<usize>, Vec<Key>) {
        let Some(values) = &self.values else { return (vec![0], vec![None]) };
        let mut sums = vec![None; values.len()];
        for (code, sum) in found {
            if let Some(all) = sums.get_mut(code as usize) {
                *all = Some(all.unwrap_or(0_u64).saturating_add(sum));
            }
        }
        let codes = (0..).zip(&sums).filter(|(_, sum)| sum.is_some()).map(|(code, _)| code);
        let mut codes: Vec<u32> = codes.collect();
        let ranks = values.ranks(data, &mut codes.iter().copied());
        let rank = |code: u32| ranks.get(code as usize).copied().flatten().unwrap_or(u32::MAX);
        let sum = |code: u32| sums.get(code as usize).copied().flatten();
        super::order::sort_by(&mut codes, &|a, b| {
            sum(b).cmp(&sum(a)).then_with(|| rank(a).cmp(&rank(b)))
        });
        codes.truncate(SERIES);
        super::order::sort_by(&mut codes, &|a, b| rank(a).cmp(&rank(b)));
        let mut series = vec![codes.len(); values.len()];
        for (at, code) in codes.iter().enumerate() {
            if let Some(slot) = series.get_mut(*code as usize) {
                *slot = at;
            }
        }
        // Values that do not occur make no series.
        let last = codes.len().saturating_sub(1);
        for (slot, sum) in series.iter_mut().zip(&sums) {
            if sum.is_none() {
                *slot = (*slot).min(last);
            }
        }
        (series, codes.iter().map(|code| values.key(data, *code)).collect())
    }
}

impl Bucket {
    /// The first day of the bucket that a day is in, as days since 1970.
    pub fn first_day(self, day: i64) -> i64 {
        let first = match self {
            Self::Day => None,
            Self::Week => monday(day),
            Self::Month => first_of_month(day),
        };
        first.unwrap_or(day)
    }

    /// The first day of the bucket after that which begins with this day.
    pub fn next(self, first: i64) -> i64 {
        match self {
            Self::Day => first + 1,
            Self::Week => first + 7,
            Self::Month => self.first_day(first + 31),
        }
    }

    /// Spreads messages over the buckets of a period of no more than
    /// a good year, as evenly as whole numbers go and without losing any.
    fn spread(self, begin: i64, end: i64, messages: u64, to: &mut dyn FnMut(i64, u64)) {
        let mut first = self.first_day(begin.div_euclid(DAY));
        let length = (end - begin) as u64;
        let (each_second, rest) = (messages / length, messages % length);
        let mut told = 0;
        while first * DAY < end {
            let next = self.next(first);
            let past = ((next * DAY).min(end) - begin) as u64;
            let by_then = each_second * past + rest * past / length;
            to(first, by_then - told);
            (first, told) = (next, by_then);
        }
    }
}
