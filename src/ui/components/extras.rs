//! What a report states beyond the specifications.

use yew::prelude::*;

use super::{data, detail, fact, facts};
use crate::view::Language;

/// A section of the paths of elements and their texts, or nothing.
pub fn extras(extras: &[(String, String)], language: Language) -> Html {
    if extras.is_empty() {
        return Html::default();
    }
    let stated = extras.iter().map(|(path, text)| fact(path.clone(), data(Some(text), language)));
    detail(language.text("detail.extras"), facts(stated.collect()))
}
