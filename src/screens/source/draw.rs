//! The page of one report: what it says, and beside it the source that it was read from. The
//! filter leads to it; of several that it lets through, the address says which by its digest.

use super::listing::listing;
use super::search::Search;
use super::{Source, beside, name};
use crate::base::Locus;
use crate::query::{Answer, Dimension, Filter, Question, ReportColumn, ReportLine, Sort, Window};
use crate::screens::facts::span;
use crate::screens::markup::{Act, Attribute, Drawn, Node, Tag, element, text};
use crate::screens::parts::{link as link_to, paragraph};
use crate::screens::{Desk, empty};
use crate::view::{Route, Screen};

/// Reports that are looked through.
const MOST: u32 = 500;

/// The whole screen.
pub fn drawn(desk: &Desk<'_>) -> Drawn {
    let answer = desk.ask(Question::Reports {
        filter: desk.filter.clone(),
        sort: Sort { by: ReportColumn::Begin, descending: true },
        window: Window { offset: 0, limit: MOST },
    });
    let Some(Answer::Reports(page)) = answer else {
        return desk.drawn(empty::screen(desk, "empty.reports"));
    };
    let is_named = |line: &ReportLine| digest(&line.locus) == desk.route.of;
    let at = page.lines.iter().position(is_named).unwrap_or_default();
    let Some(line) = page.lines.get(at) else {
        return desk.drawn(empty::screen(desk, "empty.reports"));
    };
    let (said, source) = (beside::draw(desk, line), desk.source(&line.locus));
    let mut head = vec![element(Tag::H1, "", vec![text(desk.text("screen.reports/source"))])];
    head.extend(others(desk, &page.lines, at, page.total));
    head.push(back(desk));
    let mut content = vec![element(Tag::Div, "screen-head", head), said];
    let Some(Some(source)) = source else {
        // Not there; or it is read, and this is not seen.
        content.push(paragraph("source__gone", desk.text("source.gone")));
        return desk.drawn(content);
    };
    let search = Search::of(desk, source);
    content.extend([tools(desk, line, source, &search), Node::Table]);
    let table = listing(desk, source, &search, digest(&line.locus));
    Drawn { table: Some(table), values: search.values(), ..desk.drawn(content) }
}

/// A link to the page of a report, which this filter leads to.
pub fn link(desk: &Desk<'_>, filter: &Filter, locus: &Locus) -> Node {
    let show = vec![text(desk.text("source.show"))];
    link_to(&to(Route::default().filtered(filter), locus), "button button--small", show)
}

fn to(from: Route, locus: &Locus) -> Route {
    Route { of: digest(locus), ..Route { screen: Screen::Source, ..from } }
}

fn digest(locus: &Locus) -> String {
    format!("{:x}", locus.digest)
}

/// The way to the reports before and after, where the filter lets several through.
fn others(desk: &Desk<'_>, lines: &[ReportLine], at: usize, total: u32) -> Vec<Node> {
    if lines.len() < 2 {
        return Vec::new();
    }
    let number = |number: u64| desk.language.integer(number);
    let step = |key: &str, line: Option<&ReportLine>| {
        let words = vec![text(desk.text(key))];
        match line {
            Some(line) => {
                link_to(&to(desk.route.clone(), &line.locus), "button button--small", words)
            }
            None => text(""),
        }
    };
    let place = [("at", number(at as u64 + 1)), ("count", number(total.into()))];
    vec![
        span("screen-head__count", desk.words().fill_all("source.report", &place)),
        step("source.report-before", at.checked_sub(1).and_then(|at| lines.get(at))),
        step("source.report-after", lines.get(at + 1)),
    ]
}

/// The way to the list, of all that the filter asks for but one report's name.
fn back(desk: &Desk<'_>) -> Node {
    let filter = desk.filter.without(Dimension::ReportId);
    let is_of_one = filter.on(Some(Dimension::Reporter)).next().is_some();
    let key = if is_of_one { "source.list" } else { "coverage.list" };
    let words = vec![text(desk.text(key))];
    link_to(&Route::to(Screen::Reports).filtered(&filter), "button button--small", words)
}

/// How much there is, the search, and the way to the file.
fn tools(desk: &Desk<'_>, line: &ReportLine, source: &Source, search: &Search<'_>) -> Node {
    let words = desk.words();
    let [read, size] = [source.read, source.size].map(|bytes| words.language.bytes(bytes));
    let lines = words.count("count.lines", source.lines.len() as u64);
    let name = name(line.domain.as_deref(), line.begin, line.locus.format);
    let save = Act::SaveSource { name };
    let mut all = vec![
        element(Tag::H2, "source__title", vec![text(words.text("source.title"))]),
        span("source__count", format!("{lines} · {size}")),
        desk.button("button button--small", words.text("source.save"), save),
        search.draw(),
    ];
    if source.read < source.size {
        let cut = words.fill("source.cut", &[("read", &read), ("size", &size)]);
        all.push(paragraph("source__cut", cut).with(Attribute::Role, "note"));
    }
    element(Tag::Div, "source__tools", all)
}
