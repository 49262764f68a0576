//! Lists of terms as numbers: what one record says of its signatures, of the
//! verdict and its reasons, is kept once, however many records say the same.
//!
//! A list is a flat run of terms; how many make an entry is known to who wrote it
//! (`facts`).

use serde::{Deserialize, Serialize};
use vitrail_kernels::interner::{Interner, Many};
use vitrail_kernels::rows::are_below;

use super::{ListId, TermId};

/// The dictionary of lists.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lists(Interner<u32>);

impl Default for Lists {
    fn default() -> Self {
        let mut lists = Interner::<u32>::default();
        lists.intern(&[]);
        Self(lists)
    }
}

impl Lists {
    pub fn intern(&mut self, list: &[TermId]) -> ListId {
        // Nearly all records have nothing that is in no schema.
        if list.is_empty() { ListId::default() } else { ListId(self.0.intern(words(list))) }
    }

    /// Those of many lists, by the numbers of their terms.
    pub fn intern_all<'m>(&mut self, many: &'m mut Many) -> &'m [ListId] {
        bytemuck::cast_slice(self.0.intern_all(many))
    }

    pub fn get(&self, id: ListId) -> &[TermId] {
        bytemuck::cast_slice(self.0.get(id.0))
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
            && are_below(self.0.items(), terms)
    }
}

fn words(list: &[TermId]) -> &[u32] {
    bytemuck::cast_slice(list)
}
