//! The frame around every screen: skip link, header, notices, the drop target.

use wasm_bindgen::JsCast;
use yew::prelude::*;

use super::components::{DropTarget, Header, Notices, painted};
use super::hooks::use_visit;
use super::pages::Start;
use super::state::Generation;
use crate::screens::Part;
use crate::view::{Language, Screen};

#[derive(PartialEq, Properties)]
pub struct Props {
    pub generation: Generation,
}

#[component]
pub fn Shell(&Props { generation }: &Props) -> Html {
    let visit = use_visit();
    let (language, screen) = (*visit.language, visit.route.screen);
    let main = use_node_ref();
    use_document_language(language);
    use_effect_with((screen, language), |(screen, language)| set_title(*screen, *language));
    use_focus_on_change(screen, main.clone());
    let painted = |part, class| painted(part, class, &visit, generation);
    html! {
        <>
            <a class="skip-link" href="#main" onclick={skip_to(&main)}>
                {language.text("shell.skip")}
            </a>
            <Header />
            <main id="main" class={main_class(screen)} tabindex="-1" ref={main}>
                <Notices />
                if screen.is_filtered() {
                    {painted(Part::Bar, "filter")}
                }
                { match screen {
                    Screen::Start => html! { <Start /> },
                    screen if screen.is_table() => painted(Part::Screen, "screenful"),
                    screen => painted(Part::Screen, screen.name()),
                } }
            </main>
            <DropTarget />
        </>
    }
}

fn main_class(screen: Screen) -> Classes {
    match screen {
        screen if screen.is_table() => classes!("main", "main--table"),
        Screen::Explore => classes!("main", "main--wide"),
        _ => classes!("main"),
    }
}

/// A plain `#main` would be taken for a route.
fn skip_to(main: &NodeRef) -> Callback<MouseEvent> {
    let main = main.clone();
    Callback::from(move |event: MouseEvent| {
        event.prevent_default();
        focus(&main);
    })
}

fn focus(node: &NodeRef) {
    if let Some(element) = node.cast::<web_sys::HtmlElement>() {
        let _ = element.focus();
    }
}

/// Somebody who moves to a screen by keyboard goes on inside it.
#[hook]
fn use_focus_on_change(screen: Screen, main: NodeRef) {
    let shown = use_mut_ref(|| screen);
    use_effect_with(screen, move |screen| {
        if shown.replace(*screen) != *screen {
            focus(&main);
        }
    });
}

#[hook]
fn use_document_language(language: Language) {
    use_effect_with(language, |language| {
        let root = gloo::utils::document().document_element();
        if let Some(root) = root.and_then(|root| root.dyn_into::<web_sys::HtmlElement>().ok()) {
            root.set_lang(language.tag());
        }
    });
}

fn set_title(screen: Screen, language: Language) {
    let screen = language.text(&format!("screen.{}", screen.path()));
    gloo::utils::document().set_title(&language.fill("shell.title", &[("screen", screen)]));
}
