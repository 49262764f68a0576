//! One row, drawn anew only when its line or its own state changes.

use yew::prelude::*;

use super::{Column, Rows};

#[derive(Properties, PartialEq)]
pub struct Props {
    pub name: &'static str,
    pub columns: &'static [Column],
    pub rows: Rows,
    pub row: u32,
    /// In the tab order.
    pub is_active: bool,
    pub is_open: bool,
}

#[component]
pub fn Row(props: &Props) -> Html {
    let Props { name, columns, rows, row, is_active, is_open } = props;
    let cells = rows.cells(*row);
    let class = classes!("table__row", is_open.then_some("table__row--open"));
    html! {
        // The header row is the first, and rows are counted from one.
        <tr {class} data-row={row.to_string()} aria-rowindex={(u64::from(*row) + 2).to_string()}
            aria-busy={cells.is_none().then_some("true")}>
            for (index, column) in columns.iter().enumerate() {
                {cell(column, name, cells.as_ref().and_then(|cells| cells.get(index)), *is_active, *is_open)}
            }
        </tr>
    }
}

fn cell(
    column: &Column,
    table: &str,
    content: Option<&Html>,
    is_active: bool,
    is_open: bool,
) -> Html {
    let class = column.class(table);
    let content = content.cloned().unwrap_or_else(|| html! { <span class="table__coming" /> });
    if column.header {
        html! {
            <th scope="row" {class}>
                <button type="button" class="table__open" tabindex={if is_active { "0" } else { "-1" }}
                    aria-expanded={is_open.to_string()}>{content}</button>
            </th>
        }
    } else {
        html! { <td {class}>{content}</td> }
    }
}
