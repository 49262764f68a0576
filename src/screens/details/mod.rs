//! The details of one line of a table, which the page shows beside the table.

mod file;
mod findings;
mod policy;
mod record;
mod report;
mod standing;

use serde::{Deserialize, Serialize};

use super::Desk;
use super::markup::Node;
use crate::query::{FileLine, RecordLine, ReportLine};
pub(super) use findings::sighting;

/// The line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Line {
    Record(Box<RecordLine>),
    Report(Box<ReportLine>),
    File(Box<FileLine>),
}

/// Everything that the line says.
pub(super) fn draw(desk: &Desk<'_>, line: &Line) -> Vec<Node> {
    match line {
        Line::Record(line) => record::draw(line, desk.words()),
        Line::Report(line) => report::draw(line, desk.words()),
        Line::File(line) => file::draw(desk, line),
    }
}
