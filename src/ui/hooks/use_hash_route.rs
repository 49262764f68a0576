//! The URL fragment as a value that changes with it: links, back and forward.

use gloo::events::EventListener;
use gloo::utils::window;
use yew::prelude::*;

use crate::view::Route;

/// The route of the fragment, for the root alone.
#[hook]
pub fn use_hash_route() -> Route {
    let route = use_state_eq(current_route);
    let setter = route.setter();
    use_effect_with((), move |()| {
        let known = move |_: &Event| setter.set(current_route());
        let listener = EventListener::new(&window(), "hashchange", known);
        move || drop(listener)
    });
    (*route).clone()
}

/// Goes there, as a link would: back leads back.
pub fn go_to(route: &str) {
    let _ = window().location().set_hash(route);
}

/// The number of this entry of the history, which stays where one comes back to it: the moment
/// of the first visit.
pub fn entry_of_history() -> f64 {
    let Ok(history) = window().history() else { return 0.0 };
    let known = history.state().ok().and_then(|state| state.as_f64());
    known.unwrap_or_else(|| {
        let number = js_sys::Date::now();
        let _ = history.replace_state_with_url(&number.into(), "", None);
        number
    })
}

/// The route of the address, of which the browser tells a moment after it has changed.
pub fn current_route() -> Route {
    Route::parse(&window().location().hash().unwrap_or_default())
}
