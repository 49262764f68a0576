//! The lines of a source as the table that the page scrolls: their number, and what stands there.

use super::Source;
use super::colour::pieces;
use super::lines::{Line, STEP};
use super::search::Search;
use super::text::shown;
use crate::screens::facts::span;
use crate::screens::markup::{Attribute, Node, Tag, element, text};
use crate::screens::{Desk, Listing};

/// The lines around those that are scrolled to; the one with the place one is at is marked.
pub fn listing(desk: &Desk<'_>, source: &Source, search: &Search<'_>, order: String) -> Listing {
    let total = source.lines.len() as u32;
    let window = desk.ask.shown.window;
    let offset = window.offset.min(total);
    let lines = source.lines.iter().enumerate();
    let lines = lines.skip(offset as usize).take(window.limit as usize);
    let row = |(number, line): (usize, &Line)| {
        let mut content = vec![text(STEP.repeat(line.depth.into()))];
        content.extend(coloured(source, line, &places(line, search)));
        vec![text((number + 1).to_string()), element(Tag::Code, "source__line", content)]
    };
    Listing {
        order,
        total,
        offset,
        rows: lines.map(row).collect(),
        head: head(desk, source),
        columns: ["source__number", "source__code"].map(str::to_owned).into(),
        header: None,
        open: search.current().map(|at| source.line_of(at) as u32),
        turn: search.turn,
    }
}

/// The names of the columns. The longest line stands there unseen, so that the width of all is
/// known from the beginning.
fn head(desk: &Desk<'_>, source: &Source) -> Vec<Node> {
    let name = |key: &str| span("visually-hidden", desk.text(key));
    let widest = span("source__widest", "0".repeat(source.widest)).with(Attribute::Hidden, "true");
    let cell = |class, content| element(Tag::Th, class, content).with(Attribute::Scope, "col");
    let cells = vec![
        cell("source__number", vec![name("source.line")]),
        cell("source__code", vec![name("source.text"), widest]),
    ];
    let heads = element(Tag::Tr, "", cells).with(Attribute::RowIndex, "1");
    vec![
        element(Tag::Caption, "visually-hidden", vec![text(desk.text("source.title"))]),
        element(Tag::Thead, "", vec![heads]),
    ]
}

/// What of a line was looked for, from where in it to where, and whether one is there.
fn places(line: &Line, search: &Search<'_>) -> Vec<(usize, usize, bool)> {
    let length = search.wanted.len() as u32;
    let first = search.found.partition_point(|at| at + length <= line.start);
    let here = search.found.iter().skip(first).take_while(|at| **at < line.end);
    let place = |at: &u32| {
        let (start, end) = ((*at).max(line.start), (at + length).min(line.end));
        let is_current = search.current() == Some(*at);
        ((start - line.start) as usize, (end - line.start) as usize, is_current)
    };
    here.map(place).collect()
}

/// The pieces of a line, cut where something that was looked for begins and ends.
fn coloured(source: &Source, line: &Line, marks: &[(usize, usize, bool)]) -> Vec<Node> {
    let line = source.line(line);
    let mut nodes = Vec::new();
    for (class, piece) in pieces(line, source.format) {
        let mut at = piece.start;
        while at < piece.end {
            let mark = marks.iter().find(|(_, end, _)| *end > at);
            let (end, found) = match mark {
                Some((start, end, current)) if *start <= at => (
                    (*end).min(piece.end),
                    if *current { "source__found source__found--current" } else { "source__found" },
                ),
                Some((start, ..)) => ((*start).min(piece.end), ""),
                None => (piece.end, ""),
            };
            let words = shown(line.get(at..end).unwrap_or_default());
            nodes.push(match format!("{class} {found}").trim() {
                "" => text(words),
                class => element(Tag::Span, class, vec![text(words)]),
            });
            at = end;
        }
    }
    nodes
}
