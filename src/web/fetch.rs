//! Files from beside the page, which only an unlocked page can have.

use js_sys::Uint8Array;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

/// The bytes of a file; an error where the host has none of this name. It is
/// asked for at once, not when the future is first polled.
pub fn fetch(path: &str) -> impl Future<Output = Result<Uint8Array, JsValue>> + use<> {
    let asked = JsFuture::from(super::window().fetch_with_str(path));
    async move {
        let response: Response = asked.await?.dyn_into()?;
        if !response.ok() {
            return Err(JsValue::UNDEFINED);
        }
        Ok(Uint8Array::new(&JsFuture::from(response.array_buffer()?).await?))
    }
}
