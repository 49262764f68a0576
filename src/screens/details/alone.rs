//! The conditions that lead to one report alone, as far as its names tell.

use crate::query::{Dimension, FailureColumn, Filter, Key, Question, ReportLine, Sort, Window};
use crate::screens::Desk;

/// Messages of one report that are asked for: it has one, but others may have its names.
const MESSAGES: u32 = 50;

/// What a filter lets through of the report alone that has these names.
pub fn of_report(filter: &Filter, reporter: &Key, id: &Key) -> Filter {
    filter.only(Dimension::Reporter, reporter).only(Dimension::ReportId, id)
}

/// Asks for the messages of a failure report.
pub fn messages_of(desk: &Desk<'_>, line: &ReportLine) -> Question {
    Question::Failures {
        filter: of_report(&desk.filter, &line.reporter, &line.report_id),
        sort: Sort { by: FailureColumn::Arrival, descending: true },
        window: Window { offset: 0, limit: MESSAGES },
    }
}
