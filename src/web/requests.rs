//! The request counter: what page and workers asked for since the page was
//! ready, own host and others apart.

use js_sys::Object;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{PerformanceEntry, PerformanceObserver, PerformanceObserverEntryList};

use super::envelope::set;

/// Requests made, by where they went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Requests {
    /// To the host that serves the page, after the page was ready.
    pub own: u32,
    /// To any other host, at any time.
    pub foreign: u32,
}

impl Requests {
    /// Counts one address. What never leaves the browser does not count.
    pub fn count(&mut self, address: &str, after_start: bool) {
        let origin = super::window().location().origin().unwrap_or_default();
        if address.starts_with("blob:") || address.starts_with("data:") {
        } else if address.strip_prefix(&*origin).is_some_and(|rest| rest.starts_with('/')) {
            self.own += u32::from(after_start);
        } else {
            self.foreign += 1;
        }
    }
}

/// Watches the page's own requests until dropped.
pub struct Watch {
    observer: PerformanceObserver,
    _on_entries: Closure<dyn Fn(PerformanceObserverEntryList)>,
}

impl Watch {
    /// `on_request` gets each address and when it was asked for, in
    /// milliseconds since navigation; earlier requests come first.
    pub fn start(on_request: impl Fn(&str, f64) + 'static) -> Option<Self> {
        let on_entries = Closure::<dyn Fn(PerformanceObserverEntryList)>::new(
            move |list: PerformanceObserverEntryList| {
                for entry in list.get_entries().iter() {
                    let entry: PerformanceEntry = entry.unchecked_into();
                    on_request(&entry.name(), entry.start_time());
                }
            },
        );
        let observer = PerformanceObserver::new(on_entries.as_ref().unchecked_ref()).ok()?;
        // web-sys only knows the older form, which gives no earlier entries.
        let options = Object::new();
        set(&options, "type", &"resource".into());
        set(&options, "buffered", &true.into());
        observer.observe(options.unchecked_ref());
        Some(Self { observer, _on_entries: on_entries })
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
