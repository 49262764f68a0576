//! The clock and the turns of page and workers; User Timing, for whoever measures the page.

use js_sys::Object;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

use super::envelope::set;
use crate::base::UnixSeconds;

// web-sys reaches it through a window or a worker, of which this may be either, and has no form of
// `measure` that takes a detail.
#[wasm_bindgen]
extern "C" {
    /// Milliseconds since this thread started.
    #[wasm_bindgen(js_namespace = performance)]
    pub fn now() -> f64;

    #[wasm_bindgen(js_namespace = performance, js_name = measure, catch)]
    fn js_measure(name: &str, options: &Object) -> Result<JsValue, JsValue>;
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
    // What nobody can measure works all the same.
    let _ = js_measure(name, &options);
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

/// Comes back in another turn of the page, once an empty blob is read. Browsers hold timers back that set
/// one another: for four milliseconds, and for a second or more where nobody sees the page.
pub async fn another_turn() {
    if let Ok(nothing) = Blob::new() {
        let _ = JsFuture::from(nothing.array_buffer()).await;
    }
}
