//! UTC, or the clock of the device.

use yew::prelude::*;

use crate::ui::hooks::switch_clock;
use crate::view::{Language, Zone};

/// A button that says which clock times are told by, and turns to the other one.
pub fn clock_switch(clock: UseStateHandle<Zone>, language: Language) -> Html {
    let is_local = !clock.is_utc();
    let onclick = move |_: MouseEvent| switch_clock(&clock);
    html! {
        <button type="button" class="language-switch__choice clock-switch" {onclick}
            title={language.text("shell.clock")} aria-pressed={is_local.to_string()}>
            {if is_local { language.text("shell.clock.local") } else { "UTC" }}
        </button>
    }
}
