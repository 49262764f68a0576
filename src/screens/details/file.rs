//! One file: what became of it and of each part.

use super::findings::finding_list;
use crate::base::Outcome;
use crate::query::{Answer, FileLine, Page, PartLine, Question, Window};
use crate::screens::Desk;
use crate::screens::facts::{detail, fact, facts, name, outcome, path, place, span, stated, step};
use crate::screens::markup::{Act, Attribute, Node, Tag, element, text};
use crate::screens::parts::{icon, paragraph};
use crate::screens::words::Words;
use crate::view::Code;

const TRASH: &str = "M2.5 4.5H13.5M6 4.5V2.5H10V4.5M4 4.5 4.7 13.5H11.3L12 4.5M6.7 7V11M9.3 7V11";

/// Parts shown at first, and with each asking for more.
const PARTS: u32 = 50;

pub fn draw(desk: &Desk<'_>, line: &FileLine) -> Vec<Node> {
    let words = desk.words();
    let field = format!("parts.{}", line.file.0);
    let limit = desk.ask.values.get(&field).parse().unwrap_or(PARTS);
    let window = Window { offset: 0, limit };
    let parts = match desk.ask(Question::Parts { file: line.file, window }) {
        Some(Answer::Parts(page)) => parts(desk, page, &field, limit),
        _ => vec![paragraph("detail__none", words.text("shell.loading"))],
    };
    let code = line.outcome.code();
    let story = vec![
        element(Tag::P, "story__verdict", vec![outcome(line.outcome, words)]),
        paragraph("", words.text(&format!("outcome.{code}.text"))),
    ];
    vec![
        element(Tag::Section, &format!("story story--{code}"), story),
        detail(words.text("file.about"), vec![counts(line, words)]),
        detail(words.text("file.parts"), parts),
        remove(desk, line),
    ]
}

/// The way to do without the file.
fn remove(desk: &Desk<'_>, line: &FileLine) -> Node {
    let label = vec![icon(TRASH), text(desk.text("file.remove"))];
    element(Tag::Button, "button button--small", label)
        .with(Attribute::Type, "button")
        .with(Attribute::Act, desk.act(Act::Remove(line.file)))
}

fn counts(line: &FileLine, words: Words) -> Node {
    let counts = [
        ("files.size", words.language.bytes(line.size)),
        ("files.reports", words.language.integer(line.reports.into())),
        ("file.duplicates", words.language.integer(line.duplicates.into())),
        ("files.records", words.language.integer(line.records.into())),
        ("files.findings", words.language.integer(line.findings)),
    ];
    let counts = counts.map(|(key, count)| fact(words.text(key), text(count)));
    facts(counts.into())
}

fn parts(desk: &Desk<'_>, page: &Page<PartLine>, field: &str, limit: u32) -> Vec<Node> {
    let part = |part| element(Tag::Li, "parts__part", one_part(part, desk.words()));
    let mut all = vec![element(Tag::Ol, "parts", page.lines.iter().map(part).collect())];
    let rest = u64::from(page.total).saturating_sub(page.lines.len() as u64);
    if rest > 0 {
        let more = Act::Put(vec![(field.to_owned(), limit.saturating_add(PARTS).to_string())]);
        all.push(desk.button(
            "button button--small",
            &desk.words().count("count.more", rest),
            more,
        ));
    }
    all
}

fn one_part(part: &PartLine, words: Words) -> Vec<Node> {
    let mut name = Vec::new();
    if part.path.is_empty() {
        name.push(span("parts__whole", words.text("file.itself")));
    }
    for (index, step_name) in part.path.iter().enumerate() {
        if index > 0 {
            name.push(step());
        }
        name.push(path(step_name));
    }
    name.push(span("tag", words.text(&format!("format.{}", part.format.code()))));
    let mut all = vec![element(Tag::P, "parts__name", name)];
    // A container stands here only for its findings.
    if let Some(word) = part.outcome {
        all.extend(became(part, word, words));
    }
    if !part.findings.is_empty() {
        all.push(finding_list(&part.findings, words));
    }
    all
}

fn became(part: &PartLine, word: Outcome, words: Words) -> Vec<Node> {
    let report = match word {
        Outcome::Opened => vec![
            stated(part.reporter.as_deref(), words),
            text(" · "),
            name(part.domain.as_deref(), words),
            text(" · "),
            text(words.count("count.records", part.records.into())),
        ],
        _ => vec![text(words.text(&format!("outcome.{}.text", word.code())))],
    };
    let report = element(Tag::Span, "parts__report", report);
    let mut all = vec![element(Tag::P, "parts__outcome", vec![outcome(word, words), report])];
    if let Some(first) = &part.duplicate_of {
        let mut content = vec![text(words.text("file.first")), text(" ")];
        content.extend(place(first));
        all.push(element(Tag::P, "parts__first", content));
    }
    all
}
