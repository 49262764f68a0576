//! What is chosen from, such as the completions of a search: arrow keys go through it, and a menu
//! folds up when one turns to something else.

use gloo::events::EventListener;
use gloo::utils::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent, MouseEvent, Node};

use super::events::target;
use crate::screens::markup::Attribute;

/// What arrow keys stop at; in other fields they have a meaning of their own.
const STOPS: &str = "summary, input[type=search], a, button";

/// | key | does |
/// |---|---|
/// | Up, Down | the choice before, after; from the first one, back to the field |
/// | Escape | back to the field, where there is one |
pub fn press(event: &KeyboardEvent) -> Option<()> {
    let (choices, _) = target(event, Attribute::Choices)?;
    let here: Element = event.target()?.dyn_into().ok()?;
    let stops = choices.query_selector_all(STOPS).ok()?;
    let stop = |at: u32| stops.item(at)?.dyn_into::<HtmlElement>().ok();
    let at = (0..stops.length()).find(|at| stop(*at).is_some_and(|it| *it == here))?;
    let to = match event.key().as_str() {
        "ArrowDown" => at + 1,
        "ArrowUp" => at.checked_sub(1)?,
        "Escape" if at > 0 && choices.tag_name() == "FORM" => 0,
        _ => return None,
    };
    event.prevent_default();
    stop(to)?.focus().ok()
}

/// A completion that was chosen by key is gone with its list: back to the field.
pub fn chosen(event: &MouseEvent) -> Option<()> {
    let is_key = event.detail() == 0;
    let (choices, _) = target(event, Attribute::Choices).filter(|_| is_key)?;
    let field = choices.query_selector("input[type=search]").ok()??;
    field.dyn_into::<HtmlElement>().ok()?.focus().ok()
}

/// Folds up each menu that a press or the focus is outside of.
pub fn dismissal() -> [EventListener; 2] {
    ["pointerdown", "focusin"].map(|name| {
        EventListener::new(&document(), name, |event| {
            let target = event.target().and_then(|it| it.dyn_into::<Node>().ok());
            let _ = dismiss(target.as_ref());
        })
    })
}

fn dismiss(except: Option<&Node>) -> Option<()> {
    let open = format!("details[open][{}]", Attribute::Choices.name());
    let open = document().query_selector_all(&open).ok()?;
    let menus = (0..open.length()).filter_map(|at| open.item(at)?.dyn_into::<Element>().ok());
    for menu in menus.filter(|menu| !menu.contains(except)) {
        let _ = menu.remove_attribute("open");
    }
    Some(())
}
