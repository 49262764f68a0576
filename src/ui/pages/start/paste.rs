//! Pasted text, opened like a file.

use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use crate::ui::components::{Icon, Shape};
use crate::ui::hooks::{use_language, use_session};
use crate::web::pick;

const BOX: &str = "paste";

#[component]
pub fn PasteBox() -> Html {
    let language = use_language();
    let session = use_session();
    let text = use_node_ref();
    let is_empty = use_state_eq(|| true);
    let oninput = use_callback(is_empty.setter(), |event: InputEvent, is_empty| {
        let text = event.target_dyn_into::<HtmlTextAreaElement>().map(|text| text.value());
        is_empty.set(text.is_none_or(|text| text.trim().is_empty()));
    });
    let name = language.text("open.pasted");
    let onclick =
        use_callback((session, text.clone(), name), |_: MouseEvent, (session, text, name)| {
            let Some(text) = text.cast::<HtmlTextAreaElement>() else { return };
            session.add(pick::of_text(name, &text.value()).into_iter().collect());
            text.set_value("");
        });
    html! {
        <section class="card paste">
            <h2 class="card__title"><label for={BOX}>{language.text("open.paste")}</label></h2>
            <textarea id={BOX} class="paste__text" ref={text} {oninput} rows="5" spellcheck="false"
                autocomplete="off" placeholder={language.text("open.paste-hint")} />
            <button type="button" class="button" disabled={*is_empty} {onclick}>
                <Icon shape={Shape::Paste} />{language.text("open.paste-go")}
            </button>
        </section>
    }
}
