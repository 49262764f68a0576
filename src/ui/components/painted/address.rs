//! The address kept up with what is typed, so that it can be copied and come back to.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use gloo::utils::window;
use wasm_bindgen::JsValue;

/// Browsers refuse an address that changes with every key.
const MILLIS: u32 = 400;

#[derive(Default)]
pub struct AddressBar {
    /// The fragment of the place that is shown.
    here: Rc<RefCell<String>>,
    later: Option<Timeout>,
}

impl AddressBar {
    /// Another place is shown: what was typed at the last one is not part of its address.
    pub fn come(&mut self) {
        self.later = None;
        self.here.replace(fragment());
    }

    /// Writes this soon, without going anywhere: back leads to where one was before, and no
    /// `hashchange` comes of it. Whoever has gone on by then is not called back: the browser may
    /// not have said so yet.
    pub fn write(&mut self, address: String) {
        let here = self.here.clone();
        self.later = Some(Timeout::new(MILLIS, move || {
            if fragment() == *here.borrow() {
                stay_at(&address);
                here.replace(fragment());
            }
        }));
    }
}

fn fragment() -> String {
    window().location().hash().unwrap_or_default()
}

fn stay_at(route: &str) {
    if let Ok(history) = window().history() {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(route));
    }
}
