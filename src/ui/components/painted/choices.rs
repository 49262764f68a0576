//! What is chosen from, such as the completions of a search: arrow keys go through it.

use gloo::utils::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent, MouseEvent, PointerEvent};
use yew::html::Scope;

use super::events::target;
use super::{Message, Painted};
use crate::screens::markup::Attribute;

const KEYS: [&str; 4] = ["ArrowDown", "ArrowUp", "Enter", "Escape"];

/// What arrow keys stop at; in other fields they have a meaning of their own.
const STOPS: &str = "summary, input[type=search], a, button";

/// | key | does |
/// |---|---|
/// | Up, Down | the choice before, after; from the first one, back to the field |
/// | Enter | chooses, and back to the field, where there is one: the choices are gone then |
/// | Escape | from completions back to the field; in it, empties it |
pub fn press(link: &Scope<Painted>, event: &KeyboardEvent) -> Option<()> {
    let key = event.key();
    KEYS.contains(&key.as_str()).then_some(())?;
    let (choices, name) = target(event, Attribute::Choices)?;
    let here: HtmlElement = event.target()?.dyn_into().ok()?;
    let stops = choices.query_selector_all(STOPS).ok()?;
    let stop = |at: u32| stops.item(at)?.dyn_into::<HtmlElement>().ok();
    let at = (0..stops.length()).find(|at| stop(*at).is_some_and(|it| it == here))?;
    let field = field(&name);
    let is_field = field.as_ref() == Some(&here);
    let to = match key.as_str() {
        "ArrowDown" => stop(at + 1)?,
        "ArrowUp" => stop(at.checked_sub(1)?)?,
        "Enter" if !is_field && here.tag_name() != "SUMMARY" => field?,
        "Escape" if choices.tag_name() == "FORM" => field?,
        _ => return None,
    };
    event.prevent_default();
    match key.as_str() {
        "Enter" => here.click(),
        "Escape" if is_field => link.send_message(Message::Typed(name, String::new())),
        _ => {}
    }
    to.focus().ok()
}

/// The same as Enter. Under a finger the keyboard of a phone would come up.
pub fn click(event: &MouseEvent) -> Option<()> {
    let (_, name) = target(event, Attribute::Choices)?;
    let chosen: Element = event.target()?.dyn_into().ok()?;
    chosen.closest("a, button").ok()??;
    let pointer = event.dyn_ref::<PointerEvent>().map(PointerEvent::pointer_type);
    (pointer.as_deref() != Some("touch")).then_some(())?;
    field(&name)?.focus().ok()
}

fn field(name: &str) -> Option<HtmlElement> {
    let field = format!("[{}=\"{name}\"]", Attribute::Field.name());
    document().query_selector(&field).ok()??.dyn_into().ok()
}
