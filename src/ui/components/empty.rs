//! What a screen says when it has nothing to show.

use yew::prelude::*;

use super::{Shape, choose_files, icon};
use crate::ui::hooks::{use_snapshot, use_visit};
use crate::web::snapshot::ImportState;

#[derive(Properties, PartialEq)]
pub struct Props {
    /// The key of what to say when files were read and gave none of this.
    pub none: &'static str,
}

/// Nothing in the store for this screen: not yet, not at all, or still on the way.
#[component]
pub fn Empty(props: &Props) -> Html {
    let visit = use_visit();
    let language = *visit.language;
    let snapshot = use_snapshot();
    let choose = use_callback((), |_: MouseEvent, ()| choose_files());
    let title = match snapshot.import {
        ImportState::Idle => "empty.idle",
        ImportState::Working => "empty.working",
        ImportState::Done | ImportState::Cancelled if snapshot.totals.files == 0 => "empty.files",
        _ if !visit.route.filter.is_empty() => "empty.filtered",
        ImportState::Done | ImportState::Cancelled => props.none,
    };
    html! {
        <div class="empty">
            <svg class="empty__sign" viewBox="0 0 64 64" width="64" height="64" aria-hidden="true">
                <path d="M32 2 62 32 32 62 2 32ZM17 17 47 47M47 17 17 47" />
            </svg>
            <p class="empty__title">{language.text(title)}</p>
            if snapshot.import == ImportState::Idle {
                <button type="button" class="button button--primary" onclick={choose}>
                    {icon(Shape::File)}{language.text("open.files")}
                </button>
            }
        </div>
    }
}
