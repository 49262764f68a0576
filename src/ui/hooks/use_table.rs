//! What every table screen keeps: how it is sorted, which rows it has asked
//! for, which row is open.

use yew::prelude::*;

use super::{go_to, use_visit};
use crate::query::Window;
use crate::ui::components::Column;
use crate::view::{Route, SortKey};

/// The state of one table, and what changes it.
#[derive(Clone, PartialEq)]
pub struct Table {
    pub sort: SortKey,
    /// Of the address: another one, and it is another table.
    pub filter: String,
    pub window: Window,
    pub open: Option<u32>,
    pub on_sort: Callback<SortKey>,
    pub on_window: Callback<Window>,
    pub on_open: Callback<Option<u32>>,
}

/// Rows asked for before the table has been measured.
const FIRST: Window = Window { offset: 0, limit: 128 };

/// The sort is the fragment's, where it names one of the columns, else `first`.
#[hook]
pub fn use_table(columns: &[Column], first: &'static str) -> Table {
    let route = use_visit().route;
    let window = use_state_eq(|| FIRST);
    let open = use_state_eq(|| None);
    let is_ours = |sort: &SortKey| columns.iter().any(|column| column.code == sort.column);
    let sort = route.sort.clone().filter(is_ours);
    let sort = sort.or_else(|| SortKey::parse(first)).unwrap_or_default();
    let filter = route.filter.clone();

    let on_sort = use_callback(route, |sort: SortKey, route| {
        go_to(&Route { sort: Some(sort), ..route.clone() }.to_string());
    });
    // Another row stands there now.
    let close = open.setter();
    use_effect_with((sort.clone(), filter.clone()), move |_| close.set(None));
    Table {
        sort,
        filter,
        window: *window,
        open: *open,
        on_sort,
        on_window: use_memo_callback(window.setter()),
        on_open: use_memo_callback(open.setter()),
    }
}

/// A setter as a callback that stays the same.
#[hook]
fn use_memo_callback<T: 'static>(setter: UseStateSetter<T>) -> Callback<T> {
    use_callback((), move |value, ()| setter.set(value))
}
