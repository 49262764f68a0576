//! Steps that stand in a row, or in rows, such as the bars of a drawing: arrow keys go through
//! them, and a range of them is chosen by dragging or with Shift.

use gloo::utils::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, FocusEvent, HtmlElement, KeyboardEvent, MouseEvent, Node, PointerEvent};
use yew::html::Scope;

use super::events::target;
use super::{Message, Painted};
use crate::screens::markup::Attribute;

/// | key | does |
/// |---|---|
/// | Left, Right, Home, End | the step before, after; the first, the last of the row |
/// | Up, Down | the same step of the row above, below |
/// | the same with Shift | chooses all from where one was |
/// | Enter | follows the step, or all that are chosen, as a link |
/// | Escape | lets go |
pub fn press(link: &Scope<Painted>, event: &KeyboardEvent) -> Option<()> {
    let (step, from) = target(event, Attribute::Step)?;
    let (_, field) = target(event, Attribute::Range)?;
    let row = step.parent_element()?;
    let beside = |row: Option<Element>| {
        let steps = step.parent_element()?.children();
        let at = (0..steps.length()).find(|at| steps.item(*at).as_ref() == Some(&step))?;
        row?.children().item(at)
    };
    let to = match event.key().as_str() {
        "Escape" => {
            link.send_message(Message::Typed(field, String::new()));
            return Some(());
        }
        "ArrowLeft" => step.previous_element_sibling(),
        "ArrowRight" => step.next_element_sibling(),
        "ArrowUp" => beside(row.previous_element_sibling()),
        "ArrowDown" => beside(row.next_element_sibling()),
        "Home" => row.first_element_child(),
        "End" => row.last_element_child(),
        _ => return None,
    };
    event.prevent_default();
    let to = to?;
    let number = to.get_attribute(Attribute::Step.name())?;
    focus(&to);
    let from = event.shift_key().then_some(from);
    link.send_message(Message::Stepped(field, from, number));
    Some(())
}

/// The focus comes from elsewhere: what stands where it is can be read at once.
pub fn reach(link: &Scope<Painted>, event: &FocusEvent) -> Option<()> {
    let (_, number) = target(event, Attribute::Step)?;
    let (range, field) = target(event, Attribute::Range)?;
    let from = event.related_target().and_then(|it| it.dyn_into::<Node>().ok());
    // From step to step it is told by the key or the pointer that moves it.
    if !from.is_some_and(|from| range.contains(Some(&from))) {
        link.send_message(Message::Reached(field, number));
    }
    Some(())
}

/// Pressed, over another step, and let go.
pub fn drag(link: &Scope<Painted>, event: &MouseEvent) -> Option<()> {
    let (_, field) = target(event, Attribute::Range)?;
    let is_end = event.type_() == "mouseup";
    if is_end {
        link.send_message(Message::Released(field));
    } else if event.buttons() == 1 {
        let (step, number) = target(event, Attribute::Step)?;
        let is_start = event.type_() == "mousedown";
        if is_start {
            // Else the browser drags the link away.
            event.prevent_default();
            focus(&step);
        }
        let from = (!is_start).then(String::new);
        link.send_message(Message::Stepped(field, from, number));
    }
    Some(())
}

/// Something is pressed: by what, and whether it was told of before.
pub fn pressed(link: &Scope<Painted>, event: &PointerEvent) -> Option<()> {
    let painted = link.get_component()?;
    let by_finger = event.pointer_type() == "touch";
    painted.by_finger.set(by_finger);
    let (_, field) = target(event, Attribute::Range)?;
    let number = target(event, Attribute::Step).map(|(_, number)| format!("{number}-{number}"));
    let is_read = number.is_some_and(|number| painted.typed.get(&field) == number);
    painted.is_read.set(is_read || !by_finger);
    Some(())
}

/// The same as dragging, with a finger or a pen. All that it does is told of the step where it
/// began; where it moves up or down the browser scrolls instead, and says so.
pub fn touch(link: &Scope<Painted>, event: &PointerEvent) -> Option<()> {
    let (range, field) = target(event, Attribute::Range)?;
    if event.pointer_type() == "mouse" || !event.is_primary() {
        return None;
    }
    match event.type_().as_str() {
        "pointerup" => link.send_message(Message::Released(field)),
        "pointercancel" => link.send_message(Message::Typed(field, String::new())),
        movement => {
            let (x, y) = (event.client_x() as f32, event.client_y() as f32);
            let under = document().element_from_point(x, y)?;
            let step = under.closest(&format!("[{}]", Attribute::Step.name())).ok()??;
            let number = step.get_attribute(Attribute::Step.name())?;
            let from = (movement != "pointerdown").then(String::new);
            if range.contains(Some(&step)) {
                link.send_message(Message::Stepped(field, from, number));
            }
        }
    }
    Some(())
}

/// Nobody can point at a step with a finger before it is followed: the first tap tells what it
/// stands for, and the next one follows it.
pub fn click(link: &Scope<Painted>, event: &MouseEvent) -> Option<()> {
    target(event, Attribute::Range)?;
    let is_read = link.get_component()?.is_read.replace(true);
    // A key's click has no count.
    if !is_read && event.detail() > 0 {
        event.prevent_default();
    }
    Some(())
}

/// Elements of a drawing can have it as all others.
fn focus(step: &Element) {
    let _ = step.unchecked_ref::<HtmlElement>().focus();
}
