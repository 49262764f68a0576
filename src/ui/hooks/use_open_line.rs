//! The line whose details are shown.

use std::cell::RefCell;
use std::rc::Rc;

use yew::prelude::*;

use crate::query::Lines;
use crate::ui::components::Line;
use crate::view::window::line;

/// The line of the open row. It is kept while the table scrolls on or the
/// store changes under it: what somebody reads does not turn into something else.
#[hook]
pub fn use_open_line<L: Line>(answer: Option<&Lines>, open: Option<u32>) -> Option<L> {
    let kept: Rc<RefCell<Option<(u32, L)>>> = use_mut_ref(|| None);
    let mut kept = kept.borrow_mut();
    if kept.as_ref().map(|(row, _)| *row) != open {
        *kept = open.and_then(|row| Some((row, line(L::page(answer?)?, row)?.clone())));
    }
    kept.as_ref().map(|(_, line)| line.clone())
}
