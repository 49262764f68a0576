//! The links to the screens.

use yew::prelude::*;

use crate::view::{Language, Route, Screen};

/// A link to each screen; `here` is the one that is shown.
pub fn navigation(here: Screen, language: Language) -> Html {
    let here = here.listed();
    html! {
        <nav class="navigation" aria-label={language.text("shell.screens")}>
            <ul class="navigation__list">
                for screen in Screen::LISTED {
                    <li>
                        <a class="navigation__link" href={Route::to(screen).to_string()}
                            aria-current={(screen == here).then_some("page")}>
                            {language.text(&format!("screen.{}", screen.path()))}
                        </a>
                    </li>
                }
            </ul>
        </nav>
    }
}
