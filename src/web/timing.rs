//! User Timing: what took how long, for whoever measures the page.

use js_sys::{Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Performance;

use super::envelope::set;
use crate::base::UnixSeconds;

/// Milliseconds since this thread started. The browser's clock, and no window
/// needed: workers measure too.
pub fn now() -> f64 {
    js_performance().map_or(0.0, |performance| performance.now())
}

fn js_performance() -> Option<Performance> {
    Reflect::get(&js_sys::global(), &"performance".into()).ok()?.dyn_into().ok()
}

/// Leaves a `performance.measure` from `start` until now, with these details.
pub fn measure(name: &str, start: f64, detail: &[(&str, f64)]) {
    let details = Object::new();
    for (key, value) in detail {
        set(&details, key, &JsValue::from_f64(*value));
    }
    let options = Object::new();
    set(&options, "start", &JsValue::from_f64(start));
    set(&options, "end", &JsValue::from_f64(now()));
    set(&options, "detail", &details);
    let Some(performance) = js_performance() else { return };
    // web-sys has no form of `measure` that takes a detail.
    let measure = Reflect::get(&performance, &"measure".into())
        .ok()
        .and_then(|m| m.dyn_into::<Function>().ok());
    if let Some(measure) = measure {
        let _ = measure.call2(&performance, &name.into(), &options);
    }
}

/// Bytes of this thread's memory. WebAssembly's never shrinks: this is its peak.
pub fn wasm_bytes() -> u64 {
    let memory: js_sys::WebAssembly::Memory = wasm_bindgen::memory().unchecked_into();
    let buffer: js_sys::ArrayBuffer = memory.buffer().unchecked_into();
    buffer.byte_length().into()
}

/// The time of day.
pub fn today() -> UnixSeconds {
    UnixSeconds((js_sys::Date::now() / 1_000.0) as i64)
}
