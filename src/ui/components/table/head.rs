//! The header row, whose buttons sort.

use web_sys::Element;
use yew::prelude::*;

use super::Column;
use crate::ui::components::{Shape, icon};
use crate::ui::hooks::Table;
use crate::view::{Language, SortKey};

/// The row of this table's columns.
pub fn head(name: &str, columns: &'static [Column], table: &Table, language: Language) -> Html {
    let sort = &table.sort;
    let (before, on_sort) = (sort.clone(), table.on_sort.clone());
    let onclick = move |event: MouseEvent| {
        if let Some(column) = clicked(&event, columns) {
            on_sort.emit(next_sort(&before, column));
        }
    };
    html! {
        <thead>
            <tr aria-rowindex="1" {onclick}>
                for column in columns.iter() {
                    <th scope="col" class={column.class(name)} aria-sort={aria_sort(column, sort)}>
                        {heading(column, sort, language.text(&format!("{name}.{}", column.code)).into())}
                    </th>
                }
            </tr>
        </thead>
    }
}

fn heading(column: &Column, sort: &SortKey, label: AttrValue) -> Html {
    let is_sorted = sort.column == column.code;
    let shape = match (is_sorted, sort.descending) {
        (true, true) => Shape::Descending,
        (true, false) => Shape::Ascending,
        (false, _) => Shape::Unsorted,
    };
    html! {
        <button type="button" data-column={column.code}
            class={classes!("table__sort", is_sorted.then_some("table__sort--on"))}>
            <span class="table__label">{label}</span>{icon(shape)}
        </button>
    }
}

/// Only the sorted column has it.
fn aria_sort(column: &Column, sort: &SortKey) -> Option<&'static str> {
    (sort.column == column.code).then_some(if sort.descending { "descending" } else { "ascending" })
}

fn clicked<'a>(event: &MouseEvent, columns: &'a [Column]) -> Option<&'a Column> {
    let button = event.target_dyn_into::<Element>()?.closest("[data-column]").ok()??;
    let code = button.get_attribute("data-column")?;
    columns.iter().find(|column| column.code == code)
}

/// The sorted column is turned round; another starts with what people look for
/// first: the greatest number, the first name.
fn next_sort(sort: &SortKey, column: &Column) -> SortKey {
    let descending =
        if sort.column == column.code { !sort.descending } else { column.greatest_first };
    SortKey { column: column.code.to_owned(), descending }
}
