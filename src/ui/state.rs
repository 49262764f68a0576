//! What the screens share by context.

use yew::UseStateHandle;

use crate::view::{Language, Route, Zone};
use crate::web::session::Session;

/// What holds until the user goes elsewhere or asks for another language.
#[derive(Clone, PartialEq)]
pub struct Visit {
    pub session: Session,
    pub language: UseStateHandle<Language>,
    pub clock: UseStateHandle<Zone>,
    pub route: Route,
}

/// Of the store.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Generation {
    /// What was asked of a store of another number is stale.
    pub number: u64,
    /// Files are still read: there will be others.
    pub is_reading: bool,
}
