//! What was found in all files, added up: by kind, or by the reporter who can
//! mend it.

mod group;
mod groups;
mod letter;

use super::markup::{Act, Attribute, Node, Tag, element, text};
use super::parts::paragraph;
use super::tables::tabs;
use super::{Desk, empty};
use crate::query::{Answer, FindingLine, Question};
use crate::view::{Route, Screen, SortKey};
use groups::{by_kind, by_reporter};

/// Groups shown at first, and with each asking for more.
const GROUPS: usize = 100;
/// The field that keeps how many are shown.
const SHOWN: &str = "shown-findings";

pub fn draw(desk: &Desk<'_>) -> Vec<Node> {
    let mut content = vec![head(desk)];
    match desk.ask(Question::FindingKinds) {
        Some(Answer::FindingKinds(lines)) if lines.is_empty() => {
            content.push(empty::draw(desk, "findings.none"));
        }
        Some(Answer::FindingKinds(lines)) => {
            content.push(paragraph("findings__lede", desk.words().text("findings.lede")));
            content.push(order(desk));
            content.extend(groups(desk, lines));
        }
        _ => {}
    }
    content
}

/// The heading, and a link to each half of the screen.
fn head(desk: &Desk<'_>) -> Node {
    let content = vec![element(Tag::H1, "", vec![text(desk.text("screen.files"))]), tabs(desk)];
    element(Tag::Div, "screen-head", content)
}

fn is_by_reporter(desk: &Desk<'_>) -> bool {
    desk.route.sort.as_ref().is_some_and(|sort| sort.column == "reporter")
}

/// A link to each of the two orders.
fn order(desk: &Desk<'_>) -> Node {
    let choice = |column: &str| {
        let label = desk.words().text(&format!("findings.by-{column}"));
        let sort = Some(SortKey { column: column.to_owned(), descending: false });
        let link = Route { sort, ..Route::to(Screen::Findings) };
        let choice = element(Tag::A, "button button--small", vec![text(label)]);
        let choice = choice.with(Attribute::Link, link.to_string());
        let is_chosen = is_by_reporter(desk) == (column == "reporter");
        if is_chosen { choice.with(Attribute::Current, "true") } else { choice }
    };
    let choices = vec![choice("kind"), choice("reporter")];
    element(Tag::Nav, "findings__by", choices)
        .with(Attribute::Label, desk.words().text("findings.by"))
}

fn groups(desk: &Desk<'_>, lines: &[FindingLine]) -> Vec<Node> {
    let shown = desk.ask.values.get(SHOWN).parse().unwrap_or(GROUPS);
    let by_reporter_is_asked = is_by_reporter(desk);
    let groups = if by_reporter_is_asked { by_reporter(lines) } else { by_kind(lines) };
    let rest = groups.len().saturating_sub(shown);
    let drawn = groups.iter().take(shown);
    let drawn = drawn.map(|lines| group::draw(desk, lines, by_reporter_is_asked));
    let mut all = vec![element(Tag::Div, "findings__groups", drawn.collect())];
    if rest > 0 {
        let more = Act::Put(vec![(SHOWN.to_owned(), (shown + GROUPS).to_string())]);
        all.push(desk.button("button", &desk.words().count("count.more", rest as u64), more));
    }
    all
}
