//! The cells of the Files table.

use yew::prelude::*;

use crate::base::{Outcome, Severity};
use crate::query::{FileLine, Lines, Page};
use crate::ui::components::{Line, mark, path};
use crate::view::{Code, Language};

impl Line for FileLine {
    fn page(answer: &Lines) -> Option<&Page<Self>> {
        match answer {
            Lines::Files(page) => Some(page),
            _ => None,
        }
    }

    fn cells(&self, language: Language) -> Vec<Html> {
        vec![
            path(&self.name),
            outcome(self.outcome, language),
            language.integer(self.reports.into()).into(),
            language.integer(self.records.into()).into(),
            findings(self, language),
            language.bytes(self.size).into(),
        ]
    }
}

/// The word for what became of a file or part.
pub fn outcome(outcome: Outcome, language: Language) -> Html {
    mark(outcome, language.text(&format!("outcome.{}.word", outcome.code())))
}

fn findings(line: &FileLine, language: Language) -> Html {
    match line.worst {
        // What was put right needs nobody's eye.
        Some(worst) if worst >= Severity::Lost => mark(worst, language.integer(line.findings)),
        _ => language.integer(line.findings).into(),
    }
}
