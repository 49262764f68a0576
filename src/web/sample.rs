//! The sample data behind "Try with sample data": files of our own, fetched
//! from beside the page, which only an unlocked page can do.

use js_sys::Array;
use web_sys::File;

use super::fetch::fetch;
use super::pick::Picked;

/// Where the samples lie, and the list of their names, one a line.
const FOLDER: &str = "sample";
const LIST: &str = "index.txt";

/// All sample files, or `None` where one cannot be had (offline, or locked).
pub async fn load() -> Option<Vec<Picked>> {
    let list = fetch(&format!("{FOLDER}/{LIST}")).await.ok()?;
    let list = String::from_utf8(list.to_vec()).ok()?;
    let mut picked = Vec::new();
    for name in list.lines().filter(|line| !line.is_empty()) {
        let bytes = fetch(&format!("{FOLDER}/{name}")).await.ok()?;
        let file = File::new_with_buffer_source_sequence(&Array::of1(&bytes), name).ok()?;
        picked.push(Picked { file, name: name.to_owned() });
    }
    Some(picked)
}
