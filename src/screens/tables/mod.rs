//! The screens that are one table of any length, with the details of a line beside it.

mod choice;
mod column;
mod failures;
mod files;
mod head;
mod panel;
mod records;
mod reports;

use super::facts::span;
use super::listing::Listing;
use super::markup::{Drawn, Node, Tag, element, text};
use super::{Desk, empty};
use crate::query::{Answer, Filter, Page, Question, Window};
use crate::view::SortKey;
pub use column::Column;
pub(super) use files::tabs;

/// A kind of line that has a table. All that it takes to add one.
pub trait Line: Sized + 'static {
    /// Exactly one of them is the header.
    const COLUMNS: &'static [Column<Self>];
    /// How it is sorted where the address does not say: a column's code, `-` before it.
    const FIRST: &'static str;
    /// The key of what to say where files were read and there is none.
    const NONE: &'static str;

    /// Asks for a window of them; `None` where it cannot be sorted like this.
    fn question(filter: Filter, sort: &SortKey, window: Window) -> Option<Question>;

    /// The lines of the answer.
    fn page(answer: &Answer) -> Option<&Page<Self>>;

    /// What is said of it beside the table, below the words of its header.
    fn details(&self, desk: &Desk<'_>) -> Vec<Node>;

    /// What stands beside the heading.
    fn beside(_: &Desk<'_>) -> Option<Node> {
        None
    }
}

/// The line whose details are shown. It is kept while the store changes under it: what somebody
/// reads does not turn into something else.
#[derive(Debug)]
pub struct Open {
    order: String,
    row: u32,
    /// A page of this line alone.
    answer: Answer,
}

/// The whole screen.
pub fn drawn<L: Line>(desk: &Desk<'_>, open: &mut Option<Open>) -> Drawn {
    let table = Table::<L>::of(desk);
    let order = format!("{}?{}&{}", desk.route.screen.path(), desk.route.filter, table.sort);
    keep_open(&table, &order, open);
    let page = table.ask(desk.ask.shown.window);
    let total = page.map_or(0, |page| page.total);
    let line = open.as_ref().and_then(|open| Some((open.row, table.line(&open.answer)?)));
    let mut content = vec![heading(&table, total)];
    let mut listing = None;
    match page {
        Some(page) if total > 0 => {
            content.push(Node::Table);
            // One child whether it is there or not: the table beside it must stay the same.
            content.push(
                line.map_or_else(|| text(""), |(row, line)| panel::draw(desk, line, row, total)),
            );
            listing = Some(table.listing(page, order, line.map(|(row, _)| row)));
        }
        _ => content.push(empty::draw(desk, L::NONE)),
    }
    Drawn { table: listing, ..desk.drawn(content) }
}

/// Takes the line that is asked for, unless it is there.
fn keep_open<L: Line>(table: &Table<'_, L>, order: &str, open: &mut Option<Open>) {
    let Some(row) = table.desk.ask.shown.open else { return *open = None };
    if open.as_ref().is_some_and(|it| it.order == order && it.row == row) {
        return;
    }
    let answer = table.answer(Window { offset: row, limit: 1 });
    *open = answer.map(|answer| Open { order: order.to_owned(), row, answer: answer.clone() });
}

/// The name of the screen, how many lines there are, and the choice of columns.
fn heading<L: Line>(table: &Table<'_, L>, total: u32) -> Node {
    let desk = table.desk;
    let name = desk.route.screen.path();
    let mut content = vec![element(Tag::H1, "", vec![text(desk.text(&format!("screen.{name}")))])];
    if total > 0 {
        let count = desk.count(&format!("count.{name}"), total.into());
        content.push(span("screen-head__count", count));
    }
    content.extend(L::beside(desk));
    if total > 0 {
        content.push(choice::draw(table));
    }
    element(Tag::Div, "screen-head", content)
}

/// The table as the address says it.
struct Table<'a, L: Line> {
    desk: &'a Desk<'a>,
    sort: SortKey,
    columns: Vec<&'static Column<L>>,
    /// Somebody chose the columns.
    is_chosen: bool,
}

/// Whether the lines can be sorted like this.
fn can_sort<L: Line>(sort: &SortKey) -> bool {
    let nothing = Window { offset: 0, limit: 0 };
    L::COLUMNS.iter().any(|column| column.code() == sort.column)
        && L::question(Filter::default(), sort, nothing).is_some()
}

impl<'a, L: Line> Table<'a, L> {
    fn of(desk: &'a Desk<'a>) -> Self {
        let sort = desk.route.sort.clone().filter(can_sort::<L>);
        let (columns, is_chosen) = choice::columns(desk);
        Self {
            desk,
            sort: sort.or_else(|| SortKey::parse(L::FIRST)).unwrap_or_default(),
            columns,
            is_chosen,
        }
    }

    fn answer(&self, window: Window) -> Option<&'a Answer> {
        self.desk.ask(L::question(self.desk.filter.clone(), &self.sort, window)?)
    }

    fn ask(&self, window: Window) -> Option<&'a Page<L>> {
        L::page(self.answer(window)?)
    }

    fn line<'b>(&self, answer: &'b Answer) -> Option<&'b L> {
        L::page(answer)?.lines.first()
    }

    fn listing(&self, page: &Page<L>, order: String, open: Option<u32>) -> Listing {
        let words = self.desk.words();
        let cells =
            |line: &L| self.columns.iter().map(|column| (column.cell)(line, words)).collect();
        let header = self.columns.iter().position(|column| column.is_header);
        Listing {
            order,
            total: page.total,
            offset: page.offset,
            rows: page.lines.iter().map(cells).collect(),
            head: head::draw(self),
            columns: self.columns.iter().map(|column| column.class(self.is_chosen)).collect(),
            header: header.map(|at| at as u32),
            open,
            turn: 0,
        }
    }
}
