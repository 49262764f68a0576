//! Puts a text on the clipboard, and says whether that worked.

use gloo::timers::future::TimeoutFuture;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::{Shape, icon};
use crate::ui::hooks::use_language;
use crate::web::save;

/// How long the button says what became of it.
const SAID_MILLIS: u32 = 2_000;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub text: AttrValue,
    pub label: AttrValue,
}

#[component]
pub fn CopyButton(props: &Props) -> Html {
    let language = use_language();
    let copied = use_state_eq(|| None::<bool>);
    let onclick =
        use_callback((props.text.clone(), copied.setter()), |_: MouseEvent, (text, copied)| {
            let (text, copied) = (text.clone(), copied.clone());
            spawn_local(async move {
                copied.set(Some(save::copy(&text).await));
                TimeoutFuture::new(SAID_MILLIS).await;
                copied.set(None);
            });
        });
    let (shape, said) = match *copied {
        None => (Shape::Copy, None),
        Some(true) => (Shape::Check, Some("copy.done")),
        Some(false) => (Shape::Cross, Some("copy.refused")),
    };
    html! {
        <button type="button" class="button button--small" {onclick}>
            {icon(shape)}
            <span aria-live="polite">
                {said.map_or_else(|| props.label.clone(), |key| language.text(key).into())}
            </span>
        </button>
    }
}
