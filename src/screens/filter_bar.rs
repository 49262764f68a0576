//! Which records count: one bar for all screens that show them. Everything that can be chosen
//! is a link to the same screen with another filter, so that back, forward and a copied
//! address do what they always do.

mod chips;
mod choices;
mod period;
pub mod search;

use super::Desk;
use super::markup::{Attribute, Drawn, Node, Tag, element};
use crate::query::{Answer, Dimension, Filter, Measure, Question, Table};
use crate::screens::Values;
use choices::choices;

/// What is offered besides the domains.
const OTHERS: [Dimension; 8] = [
    Dimension::Verdict,
    Dimension::Disposition,
    Dimension::Reason,
    Dimension::SpfAligned,
    Dimension::DkimAligned,
    Dimension::SpfResult,
    Dimension::DkimResult,
    Dimension::Reporter,
];

/// The same, above screens of TLS reports.
const OF_TLS: [Dimension; 6] = [
    Dimension::PolicyType,
    Dimension::Mode,
    Dimension::ResultType,
    Dimension::Mx,
    Dimension::ReasonCode,
    Dimension::Reporter,
];

/// The same, above the screen of failure reports.
const OF_FAILURES: [Dimension; 6] = [
    Dimension::AuthFailure,
    Dimension::DeliveryResult,
    Dimension::HeaderFrom,
    Dimension::EnvelopeFrom,
    Dimension::DkimDomain,
    Dimension::Reporter,
];

/// What says whether a table has rows.
fn rows(table: Table) -> Measure {
    match table {
        Table::Aggregate => Measure::Records,
        Table::Tls => Measure::Policies,
        Table::Failure => Measure::Reports,
    }
}

/// The bar; nothing where there are no records to choose from.
pub fn drawn(desk: &Desk<'_>) -> Drawn {
    let mut values = desk.ask.values.clone();
    if desk.ask.is_new {
        values.set(search::FIELD, "");
        values.set(choices::FIELD, "");
        period::fill(&desk.filter, &mut values);
    }
    let go = desk.ask.is_entered.then(|| entered(desk, &values)).filter(|it| *it != desk.filter);
    if desk.ask.is_entered && go.is_none() {
        values.set(search::FIELD, "");
    }
    Drawn {
        place: "filter".to_owned(),
        content: bar(desk, &values),
        go: go.map(|filter| desk.route.filtered(&filter).to_string()),
        values,
        acts: desk.acts(),
        ..Drawn::default()
    }
}

/// The filter with what was typed into its fields.
fn entered(desk: &Desk<'_>, values: &Values) -> Filter {
    let mut filter = desk.filter.clone();
    period::take(values, &mut filter);
    search::take(desk, values.get(search::FIELD), &filter)
}

fn bar(desk: &Desk<'_>, values: &Values) -> Vec<Node> {
    let table = desk.route.table();
    let others: &[Dimension] = match table {
        Table::Aggregate => &OTHERS,
        Table::Tls => &OF_TLS,
        Table::Failure => &OF_FAILURES,
    };
    let all = desk.ask(Question::Totals(table, Filter::default()));
    let content = vec![
        choices::domains(desk, table, values.get(choices::FIELD)),
        period::draw(desk, all),
        choices(desk, table, others, "filter.more", 8),
        search::draw(desk, values.get(search::FIELD)),
        chips::draw(desk),
    ];
    let has_records = matches!(all, Some(Answer::Totals(sums)) if sums.get(rows(table)) > 0);
    if !has_records && desk.filter.is_empty() {
        return Vec::new();
    }
    let bar = element(Tag::Div, "filter-bar", content)
        .with(Attribute::Role, "search")
        .with(Attribute::Label, desk.text("filter.title"));
    vec![bar]
}
