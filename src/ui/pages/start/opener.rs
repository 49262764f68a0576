//! The drop zone with its buttons.

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::window::window;
use crate::ui::components::{Shape, choose_files, choose_folder, icon};
use crate::ui::hooks::use_visit;
use crate::ui::state::Visit;
use crate::web::sample;

#[component]
pub fn Opener() -> Html {
    let Visit { session, language, .. } = use_visit();
    let is_loading = use_state_eq(|| false);
    let has_failed = use_state_eq(|| false);
    let (loading, failed) = (is_loading.setter(), has_failed.setter());
    // Sample data can only be had from an unlocked page.
    let take_sample = move |_: MouseEvent| {
        let (session, loading, failed) = (session.clone(), loading.clone(), failed.clone());
        loading.set(true);
        spawn_local(async move {
            let files = sample::load().await;
            loading.set(false);
            failed.set(files.is_none());
            session.add(files.unwrap_or_default());
        });
    };
    html! {
        <section class="opener" aria-label={language.text("open.title")}>
            {window()}
            <p class="opener__words">{language.text("open.drop")}</p>
            <div class="opener__buttons">
                <button type="button" class="button button--primary" onclick={|_| choose_files()}>
                    {icon(Shape::File)}{language.text("open.files")}
                </button>
                <button type="button" class="button" onclick={|_| choose_folder()}>
                    {icon(Shape::Folder)}{language.text("open.folder")}
                </button>
                <button type="button" class="button" disabled={*is_loading} onclick={take_sample}>
                    {icon(Shape::Sample)}{language.text("open.sample")}
                </button>
                if *has_failed {
                    <p class="opener__failed" role="alert">{language.text("open.sample-failed")}</p>
                }
            </div>
        </section>
    }
}
