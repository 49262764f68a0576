//! The toolbox's side: a worker that draws what it is asked for.

use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use super::envelope::{self, Beside};
use crate::toolbox::answer;
use crate::wire::{BUILD_ID, FromToolbox, ToToolbox};

/// Starts listening. Called once, by the program's `main`.
pub fn run() {
    std::panic::set_hook(Box::new(|panic| {
        say(&FromToolbox::Panicked { message: panic.to_string() });
    }));
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(|event: MessageEvent| {
        if let Some((ToToolbox { id, ask }, _)) = envelope::open(&event.data()) {
            say(&FromToolbox::Drawn { id, drawn: answer(ask) });
        }
    });
    scope().set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    // The listener lives as long as the worker.
    on_message.forget();
    say(&FromToolbox::Ready { build: BUILD_ID.to_owned() });
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

fn say(message: &FromToolbox) {
    envelope::send(&scope(), message, Beside::default());
}
