//! Lists of terms as numbers: what one record says of its signatures, of the
//! verdict and its reasons, is kept once, however many records say the same.
//!
//! A list is a flat run of terms; how many make an entry is known to who wrote it
//! (`facts`).

use serde::{Deserialize, Serialize};

use super::interner::Interner;
use super::{ListId, TermId};

/// The dictionary of lists.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lists(Interner<TermId>);

impl Default for Lists {
    fn default() -> Self {
        let mut lists = Interner::default();
        lists.intern(&[]);
        Self(lists)
    }
}

impl Lists {
    pub fn intern(&mut self, list: &[TermId]) -> ListId {
        ListId(self.0.intern(list))
    }

    pub fn get(&self, id: ListId) -> &[TermId] {
        self.0.get(id.0)
    }

    /// Ids are less than this.
    pub fn bound(&self) -> usize {
        self.0.len()
    }

    pub fn bytes(&self) -> u64 {
        self.0.bytes()
    }

    /// Whether the first list is empty and all terms are less than `terms`.
    pub(super) fn is_sound(&self, terms: usize) -> bool {
        self.0.is_sound()
            && self.bound() > 0
            && self.get(ListId(0)).is_empty()
            && self.0.items().iter().all(|term| term.index() < terms)
    }
}
