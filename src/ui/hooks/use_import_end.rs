//! Notices the moment at which an import ends.

use yew::prelude::*;

use super::use_snapshot;
use crate::query::Totals;
use crate::web::snapshot::ImportState;

/// Calls `on_end` with the totals when an import that ran on this screen is done.
#[hook]
pub fn use_import_end(on_end: Callback<Totals>) {
    let snapshot = use_snapshot();
    let before = use_mut_ref(|| snapshot.import);
    use_effect_with((snapshot.import, snapshot.totals), move |(import, totals)| {
        let was = before.replace(*import);
        if was == ImportState::Working && *import == ImportState::Done {
            on_end.emit(*totals);
        }
    });
}
