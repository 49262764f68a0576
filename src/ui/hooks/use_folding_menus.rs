//! Menus fold up when one turns to something else, or has had enough of them.

use gloo::events::EventListener;
use gloo::utils::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent, Node};
use yew::prelude::*;

use crate::screens::markup::Attribute;

/// Folds up each menu of the page that a press or the focus is outside of, and all with Escape.
#[hook]
pub fn use_folding_menus() {
    use_effect_with((), |()| {
        let pressed = EventListener::new(&document(), "pointerdown", |event| {
            let target = node(event);
            let _ = fold(|menu| !menu.contains(target.as_ref()));
        });
        // A press on plain words within a menu brings the focus to whatever around it takes one: to
        // fold the menu up under the pointer would lose the press, and has brought browsers down.
        let focused = EventListener::new(&document(), "focusin", |event| {
            let target = node(event);
            let is_around =
                |menu: &Element| target.as_ref().is_some_and(|it| it.contains(Some(menu)));
            let _ = fold(|menu| !menu.contains(target.as_ref()) && !is_around(menu));
        });
        // Whatever has the focus then: one that is inside its menu hears the key first.
        let escaped = EventListener::new(&document(), "keydown", |event| {
            let key = event.dyn_ref::<KeyboardEvent>().map(KeyboardEvent::key);
            if key.as_deref() == Some("Escape") {
                let _ = fold(|_| true);
            }
        });
        move || drop([pressed, focused, escaped])
    });
}

fn node(event: &Event) -> Option<Node> {
    event.target()?.dyn_into().ok()
}

fn fold(is_left: impl Fn(&Element) -> bool) -> Option<()> {
    let open = format!("details[open][{}]", Attribute::Choices.name());
    let open = document().query_selector_all(&open).ok()?;
    let menus = (0..open.length()).filter_map(|at| open.item(at)?.dyn_into::<Element>().ok());
    for menu in menus.filter(is_left) {
        let _ = menu.remove_attribute("open");
    }
    Some(())
}
