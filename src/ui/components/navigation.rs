//! The links to the screens.

use yew::prelude::*;

use crate::ui::hooks::{use_language, use_route};
use crate::view::{Route, Screen};

#[component]
pub fn Navigation() -> Html {
    let language = use_language();
    let here = use_route().screen.listed();
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
