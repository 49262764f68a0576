//! Every file that was given, what became of it and of its parts, and what was
//! found wrong.

use super::{Column, Line};
use crate::base::Severity;
use crate::query::{Answer, FileLine, Filter, Page, Question, Window};
use crate::screens::Desk;
use crate::screens::details;
use crate::screens::facts::{mark, outcome, path};
use crate::screens::markup::{Attribute, Node, Tag, element, text};
use crate::screens::words::Words;
use crate::view::{Route, Screen, SortKey};

impl Line for FileLine {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::header("files.name", |line, _| path(&line.name)),
        Column::text("files.outcome", |line, words| outcome(line.outcome, words)),
        Column::from(
            620,
            Column::number("files.reports", |line, words| {
                text(words.language.integer(line.reports.into()))
            }),
        ),
        Column::from(
            700,
            Column::number("files.records", |line, words| {
                text(words.language.integer(line.records.into()))
            }),
        ),
        Column::from(480, Column::number("files.findings", findings)),
        Column::from(
            860,
            Column::number("files.size", |line, words| text(words.language.bytes(line.size))),
        ),
    ];
    /// As folders list them.
    const FIRST: &'static str = "name";
    const NONE: &'static str = "empty.idle";

    fn question(_: Filter, sort: &SortKey, window: Window) -> Option<Question> {
        Some(Question::Files { sort: sort.of()?, window })
    }

    fn page(answer: &Answer) -> Option<&Page<Self>> {
        match answer {
            Answer::Files(page) => Some(page),
            _ => None,
        }
    }

    fn details(&self, desk: &Desk<'_>) -> Vec<Node> {
        details::file(desk, self)
    }

    fn beside(desk: &Desk<'_>) -> Option<Node> {
        Some(tabs(desk))
    }
}

fn findings(line: &FileLine, words: Words) -> Node {
    let number = words.language.integer(line.findings);
    match line.worst {
        // What was put right needs nobody's eye.
        Some(worst) if worst >= Severity::Lost => mark(worst, number),
        _ => text(number),
    }
}

/// A link to each half of the screen: the files, and what was found in them.
pub fn tabs(desk: &Desk<'_>) -> Node {
    let tab = |screen: Screen, key: &str| {
        let tab = element(Tag::A, "tabs__tab", vec![text(desk.text(key))])
            .with(Attribute::Link, Route::to(screen).to_string());
        let is_here = desk.route.screen == screen;
        if is_here { tab.with(Attribute::Current, "page") } else { tab }
    };
    let tabs = vec![tab(Screen::Files, "files.by-file"), tab(Screen::Findings, "files.by-finding")];
    element(Tag::Nav, "tabs", tabs).with(Attribute::Label, desk.text("files.tabs"))
}
