//! Notices the moment at which an import ends.

use yew::prelude::*;

use super::use_snapshot;
use crate::query::Totals;

/// Calls `on_end` with the totals when an import is done, if this screen was there before.
#[hook]
pub fn use_import_end(on_end: Callback<Totals>) {
    let snapshot = use_snapshot();
    let before = use_mut_ref(|| snapshot.imports_done);
    use_effect_with(snapshot.imports_done, move |&done| {
        if before.replace(done) != done {
            on_end.emit(snapshot.totals);
        }
    });
}
