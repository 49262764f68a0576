//! Handing something to the user: a file to save, a text for the clipboard.

use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// Offers `text` as a file of this name and media type.
pub fn file(name: &str, media_type: &str, text: &str) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &options)?;
    self::blob(name, &blob)
}

/// Offers the bytes of a blob as a file of this name.
pub fn blob(name: &str, blob: &Blob) -> Result<(), JsValue> {
    let url = Url::create_object_url_with_blob(blob)?;
    let document = super::window().document().ok_or(JsValue::UNDEFINED)?;
    let anchor: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
    anchor.set_href(&url);
    anchor.set_download(name);
    anchor.click();
    Url::revoke_object_url(&url)
}

/// Puts `text` on the clipboard; false where the browser refuses.
pub async fn copy(text: &str) -> bool {
    let clipboard = super::window().navigator().clipboard();
    JsFuture::from(clipboard.write_text(text)).await.is_ok()
}
