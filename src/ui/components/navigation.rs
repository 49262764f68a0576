//! The links to the screens.

use yew::prelude::*;

use crate::view::{Language, Route, Screen};

/// A link to each screen, with the records that count on the one that is shown.
pub fn navigation(route: &Route, language: Language) -> Html {
    let here = route.screen.listed();
    html! {
        <nav class="navigation" aria-label={language.text("shell.screens")}>
            <ul class="navigation__list">
                for screen in Screen::all_listed() {
                    <li>
                        <a class="navigation__link" href={Route::elsewhere(route, screen).to_string()}
                            aria-current={(screen == here).then_some("page")}>
                            {language.text(&format!("screen.{}", screen.path()))}
                        </a>
                    </li>
                }
            </ul>
        </nav>
    }
}
