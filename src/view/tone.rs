//! What is good and what is not, for the eye: the page and the screens' program mean the same.

use serde::{Deserialize, Serialize};

use super::verdict::Verdict;
use crate::base::{Outcome, Severity};

/// What a colour and its sign mean.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tone {
    Good,
    #[default]
    Hint,
    Warning,
    Fault,
    Quiet,
}

impl From<Verdict> for Tone {
    fn from(of: Verdict) -> Self {
        match of {
            Verdict::Pass => Self::Good,
            Verdict::Fail => Self::Fault,
            Verdict::Unstated => Self::Quiet,
        }
    }
}

impl From<Severity> for Tone {
    fn from(of: Severity) -> Self {
        match of {
            Severity::Note => Self::Hint,
            Severity::Repaired => Self::Good,
            Severity::Lost => Self::Warning,
            Severity::Refused => Self::Fault,
        }
    }
}

impl From<Outcome> for Tone {
    fn from(of: Outcome) -> Self {
        match of {
            Outcome::Opened => Self::Good,
            Outcome::Damaged => Self::Fault,
            Outcome::OverLimit | Outcome::Unread => Self::Warning,
            Outcome::Duplicate | Outcome::NotAReport | Outcome::Empty => Self::Quiet,
        }
    }
}
