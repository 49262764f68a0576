//! The two file inputs, which are on every screen; buttons open them.

use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::view::Language;
use crate::web::pick;
use crate::web::session::Session;

const FILES: &str = "choose-files";
const FOLDER: &str = "choose-folder";

/// The inputs themselves: not seen and not in the tab order, where the buttons
/// are, but there for whoever looks for a file input.
pub fn file_inputs(session: Session, language: Language) -> Html {
    let onchange = Callback::from(move |event: Event| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            session.add(pick::of_input(&input));
        }
    });
    html! {
        <div class="visually-hidden">
            <input id={FILES} type="file" multiple=true tabindex="-1"
                aria-label={language.text("open.files")} onchange={onchange.clone()} />
            <input id={FOLDER} type="file" multiple=true webkitdirectory=true tabindex="-1"
                aria-label={language.text("open.folder")} {onchange} />
        </div>
    }
}

/// Opens the picker of files. Only in the turn of a click.
pub fn choose_files() {
    open(FILES);
}

/// Opens the picker of folders. Only in the turn of a click.
pub fn choose_folder() {
    open(FOLDER);
}

fn open(id: &str) {
    let input = gloo::utils::document().get_element_by_id(id);
    if let Some(input) = input.and_then(|input| input.dyn_into::<HtmlInputElement>().ok()) {
        input.click();
    }
}
