//! Details beside a table: the table keeps its place, Escape leads back to the row.

use gloo::utils::document;
use yew::prelude::*;

use super::{Shape, icon};
use crate::ui::hooks::use_language;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub title: Html,
    /// The row shown, and how many there are.
    pub row: u32,
    pub rows: u32,
    /// Another row, or none: the panel closes.
    pub on_open: Callback<Option<u32>>,
    pub children: Html,
}

#[component]
pub fn Panel(props: &Props) -> Html {
    let language = use_language();
    let panel = use_node_ref();
    let heading = use_node_ref();
    use_focus(props.row, panel.clone(), heading.clone());
    let onkeydown = use_callback(props.on_open.clone(), |event: KeyboardEvent, on_open| {
        if event.key() == "Escape" {
            event.stop_propagation();
            on_open.emit(None);
        }
    });
    let go = |row: Option<u32>| props.on_open.reform(move |_: MouseEvent| row);
    let (previous, next) =
        (props.row.checked_sub(1), Some(props.row + 1).filter(|row| *row < props.rows));
    html! {
        <aside class="panel" ref={panel} aria-labelledby="panel-title" {onkeydown}>
            <div class="panel__head">
                <h2 class="panel__title" id="panel-title" tabindex="-1" ref={heading}>{props.title.clone()}</h2>
                <button type="button" class="button button--icon" disabled={previous.is_none()}
                    title={language.text("panel.previous")} aria-label={language.text("panel.previous")}
                    onclick={go(previous)}>{icon(Shape::Previous)}</button>
                <button type="button" class="button button--icon" disabled={next.is_none()}
                    title={language.text("panel.next")} aria-label={language.text("panel.next")}
                    onclick={go(next)}>{icon(Shape::Next)}</button>
                <button type="button" class="button button--icon"
                    title={language.text("panel.close")} aria-label={language.text("panel.close")}
                    onclick={go(None)}>{icon(Shape::Cross)}</button>
            </div>
            // By keyboard it could not be scrolled otherwise.
            <div class="panel__body" tabindex="0">{props.children.clone()}</div>
        </aside>
    }
}

/// A row that was opened from the table moves the focus here; stepping on by
/// the panel's own buttons leaves it on them.
#[hook]
fn use_focus(row: u32, panel: NodeRef, heading: NodeRef) {
    use_effect_with(row, move |_| {
        let focused = document().active_element();
        let inside = panel.get().is_some_and(|panel| panel.contains(focused.as_deref()));
        if let Some(heading) = heading.cast::<web_sys::HtmlElement>().filter(|_| !inside) {
            let _ = heading.focus();
        }
    });
}
