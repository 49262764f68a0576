//! What is at the top of every screen: where one is, what was read, what left.

use yew::prelude::*;

use super::clock_switch::clock_switch;
use super::file_inputs::file_inputs;
use super::help::Help;
use super::import_status::ImportStatus;
use super::language_switch::language_switch;
use super::navigation::navigation;
use super::promise_badge::PromiseBadge;
use crate::ui::hooks::use_visit;
use crate::ui::state::Visit;
use crate::view::{Route, Screen};

#[component]
pub fn Header() -> Html {
    let Visit { session, language, clock, route } = use_visit();
    html! {
        <header class="header">
            {file_inputs(session, *language)}
            <div class="header__bar">
                <a class="header__brand" href={Route::to(Screen::Start).to_string()}>
                    {brand()}{"Vitrail"}
                </a>
                {navigation(&route, *language)}
                <PromiseBadge />
                <div class="header__choices">
                    {clock_switch(clock, *language)}
                    {language_switch(language)}
                    <Help />
                </div>
            </div>
            <ImportStatus />
        </header>
    }
}

/// A lozenge of four panes in their lead.
fn brand() -> Html {
    html! {
        <svg class="header__sign" viewBox="0 0 32 32" width="24" height="24" aria-hidden="true">
            <path class="header__lead" d="M16 0 32 16 16 32 0 16Z" />
            <path class="header__pane-1" d="M16 3 22 9 16 15 10 9Z" />
            <path class="header__pane-2" d="M23 10 29 16 23 22 17 16Z" />
            <path class="header__pane-3" d="M9 10 15 16 9 22 3 16Z" />
            <path class="header__pane-4" d="M16 17 22 23 16 29 10 23Z" />
        </svg>
    }
}
