//! The clock of the device.

use wasm_bindgen::JsValue;

use crate::base::UnixSeconds;
use crate::view::Zone;

/// As the browser knows it.
pub fn local() -> Zone {
    Zone::of(|at: UnixSeconds| {
        let date = js_sys::Date::new(&JsValue::from_f64(at.0 as f64 * 1_000.0));
        -(date.get_timezone_offset() * 60.0) as i64
    })
}
