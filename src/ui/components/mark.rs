//! A word of judgement with its mark: never colour alone.

use yew::prelude::*;

use super::{Shape, icon};
use crate::base::{Outcome, Severity};
use crate::view::verdict::Verdict;

/// What a colour means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Pass,
    Warn,
    Fail,
    Info,
    Quiet,
}

impl Tone {
    const fn class(self) -> &'static str {
        match self {
            Self::Pass => "mark--pass",
            Self::Warn => "mark--warn",
            Self::Fail => "mark--fail",
            Self::Info => "mark--info",
            Self::Quiet => "mark--quiet",
        }
    }

    const fn shape(self) -> Shape {
        match self {
            Self::Pass => Shape::Check,
            Self::Warn => Shape::Alert,
            Self::Fail => Shape::Cross,
            Self::Info => Shape::Info,
            Self::Quiet => Shape::Dash,
        }
    }
}

impl From<Verdict> for Tone {
    fn from(of: Verdict) -> Self {
        match of {
            Verdict::Pass => Self::Pass,
            Verdict::Fail => Self::Fail,
            Verdict::Unstated => Self::Quiet,
        }
    }
}

impl From<Severity> for Tone {
    fn from(of: Severity) -> Self {
        match of {
            Severity::Note => Self::Info,
            Severity::Repaired => Self::Pass,
            Severity::Lost => Self::Warn,
            Severity::Refused => Self::Fail,
        }
    }
}

impl From<Outcome> for Tone {
    fn from(of: Outcome) -> Self {
        match of {
            Outcome::Opened => Self::Pass,
            Outcome::Damaged => Self::Fail,
            Outcome::OverLimit | Outcome::Unread => Self::Warn,
            Outcome::Duplicate | Outcome::NotAReport | Outcome::Empty => Self::Quiet,
        }
    }
}

/// The word with its mark.
pub fn mark(tone: impl Into<Tone>, word: impl Into<AttrValue>) -> Html {
    marked(tone.into(), word.into())
}

/// The mark alone; its word stands elsewhere.
pub fn mark_sign(tone: impl Into<Tone>) -> Html {
    marked(tone.into(), AttrValue::default())
}

fn marked(tone: Tone, word: AttrValue) -> Html {
    html! {
        <span class={classes!("mark", tone.class())}>
            <span class="mark__sign">{icon(tone.shape())}</span>
            if !word.is_empty() {
                <span class="mark__word">{word}</span>
            }
        </span>
    }
}
