//! The source as it stands in the details of a report. What is open, searched and turned to is
//! in fields, each with what it is about: of anything else it says nothing.

use super::colour::pieces;
use super::find::{MOST, find};
use super::{Source, shown};
use crate::base::Locus;
use crate::screens::Desk;
use crate::screens::facts::{detail, span};
use crate::screens::markup::{Act, Attribute, Node, Tag, element, text};
use crate::screens::parts::{icon, paragraph};

/// The report whose source is shown.
const OPEN: &str = "source";
/// What is looked for.
const FIND: &str = "source-find";
/// Which of the places found is looked at: its number, and what was looked for.
const AT: &str = "source-at";
/// The first line shown, and what is looked for.
const FROM: &str = "source-from";

/// Lines shown at once.
const PAGE: usize = 200;

const PREVIOUS: &str = "M3.5 10 8 5.5 12.5 10";
const NEXT: &str = "M3.5 6 8 10.5 12.5 6";

/// The source of a report, or a button that shows it. It is saved under this name.
pub fn draw(desk: &Desk<'_>, locus: &Locus, name: &str) -> Node {
    let words = desk.words();
    let key = key(locus);
    let open =
        |key: &str| Act::Put([(OPEN, key), (FIND, ""), (AT, ""), (FROM, "")].map(owned).into());
    let content = if desk.ask.values.get(OPEN) != key {
        vec![desk.button("button button--small", words.text("source.show"), open(&key))]
    } else {
        let hide = desk.button("button button--small", words.text("source.hide"), open(""));
        match desk.source(locus) {
            Some(Some(source)) => opened(desk, source, name, hide),
            Some(None) => vec![paragraph("source__gone", words.text("source.gone")), hide],
            // It is read, and then drawn.
            None => Vec::new(),
        }
    };
    detail(words.text("source.title"), vec![element(Tag::Div, "source", content)])
}

/// Names a report among all.
pub fn key(locus: &Locus) -> String {
    let places: Vec<_> = locus.steps.iter().map(|step| step.index.to_string()).collect();
    format!("{}.{}.{:x}", locus.file.0, places.join("."), locus.digest)
}

fn owned((name, value): (&str, &str)) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

/// A number in a field that is about this text.
fn number(desk: &Desk<'_>, field: &str, about: &str) -> Option<usize> {
    let (number, of) = desk.ask.values.get(field).split_once(' ')?;
    if of == about { number.parse().ok() } else { None }
}

fn opened(desk: &Desk<'_>, source: &Source, name: &str, hide: Node) -> Vec<Node> {
    let words = desk.words();
    let wanted = desk.ask.values.get(FIND);
    let found = find(source, wanted);
    let at = number(desk, AT, wanted).unwrap_or_default().min(found.len().saturating_sub(1));
    let current = found.get(at);
    let last = source.lines.len().saturating_sub(1);
    let from = number(desk, FROM, wanted).or(current.map(|(line, _)| *line as usize));
    let from = from.unwrap_or_default().min(last) / PAGE * PAGE;
    let save = desk.button(
        "button button--small",
        words.text("source.save"),
        Act::SaveSource { name: name.to_owned() },
    );
    let mut all = vec![element(Tag::Div, "source__bar", vec![hide, save])];
    if source.read < source.size {
        let (read, size) = (words.language.bytes(source.read), words.language.bytes(source.size));
        let cut = words.fill("source.cut", &[("read", &read), ("size", &size)]);
        all.push(paragraph("source__cut", cut));
    }
    all.push(search(desk, wanted, at, found.len()));
    all.push(text_of(desk, source, from, &found, current, wanted.len()));
    all.extend(turning(desk, source, from, wanted));
    all
}

