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

mod head;
mod lines;
mod row;

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use crate::query::Window;
use crate::ui::hooks::{Drawn, Scrolling, Table, use_language, use_scrolling};
use crate::view::window::{Step, asked};
use head::Head;
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
    let active = use_active_row(total, table.open, &scrolling);
    let drawn = scrolling.drawn().clone();
    use_asked_rows(&drawn, table.on_window.clone());
    let onkeydown = keyboard(&active, &scrolling, table);
    let onclick = opening(&active, table);
    let caption = language.fill(
        "table.caption",
        &[
            ("table", &language.text(&format!("screen.{name}"))),
            ("column", &language.text(&format!("{name}.{}", table.sort.column))),
            (
                "order",
                &language.text(if table.sort.descending {
                    "table.descending"
                } else {
                    "table.ascending"
                }),
            ),
        ],
    );
    html! {
        <div class={classes!("table", format!("table--{name}"))} ref={scrolling.scroller.clone()} {onkeydown}>
            <div class="table__spacer" ref={scrolling.spacer.clone()}>
                <table class="table__table" ref={scrolling.table.clone()}
                    aria-rowcount={(u64::from(total) + 1).to_string()}>
                    <caption class="visually-hidden">{caption}</caption>
                    <Head {name} {columns} sort={table.sort.clone()} on_sort={table.on_sort.clone()} />
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

/// The row that is in the tab order.
#[derive(Clone)]
struct Active {
    row: u32,
    set: UseStateSetter<u32>,
    /// The row that is to have the focus as soon as it is drawn.
    wanted: Rc<std::cell::Cell<Option<u32>>>,
}

impl Active {
    /// Moves there, with the focus.
    fn go(&self, row: u32, scrolling: &Scrolling) {
        self.wanted.set(Some(row));
        self.set.set(row);
        scrolling.reveal(row);
    }
}

#[hook]
fn use_active_row(total: u32, open: Option<u32>, scrolling: &Scrolling) -> Active {
    let row = use_state_eq(|| 0);
    let wanted = use_memo((), |()| std::cell::Cell::new(None));
    let active = Active { row: (*row).min(total.saturating_sub(1)), set: row.setter(), wanted };

    // Whatever opened or closes the details, the row they are of is the active one.
    let (this, scroll) = (active.clone(), scrolling.clone());
    let before = use_mut_ref(|| open);
    use_effect_with(open, move |open| match (before.replace(*open), *open) {
        (_, Some(row)) => {
            this.set.set(row);
            scroll.reveal(row);
        }
        (Some(row), None) => this.go(row, &scroll),
        (None, None) => {}
    });

    let (this, scroll) = (active.clone(), scrolling.clone());
    use_effect(move || focus_wanted(&this, &scroll));
    active
}

/// Focuses the wanted row if it is drawn. A focused row that was scrolled out
/// of existence leaves the focus to the box, so that the keys still work.
fn focus_wanted(active: &Active, scrolling: &Scrolling) {
    let Some(scroller) = scrolling.scroller.cast::<HtmlElement>() else { return };
    let Some(row) = active.wanted.get() else { return };
    let selector = format!("tr[data-row=\"{row}\"] .table__open");
    let found = scroller.query_selector(&selector).ok().flatten();
    if let Some(button) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = button.focus_with_options(&options);
        active.wanted.set(None);
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
            active.go(step.from(active.row, scrolling.geometry()), &scrolling);
        }
    })
}

/// One handler for all rows: a click anywhere on a row opens it.
fn opening(active: &Active, table: &Table) -> Callback<MouseEvent> {
    let (set, on_open) = (active.set.clone(), table.on_open.clone());
    Callback::from(move |event: MouseEvent| {
        let target = event.target_dyn_into::<Element>();
        let row = target.and_then(|target| target.closest("tr[data-row]").ok().flatten());
        let row = row.and_then(|row| row.get_attribute("data-row")?.parse().ok());
        if let Some(row) = row {
            set.set(row);
            on_open.emit(Some(row));
        }
    })
}

fn closest(element: &Element, selector: &str) -> bool {
    element.closest(selector).is_ok_and(|found| found.is_some())
}
