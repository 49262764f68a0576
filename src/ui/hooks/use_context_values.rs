//! What `App` hands down: each of these draws the component anew only when
//! that one value changes.

use std::rc::Rc;

use yew::prelude::*;

use crate::ui::state::Visit;
use crate::view::Language;
use crate::web::snapshot::Snapshot;

#[hook]
pub fn use_visit() -> Visit {
    // invariant: `App` provides it to all other components.
    use_context().expect("a visit")
}

#[hook]
pub fn use_language() -> Language {
    *use_visit().language
}

#[hook]
pub fn use_snapshot() -> Rc<Snapshot> {
    // invariant: as above.
    use_context().expect("a snapshot")
}
