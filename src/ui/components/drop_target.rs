//! The page takes drops everywhere, and shows it.

use yew::prelude::*;

use super::{Shape, icon};
use crate::ui::hooks::{use_dropped_files, use_visit};
use crate::web::pick::Picked;

#[component]
pub fn DropTarget() -> Html {
    let visit = use_visit();
    let on_drop = use_callback(visit.session, |files: Vec<Picked>, session| session.add(files));
    let is_over = use_dropped_files(on_drop);
    html! {
        if is_over {
            <div class="drop-target" data-testid="drop-target">
                <p class="drop-target__words">{icon(Shape::Plus)}{visit.language.text("open.drop-now")}</p>
            </div>
        }
    }
}
