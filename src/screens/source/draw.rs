//! The page of one report: what it says, and beside it the source that it was read from. The
//! filter leads to it; of several that it lets through, the address says which by its digest.

use super::listing::listing;
use super::search::Search;
use super::{Source, beside, name};
use crate::base::Locus;
use crate::query::{
    Answer, Dimension, Filter, Key, Question, ReportColumn, ReportLine, Sort, Window,
};
use crate::screens::facts::span;
use crate::screens::markup::{Act, Attribute, Drawn, Node, Tag, element, text};
use crate::screens::parts::{link as link_to, paragraph};
use crate::screens::{Desk, details, empty};
use crate::view::{Route, Screen};

/// The whole screen.
pub fn drawn(desk: &Desk<'_>) -> Drawn {
    let Some(place) = Place::of(desk) else {
        return desk.drawn(empty::screen(desk, "empty.reports"));
    };
    let line = place.line;
    let (said, source) = (beside::draw(desk, line), desk.source(&line.locus));
    let mut head = vec![element(Tag::H1, "", vec![text(desk.text("screen.reports/source"))])];
    head.extend(place.others(desk));
    head.extend(back(desk, line));
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

/// A link to the page of a report, one of those that this route leads to in its order.
pub fn link(desk: &Desk<'_>, from: Route, locus: &Locus) -> Node {
    let show = vec![text(desk.text("source.show"))];
    link_to(&to(from, locus), "button button--small", show)
}

/// The way to it from the details of something in a report of these names.
pub fn way(desk: &Desk<'_>, reporter: &Key, id: &Key, locus: &Locus) -> Node {
    let only = details::of_report(&desk.filter, reporter, id);
    let link = link(desk, Route::default().filtered(&only), locus);
    element(Tag::Div, "panel__ways", vec![link])
}

fn to(from: Route, locus: &Locus) -> Route {
    Route { of: digest(locus), ..Route { screen: Screen::Source, ..from } }
}

fn digest(locus: &Locus) -> String {
    format!("{:x}", locus.digest)
}

/// A report among those that the filter lets through, as the list of reports sorts them.
struct Place<'a> {
    at: u32,
    total: u32,
    line: &'a ReportLine,
    before: Option<&'a ReportLine>,
    after: Option<&'a ReportLine>,
}

impl<'a> Place<'a> {
    /// The one that the address names, or else the first.
    fn of(desk: &Desk<'a>) -> Option<Self> {
        let newest = Sort { by: ReportColumn::Begin, descending: true };
        let sort = desk.route.sort.as_ref().and_then(|sort| sort.of()).unwrap_or(newest);
        let digest = u128::from_str_radix(&desk.route.of, 16).unwrap_or_default();
        let filter = desk.filter.clone();
        let place = desk.ask(Question::PlaceOfReport { filter: filter.clone(), sort, digest })?;
        let at = if let Answer::PlaceOfReport(Some(at)) = place { *at } else { 0 };
        // With those on either side.
        let window = Window { offset: at.saturating_sub(1), limit: 3 };
        let Answer::Reports(page) = desk.ask(Question::Reports { filter, sort, window })? else {
            return None;
        };
        let line = |at: u32| page.lines.get(at.checked_sub(page.offset)? as usize);
        let before = at.checked_sub(1).and_then(line);
        Some(Self { at, total: page.total, line: line(at)?, before, after: line(at + 1) })
    }

    /// The way to the reports before and after, where the filter lets several through.
    fn others(&self, desk: &Desk<'_>) -> Vec<Node> {
        if self.total < 2 {
            return Vec::new();
        }
        let number = |number: u32| desk.language.integer(number.into());
        let step = |key: &str, line: Option<&ReportLine>| {
            let words = vec![text(desk.text(key))];
            let way = |line: &ReportLine| to(desk.route.clone(), &line.locus);
            line.map(way)
                .map_or_else(|| text(""), |way| link_to(&way, "button button--small", words))
        };
        let place = [("at", number(self.at + 1)), ("count", number(self.total))];
        vec![
            span("screen-head__count", desk.words().fill_all("source.report", &place)),
            step("source.report-before", self.before),
            step("source.report-after", self.after),
        ]
    }
}

/// The ways to the list: of all that the filter asks for but one report's name, and of this
/// reporter's.
fn back(desk: &Desk<'_>, line: &ReportLine) -> Vec<Node> {
    let filter = desk.filter.without(Dimension::ReportId);
    let of_one = filter.only(Dimension::Reporter, &line.reporter);
    let is_wider = filter != of_one;
    let way = |key: &str, filter: &Filter| {
        let list = Route { sort: desk.route.sort.clone(), ..Route::to(Screen::Reports) };
        let words = vec![text(desk.text(key))];
        link_to(&list.filtered(filter), "button button--small", words)
    };
    let wider = is_wider.then(|| way("coverage.list", &filter));
    wider.into_iter().chain([way("source.list", &of_one)]).collect()
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
