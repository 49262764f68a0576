//! A part of a whole as a bar and a percentage.

use yew::prelude::*;

use crate::ui::hooks::use_language;
use crate::view::number::thousandths;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub part: u64,
    pub whole: u64,
}

#[component]
pub fn Share(props: &Props) -> Html {
    let language = use_language();
    let Some(share) = thousandths(props.part, props.whole) else {
        return html! { <span class="absent">{"–"}</span> };
    };
    html! {
        <span class="share">
            <svg class="share__bar" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">
                <rect class="share__rest" width="1000" height="10" />
                <rect class="share__part" width={share.to_string()} height="10" />
            </svg>
            <span class="share__number">{language.percent(props.part, props.whole)}</span>
        </span>
    }
}
