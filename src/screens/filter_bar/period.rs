//! The time asked for: the last days that there are reports of, or exact dates.

use crate::base::UnixSeconds;
use crate::base::calendar::DAY;
use crate::query::{Answer, Filter};
use crate::screens::markup::{Attribute, Node, Tag, element, text};
use crate::screens::misdated::end;
use crate::screens::parts::{dropdown, link};
use crate::screens::{Desk, Values};

/// Days of the ready-made periods.
const LAST: [i64; 4] = [7, 30, 90, 365];

/// The fields of both ends, which are days; both are part of the time.
const ENDS: [&str; 2] = ["since", "until"];

/// Puts what is asked for into the fields.
pub fn fill(filter: &Filter, values: &mut Values) {
    let until = filter.until.map(|until| UnixSeconds(until.0.saturating_sub(1)));
    for (end, at) in ENDS.into_iter().zip([filter.since, until]) {
        let mut day = at.map(UnixSeconds::rfc3339).unwrap_or_default();
        day.truncate("2026-01-01".len());
        values.set(end, &day);
    }
}

/// Asks for what is in the fields, where it is something else than was asked for.
pub fn take(values: &Values, filter: &mut Filter) {
    let mut before = Values::default();
    fill(filter, &mut before);
    for end in ENDS.into_iter().filter(|end| values.get(end) != before.get(end)) {
        let typed = Filter::parse(&format!("{end}:{}", values.get(end)));
        match end {
            "since" => filter.since = typed.since,
            _ => filter.until = typed.until,
        }
    }
    // Whoever mixes the ends up means the days between.
    if let (Some(since), Some(until)) = (filter.since, filter.until)
        && since >= until
    {
        let (first, last) = (UnixSeconds(until.0.saturating_sub(DAY)), since.0.saturating_add(DAY));
        (filter.since, filter.until) = (Some(first), Some(UnixSeconds(last)));
    }
}

/// The button and what it unfolds. `all` is what there is at all.
pub fn draw(desk: &Desk<'_>, all: Option<&Answer>) -> Node {
    let label = asked(desk);
    let is_set = label.is_some();
    let label = label.unwrap_or_else(|| desk.text("filter.all-time").to_owned());
    let mut presets = vec![preset(desk, None, None, desk.text("filter.all-time"))];
    if let Some(Answer::Totals(sums)) = all
        && let Some(end) = end(desk, desk.route.table(), sums)
    {
        presets.extend(LAST.map(|days| last(desk, days, end)));
    }
    let mut fields: Vec<_> = ENDS.map(|end| field(desk, end)).into();
    let apply = element(Tag::Button, "button button--small", vec![text(desk.text("filter.apply"))]);
    fields.push(apply.with(Attribute::Type, "submit"));
    let content = vec![element(Tag::Ul, "choices", presets), element(Tag::Form, "period", fields)];
    dropdown(&label, is_set, "", content)
}

/// The time asked for in words; one without an end or a beginning is not that day alone.
pub fn asked(desk: &Desk<'_>) -> Option<String> {
    let filter = &desk.filter;
    let open = |key, at| desk.fill(key, &[("day", &desk.language.day(at))]);
    let since_day = |at| open("filter.since-day", at);
    // The last moment: what is asked for ends before the other day begins.
    let until_day = |at: UnixSeconds| open("filter.until-day", UnixSeconds(at.0.saturating_sub(1)));
    match (filter.since, filter.until) {
        (Some(since), None) => Some(since_day(since)),
        (None, Some(until)) => Some(until_day(until)),
        // A link may ask for what cannot be.
        (Some(since), Some(until)) if since >= until => {
            Some(format!("{}, {}", since_day(since), until_day(until)))
        }
        (since, until) => desk.language.days(since, until),
    }
}

/// The last days up to the last one that is reported on.
fn last(desk: &Desk<'_>, days: i64, end: UnixSeconds) -> Node {
    let until = end.0.saturating_sub(1).div_euclid(DAY).saturating_add(1).saturating_mul(DAY);
    let since = UnixSeconds(until.saturating_sub(days * DAY));
    let words = desk.count("filter.last-days", days.unsigned_abs());
    preset(desk, Some(since), Some(UnixSeconds(until)), &words)
}

fn preset(
    desk: &Desk<'_>,
    since: Option<UnixSeconds>,
    until: Option<UnixSeconds>,
    words: &str,
) -> Node {
    let mut filter = desk.filter.clone();
    (filter.since, filter.until) = (since, until);
    let link = link(&desk.route.filtered(&filter), "choices__choice", vec![text(words)]);
    let link = if filter == desk.filter { link.with(Attribute::Current, "true") } else { link };
    element(Tag::Li, "", vec![link])
}

fn field(desk: &Desk<'_>, end: &str) -> Node {
    let input = element(Tag::Input, "field", Vec::new())
        .with(Attribute::Type, "date")
        .with(Attribute::Field, end);
    let words = text(desk.text(&format!("filter.{end}")));
    element(Tag::Label, "period__end", vec![words, input])
}
