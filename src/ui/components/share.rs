//! A part of a whole as a bar and a percentage.

use yew::prelude::*;

use crate::view::Language;
use crate::view::number::thousandths;

/// `part` of `whole`, or a dash where there is no whole.
pub fn share(part: u64, whole: u64, language: Language) -> Html {
    let Some(share) = thousandths(part, whole) else {
        return html! { <span class="absent">{"–"}</span> };
    };
    html! {
        <span class="share">
            <svg class="share__bar" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">
                <rect class="share__rest" width="1000" height="10" />
                <rect class="share__part" width={share.to_string()} height="10" />
            </svg>
            <span class="share__number">{language.percent(part, whole)}</span>
        </span>
    }
}
