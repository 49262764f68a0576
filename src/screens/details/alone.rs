//! The conditions that lead to one report alone, as far as its names tell.

use crate::query::{
    Dimension, FailureColumn, FailureLine, Filter, Key, Question, RecordLine, ReportLine, Sort,
    Window,
};
use crate::screens::Desk;

/// Messages of one report that are asked for: it has one, but others may have its names.
const MESSAGES: u32 = 50;

/// What a filter lets through of a report alone.
pub fn of_report(filter: &Filter, line: &ReportLine) -> Filter {
    named(filter, &line.reporter, &line.report_id)
}

/// What a filter lets through of the report that a record is in.
pub fn of_record(filter: &Filter, line: &RecordLine) -> Filter {
    named(filter, &line.reporter, &line.report_id)
}

/// What a filter lets through of the report that a message is in.
pub fn of_message(filter: &Filter, line: &FailureLine) -> Filter {
    named(filter, &line.reporter, &line.report_id)
}

fn named(filter: &Filter, reporter: &Key, id: &Key) -> Filter {
    filter.only(Dimension::Reporter, reporter).only(Dimension::ReportId, id)
}

/// Asks for the messages of a failure report.
pub fn messages_of(desk: &Desk<'_>, line: &ReportLine) -> Question {
    Question::Failures {
        filter: of_report(&desk.filter, line),
        sort: Sort { by: FailureColumn::Arrival, descending: true },
        window: Window { offset: 0, limit: MESSAGES },
    }
}
