//! Every report that was opened, with the policy it was written under.

mod rows;

use yew::prelude::*;

use crate::query::{Filter, Question, ReportColumn, ReportLine, Sort};
use crate::screens::{Line, Part};
use crate::ui::components::{
    Column, DataTable, Panel, Screenful, data, painted, screenful, use_rows,
};
use crate::ui::hooks::{use_answer, use_generation, use_open_line, use_table, use_visit};

const COLUMNS: &[Column] = &[
    Column::header("reporter"),
    Column::text("kind"),
    Column::text("domain"),
    Column::date("begin"),
    Column::text("policy"),
    Column::number("records"),
    Column::number("messages"),
    Column::number("passed"),
    Column::text("report-id"),
];

/// The newest first.
const FIRST: Sort<ReportColumn> = Sort { by: ReportColumn::Begin, descending: true };

#[component]
pub fn Reports() -> Html {
    let (visit, generation) = (use_visit(), use_generation());
    let language = *visit.language;
    let table = use_table(COLUMNS, "-begin");
    let sort = table.sort.of().unwrap_or(FIRST);
    let answer =
        use_answer(Question::Reports { filter: Filter::default(), sort, window: table.window });
    let rows = use_rows::<ReportLine>(answer.clone());
    let line = use_open_line::<ReportLine>(answer.as_deref(), table.open);
    let total = rows.total();
    let panel = line.zip(table.open).map(|(line, row)| {
        let title = data(line.reporter.as_deref(), language);
        html! {
            <Panel {title} {row}
                rows={total.unwrap_or_default()} on_open={table.on_open.clone()}>
                {painted(Part::Details(Line::Report(Box::new(line))), "panel__details", &visit, generation)}
            </Panel>
        }
    });
    let parts = Screenful {
        name: "reports",
        total,
        none: "empty.reports",
        panel,
        aside: Html::default(),
        table: html! { <DataTable name="reports" columns={COLUMNS} {table} {rows} /> },
    };
    screenful(parts, language)
}
