//! The two halves of the screen: the files, and what was found in all of them.

use yew::prelude::*;

use crate::view::{Language, Route, Screen};

/// A link to each half; `here` is the one that is shown.
pub fn tabs(here: Screen, language: Language) -> Html {
    html! {
        <nav class="tabs" aria-label={language.text("files.tabs")}>
            for screen in [Screen::Files, Screen::Findings] {
                <a class="tabs__tab" href={Route::to(screen).to_string()}
                    aria-current={(screen == here).then_some("page")}>
                    {language.text(match screen {
                        Screen::Findings => "files.by-finding",
                        _ => "files.by-file",
                    })}
                </a>
            }
        </nav>
    }
}