/// The field, how much was found, and the way from one place to the next.
fn search(desk: &Desk<'_>, wanted: &str, at: usize, count: usize) -> Node {
    let words = desk.words();
    let field = element(Tag::Input, "input", Vec::new())
        .with(Attribute::Type, "search")
        .with(Attribute::Field, FIND)
        .with(Attribute::Label, words.text("source.find"))
        .with(Attribute::Placeholder, words.text("source.find"))
        .with(Attribute::Spellcheck, "false");
    let number = |number: usize| {
        let more = if number == MOST { "+" } else { "" };
        words.language.integer(number as u64) + more
    };
    let said = match count {
        _ if wanted.is_empty() => String::new(),
        0 => words.text("source.none").to_owned(),
        _ => words.fill("source.place", &[("at", &number(at + 1)), ("count", &number(count))]),
    };
    let step = |label: &str, sign: &str, to: usize| {
        let values = [(AT, format!("{to} {wanted}")), (FROM, String::new())];
        let act = Act::Put(values.map(|(name, value)| (name.to_owned(), value)).into());
        let label = words.text(label);
        let button = element(Tag::Button, "button button--icon", vec![icon(sign)])
            .with(Attribute::Type, "button")
            .with(Attribute::Title, label)
            .with(Attribute::Label, label)
            .with(Attribute::Act, desk.act(act));
        if count == 0 { button.with(Attribute::Disabled, "") } else { button }
    };
    let content = vec![
        field,
        step("source.previous", PREVIOUS, (at + count.max(1) - 1) % count.max(1)),
        step("source.next", NEXT, (at + 1) % count.max(1)),
        span("source__count", said).with(Attribute::Role, "status"),
    ];
    element(Tag::Div, "source__bar source__search", content).with(Attribute::Role, "search")
}

/// A page of lines.
fn text_of(
    desk: &Desk<'_>,
    source: &Source,
    from: usize,
    found: &[(u32, u32)],
    current: Option<&(u32, u32)>,
    length: usize,
) -> Node {
    let page = source.lines.iter().enumerate().skip(from).take(PAGE);
    let lines = page.map(|(number, line)| {
        let first = found.partition_point(|(of, _)| (*of as usize) < number);
        let here = found.iter().skip(first).take_while(|(of, _)| *of as usize == number);
        let marks: Vec<_> = here
            .map(|place| {
                let start = (place.1 - line.start) as usize;
                (start, start + length, Some(place) == current)
            })
            .collect();
        let counted = span("source__number", (number + 1).to_string());
        let mut content = vec![counted.with(Attribute::Hidden, "true")];
        content.push(text("  ".repeat(line.depth.into())));
        content.extend(coloured(source.line(line), source, &marks));
        content.push(text("\n"));
        element(Tag::Span, "source__line", content)
    });
    element(Tag::Pre, "source__text", lines.collect())
        .with(Attribute::TabIndex, "0")
        .with(Attribute::Role, "region")
        .with(Attribute::Label, desk.text("source.title"))
}

/// The pieces of a line, cut where something that was looked for begins and ends.
fn coloured(line: &str, source: &Source, marks: &[(usize, usize, bool)]) -> Vec<Node> {
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

/// Which lines are shown, and the way to others.
fn turning(desk: &Desk<'_>, source: &Source, from: usize, wanted: &str) -> Option<Node> {
    let all = source.lines.len();
    if all <= PAGE {
        return None;
    }
    let words = desk.words();
    let number = |number: usize| words.language.integer(number as u64);
    let last = (from + PAGE).min(all);
    let lines = [("first", &*number(from + 1)), ("last", &*number(last)), ("all", &*number(all))];
    let button = |label: &str, to: Option<usize>| {
        let act = Act::Put(vec![(FROM.to_owned(), format!("{} {wanted}", to.unwrap_or(from)))]);
        let button = desk.button("button button--small", words.text(label), act);
        if to.is_none() { button.with(Attribute::Disabled, "") } else { button }
    };
    let content = vec![
        button("source.earlier", from.checked_sub(PAGE)),
        button("source.later", Some(last).filter(|last| *last < all)),
        span("source__count", words.fill("source.lines", &lines)),
    ];
    Some(element(Tag::Div, "source__bar", content))
}
