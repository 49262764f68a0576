//! Rows by whatever somebody wants to know, and down into each of its values: one pivot table
//! for each of the store's tables.

use super::markup::{Attribute, Node, Tag, element, text};
use super::parts::{link, value};
use super::pivot::Pivot;
use super::{Desk, empty};
use crate::query::{Answer, Filter, Measure, Question, Table, Term, Test};
use crate::view::pivot::details;
use crate::view::{Route, drill};

/// What rows can be of: the name, the table, and whether it is failure details alone.
const VIEWS: [(&str, Table, bool); 4] = [
    ("aggregate", Table::Aggregate, false),
    ("tls", Table::Tls, false),
    ("details", Table::Tls, true),
    ("failures", Table::Failure, false),
];

/// The whole screen.
pub fn draw(desk: &Desk<'_>) -> Vec<Node> {
    let views = views(desk);
    let title = element(Tag::H1, "", vec![text(desk.text("screen.explore"))]);
    let title = title.with(Attribute::TabIndex, "-1");
    let Some(pivot) = Pivot::of(desk, &desk.filter) else {
        return empty::screen(desk, "screens.no-engine");
    };
    if pivot.total() == 0 {
        let head = std::iter::once(title).chain(views).collect();
        let head = element(Tag::Div, "screen-head", head);
        return vec![head, empty::draw(desk, "screens.nothing")];
    }
    let count = vec![text(desk.count("count.explore", pivot.total().into()))];
    let mut head = vec![title, element(Tag::Span, "screen-head__count", count)];
    head.extend(views);
    head.extend([pivot.grouping(), pivot.take_along()]);
    let mut content = vec![element(Tag::Div, "screen-head", head)];
    content.extend(crumbs(desk));
    content.push(pivot.table());
    content.extend(pivot.more());
    content
}

/// The choice of what rows are of, where there is one.
fn views(desk: &Desk<'_>) -> Option<Node> {
    let has_rows = |table: Table| {
        let answer = desk.ask(Question::Totals(table, Filter::default()));
        matches!(answer, Some(Answer::Totals(sums)) if sums.get(Measure::Reports) > 0)
    };
    let choice = |(name, table, is_details): (&str, Table, bool)| {
        let mut filter = desk.filter.clone();
        filter.remove(&details());
        if is_details {
            filter.add(details());
        }
        let words = vec![text(desk.text(&format!("explore.of.{name}")))];
        let link = link(&Route::explore(table).filtered(&filter), "button button--small", words);
        let is_here = table == desk.route.table() && filter == desk.filter;
        if is_here { link.with(Attribute::Current, "true") } else { link }
    };
    // All are asked before one is looked at.
    let there = VIEWS.map(|view| has_rows(view.1).then_some(view));
    let choices: Vec<_> = there.into_iter().flatten().map(choice).collect();
    (choices.len() > 1).then(|| element(Tag::Div, "explore__views", choices))
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
