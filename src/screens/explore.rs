//! One pivot table: records by whatever somebody wants to know, and down into each of its
//! values.

use super::markup::{Act, Attribute, Node, Tag, element, text};
use super::parts::{Head, Table, amount, dropdown, link, scrolling, share, value};
use super::{Desk, nothing};
use crate::query::{
    Dimension, GroupBy, Groups, Kind, Measure, Sort, Table as Asked, Term, Test, Window,
};
use crate::view::pivot::{MEASURES, NAMES, csv};
use crate::view::{Route, SortKey, drill};

/// Lines shown at first, and more with each step.
const LINES: u32 = 100;
/// Lines that are drawn at most: a longer table is no longer read, and its whole is in CSV.
const MOST: u32 = 2_000;

/// The whole screen.
pub fn draw(desk: &Desk<'_>) -> Vec<Node> {
    let on = drill::grouped_by(&desk.route);
    let sorted = sorted(desk, on);
    let lines = desk.route.lines.unwrap_or(LINES).clamp(LINES, MOST);
    let question = GroupBy {
        table: Asked::Aggregate,
        filter: desk.filter.clone(),
        by: (on, None),
        measures: MEASURES.to_vec(),
        sort: Sort {
            by: sorted.of::<Measure>().map(|sort| sort.by),
            descending: sorted.descending,
        },
        window: Window { offset: 0, limit: lines },
    };
    let Some(groups) = desk.groups(question) else { return nothing(desk, "screens.no-engine") };
    if groups.total == 0 {
        return nothing(desk, "screens.nothing");
    }
    let title = element(Tag::H1, "", vec![text(desk.text("screen.explore"))]);
    let count = vec![text(desk.count("count.explore", groups.total.into()))];
    let mut head = vec![
        title.with(Attribute::TabIndex, "-1"),
        element(Tag::Span, "screen-head__count", count),
        grouping(desk, on),
    ];
    head.push(take_along(desk, on, groups));
    let mut content = vec![element(Tag::Div, "screen-head", head)];
    content.extend(crumbs(desk));
    content.push(table(desk, on, sorted, groups));
    content.extend(more(desk, lines, groups));
    content
}

/// Times in their own order, all else by what counts most.
fn sorted(desk: &Desk<'_>, on: Dimension) -> SortKey {
    let is_column = |key: &&SortKey| key.column == "value" || NAMES.contains(&key.column.as_str());
    let is_time = matches!(on.kind(), Kind::Day | Kind::Month);
    let first = if is_time { "value" } else { "-messages" };
    let set = desk.route.sort.as_ref().filter(is_column).cloned();
    set.or_else(|| SortKey::parse(first)).unwrap_or_default()
}

/// The choice of what is grouped by.
fn grouping(desk: &Desk<'_>, here: Dimension) -> Node {
    let all = Dimension::ALL.into_iter().filter(|on| !on.is_foreign(Asked::Aggregate));
    let choice = |on: Dimension| {
        let words = vec![text(desk.dimension(on))];
        let choice = link(&drill::regrouped(&desk.route, on), "choices__choice", words);
        let choice = if on == here { choice.with(Attribute::Current, "true") } else { choice };
        element(Tag::Li, "", vec![choice])
    };
    let choices = element(Tag::Ul, "choices", all.map(choice).collect());
    let label = format!("{} {}", desk.text("explore.by"), desk.dimension(here));
    dropdown(&label, false, vec![choices])
}

/// The steps taken, each a way back.
fn crumbs(desk: &Desk<'_>) -> Option<Node> {
    let steps = drill::steps(&desk.route);
    if steps.is_empty() {
        return None;
    }
    let all = std::iter::once(text(desk.text("explore.all")));
    let steps = all.chain(steps.iter().map(|term| step(desk, term)));
    let crumb = |(at, words): (usize, Node)| {
        element(Tag::Li, "", vec![link(&drill::back_to(&desk.route, at), "link", vec![words])])
    };
    let list = element(Tag::Ol, "", steps.enumerate().map(crumb).collect());
    Some(element(Tag::Nav, "crumbs", vec![list]).with(Attribute::Label, desk.text("explore.way")))
}

fn step(desk: &Desk<'_>, term: &Term) -> Node {
    match (&term.test, term.on) {
        (Test::Is(key), Some(on)) => value(desk, on, key),
        (Test::In(network), _) => text(network.to_string()),
        _ => text(term.to_string()),
    }
}

/// The table in view, as CSV: to a file, or to the clipboard.
fn take_along(desk: &Desk<'_>, on: Dimension, groups: &Groups) -> Node {
    let csv = csv(on, &NAMES, groups);
    let act = Act::Save { name: format!("{}.csv", on.code()), text: csv.clone() };
    let save = element(Tag::Button, "button button--small", vec![text(desk.text("explore.save"))])
        .with(Attribute::Type, "button")
        .with(Attribute::Act, desk.act(act));
    let copy = Node::Copy { label: desk.text("explore.copy").to_owned(), text: csv };
    element(Tag::Div, "take-along", vec![copy, save])
}

fn table(desk: &Desk<'_>, on: Dimension, sorted: SortKey, groups: &Groups) -> Node {
    let mut heads = vec![Head::new(desk.dimension(on), "explore__value").sorts("value")];
    heads.extend(NAMES.into_iter().enumerate().map(|(at, name)| {
        let class = match at {
            0 | 1 => "",
            2 | 3 => "plain-table__wide",
            _ => "plain-table__number plain-table__wide",
        };
        Head::new(desk.text(&format!("explore.{name}")), class).sorts(name)
    }));
    let all = groups.totals.first().copied().unwrap_or_default();
    let rows = groups.lines.iter().map(|line| {
        let key = &line.keys.0;
        let into = drill::into(&desk.route, key.clone());
        let mut cells = vec![link(&into, "link", vec![value(desk, on, key)])];
        cells.extend(measures(desk, &line.values, all));
        cells
    });
    let mut totals = vec![text(desk.text("explore.total"))];
    totals.extend(measures(desk, &groups.totals, all));
    let caption = desk.fill("explore.caption", &[("by", desk.dimension(on))]);
    let name = caption.clone();
    let table = Table { caption, heads, sorted, totals, rows: rows.collect() };
    scrolling("explore__table", &name, vec![table.draw(desk)])
}

/// The measures of a line, or of all, with bars as long as the part that they are of `all`.
fn measures(desk: &Desk<'_>, values: &[u64], all: u64) -> Vec<Node> {
    let messages = values.first().copied().unwrap_or_default();
    let cell = |(at, value): (usize, &u64)| match at {
        0 => amount(desk, *value, all),
        1..=3 => share(desk.words(), *value, messages),
        _ => desk.integer(*value),
    };
    values.iter().enumerate().map(cell).collect()
}

/// The way to more lines, where there are more.
fn more(desk: &Desk<'_>, lines: u32, groups: &Groups) -> Option<Node> {
    let next = groups.total.min(MOST).min(lines * 4);
    let rest = u64::from(next.saturating_sub(lines));
    let route = Route { lines: Some(next), ..desk.route.clone() };
    (rest > 0)
        .then(|| link(&route, "button explore__more", vec![text(desk.count("explore.more", rest))]))
}
