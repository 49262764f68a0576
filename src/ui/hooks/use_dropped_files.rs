//! Files dropped anywhere on the page.

use gloo::events::{EventListener, EventListenerOptions};
use gloo::utils::window;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::DragEvent;
use yew::prelude::*;

use crate::web::pick::{self, Picked};

/// Whether files are being dragged over the page; `on_drop` gets them, those
/// in folders included.
#[hook]
pub fn use_dropped_files(on_drop: Callback<Vec<Picked>>) -> bool {
    let over = use_state_eq(|| false);
    let setter = over.setter();
    use_effect_with(on_drop, move |on_drop| {
        let on_drop = on_drop.clone();
        let listen = |name: &'static str, act: Box<dyn Fn(&DragEvent)>| {
            let options = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(&window(), name, options, move |event| {
                if let Some(event) = event.dyn_ref::<DragEvent>().filter(|it| has_files(it)) {
                    act(event);
                    event.prevent_default();
                }
            })
        };
        let (entered, left, dropped) = (setter.clone(), setter.clone(), setter);
        let listeners = [
            listen("dragenter", Box::new(move |_| entered.set(true))),
            listen("dragover", Box::new(|_| {})),
            // Leaving an element for one inside it leads somewhere, leaving the page does not.
            listen("dragleave", Box::new(move |event| left.set(event.related_target().is_some()))),
            listen(
                "drop",
                Box::new(move |event| {
                    dropped.set(false);
                    // A field for a file may have taken it.
                    if !event.default_prevented() {
                        take(event, on_drop.clone());
                    }
                }),
            ),
        ];
        move || drop(listeners)
    });
    *over
}

fn has_files(event: &DragEvent) -> bool {
    let types = event.data_transfer().map(|transfer| transfer.types());
    types.is_some_and(|types| types.iter().any(|kind| kind == "Files"))
}

fn take(event: &DragEvent, on_drop: Callback<Vec<Picked>>) {
    if let Some(transfer) = event.data_transfer() {
        let files = pick::of_drop(&transfer);
        spawn_local(async move { on_drop.emit(files.await) });
    }
}
