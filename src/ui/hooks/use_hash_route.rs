//! The URL fragment as a value that changes with it: links, back and forward.

use gloo::events::EventListener;
use gloo::utils::window;
use yew::prelude::*;

use crate::view::Route;

/// The route of the fragment, for the root alone.
#[hook]
pub fn use_hash_route() -> Route {
    let route = use_state_eq(current);
    let setter = route.setter();
    use_effect_with((), move |()| {
        let listener = EventListener::new(&window(), "hashchange", move |_| setter.set(current()));
        move || drop(listener)
    });
    (*route).clone()
}

/// Goes there, as a link would: back leads back.
pub fn go_to(route: &Route) {
    let _ = window().location().set_hash(&route.to_string());
}

fn current() -> Route {
    Route::parse(&window().location().hash().unwrap_or_default())
}
