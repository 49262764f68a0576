//! Where something was read: files, and parts in them.

use yew::prelude::*;

use super::path;
use crate::query::PlaceLine;

/// All the places.
pub fn places(places: &[PlaceLine]) -> Html {
    html! {
        <ul class="places">
            for place in places {
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
