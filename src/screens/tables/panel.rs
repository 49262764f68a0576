//! The details of a line, beside its table: the table keeps its place.

use super::Line;
use crate::screens::Desk;
use crate::screens::markup::{Act, Attribute, Node, Tag, element};
use crate::screens::parts::icon;

const PREVIOUS: &str = "M3.5 10 8 5.5 12.5 10";
const NEXT: &str = "M3.5 6 8 10.5 12.5 6";
const CLOSE: &str = "M4 4 12 12M12 4 4 12";

/// The line of this row, of so many. It is called what its row is called.
pub fn draw<L: Line>(desk: &Desk<'_>, line: &L, row: u32, total: u32) -> Node {
    let header = L::COLUMNS.iter().find(|column| column.is_header);
    let title = header.map(|column| (column.cell)(line, desk.words()));
    let title = element(Tag::H2, "panel__title", title.into_iter().collect())
        .with(Attribute::Id, "panel-title")
        .with(Attribute::TabIndex, "-1");
    let (before, after) = (row.checked_sub(1), Some(row + 1).filter(|next| *next < total));
    let head = vec![
        title,
        button(desk, "panel.previous", PREVIOUS, before, before.is_none()),
        button(desk, "panel.next", NEXT, after, after.is_none()),
        button(desk, "panel.close", CLOSE, None, false),
    ];
    // By keyboard it could not be scrolled otherwise. Each line is read from its top.
    let body = element(Tag::Div, "panel__body", line.details(desk))
        .with(Attribute::TabIndex, "0")
        .with(Attribute::Key, row.to_string());
    let head = element(Tag::Div, "panel__head", head);
    element(Tag::Section, "panel", vec![head, body]).with(Attribute::LabelledBy, "panel-title")
}

/// Opens another row, or none.
fn button(desk: &Desk<'_>, label: &str, sign: &str, open: Option<u32>, is_off: bool) -> Node {
    let label = desk.text(label);
    let button = element(Tag::Button, "button button--icon", vec![icon(sign)])
        .with(Attribute::Type, "button")
        .with(Attribute::Title, label)
        .with(Attribute::Label, label)
        .with(Attribute::Act, desk.act(Act::Open(open)));
    if is_off { button.with(Attribute::Disabled, "") } else { button }
}
