//! From the start screen to what an import gave.

use yew::prelude::*;

use super::use_hash_route::{current_route, go_to};
use crate::query::Totals;
use crate::view::{Route, Screen};
use crate::web::snapshot::{ImportState, Snapshot};

/// Leads on whenever an import is done, even if nothing of it was shown before; for the root alone.
/// Whoever is elsewhere stays there, and whoever has cleared all meanwhile.
#[hook]
pub fn use_lead_on(snapshot: &Snapshot) {
    let (totals, is_cleared) = (snapshot.totals, snapshot.import == ImportState::Idle);
    use_effect_with(snapshot.imports_done, move |_| {
        if !is_cleared && current_route().screen == Screen::Start {
            go_to(&Route::to(first_look(&totals)).to_string());
        }
    });
}

/// The screen that shows what an import gave.
fn first_look(totals: &Totals) -> Screen {
    match totals {
        Totals { reports: 0, .. } => Screen::Files,
        Totals { records: 0, .. } => Screen::Reports,
        _ => Screen::Overview,
    }
}
