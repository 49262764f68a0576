//! What is chosen from, such as the completions of a search: arrow keys go through it.

use gloo::utils::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, FocusEvent, HtmlElement, KeyboardEvent, MouseEvent, Node};
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
/// | a letter | from completions back to the field, where it is typed |
pub fn press(link: &Scope<Painted>, event: &KeyboardEvent) -> Option<()> {
    let key = event.key();
    let is_letter = key.chars().nth(1).is_none() && !event.ctrl_key() && !event.meta_key();
    (is_letter || KEYS.contains(&key.as_str())).then_some(())?;
    let (choices, name) = target(event, Attribute::Choices)?;
    if is_letter {
        let is_choice = choices.tag_name() == "FORM" && key != " ";
        return is_choice.then(|| field(&name))??.focus().ok();
    }
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
        "Escape" if is_field && !link.get_component()?.typed.get(&name).is_empty() => {
            link.send_message(Message::Typed(name, String::new()));
        }
        _ => {}
    }
    to.focus().ok()
}

/// The same as Enter. Under a finger the keyboard of a phone would come up, and what opens elsewhere
/// chooses nothing here.
pub fn click(link: &Scope<Painted>, event: &MouseEvent) -> Option<()> {
    let (_, name) = target(event, Attribute::Choices)?;
    let chosen: Element = event.target()?.dyn_into().ok()?;
    chosen.closest("a, button").ok()??;
    // A key's click has no count.
    let by_finger = event.detail() > 0 && link.get_component()?.by_finger.get();
    let is_elsewhere = event.ctrl_key() || event.meta_key() || event.shift_key();
    (!by_finger && !is_elsewhere).then(|| field(&name))??.focus().ok()
}

/// The focus comes to a field with completions, or goes: they are seen only while it is there.
pub fn reach(event: &FocusEvent) -> Option<()> {
    let (choices, name) = target(event, Attribute::Choices)?;
    let to = event.related_target().and_then(|it| it.dyn_into::<Node>().ok());
    let is_here = event.type_() == "focusin" || choices.contains(to.as_ref());
    let list = choices.query_selector("[role=listbox]").ok()?;
    let field = field(&name).filter(|it| it.has_attribute(Attribute::Expanded.name()))?;
    let is_seen = is_here && list.is_some();
    field.set_attribute(Attribute::Expanded.name(), &is_seen.to_string()).ok()
}

fn field(name: &str) -> Option<HtmlElement> {
    let field = format!("[{}=\"{name}\"]", Attribute::Field.name());
    document().query_selector(&field).ok()??.dyn_into().ok()
}
