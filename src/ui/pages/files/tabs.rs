//! The two halves of the screen: the files, and what was found in all of them.

use yew::prelude::*;

use crate::ui::hooks::{use_language, use_route};
use crate::view::{Route, Screen};

#[component]
pub fn Tabs() -> Html {
    let language = use_language();
    let here = use_route().screen;
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
