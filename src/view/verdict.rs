//! A DMARC verdict.

use super::Code;

/// A verdict: the reporter's, or ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Pass,
    Fail,
    /// The report states none, or too little to judge by.
    Unstated,
}

impl Verdict {
    pub const fn of(passed: Option<bool>) -> Self {
        match passed {
            Some(true) => Self::Pass,
            Some(false) => Self::Fail,
            None => Self::Unstated,
        }
    }

    /// An aligned verdict as the reporter writes it.
    pub fn of_word(word: Option<&str>) -> Self {
        match word {
            Some("pass") => Self::Pass,
            Some("fail") => Self::Fail,
            _ => Self::Unstated,
        }
    }
}

impl Code for Verdict {
    fn code(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Unstated => "unstated",
        }
    }
}
