//! A word of judgement with its mark: never colour alone.

use yew::html::IntoPropValue;
use yew::prelude::*;

use super::{Icon, Shape};
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

impl IntoPropValue<Tone> for Verdict {
    fn into_prop_value(self) -> Tone {
        match self {
            Self::Pass => Tone::Pass,
            Self::Fail => Tone::Fail,
            Self::Unstated => Tone::Quiet,
        }
    }
}

impl IntoPropValue<Tone> for Severity {
    fn into_prop_value(self) -> Tone {
        match self {
            Self::Note => Tone::Info,
            Self::Repaired => Tone::Pass,
            Self::Lost => Tone::Warn,
            Self::Refused => Tone::Fail,
        }
    }
}

impl IntoPropValue<Tone> for Outcome {
    fn into_prop_value(self) -> Tone {
        match self {
            Self::Opened => Tone::Pass,
            Self::Damaged => Tone::Fail,
            Self::OverLimit | Self::Unread => Tone::Warn,
            Self::Duplicate | Self::NotAReport | Self::Empty => Tone::Quiet,
        }
    }
}

#[derive(Properties, PartialEq)]
pub struct Props {
    pub tone: Tone,
    /// The word beside the mark.
    #[prop_or_default]
    pub children: Html,
}

#[component]
pub fn Mark(props: &Props) -> Html {
    html! {
        <span class={classes!("mark", props.tone.class())}>
            <span class="mark__sign"><Icon shape={props.tone.shape()} /></span>
            <span class="mark__word">{props.children.clone()}</span>
        </span>
    }
}
