//! The table that a screen is made of: native, virtual, walked by keyboard. What it says, the
//! screens' program knows.
//!
//! Only the rows around the viewport exist (`view::window`). One row at a time
//! is in the tab order, by the button in its row header:
//!
//! | key | does |
//! |---|---|
//! | Up, Down | the row above, below |
//! | Page Up, Page Down | a viewport of rows up, down |
//! | Home, End, with Ctrl or without | the first, the last row |
//! | Enter, Space | opens the details of the row, beside the table |
//! | Escape | closes them; the focus is on the row again |
//!
//! The headers' links, which sort, are in the tab order before the rows.

mod active;
mod row;

use std::rc::Rc;

use web_sys::Element;
use yew::prelude::*;

use super::nodes;
use crate::query::Window;
use crate::screens::{Listing, Values};
use crate::ui::hooks::{Drawn, Reached, Scrolling, use_scrolling};
use crate::view::window::{Step, asked};
use active::{Active, use_active_row};
use row::{Cells, Row};

#[derive(Properties, PartialEq)]
pub struct Props {
    pub listing: Rc<Listing>,
    pub reached: Rc<Reached>,
    /// The rows around those that are scrolled to.
    pub on_window: Callback<Window>,
    pub on_open: Callback<u32>,
}

#[component]
pub fn DataTable(props: &Props) -> Html {
    let Props { listing, reached, on_window, on_open } = props;
    let total = listing.total;
    let scrolling = use_scrolling(total, reached);
    let active = use_active_row(listing, &scrolling);
    let drawn = scrolling.drawn().clone();
    use_asked_rows(&drawn, on_window.clone());
    // Rows that are only read are scrolled as any other box.
    let has_details = listing.header.is_some();
    let onkeydown = has_details.then(|| keyboard(&active, &scrolling));
    let onclick = has_details.then(|| opening(&active, on_open.clone()));
    let is_box_stop = !has_details || total > 0 && !drawn.rows.contains(&active.row);
    html! {
        <div class="table" ref={scrolling.scroller.clone()}
            // Scrolled away from the active row, the box stands in for it.
            tabindex={if is_box_stop { "0" } else { "-1" }}
            onfocusin={active.follow_focus()} {onkeydown}>
            <div class="table__spacer" ref={scrolling.spacer.clone()}>
                <table class="table__table" ref={scrolling.table.clone()}
                    aria-rowcount={(u64::from(total) + 1).to_string()}>
                    {nodes(&listing.head, &Values::default())}
                    <tbody {onclick}>
                        for row in drawn.rows {
                            <Row key={row} cells={Cells(listing.clone(), row)}
                                is_active={row == active.row} is_open={listing.open == Some(row)} />
                        }
                    </tbody>
                </table>
            </div>
        </div>
    }
}

/// Tells which rows to ask for, when that changes.
#[hook]
fn use_asked_rows(drawn: &Drawn, on_window: Callback<Window>) {
    let window = asked(&drawn.rows);
    use_effect_with((window, drawn.rows.is_empty()), move |(window, is_empty)| {
        if !is_empty {
            on_window.emit(*window);
        }
    });
}

fn keyboard(active: &Active, scrolling: &Scrolling) -> Callback<KeyboardEvent> {
    let (active, scrolling) = (active.clone(), scrolling.clone());
    Callback::from(move |event: KeyboardEvent| {
        let on_head = event.target_dyn_into::<Element>().is_some_and(|it| closest(&it, "thead"));
        if on_head || event.alt_key() || event.meta_key() {
            return;
        }
        if let Some(step) = Step::of_key(&event.key()) {
            event.prevent_default();
            active.go(step.from(active.row, scrolling.geometry()));
        }
    })
}

/// One handler for all rows: a click anywhere on a row opens it.
fn opening(active: &Active, on_open: Callback<u32>) -> Callback<MouseEvent> {
    let active = active.clone();
    Callback::from(move |event: MouseEvent| {
        let target = event.target_dyn_into::<Element>();
        let row = target.and_then(|target| target.closest("tr[data-row]").ok().flatten());
        let row = row.and_then(|row| row.get_attribute("data-row")?.parse().ok());
        if let Some(row) = row {
            active.set(row);
            on_open.emit(row);
        }
    })
}

fn closest(element: &Element, selector: &str) -> bool {
    element.closest(selector).is_ok_and(|found| found.is_some())
}
