//! A word of judgement with its mark: never colour alone.

use yew::prelude::*;

use super::{Shape, icon};
use crate::view::tone::Tone;

const fn class(tone: Tone) -> &'static str {
    match tone {
        Tone::Good => "mark--pass",
        Tone::Warning => "mark--warn",
        Tone::Fault => "mark--fail",
        Tone::Hint => "mark--info",
        Tone::Quiet => "mark--quiet",
    }
}

const fn shape(tone: Tone) -> Shape {
    match tone {
        Tone::Good => Shape::Check,
        Tone::Warning => Shape::Alert,
        Tone::Fault => Shape::Cross,
        Tone::Hint => Shape::Info,
        Tone::Quiet => Shape::Dash,
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
        <span class={classes!("mark", class(tone))}>
            <span class="mark__sign">{icon(shape(tone))}</span>
            if !word.is_empty() {
                <span class="mark__word">{word}</span>
            }
        </span>
    }
}
