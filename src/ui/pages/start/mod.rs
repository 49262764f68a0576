//! The first screen: every way to open something, and the promise.

mod opener;
mod paste;
mod window;

use yew::prelude::*;

use crate::ui::components::promise;
use crate::ui::hooks::use_language;
use opener::Opener;
use paste::PasteBox;

#[component]
pub fn Start() -> Html {
    let language = use_language();
    html! {
        <div class="start">
            <div class="start__lede">
                <h1>{language.text("start.title")}</h1>
                <p>{language.text("start.lede")}</p>
            </div>
            <Opener />
            <div class="start__more">
                <section class="card start__promise">
                    <h2 class="card__title">{language.text("promise.title")}</h2>
                    {promise(language)}
                </section>
                <PasteBox />
                <section class="card">
                    <h2 class="card__title">{language.text("start.reads")}</h2>
                    <ul class="start__reads">
                        for key in READS {
                            <li>{language.text(key)}</li>
                        }
                    </ul>
                </section>
            </div>
        </div>
    }
}

/// What can be opened, by its message.
const READS: [&str; 4] =
    ["start.reads-mails", "start.reads-archives", "start.reads-plain", "start.reads-odd"];
