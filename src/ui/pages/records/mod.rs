//! Every record of every aggregate report, with the reporter's verdict.

mod rows;

use yew::prelude::*;

use crate::query::{Filter, Question, RecordColumn, RecordLine, Sort};
use crate::screens::{Line, Part};
use crate::ui::components::{
    Column, DataTable, Panel, Screenful, data_or, painted, screenful, use_rows,
};
use crate::ui::hooks::{use_answer, use_generation, use_open_line, use_table, use_visit};

const COLUMNS: &[Column] = &[
    Column::text("verdict"),
    Column::number("messages"),
    Column::header("source-ip"),
    Column::text("header-from"),
    Column::text("dkim"),
    Column::text("spf"),
    Column::text("disposition"),
    Column::text("reporter"),
    Column::date("begin"),
    Column::text("envelope-from"),
];

/// The most messages first.
const FIRST: Sort<RecordColumn> = Sort { by: RecordColumn::Messages, descending: true };

#[component]
pub fn Records() -> Html {
    let (visit, generation) = (use_visit(), use_generation());
    let language = *visit.language;
    let table = use_table(COLUMNS, "-messages");
    let sort = table.sort.of().unwrap_or(FIRST);
    let answer =
        use_answer(Question::Records { filter: Filter::default(), sort, window: table.window });
    let rows = use_rows::<RecordLine>(answer.clone());
    let line = use_open_line::<RecordLine>(answer.as_deref(), table.open);
    let total = rows.total();
    let panel = line.zip(table.open).map(|(line, row)| {
        let title = data_or(line.source_ip.as_deref(), "records.no-source", language);
        html! {
            <Panel {title} {row} rows={total.unwrap_or_default()} on_open={table.on_open.clone()}>
                {painted(Part::Details(Line::Record(Box::new(line))), "panel__details", &visit, generation)}
            </Panel>
        }
    });
    let parts = Screenful {
        name: "records",
        total,
        none: "empty.records",
        panel,
        aside: Html::default(),
        table: html! { <DataTable name="records" columns={COLUMNS} {table} {rows} /> },
    };
    screenful(parts, language)
}
