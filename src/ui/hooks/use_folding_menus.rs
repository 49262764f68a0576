//! Menus fold up when one turns to something else.

use gloo::events::EventListener;
use gloo::utils::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, Node};
use yew::prelude::*;

use crate::screens::markup::Attribute;

/// Folds up each menu of the page that a press or the focus is outside of.
#[hook]
pub fn use_folding_menus() {
    use_effect_with((), |()| {
        let listeners = ["pointerdown", "focusin"].map(|name| {
            EventListener::new(&document(), name, |event| {
                let target = event.target().and_then(|it| it.dyn_into::<Node>().ok());
                let _ = fold(target.as_ref());
            })
        });
        move || drop(listeners)
    });
}

fn fold(except: Option<&Node>) -> Option<()> {
    let open = format!("details[open][{}]", Attribute::Choices.name());
    let open = document().query_selector_all(&open).ok()?;
    let menus = (0..open.length()).filter_map(|at| open.item(at)?.dyn_into::<Element>().ok());
    for menu in menus.filter(|menu| !menu.contains(except)) {
        let _ = menu.remove_attribute("open");
    }
    Some(())
}
