//! English or French.

use yew::prelude::*;

use crate::view::Language;

#[component]
pub fn LanguageSwitch() -> Html {
    let language = use_context::<UseStateHandle<Language>>();
    let current = language.as_ref().map(|language| **language).unwrap_or_default();
    let onclick = use_callback(language, |event: MouseEvent, language| {
        let chosen = event.target_dyn_into::<web_sys::Element>();
        let tag = chosen.and_then(|chosen| chosen.get_attribute("lang"));
        if let Some((language, chosen)) = language.as_ref().zip(Language::of_tags(tag)) {
            language.set(chosen);
        }
    });
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
