//! One group of findings: folded it is a line, unfolded its evidence and the
//! letter to send.

use super::groups::sightings;
use super::letter::{is_for_the_reporter, letter as written};
use crate::base::Kind;
use crate::query::FindingLine;
use crate::screens::Desk;
use crate::screens::details::sighting;
use crate::screens::facts::{fact, facts, list, mark, place, span, stated};
use crate::screens::markup::{Act, Attribute, Node, Tag, element};
use crate::screens::parts::{data, paragraph};
use crate::screens::words::Words;
use crate::view::{Code, Language};

/// The field that keeps which groups are unfolded, a line each. They are drawn only then:
/// a letter for each reporter and kind would be too much.
const OPEN: &str = "open-findings";

/// Lines of one reporter, one a kind, or of one kind, one a reporter; never empty.
pub fn draw(desk: &Desk<'_>, lines: &[FindingLine], is_by_reporter: bool) -> Node {
    let words = desk.words();
    let Some(first) = lines.first() else { return element(Tag::Div, "", Vec::new()) };
    let (name, mut summary) = match is_by_reporter {
        true => (first.reporter.as_deref().unwrap_or_default(), reporter_summary(lines, words)),
        false => (first.kind.code(), kind_summary(first.kind, words)),
    };
    summary.push(count(sightings(lines), words));

    let open: Vec<&str> = desk.ask.values.get(OPEN).lines().collect();
    let is_open = open.contains(&name);
    let mut others: Vec<&str> = open.into_iter().filter(|other| *other != name).collect();
    if !is_open {
        others.push(name);
    }
    let toggle = Act::Put(vec![(OPEN.to_owned(), others.join("\n"))]);
    let summary = element(Tag::Button, "fold__summary", summary)
        .with(Attribute::Type, "button")
        .with(Attribute::Expanded, is_open.to_string())
        .with(Attribute::Act, desk.act(toggle));
    let mut content = vec![summary];
    if is_open {
        let body = if is_by_reporter { reporter } else { kind };
        content.push(element(Tag::Div, "fold__body", body(lines, words)));
    }
    element(Tag::Div, "fold", content).with(Attribute::Key, name)
}

fn kind_summary(kind: Kind, words: Words) -> Vec<Node> {
    let severity = words.text(&format!("severity.{}", kind.severity().code()));
    vec![title(kind, words), span("fold__aside", severity)]
}

/// One kind of finding, and who is concerned.
fn kind(lines: &[FindingLine], words: Words) -> Vec<Node> {
    let mut all = lines.first().map(|line| explained(line.kind, words)).unwrap_or_default();
    all.extend(lines.iter().map(|line| {
        let name = vec![stated(line.reporter.as_deref(), words), count(line.sightings, words)];
        let mut part = vec![element(Tag::H2, "fold__name", name), examples(line, words)];
        part.extend(letter(std::slice::from_ref(line), words));
        element(Tag::Section, "fold__part", part)
    }));
    all
}

fn reporter_summary(lines: &[FindingLine], words: Words) -> Vec<Node> {
    let reporter = lines.first().and_then(|line| line.reporter.as_deref());
    let kinds = words.count("count.kinds", lines.len() as u64);
    vec![
        element(Tag::Span, "fold__name", vec![stated(reporter, words)]),
        span("fold__aside", kinds),
    ]
}

/// One reporter, and all that was found in its reports.
fn reporter(lines: &[FindingLine], words: Words) -> Vec<Node> {
    let part = |line: &FindingLine| {
        let name = vec![title(line.kind, words), count(line.sightings, words)];
        let mut part = vec![element(Tag::H2, "fold__name", name)];
        part.extend(explained(line.kind, words));
        part.push(examples(line, words));
        element(Tag::Section, "fold__part", part)
    };
    lines.iter().map(part).chain(letter(lines, words)).collect()
}

fn title(kind: Kind, words: Words) -> Node {
    mark(kind.severity(), words.finding_title(kind))
}

fn explained(kind: Kind, words: Words) -> Vec<Node> {
    let mut all = vec![paragraph("", words.finding_text(kind))];
    if !kind.rule().is_empty() {
        all.push(paragraph("finding-list__rule", kind.rule()));
    }
    all
}

fn count(sightings: u64, words: Words) -> Node {
    span("fold__count", words.count("count.sightings", sightings))
}

fn examples(line: &FindingLine, words: Words) -> Node {
    let examples = line.examples.iter().map(|(at, seen)| {
        let mut example = place(at);
        example.extend(sighting(line.kind, seen, words));
        example
    });
    list("finding-list__sightings", "", examples)
}

/// Where to write, and what. The page cannot send it, and must not.
fn letter(lines: &[FindingLine], words: Words) -> Option<Node> {
    let lines: Vec<_> = lines.iter().filter(|line| is_for_the_reporter(line.kind)).collect();
    if lines.is_empty() {
        return None;
    }
    let contact = lines.iter().find_map(|line| line.contact.as_deref());
    let more = lines.iter().find_map(|line| line.extra_contact_info.as_deref());
    let mut to = vec![fact(words.text("letter.to"), stated(contact, words))];
    to.extend(more.map(|more| fact(words.text("report.extra-contact"), data(more))));
    let copy = |key: &str, of: Words| Node::Copy {
        label: words.text(key).to_owned(),
        text: written(of, &lines),
    };
    let mut buttons = vec![copy("letter.copy", words)];
    if words.language != Language::English {
        buttons.push(copy("letter.copy-english", Words { language: Language::English, ..words }));
    }
    let content = vec![facts(to), element(Tag::Div, "letter__buttons", buttons)];
    Some(element(Tag::Div, "letter", content))
}
