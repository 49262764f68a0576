//! What rows state beyond all schemas, for the few that do.

use serde::{Deserialize, Serialize};
use std::ops::Range;

use super::{ListId, RowId};

/// Lists (`Dictionaries::extras`) by row, in the order of the rows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extras(Vec<(RowId, ListId)>);

impl Extras {
    /// Gives a row behind all others its list, unless that is empty.
    pub fn push(&mut self, row: RowId, list: ListId) {
        if list != ListId::default() {
            self.0.push((row, list));
        }
    }

    /// Gives rows from `start` on the lists that others had, by their place among those.
    pub(super) fn append(
        &mut self,
        start: usize,
        lists: impl Iterator<Item = (usize, ListId)>,
        mut here: impl FnMut(ListId) -> ListId,
    ) {
        lists.for_each(|(at, list)| self.push(RowId((start + at) as u32), here(list)));
    }

    /// The empty list where a row has none.
    pub fn of(&self, row: RowId) -> ListId {
        let at = self.0.binary_search_by_key(&row, |(row, _)| *row).ok();
        at.and_then(|at| self.0.get(at)).map_or(ListId::default(), |(_, list)| *list)
    }

    /// Those of a range of rows, by their place in it.
    pub fn within(&self, rows: Range<usize>) -> impl Iterator<Item = (usize, ListId)> {
        let first = self.0.partition_point(|(row, _)| row.index() < rows.start);
        let rest = self.0.iter().skip(first).take_while(move |(row, _)| row.index() < rows.end);
        rest.map(move |(row, list)| (row.index() - rows.start, *list))
    }

    /// Takes away those of the rows from this one on.
    pub fn truncate(&mut self, rows: usize) {
        self.0.truncate(self.0.partition_point(|(row, _)| row.index() < rows));
    }

    /// Memory held.
    pub fn bytes(&self) -> u64 {
        (self.0.capacity() * size_of::<(RowId, ListId)>()) as u64
    }

    /// Whether they are in order and of rows and lists that there are.
    pub(super) fn is_sound(&self, rows: usize, lists: usize) -> bool {
        self.0.is_sorted_by(|(a, _), (b, _)| a < b)
            && self.0.iter().all(|(row, list)| row.index() < rows && list.index() < lists)
    }
}
