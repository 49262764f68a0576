//! Every report that was opened, with the policy it was written under.

use super::{Column, Line};
use crate::base::ReportKind;
use crate::query::{Answer, Filter, Page, Question, ReportLine, Table, Window};
use crate::screens::Desk;
use crate::screens::coverage::tabs;
use crate::screens::details;
use crate::screens::facts::{absence, days, name, number, stated};
use crate::screens::markup::{Node, Tag, element, text};
use crate::screens::parts::link;
use crate::screens::source;
use crate::screens::words::Words;
use crate::view::{Code, Route, Screen, SortKey};

/// Why a cell is empty that only aggregate reports fill.
const NOT_AGGREGATE: &str = "absent.not-aggregate";

impl Line for ReportLine {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::header("reports.reporter", |line, words| stated(line.reporter.as_deref(), words)),
        Column::from(
            1160,
            Column::text("reports.kind", |line, words| {
                text(words.text(&format!("kind.{}", line.kind.code())))
            }),
        ),
        Column::text("reports.domain", |line, words| name(line.domain.as_deref(), words)),
        Column::from(
            620,
            Column::date("reports.begin", |line, words| days(line.begin, line.end, words)),
        ),
        Column::from(860, Column::text("reports.policy", policy)),
        Column::from(
            1000,
            Column::number("reports.records", |line, words| {
                text(words.language.integer(line.records.into()))
            }),
        ),
        Column::from(
            700,
            Column::number("reports.messages", |line, words| match line.messages {
                Some(messages) => number(messages, words),
                None => absence(NOT_AGGREGATE, words),
            }),
        ),
        Column::number("reports.passed", |line, words| {
            details::passed(line, words).unwrap_or_else(|| absence(NOT_AGGREGATE, words))
        }),
        Column::from(
            1360,
            Column::text("reports.report-id", |line, words| {
                stated(line.report_id.as_deref(), words)
            }),
        ),
    ];
    const FIRST: &'static str = "-begin";
    const NONE: &'static str = "empty.reports";

    fn question(filter: Filter, sort: &SortKey, window: Window) -> Option<Question> {
        Some(Question::Reports { filter, sort: sort.of()?, window })
    }

    fn page(answer: &Answer) -> Option<&Page<Self>> {
        match answer {
            Answer::Reports(page) => Some(page),
            _ => None,
        }
    }

    fn beside(desk: &Desk<'_>) -> Option<Node> {
        Some(tabs(desk))
    }

    fn details(&self, desk: &Desk<'_>) -> Vec<Node> {
        let mut all = vec![element(Tag::Div, "panel__ways", ways(self, desk))];
        all.extend(details::report(self, desk));
        all
    }
}

/// To its rows, where they have a screen, and to its source.
fn ways(line: &ReportLine, desk: &Desk<'_>) -> Vec<Node> {
    let only = details::of_report(&desk.filter, &line.reporter, &line.report_id);
    let (key, route) = match line.kind {
        ReportKind::Aggregate => ("report.to-records", Route::to(Screen::Records)),
        ReportKind::Tls => ("report.to-sessions", Route::explore(Table::Tls)),
        ReportKind::Failure => ("report.to-failure", Route::to(Screen::Failures)),
    };
    let rows = vec![text(desk.text(key))];
    vec![
        link(&route.filtered(&only), "button button--small", rows),
        source::link(desk, desk.route.clone(), &line.locus),
    ]
}

/// The policy asked for; its tags are explained in the details.
fn policy(line: &ReportLine, words: Words) -> Node {
    if line.kind != ReportKind::Aggregate {
        return absence(NOT_AGGREGATE, words);
    }
    let Some(policy) = line.policy.p.as_deref() else { return stated(None, words) };
    let class = match policy {
        "quarantine" => "tag tag--quarantine",
        "reject" => "tag tag--policy-reject",
        _ => "tag",
    };
    element(Tag::Span, class, vec![element(Tag::Bdi, "", vec![text(policy)])])
}
