//! The language of the page: as chosen last, else as the browser prefers.

use gloo::utils::window;
use yew::prelude::*;

use crate::view::Language;
use crate::web::storage;

const KEY: &str = "vitrail.language";

/// The language, and the way to change it, for the root alone.
#[hook]
pub fn use_saved_language() -> UseStateHandle<Language> {
    let language = use_state_eq(initial);
    let before = use_mut_ref(|| *language);
    use_effect_with(*language, move |language| {
        // Only a choice is kept: who chose nothing follows the browser.
        if before.replace(*language) != *language {
            storage::save(KEY, language.tag());
        }
    });
    language
}

fn initial() -> Language {
    let preferred = window().navigator().languages();
    let saved = storage::load(KEY).into_iter();
    let tags = saved.chain(preferred.iter().filter_map(|tag| tag.as_string()));
    Language::of_tags(tags).unwrap_or_default()
}
