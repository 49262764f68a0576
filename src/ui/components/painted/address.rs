//! The address kept up with what is typed, so that it can be copied and come back to.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use gloo::utils::window;
use wasm_bindgen::JsValue;

/// Browsers refuse an address that changes with every key.
const MILLIS: u32 = 400;

pub struct AddressBar {
    place: Rc<RefCell<Place>>,
    _listener: EventListener,
}

struct Place {
    /// The fragment of what is shown.
    here: String,
    later: Option<Timeout>,
}

impl AddressBar {
    /// From here on whoever goes elsewhere takes nothing along of what was to be written.
    pub fn new() -> Self {
        let place = Rc::new(RefCell::new(Place { here: fragment(), later: None }));
        let gone = place.clone();
        let on_change = move |_: &_| {
            gone.replace(Place { here: fragment(), later: None });
        };
        let listener = EventListener::new(&window(), "hashchange", on_change);
        Self { place, _listener: listener }
    }

    /// Writes this soon, without going anywhere: back leads to where one was before, and no
    /// `hashchange` comes of it. Whoever has gone on by then is not called back: the browser may
    /// not have said so yet.
    pub fn write(&self, address: String) {
        let place = self.place.clone();
        let later = Timeout::new(MILLIS, move || {
            let mut place = place.borrow_mut();
            if fragment() == place.here {
                stay_at(&address);
                place.here = fragment();
            }
        });
        self.place.borrow_mut().later = Some(later);
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
