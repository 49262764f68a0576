//! The table of every data screen: native, virtual, sortable, walked by keyboard.
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
//! The headers' sort buttons are in the tab order before the rows.

mod active;
mod head;
mod lines;
mod row;

use web_sys::Element;
use yew::prelude::*;

use crate::query::Window;
use crate::ui::hooks::{Drawn, Scrolling, Table, use_language, use_scrolling};
use crate::view::window::{Step, asked};
use active::{Active, use_active_row};
use head::head;
pub use lines::{Line, Rows, use_rows};
use row::Row;

/// One column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Names it in the fragment, in messages and in classes; the code of the
    /// query's column.
    pub code: &'static str,
    /// Right-aligned.
    pub numeric: bool,
    /// Sorted from the greatest or latest first.
    pub greatest_first: bool,
    /// The row's header, which opens its details. Exactly one of a table.
    pub header: bool,
}

impl Column {
    pub const fn text(code: &'static str) -> Self {
        Self { code, numeric: false, greatest_first: false, header: false }
    }

    pub const fn number(code: &'static str) -> Self {
        Self { numeric: true, greatest_first: true, ..Self::text(code) }
    }

    pub const fn date(code: &'static str) -> Self {
        Self { greatest_first: true, ..Self::text(code) }
    }

    pub const fn header(code: &'static str) -> Self {
        Self { header: true, ..Self::text(code) }
    }

    fn class(&self, table: &str) -> Classes {
        classes!(
            "table__cell",
            format!("{table}__{}", self.code),
            self.numeric.then_some("table__cell--number")
        )
    }
}

#[derive(Properties, PartialEq)]
pub struct Props {
    /// Begins the names of its classes and messages.
    pub name: &'static str,
    pub columns: &'static [Column],
    pub table: Table,
    pub rows: Rows,
}

#[component]
pub fn DataTable(props: &Props) -> Html {
    let Props { name, columns, table, rows } = props;
    let language = use_language();
    let total = rows.total().unwrap_or_default();
    let scrolling = use_scrolling(total);
    let active = use_active_row(total, table, &scrolling);
    let drawn = scrolling.drawn().clone();
    use_asked_rows(&drawn, table.on_window.clone());
    let onkeydown = keyboard(&active, &scrolling, table);
    let onclick = opening(&active, table);
    let caption = language.fill(
        "table.caption",
        &[
            ("table", language.text(&format!("screen.{name}"))),
            ("column", language.text(&format!("{name}.{}", table.sort.column))),
            (
                "order",
                language.text(if table.sort.descending {
                    "table.descending"
                } else {
                    "table.ascending"
                }),
            ),
        ],
    );
    html! {
        <div class={classes!("table", format!("table--{name}"))} ref={scrolling.scroller.clone()}
            // Scrolled away from the active row, the box stands in for it.
            tabindex={if drawn.rows.contains(&active.row) || total == 0 { "-1" } else { "0" }}
            onfocusin={active.follow_focus()} {onkeydown}>
            <div class="table__spacer" ref={scrolling.spacer.clone()}>
                <table class="table__table" ref={scrolling.table.clone()}
                    aria-rowcount={(u64::from(total) + 1).to_string()}>
                    <caption class="visually-hidden">{caption}</caption>
                    {head(name, columns, table, language)}
                    <tbody {onclick}>
                        for row in drawn.rows {
                            <Row key={row} {name} {columns} rows={rows.clone()} {row}
                                is_active={row == active.row} is_open={table.open == Some(row)} />
                        }
                    </tbody>
                </table>
            </div>
        </div>
    }
}

/// Tells the screen which rows to ask for, when that changes.
#[hook]
fn use_asked_rows(drawn: &Drawn, on_window: Callback<Window>) {
    let window = asked(&drawn.rows);
    use_effect_with((window, drawn.rows.is_empty()), move |(window, is_empty)| {
        if !is_empty {
            on_window.emit(*window);
        }
    });
}

fn keyboard(active: &Active, scrolling: &Scrolling, table: &Table) -> Callback<KeyboardEvent> {
    let (active, scrolling, table) = (active.clone(), scrolling.clone(), table.clone());
    Callback::from(move |event: KeyboardEvent| {
        let on_head = event.target_dyn_into::<Element>().is_some_and(|it| closest(&it, "thead"));
        if on_head || event.alt_key() || event.meta_key() {
            return;
        }
        if event.key() == "Escape" && table.open.is_some() {
            event.prevent_default();
            table.on_open.emit(None);
        } else if let Some(step) = Step::of_key(&event.key()) {
            event.prevent_default();
            active.go(step.from(active.row, scrolling.geometry()));
        }
    })
}

/// One handler for all rows: a click anywhere on a row opens it.
fn opening(active: &Active, table: &Table) -> Callback<MouseEvent> {
    let (active, on_open) = (active.clone(), table.on_open.clone());
    Callback::from(move |event: MouseEvent| {
        let target = event.target_dyn_into::<Element>();
        let row = target.and_then(|target| target.closest("tr[data-row]").ok().flatten());
        let row = row.and_then(|row| row.get_attribute("data-row")?.parse().ok());
        if let Some(row) = row {
            active.set(row);
            on_open.emit(Some(row));
        }
    })
}

fn closest(element: &Element, selector: &str) -> bool {
    element.closest(selector).is_ok_and(|found| found.is_some())
}
