//! The drop zone with its buttons.

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::window::Window;
use crate::ui::components::{Icon, Shape, choose_files, choose_folder};
use crate::ui::hooks::{use_language, use_session};
use crate::web::sample;

#[component]
pub fn Opener() -> Html {
    let language = use_language();
    let files = use_callback((), |_: MouseEvent, ()| choose_files());
    let folder = use_callback((), |_: MouseEvent, ()| choose_folder());
    html! {
        <section class="opener" aria-label={language.text("open.title")}>
            <Window />
            <p class="opener__words">{language.text("open.drop")}</p>
            <div class="opener__buttons">
                <button type="button" class="button button--primary" onclick={files}>
                    <Icon shape={Shape::File} />{language.text("open.files")}
                </button>
                <button type="button" class="button" onclick={folder}>
                    <Icon shape={Shape::Folder} />{language.text("open.folder")}
                </button>
                <SampleButton />
            </div>
        </section>
    }
}

/// Sample data can only be had from an unlocked page.
#[component]
fn SampleButton() -> Html {
    let language = use_language();
    let session = use_session();
    let failed = use_state_eq(|| false);
    let onclick = use_callback((session, failed.setter()), |_: MouseEvent, (session, failed)| {
        let (session, failed) = (session.clone(), failed.clone());
        spawn_local(async move {
            match sample::load().await {
                Some(files) => session.add(files),
                None => failed.set(true),
            }
        });
    });
    html! {
        <>
            <button type="button" class="button" {onclick}>
                <Icon shape={Shape::Sample} />{language.text("open.sample")}
            </button>
            if *failed {
                <p class="opener__failed" role="alert">{language.text("open.sample-failed")}</p>
            }
        </>
    }
}
