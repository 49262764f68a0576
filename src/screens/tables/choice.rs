//! Which columns a table has: the usual ones, or those that somebody chose, which are kept on
//! the device.

use super::{Column, Line, Table};
use crate::screens::Desk;
use crate::screens::facts::span;
use crate::screens::markup::{Act, Attribute, Node, Tag, element, text};
use crate::screens::parts::dropdown;

/// The value that keeps the codes of this screen's chosen columns, with commas.
fn kept(desk: &Desk<'_>) -> String {
    format!("columns.{}", desk.route.screen.name())
}

/// The columns in their order, and whether they are not the usual ones.
pub fn columns<L: Line>(desk: &Desk<'_>) -> (Vec<&'static Column<L>>, bool) {
    let chosen = desk.ask.kept.get(&kept(desk));
    let is_there = |column: &&Column<L>| match chosen {
        "" => !column.is_rare,
        chosen => column.is_header || chosen.split(',').any(|code| code == column.code()),
    };
    (L::COLUMNS.iter().filter(is_there).collect(), !chosen.is_empty())
}

/// A box for each column, and the way back to the usual ones.
pub fn draw<L: Line>(table: &Table<'_, L>) -> Node {
    let desk = table.desk;
    let boxes = L::COLUMNS.iter().map(|column| element(Tag::Li, "", vec![one(table, column)]));
    let usual = Act::Keep { name: kept(desk), value: String::new() };
    let usual = desk.button("button button--small columns__usual", desk.text("table.usual"), usual);
    // Always there: who is on it by key stays on it.
    let content = vec![element(Tag::Ul, "columns", boxes.collect()), usual];
    dropdown(desk.text("table.columns"), table.is_chosen, "", content)
}

/// Whether a column is there; the row's header always is. Of the usual ones, a narrow table shows
/// fewer.
fn one<L: Line>(table: &Table<'_, L>, column: &Column<L>) -> Node {
    let desk = table.desk;
    let is_there = |other: &Column<L>| table.columns.iter().any(|one| one.key == other.key);
    let is_turned = |other: &&Column<L>| is_there(other) != (other.key == column.key);
    let codes: Vec<_> = L::COLUMNS.iter().filter(is_turned).map(Column::code).collect();
    let keep = Act::Keep { name: kept(desk), value: codes.join(",") };
    let mut tick = element(Tag::Input, "", Vec::new())
        .with(Attribute::Type, "checkbox")
        .with(Attribute::Checked, if is_there(column) { "true" } else { "" });
    tick = match column.is_header {
        true => tick.with(Attribute::Disabled, ""),
        false => tick.with(Attribute::Act, desk.act(keep)),
    };
    let rung = column.rung().filter(|_| is_there(column) && !table.is_chosen);
    let note = rung.map(|rung| span(&format!("columns__note {rung}"), desk.text("table.no-room")));
    // A note or none: where the number of elements changes, the page makes the box anew, and who is
    // on it by key is nowhere.
    let content = vec![tick, text(desk.text(column.key)), note.unwrap_or_else(|| text(""))];
    element(Tag::Label, "columns__choice", content)
}
