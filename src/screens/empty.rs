//! A screen with nothing on it, and why: nothing opened, nothing of its kind, or nothing that
//! the filter lets through; and the way to where there is something.

use super::filter_bar::search;
use super::markup::{Act, Attribute, Node, Tag, element, text};
use super::parts::{icon, link, paragraph};
use super::{Desk, hints};
use crate::query::{Answer, FileColumn, Filter, Measure, Question, Sort, Table, Window};
use crate::view::{Route, Screen};

const SIGN: &str = "M32 2 62 32 32 62 2 32ZM17 17 47 47M47 17 17 47";
const FILE: &str = "M4 2H9.5L12.5 5V14H4ZM9.5 2V5H12.5";

/// Where the reports of each kind are.
const SCREENS: [(Table, Screen); 3] = [
    (Table::Aggregate, Screen::Overview),
    (Table::Tls, Screen::Tls),
    (Table::Failure, Screen::Failures),
];

/// Under the name of the screen, why it is empty. `none` is the key of what to say where files
/// were read.
pub fn screen(desk: &Desk<'_>, none: &str) -> Vec<Node> {
    let name = text(desk.text(&format!("screen.{}", desk.route.screen.path())));
    let name = element(Tag::H1, "", vec![name]).with(Attribute::TabIndex, "-1");
    vec![element(Tag::Div, "screen-head", vec![name]), draw(desk, none)]
}

/// The same without the name.
pub fn draw(desk: &Desk<'_>, none: &str) -> Node {
    let nothing = Window { offset: 0, limit: 0 };
    let sort = Sort { by: FileColumn::Name, descending: false };
    let files = match desk.ask(Question::Files { sort, window: nothing }) {
        Some(Answer::Files(files)) => Some(files.total),
        _ => None,
    };
    let elsewhere = elsewhere(desk);
    let why = match files {
        _ if desk.ask.is_reading => "empty.working",
        None => "screens.no-engine",
        Some(0) => "empty.idle",
        _ if !desk.filter.is_empty() => "screens.nothing-matches",
        _ => none,
    };
    let path = element(Tag::Path, "", Vec::new()).with(Attribute::D, SIGN);
    let sign = element(Tag::Svg, "empty__sign", vec![path])
        .with(Attribute::ViewBox, "0 0 64 64")
        .with(Attribute::Width, "64")
        .with(Attribute::Height, "64")
        .with(Attribute::Hidden, "true");
    let mut content = vec![sign, paragraph("empty__title", desk.text(why))];
    let is_asked = why == "screens.nothing-matches";
    content.extend(is_asked.then(|| hints::draw(desk)).flatten());
    content.extend(match why {
        "empty.working" => None,
        "empty.idle" => Some(choose(desk)),
        "screens.nothing-matches" => {
            let all = desk.route.filtered(&Filter::default());
            Some(link(&all, "button", vec![text(desk.text("filter.clear"))]))
        }
        _ => elsewhere,
    });
    let empty = element(Tag::Div, "empty", content);
    // What asks for something else goes away with it: on in the search box.
    if is_asked { empty.with(Attribute::Choices, search::FIELD) } else { empty }
}

/// The button that asks for files.
fn choose(desk: &Desk<'_>) -> Node {
    let label = vec![icon(FILE), text(desk.text("open.files"))];
    element(Tag::Button, "button button--primary", label)
        .with(Attribute::Type, "button")
        .with(Attribute::Act, desk.act(Act::Choose))
}

/// Links to the screens that have something.
fn elsewhere(desk: &Desk<'_>) -> Option<Node> {
    let has_reports = |table: Table| {
        let answer = desk.ask(Question::Totals(table, Filter::default()));
        matches!(answer, Some(Answer::Totals(sums)) if sums.get(Measure::Reports) > 0)
    };
    // All are asked before one is looked at.
    let there = SCREENS.map(|(table, screen)| has_reports(table).then_some(screen));
    let there = there.into_iter().flatten().filter(|screen| *screen != desk.route.screen);
    let way = |screen: Screen| {
        let name = text(desk.text(&format!("screen.{}", screen.path())));
        link(&Route::to(screen), "button", vec![name])
    };
    let ways: Vec<_> = there.map(way).collect();
    (!ways.is_empty()).then(|| element(Tag::Div, "empty__ways", ways))
}
