//! English or French.

use yew::prelude::*;

use crate::view::Language;

/// A button for each language.
pub fn language_switch(state: UseStateHandle<Language>) -> Html {
    let current = *state;
    let onclick = move |event: MouseEvent| {
        let chosen = event.target_dyn_into::<web_sys::Element>();
        let tag = chosen.and_then(|chosen| chosen.get_attribute("lang"));
        if let Some(chosen) = Language::of_tags(tag) {
            state.set(chosen);
        }
    };
    html! {
        <div class="language-switch" role="group" aria-label={current.text("shell.language")} {onclick}>
            for language in Language::ALL {
                <button type="button" class="language-switch__choice" lang={language.tag()}
                    title={language.text("language.name")}
                    aria-pressed={if language == current { "true" } else { "false" }}>
                    {language.text("language.short")}
                </button>
            }
        </div>
    }
}
