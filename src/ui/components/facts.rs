//! A list of names and values.

use yew::prelude::*;

/// The list; each of its facts is a [`fact`].
pub fn facts(facts: Html) -> Html {
    html! { <dl class="facts">{facts}</dl> }
}

/// One name with its value.
pub fn fact(name: impl Into<AttrValue>, value: impl Into<Html>) -> Html {
    named(name.into(), value.into())
}

fn named(name: AttrValue, value: Html) -> Html {
    html! {
        <div class="facts__fact">
            <dt class="facts__name">{name}</dt>
            <dd class="facts__value">{value}</dd>
        </div>
    }
}
