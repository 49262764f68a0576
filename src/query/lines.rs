//! The answers that the page itself reads.

use serde::{Deserialize, Serialize};

use super::{Answer, FileLine, Page, RecordLine, ReportLine};

/// What the page itself asks for: the rows of its tables. All else it has drawn by the program of
/// the screens, so that it need not know how to read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Lines {
    Records(Page<RecordLine>),
    Reports(Page<ReportLine>),
    Files(Page<FileLine>),
}

impl Answer {
    /// The rows of a table; `None` for any other answer.
    pub fn into_lines(self) -> Option<Lines> {
        match self {
            Self::Records(page) => Some(Lines::Records(page)),
            Self::Reports(page) => Some(Lines::Reports(page)),
            Self::Files(page) => Some(Lines::Files(page)),
            _ => None,
        }
    }
}

impl Lines {
    /// How many there are.
    pub fn count(&self) -> u32 {
        let lines = match self {
            Self::Records(page) => page.lines.len(),
            Self::Reports(page) => page.lines.len(),
            Self::Files(page) => page.lines.len(),
        };
        lines as u32
    }
}
