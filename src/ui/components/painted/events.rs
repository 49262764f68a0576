//! What somebody does within it, heard at its root: the elements say by their
//! attributes what is meant.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, File, HtmlElement, HtmlInputElement, HtmlTextAreaElement};
use yew::html::Scope;
use yew::prelude::*;

use super::{Message, Painted, choices, steps};
use crate::screens::markup::Attribute;
use crate::web::pick;

/// Bytes of a file that are read: policies end at 64 KB, and the rest says that they do not.
const FILE_BYTES: u32 = 256 << 10;

pub struct Listeners {
    pub click: Callback<MouseEvent>,
    pub input: Callback<InputEvent>,
    pub change: Callback<Event>,
    pub drop: Callback<DragEvent>,
    pub submit: Callback<SubmitEvent>,
    pub keydown: Callback<KeyboardEvent>,
    pub focusin: Callback<FocusEvent>,
    pub focusout: Callback<FocusEvent>,
    pub mouse: Callback<MouseEvent>,
    pub touch: Callback<PointerEvent>,
}

pub fn listeners(link: &Scope<Painted>) -> Listeners {
    let [clicked, typed, changed, dropped, entered, pressed, escaped, reached, dragged, touched] =
        std::array::from_fn(|_| link.clone());
    Listeners {
        click: Callback::from(move |event: MouseEvent| {
            let is_button = |(element, _): &(Element, String)| element.tag_name() == "BUTTON";
            act(&clicked, target(&event, Attribute::Act).filter(is_button));
            let _ = choices::click(&clicked, &event).or_else(|| steps::click(&clicked, &event));
        }),
        input: Callback::from(move |event: InputEvent| {
            if let Some((element, name)) = target(&event, Attribute::Field) {
                typed.send_message(Message::Typed(name, text_of(&element)));
            }
        }),
        change: Callback::from(move |event: Event| {
            act(&changed, target(&event, Attribute::Act));
            if let Some((element, name)) = target(&event, Attribute::File) {
                let input = element.dyn_ref::<HtmlInputElement>();
                let picked = input.map(pick::of_input).unwrap_or_default();
                read(&changed, name, picked.into_iter().next().map(|it| it.file));
            }
        }),
        drop: Callback::from(move |event: DragEvent| {
            let file = event.data_transfer().and_then(|it| pick::first_of_drop(&it));
            if let Some((_, name)) = target(&event, Attribute::Drop).filter(|_| file.is_some()) {
                event.prevent_default();
                read(&dropped, name, file);
            }
        }),
        submit: Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let _ = fold(&event);
            entered.send_message(Message::Entered);
        }),
        keydown: Callback::from(move |event: KeyboardEvent| {
            let done = steps::press(&pressed, &event)
                .or_else(|| choices::press(&pressed, &event))
                .or_else(|| (event.key() == "Escape").then(|| fold(&event))?);
            if done.is_none() && event.key() == "Escape" {
                escaped.send_message(Message::Open(None));
            }
        }),
        focusin: Callback::from(move |event: FocusEvent| {
            let _ = steps::reach(&reached, &event).or_else(|| choices::reach(&event));
        }),
        focusout: Callback::from(|event: FocusEvent| {
            let _ = choices::reach(&event);
        }),
        mouse: Callback::from(move |event: MouseEvent| {
            let _ = steps::drag(&dragged, &event);
        }),
        touch: Callback::from(move |event: PointerEvent| {
            if event.type_() == "pointerdown" {
                let _ = steps::pressed(&touched, &event);
            }
            let _ = steps::touch(&touched, &event);
        }),
    }
}

/// Folds up what the event is in, and goes back to where it was unfolded.
fn fold(event: &Event) -> Option<()> {
    let element = event.target()?.dyn_into::<Element>().ok()?;
    let details = element.closest("details[open]").ok()??;
    details.remove_attribute("open").ok()?;
    details.query_selector("summary").ok()??.dyn_into::<HtmlElement>().ok()?.focus().ok()
}

/// The element with this attribute that the event is in, and what the attribute says.
pub(super) fn target(event: &Event, attribute: Attribute) -> Option<(Element, String)> {
    let element = event.target()?.dyn_into::<Element>().ok()?;
    let element = element.closest(&format!("[{}]", attribute.name())).ok()??;
    let value = element.get_attribute(attribute.name())?;
    Some((element, value))
}

fn text_of(element: &Element) -> String {
    match element.dyn_ref::<HtmlTextAreaElement>() {
        Some(area) => area.value(),
        None => element.dyn_ref::<HtmlInputElement>().map(|it| it.value()).unwrap_or_default(),
    }
}

fn act(link: &Scope<Painted>, target: Option<(Element, String)>) {
    if let Some(number) = target.and_then(|(_, number)| number.parse().ok()) {
        link.send_message(Message::Act(number));
    }
}

/// Reads the start of a file for a field.
fn read(link: &Scope<Painted>, name: String, file: Option<File>) {
    let (link, Some(file)) = (link.clone(), file) else { return };
    spawn_local(async move {
        if let Some(bytes) = pick::bytes(&file, FILE_BYTES).await {
            link.send_message(Message::Chosen(name, bytes));
        }
    });
}
