//! What is shown where nothing can be drawn.

use gloo::utils::window;
use yew::prelude::*;

use super::Props;
use crate::screens::Part;
use crate::view::{Language, Route};

/// The program has not come: a reload fetches it.
pub fn lost(props: &Props, language: Language) -> Html {
    // Once is enough, and above its screen a filter is no loss of its own.
    if props.part == Part::Bar {
        return Html::default();
    }
    let reload = |_: MouseEvent| {
        let _ = window().location().reload();
    };
    html! {
        <div class="painted__lost" role="alert">
            if props.part == Part::Screen {
                <h1>{language.text(&format!("screen.{}", Route::parse(&props.route).screen.path()))}</h1>
            }
            <p>{language.text("painted.lost")}</p>
            <button type="button" class="button button--primary" onclick={reload}>
                {language.text("painted.reload")}
            </button>
        </div>
    }
}
