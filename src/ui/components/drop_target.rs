//! The page takes drops everywhere, and shows it.

use yew::prelude::*;

use super::{Icon, Shape};
use crate::ui::hooks::{use_dropped_files, use_language, use_session};
use crate::web::pick::Picked;

#[component]
pub fn DropTarget() -> Html {
    let language = use_language();
    let session = use_session();
    let on_drop = use_callback(session, |files: Vec<Picked>, session| session.add(files));
    let is_over = use_dropped_files(on_drop);
    html! {
        if is_over {
            <div class="drop-target" data-testid="drop-target">
                <p class="drop-target__words"><Icon shape={Shape::Plus} />{language.text("open.drop-now")}</p>
            </div>
        }
    }
}
