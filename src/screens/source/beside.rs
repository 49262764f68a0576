//! What a report says, beside its source: its rows, then all that is said of it elsewhere.

use crate::base::ReportKind;
use crate::query::{
    Answer, Dimension, Filter, GroupLine, Measure, Question, RecordColumn, RecordLine, ReportLine,
    Sort, Table as Asked, Window,
};
use crate::screens::desk::most;
use crate::screens::details;
use crate::screens::facts::{detail, span, stated};
use crate::screens::markup::{Act, Attribute, Node, Tag, element, text};
use crate::screens::parts::{Head, Table, link, scrolling, value};
use crate::screens::tables::{Column, Line};
use crate::screens::{Desk, losses, parts};
use crate::view::{Route, Screen};

/// Rows that are listed at once.
const ROWS: u32 = 200;

/// The field that says which of a report's records are listed: those from this one on, and the
/// report, so that it says nothing of another.
const FROM: &str = "source-from";

pub fn draw(desk: &Desk<'_>, line: &ReportLine) -> Node {
    let title = stated(line.reporter.as_deref(), desk.words());
    let mut content = vec![element(Tag::H2, "beside__title", vec![title])];
    content.extend(losses::of_report(&line.findings, desk.words()));
    content.extend(match line.kind {
        ReportKind::Aggregate => records(desk, line),
        ReportKind::Tls => sessions(desk, line),
        ReportKind::Failure => message(desk, line),
    });
    content.extend(details::report(line, desk));
    // By keyboard it could not be scrolled otherwise.
    element(Tag::Section, "beside", content)
        .with(Attribute::TabIndex, "0")
        .with(Attribute::Label, desk.text("source.beside"))
        .with(Attribute::Key, line.report.to_string())
}

/// What the filter lets through of this report alone.
fn of_it(desk: &Desk<'_>, line: &ReportLine) -> Filter {
    details::of_report(&desk.filter, &line.reporter, &line.report_id)
}

/// The records with the most messages.
fn records(desk: &Desk<'_>, line: &ReportLine) -> Vec<Node> {
    let filter = of_it(desk, line);
    let answer = desk.ask(Question::Records {
        filter: filter.clone(),
        sort: Sort { by: RecordColumn::Messages, descending: true },
        window: Window { offset: from(desk, line), limit: ROWS },
    });
    let Some(Answer::Records(page)) = answer else { return Vec::new() };
    let is_told = |column: &&Column<RecordLine>| {
        !column.is_rare && !column.is_header && !matches!(column.code(), "reporter" | "begin")
    };
    let header = RecordLine::COLUMNS.iter().filter(|column| column.is_header);
    let columns: Vec<_> = header.chain(RecordLine::COLUMNS.iter().filter(is_told)).collect();
    let head = |column: &&Column<RecordLine>| {
        let class = if column.is_numeric { "plain-table__number" } else { "" };
        Head::new(desk.text(column.key), class)
    };
    // Another report may have the same names.
    let records = page.lines.iter().filter(|record| record.report == line.report);
    let rows = records
        .map(|record| columns.iter().map(|column| (column.cell)(record, desk.words())).collect());
    let rows = rows.collect();
    let mut content = vec![boxed(desk, "screen.records", columns.iter().map(head).collect(), rows)];
    let all = vec![text(desk.count("source.all-records", page.total.into()))];
    content.extend(pages(desk, line, page.total));
    let route = Route::to(Screen::Records).filtered(&filter);
    content.push(link(&route, "button button--small", all));
    vec![detail(desk.text("screen.records"), content)]
}

/// The first of the records that are listed.
fn from(desk: &Desk<'_>, line: &ReportLine) -> u32 {
    let chosen = desk.ask.values.get(FROM).split_once(' ');
    let chosen = chosen.filter(|(report, _)| *report == line.report.to_string());
    chosen.and_then(|(_, from)| from.parse().ok()).unwrap_or_default()
}

/// Which records are listed, and the way to those before and after.
fn pages(desk: &Desk<'_>, line: &ReportLine, total: u32) -> Option<Node> {
    let from = from(desk, line);
    let number = |number: u32| desk.language.integer(number.into());
    let step = |key: &str, to: Option<u32>| {
        let put = to.map(|to| Act::Put(vec![(FROM.to_owned(), format!("{} {to}", line.report))]));
        let class = "button button--small";
        match put {
            Some(put) => desk.button(class, desk.text(key), put),
            None => element(Tag::Button, class, vec![text(desk.text(key))])
                .with(Attribute::Type, "button")
                .with(Attribute::Disabled, ""),
        }
    };
    let last = from.saturating_add(ROWS).min(total);
    let place = [("from", number(from + 1)), ("to", number(last)), ("count", number(total))];
    let content = vec![
        step("source.records-before", from.checked_sub(ROWS)),
        step("source.records-after", Some(last).filter(|last| *last < total)),
        span("source__count", desk.words().fill_all("source.records", &place))
            .with(Attribute::Role, "status"),
    ];
    (total > ROWS).then(|| element(Tag::Div, "panel__ways", content))
}

/// The policies, with what failed of each.
fn sessions(desk: &Desk<'_>, line: &ReportLine) -> Vec<Node> {
    const MEASURES: [(Measure, &str); 3] = [
        (Measure::Successful, "explore.successful"),
        (Measure::Failed, "explore.failed"),
        (Measure::Detailed, "explore.detailed"),
    ];
    let by = (Dimension::PolicyDomain, Some(Dimension::ResultType));
    let measures = MEASURES.map(|(measure, _)| measure);
    let groups = desk.groups(most(Asked::Tls, &of_it(desk, line), by, &measures, ROWS));
    let Some(groups) = groups else { return Vec::new() };
    let names = [Dimension::PolicyDomain, Dimension::ResultType].map(|on| desk.dimension(on));
    let mut heads: Vec<_> = names.map(|name| Head::new(name, "")).into();
    heads.extend(MEASURES.map(|(_, key)| Head::new(desk.text(key), "plain-table__number")));
    let row = |line: &GroupLine| {
        let result = match line.keys.1.as_ref().and_then(Option::as_ref) {
            None => text(desk.text("part.summary")),
            key => value(desk, Dimension::ResultType, &key.cloned()),
        };
        let mut cells = vec![value(desk, Dimension::PolicyDomain, &line.keys.0), result];
        cells.extend(line.values.iter().map(|number| desk.integer(*number)));
        cells
    };
    let rows = groups.lines.iter().map(row).collect();
    let table = boxed(desk, "screen.tls", heads, rows);
    let route = Route::explore(Asked::Tls).filtered(&of_it(desk, line));
    let all = vec![text(desk.text("source.in-explore"))];
    let all = link(&route, "button button--small", all);
    vec![detail(desk.text("screen.tls"), vec![table, all])]
}

/// The message that a failure report is about.
fn message(desk: &Desk<'_>, line: &ReportLine) -> Vec<Node> {
    let answer = desk.ask(details::messages_of(desk, line));
    let Some(Answer::Failures(page)) = answer else { return Vec::new() };
    let failure = page.lines.iter().find(|failure| failure.report == line.report);
    failure.map(|failure| details::failure(failure, desk)).unwrap_or_default()
}

/// A table that scrolls sideways in its box.
fn boxed(desk: &Desk<'_>, caption: &str, heads: Vec<Head>, rows: Vec<Vec<Node>>) -> Node {
    let caption = desk.text(caption);
    let table = parts::Table { caption: caption.to_owned(), heads, rows, ..Table::default() };
    scrolling("beside__box", caption, vec![table.draw(desk)])
}
