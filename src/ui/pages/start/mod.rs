//! The first screen: every way to open something, and the promise.

mod opener;
mod paste;
mod window;

use yew::prelude::*;

use crate::query::Totals;
use crate::ui::components::promise;
use crate::ui::hooks::{current_route, go_to, use_import_end, use_language};
use crate::view::{Route, Screen};
use opener::Opener;
use paste::PasteBox;

#[component]
pub fn Start() -> Html {
    let language = use_language();
    let look = use_callback((), |totals: Totals, ()| {
        // Whoever has gone somewhere just now stays there.
        if current_route().screen == Screen::Start {
            go_to(&Route::to(first_look(&totals)).to_string());
        }
    });
    use_import_end(look);
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

/// The screen that shows what an import gave.
fn first_look(totals: &Totals) -> Screen {
    match totals {
        Totals { reports: 0, .. } => Screen::Files,
        Totals { records: 0, .. } => Screen::Reports,
        _ => Screen::Overview,
    }
}
