//! Style sheets beside the page's own.

use gloo::utils::document;

use crate::wire::BUILD_ID;

/// Loads one that is shipped with the page. What it is for is not on the screen yet.
pub fn load(file: &str) {
    let (Ok(link), Some(head)) = (document().create_element("link"), document().head()) else {
        return;
    };
    // Neither can fail: the names are sound, and the link is nobody's child.
    let _ = link.set_attribute("rel", "stylesheet");
    let _ = link.set_attribute("href", &format!("{file}?{BUILD_ID}"));
    let _ = head.append_child(&link);
}
