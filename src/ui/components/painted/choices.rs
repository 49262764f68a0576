//! What is chosen from, such as the completions of a search: arrow keys go through it.

use gloo::utils::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

use super::events::target;
use crate::screens::markup::Attribute;

const KEYS: [&str; 4] = ["ArrowDown", "ArrowUp", "Enter", "Escape"];

/// What arrow keys stop at; in other fields they have a meaning of their own.
const STOPS: &str = "summary, input[type=search], a, button";

/// | key | does |
/// |---|---|
/// | Up, Down | the choice before, after; from the first one, back to the field |
/// | Enter | chooses, and back to the field, where there is one: the choices are gone then |
/// | Escape | from completions back to the field |
pub fn press(event: &KeyboardEvent) -> Option<()> {
    let key = event.key();
    KEYS.contains(&key.as_str()).then_some(())?;
    let (choices, field) = target(event, Attribute::Choices)?;
    let here: Element = event.target()?.dyn_into().ok()?;
    let stops = choices.query_selector_all(STOPS).ok()?;
    let stop = |at: u32| stops.item(at)?.dyn_into::<HtmlElement>().ok();
    let at = (0..stops.length()).find(|at| stop(*at).is_some_and(|it| *it == here))?;
    let field = document().query_selector(&format!("[data-field=\"{field}\"]")).ok()?;
    let field = field.filter(|field| *field != here);
    let to = match key.as_str() {
        "ArrowDown" => stop(at + 1)?,
        "ArrowUp" => stop(at.checked_sub(1)?)?,
        "Enter" if here.tag_name() != "SUMMARY" => field?.dyn_into().ok()?,
        "Escape" if choices.tag_name() == "FORM" => field?.dyn_into().ok()?,
        _ => return None,
    };
    event.prevent_default();
    if key == "Enter" {
        stop(at)?.click();
    }
    to.focus().ok()
}
