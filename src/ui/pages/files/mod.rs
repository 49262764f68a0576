//! Every file that was given, what became of it and of its parts, and what was
//! found wrong.

mod rows;
mod tabs;

use yew::prelude::*;

use crate::query::{FileColumn, FileLine, Question, Sort};
use crate::screens::{Line, Part};
use crate::ui::components::{
    Column, DataTable, Panel, Screenful, Shape, icon, painted, path, screenful, use_rows,
};
use crate::ui::hooks::{use_answer, use_generation, use_open_line, use_table, use_visit};
use crate::view::Screen;
use tabs::tabs;

const COLUMNS: &[Column] = &[
    Column::header("name"),
    Column::text("outcome"),
    Column::number("reports"),
    Column::number("records"),
    Column::number("findings"),
    Column::number("size"),
];

/// By name, as folders list them.
const FIRST: Sort<FileColumn> = Sort { by: FileColumn::Name, descending: false };

#[component]
pub fn Files() -> Html {
    let (visit, generation) = (use_visit(), use_generation());
    let language = *visit.language;
    let table = use_table(COLUMNS, "name");
    let sort = table.sort.of().unwrap_or(FIRST);
    let answer = use_answer(Question::Files { sort, window: table.window });
    let rows = use_rows::<FileLine>(answer.clone());
    let line = use_open_line::<FileLine>(answer.as_deref(), table.open);
    let total = rows.total();
    let panel = line.zip(table.open).map(|(line, row)| {
        let (session, on_open, file) = (visit.session.clone(), table.on_open.clone(), line.file);
        let remove = move |_: MouseEvent| {
            session.remove(file);
            on_open.emit(None);
        };
        html! {
            <Panel title={path(&line.name)} {row}
                rows={total.unwrap_or_default()} on_open={table.on_open.clone()}>
                {painted(Part::Details(Line::File(Box::new(line))), "panel__details", &visit, generation)}
                <button type="button" class="button button--small" onclick={remove}>
                    {icon(Shape::Trash)}{language.text("file.remove")}
                </button>
            </Panel>
        }
    });
    let parts = Screenful {
        name: "files",
        total,
        none: "empty.files",
        panel,
        aside: tabs(Screen::Files, language),
        table: html! { <DataTable name="files" columns={COLUMNS} {table} {rows} /> },
    };
    screenful(parts, language)
}
