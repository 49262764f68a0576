//! What the user should know that is no finding on a file.

use yew::prelude::*;

use super::{Shape, icon};
use crate::ui::hooks::{use_language, use_snapshot};
use crate::web::snapshot::Notice;

#[component]
pub fn Notices() -> Html {
    let language = use_language();
    let snapshot = use_snapshot();
    html! {
        <div class="notices" role="alert">
            for notice in &snapshot.notices {
                <p class="notices__notice">{icon(Shape::Alert)}{language.text(key(*notice))}</p>
            }
        </div>
    }
}

const fn key(notice: Notice) -> &'static str {
    match notice {
        Notice::EngineRestarted => "notice.engine-restarted",
        Notice::EngineFailed => "notice.engine-failed",
        Notice::BuildMismatch => "notice.build-mismatch",
        Notice::WorkersUnavailable => "notice.workers-unavailable",
        Notice::LockFailed => "notice.lock-failed",
        Notice::NoSuffixes => "notice.no-suffixes",
    }
}
