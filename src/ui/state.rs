//! What the screens share by context.

use yew::UseStateHandle;

use crate::view::{Language, Route};
use crate::web::session::Session;

/// What holds until the user goes elsewhere or asks for another language.
#[derive(Clone, PartialEq)]
pub struct Visit {
    pub session: Session,
    pub language: UseStateHandle<Language>,
    pub route: Route,
}

/// The store's: what was asked of another one is stale.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Generation(pub u64);
