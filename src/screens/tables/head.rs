//! The caption and the heads of a table, whose links sort it.

use super::{Column, Line, Table, can_sort};
use crate::screens::facts::span;
use crate::screens::markup::{Attribute, Node, Tag, element, text};
use crate::screens::parts::{icon, link};
use crate::view::{Route, SortKey};

const DESCENDING: &str = "M8 3V13M4 9 8 13 12 9";
const ASCENDING: &str = "M8 13V3M4 7 8 3 12 7";
const UNSORTED: &str = "M5 6.5 8 3.5 11 6.5M5 9.5 8 12.5 11 9.5";

pub fn draw<L: Line>(table: &Table<'_, L>) -> Vec<Node> {
    let Table { desk, sort, columns, .. } = table;
    let heads = columns.iter().map(|column| cell(table, column)).collect();
    let heads = element(Tag::Tr, "", heads).with(Attribute::RowIndex, "1");
    let name = desk.route.screen.path();
    let caption = desk.fill(
        "table.caption",
        &[
            ("table", desk.text(&format!("screen.{name}"))),
            ("column", desk.text(&format!("{name}.{}", sort.column))),
            ("order", desk.text(&format!("table.{}", direction(sort)))),
        ],
    );
    vec![
        element(Tag::Caption, "visually-hidden", vec![text(caption)]),
        element(Tag::Thead, "", vec![heads]),
    ]
}

fn direction(sort: &SortKey) -> &'static str {
    if sort.descending { "descending" } else { "ascending" }
}

fn cell<L: Line>(table: &Table<'_, L>, column: &Column<L>) -> Node {
    let Table { desk, sort, .. } = table;
    let cell = |content| {
        let class = column.class(table.is_chosen);
        element(Tag::Th, &class, vec![content]).with(Attribute::Scope, "col")
    };
    let label = span("table__label", desk.text(column.key));
    let next = next(column, sort);
    if !can_sort::<L>(&next) {
        return cell(label);
    }
    let is_sorted = sort.column == column.code();
    let sign = match (is_sorted, sort.descending) {
        (true, true) => DESCENDING,
        (true, false) => ASCENDING,
        (false, _) => UNSORTED,
    };
    let class = if is_sorted { "table__sort table__sort--on" } else { "table__sort" };
    let route = Route { sort: Some(next), ..desk.route.clone() };
    let cell = cell(link(&route, class, vec![label, icon(sign)]));
    // Only the sorted column has it.
    if is_sorted { cell.with(Attribute::Sort, direction(sort)) } else { cell }
}

/// The sorted column is turned round; another starts with what people look for
/// first: the greatest number, the first name.
fn next<L>(column: &Column<L>, sort: &SortKey) -> SortKey {
    let is_sorted = sort.column == column.code();
    let descending = if is_sorted { !sort.descending } else { column.is_greatest_first };
    SortKey { column: column.code().to_owned(), descending }
}
