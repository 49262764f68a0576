//! The sample data behind "Try with sample data": files of our own, fetched
//! from beside the page, which only an unlocked page can do.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, Response};

use super::pick::Picked;

/// Where the samples lie, and the list of their names, one a line.
const FOLDER: &str = "sample";
const LIST: &str = "index.txt";

/// All sample files, or `None` where one cannot be had (offline, or locked).
pub async fn load() -> Option<Vec<Picked>> {
    let list = String::from_utf8(fetch(LIST).await.ok()?.to_vec()).ok()?;
    let mut picked = Vec::new();
    for name in list.lines().filter(|line| !line.is_empty()) {
        let bytes = fetch(name).await.ok()?;
        let file = File::new_with_buffer_source_sequence(&Array::of1(&bytes), name).ok()?;
        picked.push(Picked { file, name: name.to_owned() });
    }
    Some(picked)
}

async fn fetch(name: &str) -> Result<Uint8Array, JsValue> {
    let asked = super::window().fetch_with_str(&format!("{FOLDER}/{name}"));
    let response: Response = JsFuture::from(asked).await?.dyn_into()?;
    if !response.ok() {
        return Err(JsValue::UNDEFINED);
    }
    Ok(Uint8Array::new(&JsFuture::from(response.array_buffer()?).await?))
}
