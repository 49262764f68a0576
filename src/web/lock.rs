//! The lock: before the first byte of a file is read, the page forbids itself
//! and its workers every further request.

use wasm_bindgen::JsCast;
use web_sys::HtmlMetaElement;

/// Adds a second policy to the page's own; policies only ever add up, so
/// nothing can take it back. Blob workers inherit it.
pub fn lock() -> bool {
    let add = || -> Option<()> {
        let document = super::window().document()?;
        let meta: HtmlMetaElement = document.create_element("meta").ok()?.dyn_into().ok()?;
        meta.set_http_equiv("Content-Security-Policy");
        meta.set_content("connect-src 'none'");
        document.head()?.append_child(&meta).ok()?;
        Some(())
    };
    add().is_some()
}
