//! The time that a drawing is of: a report of 1970 or of 9999, which is a mistake of its reporter,
//! would leave no room for all others. It is told beside the drawing.

use super::Desk;
use super::markup::{Node, Tag, element, text};
use super::parts::link;
use crate::base::UnixSeconds;
use crate::base::calendar::DAY;
use crate::query::Histogram;

/// 2012-01-01: DMARC was first published in that month.
const FIRST: UnixSeconds = UnixSeconds(1_325_376_000);
/// Clocks go wrong by some days.
const DAYS_TO_COME: i64 = 4;

/// From when to when reports may be of; of no limit where the filter asks for another time.
pub fn plausible(desk: &Desk<'_>) -> Option<(UnixSeconds, UnixSeconds)> {
    let last = last(desk);
    let is_elsewhere = desk.filter.since.is_some_and(|since| since >= last)
        || desk.filter.until.is_some_and(|until| until <= FIRST);
    (!is_elsewhere).then_some((FIRST, last))
}

/// A whole day, so that no question is asked anew with every second.
fn last(desk: &Desk<'_>) -> UnixSeconds {
    UnixSeconds((desk.ask.now.day() + DAYS_TO_COME) * DAY)
}

/// What a drawing leaves out, with the ways to it.
pub fn outside(desk: &Desk<'_>, histogram: &Histogram) -> Node {
    let [early, late] = histogram.outside;
    let mut before = desk.filter.clone();
    before.until = Some(FIRST);
    let mut after = desk.filter.clone();
    after.since = Some(last(desk));
    let sides =
        [(early, "timeline.early", FIRST, before), (late, "timeline.late", last(desk), after)];
    let mut content = Vec::new();
    for (count, key, day, filter) in sides {
        if count > 0 {
            let day = desk.language.day(day);
            let count = desk.language.integer(count);
            let words = desk.fill(key, &[("count", &count), ("day", &day)]);
            content.push(text(words + " "));
            let show = vec![text(desk.text("timeline.show-outside"))];
            content.push(link(&desk.route.filtered(&filter), "link", show));
            content.push(text(" "));
        }
    }
    // There or not: where the number of elements changes, the page folds the table up.
    if content.is_empty() { text("") } else { element(Tag::P, "timeline__undated", content) }
}
