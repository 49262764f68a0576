//! Lists within a record, which must not grow without end.

use super::out::Out;
use super::schema::Element;
use crate::base::{Kind, Limits};

/// A list that stops at [`Limits::list_entries`].
#[derive(Clone, Debug)]
pub(super) struct List<T> {
    pub items: Vec<T>,
    full: bool,
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self { items: Vec::new(), full: false }
    }
}

impl<T> List<T> {
    pub fn clear(&mut self) {
        self.items.clear();
        self.full = false;
    }

    pub fn push(&mut self, item: T, element: Element, limits: &Limits, out: &mut Out<'_>) {
        if self.items.len() < limits.list_entries as usize {
            self.items.push(item);
        } else if !self.full {
            self.full = true;
            out.note(Kind::ListLimit, element.path());
        }
    }

    /// The item that is being read, if it is kept.
    pub fn with_last(&mut self, use_it: impl FnOnce(&mut T)) {
        if let Some(last) = self.items.last_mut().filter(|_| !self.full) {
            use_it(last);
        }
    }

    pub fn close(&mut self, element: Element, out: &mut Out<'_>, is_empty: impl Fn(&T) -> bool) {
        if !self.full && self.items.last().is_some_and(is_empty) {
            self.items.pop();
            out.note(Kind::EmptyValue, element.path());
        }
    }
}
