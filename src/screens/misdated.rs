//! The time that a drawing is of: a report of 1970 or of 9999, which is a mistake of its reporter,
//! would leave no room for all others. It is told beside the drawing.

use super::Desk;
use super::markup::{Node, Tag, element, text};
use super::parts::link;
use crate::base::UnixSeconds;
use crate::base::calendar::DAY;
use crate::query::{Answer, Filter, Period, Periods, Question, Sums, Table};

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

/// The beginning and the end of what a filter lets through, whose sums these are; of those reports
/// that can be, if there are any.
pub fn ends(
    desk: &Desk<'_>,
    table: Table,
    filter: &Filter,
    sums: &Sums,
) -> Option<(UnixSeconds, UnixSeconds)> {
    let all = sums.begin.zip(sums.end)?;
    let Some((first, last)) = plausible(desk, filter) else { return Some(all) };
    if first <= all.0 && all.1 <= last {
        return Some(all);
    }
    let mut filter = filter.clone();
    filter.since = filter.since.max(Some(first));
    filter.until = Some(filter.until.map_or(last, |until| until.min(last)));
    match desk.ask(Question::Totals(table, filter)) {
        Some(Answer::Totals(Sums { begin: Some(begin), end: Some(end), .. })) => {
            Some(((*begin).max(first), (*end).min(last)))
        }
        _ => Some(all),
    }
}

/// The periods of reports that can be, and the messages of those before and after; all, where
/// there are no others.
pub fn sorted_out(desk: &Desk<'_>, all: &[Periods]) -> (Vec<Periods>, [u64; 2]) {
    let (first, last) =
        plausible(desk, &desk.filter).unwrap_or((UnixSeconds(i64::MIN), UnixSeconds(i64::MAX)));
    let mut outside = [0_u64; 2];
    let mut is_within = |period: &Period| {
        let is_late = period.begin >= last;
        let is_within = first <= period.begin && !is_late;
        if !is_within {
            let sum = &mut outside[usize::from(is_late)];
            *sum = sum.saturating_add(period.messages);
        }
        is_within
    };
    let within = all.iter().map(|of| Periods {
        periods: of.periods.iter().filter(|period| is_within(period)).copied().collect(),
        ..of.clone()
    });
    let within: Vec<_> = within.collect();
    match within.iter().any(|of| !of.periods.is_empty()) {
        true => (within, outside),
        false => (all.to_vec(), [0; 2]),
    }
}

/// What a drawing leaves out, the messages before and after, with the ways to them.
pub fn outside(desk: &Desk<'_>, [early, late]: [u64; 2]) -> Node {
    let mut before = desk.filter.clone();
    before.until = Some(FIRST);
    let mut after = desk.filter.clone();
    after.since = Some(last(desk));
    let sides =
        [(early, "timeline.early", FIRST, before), (late, "timeline.late", last(desk), after)];
    let side = |(count, key, day, filter): (u64, &str, UnixSeconds, _)| {
        let values = [("count", desk.language.integer(count)), ("day", desk.language.day(day))];
        let words = text(desk.words().fill_all(key, &values) + " ");
        let show = vec![text(desk.text("timeline.show-outside"))];
        let show = link(&desk.route.filtered(&filter), "link", show);
        element(Tag::P, "timeline__undated", vec![words, show])
    };
    let told: Vec<_> = sides.into_iter().filter(|side| side.0 > 0).map(side).collect();
    // There or not: where the number of elements changes, the page folds the table up.
    if told.is_empty() { text("") } else { element(Tag::Div, "", told) }
}
