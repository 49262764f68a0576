//! Where something was read: files, and parts in them.

use yew::prelude::*;

use super::path;
use crate::query::PlaceLine;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub places: Vec<PlaceLine>,
}

#[component]
pub fn Places(props: &Props) -> Html {
    html! {
        <ul class="places">
            for place in &props.places {
                <li>{place_path(place)}</li>
            }
        </ul>
    }
}

/// The file, and the names from it inwards.
pub fn place_path(place: &PlaceLine) -> Html {
    html! {
        <>
            {path(&place.file_name)}
            for name in &place.path {
                <span class="places__step" aria-hidden="true">{"›"}</span>{path(name)}
            }
        </>
    }
}
