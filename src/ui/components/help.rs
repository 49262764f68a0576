//! Help, above whatever is shown: opened by `?`, but for one that is typed, and by a button.

use gloo::events::EventListener;
use gloo::utils::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDialogElement};
use yew::prelude::*;

use super::painted;
use crate::screens::Part;
use crate::ui::hooks::use_visit;
use crate::ui::state::Generation;

#[component]
pub fn Help() -> Html {
    let visit = use_visit();
    let language = *visit.language;
    let dialog = use_node_ref();
    // Drawn when it is first wanted.
    let is_drawn = use_state_eq(|| false);
    let open = {
        let (dialog, is_drawn) = (dialog.clone(), is_drawn.setter());
        Callback::from(move |()| {
            is_drawn.set(true);
            // One that is open already stays so.
            let _ = dialog.cast::<HtmlDialogElement>().map(|dialog| dialog.show_modal());
        })
    };
    use_effect_with((), {
        let open = open.clone();
        move |()| {
            let listener = EventListener::new(&document(), "keydown", move |event| {
                if is_asked(event) == Some(true) {
                    open.emit(());
                }
            });
            move || drop(listener)
        }
    });
    let close = {
        let dialog = dialog.clone();
        move |_: MouseEvent| {
            dialog.cast::<HtmlDialogElement>().into_iter().for_each(|dialog| dialog.close());
        }
    };
    html! {
        <>
            <button type="button" class="language-switch__choice help-button" aria-haspopup="dialog"
                title={language.text("shell.help")} aria-label={language.text("shell.help")}
                onclick={open.reform(|_: MouseEvent| ())}>{"?"}</button>
            <dialog class="help" ref={dialog} aria-label={language.text("shell.help")}>
                <button type="button" class="button button--small help__close" onclick={close}>
                    {language.text("shell.help.close")}
                </button>
                if *is_drawn {
                    // It is the same whatever the store holds.
                    {painted(Part::Help, "help__content", &visit, Generation::default())}
                }
            </dialog>
        </>
    }
}

/// Whether this is a `?` that is not typed into something.
fn is_asked(event: &Event) -> Option<bool> {
    let event = event.dyn_ref::<KeyboardEvent>()?;
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let is_typed = target.closest("input, textarea, select").ok()?.is_some();
    Some(event.key() == "?" && !is_typed && !event.ctrl_key() && !event.meta_key())
}
