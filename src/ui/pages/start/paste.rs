//! Pasted text, opened like a file.

use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use crate::ui::components::{Shape, icon};
use crate::ui::hooks::use_visit;
use crate::ui::state::Visit;
use crate::web::pick;

const BOX: &str = "paste";

#[component]
pub fn PasteBox() -> Html {
    let Visit { session, language, .. } = use_visit();
    let text = use_node_ref();
    let is_empty = use_state_eq(|| true);
    let (setter, emptied) = (is_empty.setter(), is_empty.setter());
    let oninput = move |event: InputEvent| {
        let text = event.target_dyn_into::<HtmlTextAreaElement>().map(|text| text.value());
        setter.set(text.is_none_or(|text| text.trim().is_empty()));
    };
    let (pasted, name) = (text.clone(), language.text("open.pasted"));
    let onclick = move |_: MouseEvent| {
        let Some(text) = pasted.cast::<HtmlTextAreaElement>() else { return };
        session.add(pick::of_text(name, &text.value()).into_iter().collect());
        text.set_value("");
        emptied.set(true);
    };
    html! {
        <section class="card paste">
            <h2 class="card__title"><label for={BOX}>{language.text("open.paste")}</label></h2>
            <textarea id={BOX} class="input paste__text" ref={text} {oninput} rows="5" spellcheck="false"
                autocomplete="off" placeholder={language.text("open.paste-hint")} />
            <button type="button" class="button" disabled={*is_empty} {onclick}>
                {icon(Shape::Paste)}{language.text("open.paste-go")}
            </button>
        </section>
    }
}
