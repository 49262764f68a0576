//! The time that a drawing is of: a report of 1970 or of 9999, which is a mistake of its reporter,
//! would leave no room for all others. It is told beside the drawing.

use std::borrow::Cow;

use super::Desk;
use super::markup::{Node, Tag, element, text};
use super::parts::link;
use crate::base::UnixSeconds;
use crate::base::calendar::DAY;
use crate::query::{
    Answer, Bucket, Filter, Measure, Period, Periods, Question, Sums, Table, Timeline,
};

/// 2012-01-01: DMARC was first published in that month.
const FIRST: UnixSeconds = UnixSeconds(1_325_376_000);
/// Clocks go wrong by some days.
const DAYS_TO_COME: i64 = 4;

/// From when to when reports may be of; of no limit where the filter asks for another time.
pub fn plausible(desk: &Desk<'_>, filter: &Filter) -> Option<(UnixSeconds, UnixSeconds)> {
    let last = last(desk);
    let is_elsewhere = filter.since.is_some_and(|since| since >= last)
        || filter.until.is_some_and(|until| until <= FIRST);
    (!is_elsewhere).then_some((FIRST, last))
}

/// A whole day, so that no question is asked anew with every second.
fn last(desk: &Desk<'_>) -> UnixSeconds {
    UnixSeconds((desk.ask.now.day() + DAYS_TO_COME) * DAY)
}

/// When all that a table has ends, whose sums these are: the last of the reports that can be, if
/// there are any.
pub fn end(desk: &Desk<'_>, table: Table, sums: &Sums) -> Option<UnixSeconds> {
    let end = sums.end?;
    if end <= last(desk) {
        return Some(end);
    }
    // Any timeline knows: one without a split, of few bars, is enough.
    let filter = Filter::default();
    let within = plausible(desk, &filter);
    let (measure, bucket) = (Measure::Messages, Some(Bucket::Month));
    let timeline = Timeline { table, filter, measure, within, bucket, split: None };
    match desk.ask(Question::Timeline(timeline))? {
        Answer::Timeline(histogram) => histogram.ends.map(|(_, end)| end),
        _ => None,
    }
}

/// The periods of reports that can be, and how many reports there are before and after; all
/// periods, where there are no others.
pub fn sorted_out<'p>(desk: &Desk<'_>, all: &'p [Periods]) -> (Cow<'p, [Periods]>, [u64; 2]) {
    let Some((first, last)) = plausible(desk, &desk.filter) else { return (all.into(), [0; 2]) };
    let periods = || all.iter().flat_map(|of| &of.periods);
    let early = periods().filter(|period| period.begin < first).count();
    let late = periods().filter(|period| period.begin >= last).count();
    if early + late == 0 || early + late == periods().count() {
        return (all.into(), [0; 2]);
    }
    let is_within = |period: &&Period| (first..last).contains(&period.begin);
    let within = all.iter().map(|of| Periods {
        reporter: of.reporter.clone(),
        domain: of.domain.clone(),
        periods: of.periods.iter().filter(is_within).copied().collect(),
    });
    let within = within.filter(|of| !of.periods.is_empty()).collect();
    (Cow::Owned(within), [early as u64, late as u64])
}

/// What a timeline leaves out, the sums before and after, with the ways to them.
pub fn outside(desk: &Desk<'_>, sums: [u64; 2]) -> Node {
    let told = sums.map(|sum| (sum > 0).then(|| desk.language.integer(sum)));
    left_out(desk, ["timeline.early", "timeline.late"], told)
}

/// The same of reports.
pub fn reports_outside(desk: &Desk<'_>, reports: [u64; 2]) -> Node {
    let told = reports.map(|count| (count > 0).then(|| desk.count("count.reports", count)));
    left_out(desk, ["coverage.early", "coverage.late"], told)
}

fn left_out(desk: &Desk<'_>, keys: [&str; 2], told: [Option<String>; 2]) -> Node {
    let mut before = desk.filter.clone();
    before.until = Some(FIRST);
    let mut after = desk.filter.clone();
    after.since = Some(last(desk));
    let sides = [(FIRST, before), (last(desk), after)];
    let sides = keys.into_iter().zip(told).zip(sides).filter_map(|((key, told), (day, filter))| {
        let values = [("count", told?), ("day", desk.language.day(day))];
        let words = text(desk.words().fill_all(key, &values) + " ");
        let show = vec![text(desk.text("timeline.show-outside"))];
        let show = link(&desk.route.filtered(&filter), "link", show);
        Some(element(Tag::P, "timeline__undated", vec![words, show]))
    });
    let sides: Vec<_> = sides.collect();
    // There or not: where the number of elements changes, the page folds the table up.
    if sides.is_empty() { text("") } else { element(Tag::Div, "", sides) }
}
