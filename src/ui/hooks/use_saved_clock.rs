//! The clock that times are told by: UTC, or the device's own if that was chosen last.

use yew::prelude::*;

use crate::view::Zone;
use crate::web::{storage, zone};

const KEY: &str = "vitrail.clock";
const LOCAL: &str = "local";

/// The clock, and the way to change it, for the root alone.
#[hook]
pub fn use_saved_clock() -> UseStateHandle<Zone> {
    use_state_eq(|| match storage::load(KEY).as_deref() {
        Some(LOCAL) => zone::local(),
        _ => Zone::UTC,
    })
}

/// From one clock to the other.
pub fn switch_clock(clock: &UseStateHandle<Zone>) {
    let (name, to) = if clock.is_utc() { (LOCAL, zone::local()) } else { ("", Zone::UTC) };
    storage::save(KEY, name);
    clock.set(to);
}
