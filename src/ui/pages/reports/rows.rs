//! The cells of the Reports table.

use yew::prelude::*;

use crate::base::ReportKind;
use crate::query::{Lines, Page, ReportLine};
use crate::ui::components::{Line, data, data_or, days, share};
use crate::view::{Code, Language};

impl Line for ReportLine {
    fn page(answer: &Lines) -> Option<&Page<Self>> {
        match answer {
            Lines::Reports(page) => Some(page),
            _ => None,
        }
    }

    fn cells(&self, language: Language) -> Vec<Html> {
        vec![
            data(self.reporter.as_deref(), language),
            kind(self.kind, language),
            data(self.domain.as_deref(), language),
            days(self.begin, self.end, language),
            policy(self, language),
            language.integer(self.records.into()).into(),
            match self.messages {
                Some(messages) => language.integer(messages).into(),
                None => data_or(None, "absent.not-aggregate", language),
            },
            match self.passed.zip(self.messages) {
                Some((part, whole)) => share(part, whole, language),
                None => data_or(None, "absent.not-aggregate", language),
            },
            data(self.report_id.as_deref(), language),
        ]
    }
}

/// The kind of a report, in words.
pub fn kind(kind: ReportKind, language: Language) -> Html {
    language.text(&format!("kind.{}", kind.code())).into()
}

/// The policy asked for; its tags are explained in the details.
fn policy(line: &ReportLine, language: Language) -> Html {
    match (line.kind, line.policy.p.as_deref()) {
        (ReportKind::Aggregate, Some(p)) => {
            let class = match p {
                "quarantine" => "tag tag--quarantine",
                "reject" => "tag tag--policy-reject",
                _ => "tag",
            };
            html! { <span {class}><bdi>{p}</bdi></span> }
        }
        (ReportKind::Aggregate, None) => data(None, language),
        _ => data_or(None, "absent.not-aggregate", language),
    }
}
