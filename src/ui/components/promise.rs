//! The promise that nothing leaves, and how to check it.

use yew::prelude::*;

use crate::view::Language;

/// The ways to check, by their message.
const CHECKS: [&str; 3] = ["promise.check-counter", "promise.check-tools", "promise.check-offline"];

/// What is promised, and how to check it.
pub fn promise(language: Language) -> Html {
    html! {
        <div class="promise">
            <p>{language.text("promise.what")}</p>
            <p class="promise__how">{language.text("promise.how")}</p>
            <ul class="promise__checks">
                for key in CHECKS {
                    <li>{language.text(key)}</li>
                }
            </ul>
            <p class="promise__sources">{language.text("promise.sources")}</p>
        </div>
    }
}
