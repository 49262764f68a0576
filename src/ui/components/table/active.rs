//! The one row that is in the tab order, and its focus.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::utils::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, FocusOptions, HtmlElement};
use yew::prelude::*;

use crate::screens::Listing;
use crate::ui::hooks::Scrolling;

/// The active row of a table.
#[derive(Clone)]
pub struct Active {
    pub row: u32,
    set: UseStateSetter<u32>,
    scrolling: Scrolling,
    focus: Rc<Focus>,
}

#[derive(Default)]
struct Focus {
    /// The row that is to have it as soon as it is drawn.
    wanted: Cell<Option<u32>>,
    /// The button of a row that had it last. It may have been scrolled out of
    /// existence, and the focus with it.
    held: RefCell<Option<Element>>,
}

impl Active {
    /// Makes this row the active one.
    pub fn set(&self, row: u32) {
        self.set.set(row);
    }

    /// Moves there, with the focus.
    pub fn go(&self, row: u32) {
        self.focus.wanted.set(Some(row));
        self.show(row);
    }

    /// Moves there without.
    fn show(&self, row: u32) {
        self.set(row);
        self.scrolling.reveal(row);
    }

    /// Takes note of the row that gets the focus.
    pub fn follow_focus(&self) -> Callback<FocusEvent> {
        let focus = self.focus.clone();
        Callback::from(move |event: FocusEvent| {
            let target = event.target_dyn_into::<Element>();
            focus.held.replace(target.filter(|target| target.class_name() == "table__open"));
        })
    }

    /// Puts the focus where it belongs once the rows are drawn: on the wanted
    /// row, or on the box if its row is gone, so that the keys still work.
    fn settle_focus(&self) {
        let Some(scroller) = self.scrolling.scroller.cast::<HtmlElement>() else { return };
        if let Some(row) = self.focus.wanted.get() {
            let selector = format!("tr[data-row=\"{row}\"] .table__open");
            let found = scroller.query_selector(&selector).ok().flatten();
            if let Some(button) = found.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
                focus_in_place(&button);
                self.focus.wanted.set(None);
            }
        } else if self.focus.has_lost_it() {
            self.focus.held.take();
            focus_in_place(&scroller);
        }
    }
}

impl Focus {
    fn has_lost_it(&self) -> bool {
        let held = self.held.borrow();
        held.as_ref().is_some_and(|held| !held.is_connected()) && nothing_focused()
    }
}

/// The active row of this table.
#[hook]
pub fn use_active_row(listing: &Listing, scrolling: &Scrolling) -> Active {
    let row = use_state_eq(|| 0);
    let focus = use_memo((), |()| Focus::default());
    let active = Active {
        row: (*row).min(listing.total.saturating_sub(1)),
        set: row.setter(),
        scrolling: scrolling.clone(),
        focus,
    };

    // The row whose details are shown is the active one. When they close, the
    // focus that was in them comes back to it.
    let this = active.clone();
    let before = use_mut_ref(|| listing.open);
    use_effect_with((listing.open, listing.turn), move |(open, _)| {
        match (before.replace(*open), *open) {
            (_, Some(row)) => this.show(row),
            (Some(row), None) if nothing_focused() => this.go(row),
            (_, None) => {}
        }
    });
    // Sorted or filtered anew, it is read from the top.
    let this = active.clone();
    let before = use_mut_ref(|| listing.order.clone());
    use_effect_with(listing.order.clone(), move |order| {
        let is_other = before.replace(order.clone()) != *order;
        if is_other && !this.scrolling.go_back() {
            this.show(0);
        }
    });
    let this = active.clone();
    use_effect(move || this.settle_focus());
    active
}

fn nothing_focused() -> bool {
    let (focused, body) = (document().active_element(), document().body());
    focused.is_none_or(|focused| body.is_some_and(|body| *body == focused))
}

fn focus_in_place(element: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    let _ = element.focus_with_options(&options);
}
