//! One row, drawn anew only when its cells or its own state change.

use std::rc::Rc;

use yew::prelude::*;

use crate::screens::{Listing, Values};
use crate::ui::components::nodes;

/// The cells of one row; equal if they say the same.
#[derive(Clone)]
pub struct Cells(pub Rc<Listing>, pub u32);

impl PartialEq for Cells {
    fn eq(&self, other: &Self) -> bool {
        let is_same = Rc::ptr_eq(&self.0, &other.0);
        self.1 == other.1
            && (is_same
                || (self.0.row(self.1), &self.0.columns)
                    == (other.0.row(other.1), &other.0.columns))
    }
}

#[derive(Properties, PartialEq)]
pub struct Props {
    pub cells: Cells,
    /// In the tab order.
    pub is_active: bool,
    pub is_open: bool,
}

#[component]
pub fn Row(props: &Props) -> Html {
    let Cells(listing, row) = &props.cells;
    let cells = listing.row(*row);
    let class = classes!("table__row", props.is_open.then_some("table__row--open"));
    html! {
        // The header row is the first, and rows are counted from one.
        <tr {class} data-row={row.to_string()} aria-rowindex={(u64::from(*row) + 2).to_string()}
            aria-busy={cells.is_none().then_some("true")}>
            for (index, class) in listing.columns.iter().enumerate() {
                {cell(class, listing.header == Some(index as u32), content(listing, *row, index), props)}
            }
        </tr>
    }
}

fn content(listing: &Listing, row: u32, column: usize) -> Html {
    match listing.row(row).and_then(|cells| cells.get(column)) {
        Some(cell) => nodes(std::slice::from_ref(cell), &Values::default()),
        None => html! { <span class="table__coming" /> },
    }
}

fn cell(class: &str, is_header: bool, content: Html, props: &Props) -> Html {
    let class = class.to_owned();
    if is_header {
        html! {
            <th scope="row" {class}>
                <button type="button" class="table__open"
                    tabindex={if props.is_active { "0" } else { "-1" }}
                    aria-expanded={props.is_open.to_string()}>{content}</button>
            </th>
        }
    } else {
        html! { <td {class}>{content}</td> }
    }
}
