//! Texts as numbers: every distinct text is kept once.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use vitrail_kernels::interner::Interner;

use super::TermId;

/// Texts that have the same id in every dictionary, from 1 on, so that
/// comparing with them needs no look-up.
const FIXED: [&str; 6] = ["", "pass", "fail", "none", "quarantine", "reject"];

impl TermId {
    /// Not stated.
    pub const ABSENT: Self = Self(0);
    /// Stated, and empty.
    pub const EMPTY: Self = Self(1);
    pub const PASS: Self = Self(2);
    pub const FAIL: Self = Self(3);
    pub const NONE: Self = Self(4);
    pub const QUARANTINE: Self = Self(5);
    pub const REJECT: Self = Self(6);
}

/// The dictionary of texts. A [`TermId`] is the text's number in it plus one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms(Interner<u8>);

impl Default for Terms {
    fn default() -> Self {
        let mut terms = Interner::<u8>::default();
        for text in FIXED {
            terms.intern(text.as_bytes());
        }
        Self(terms)
    }
}

impl Terms {
    pub fn intern(&mut self, text: &str) -> TermId {
        TermId(self.0.intern(text.as_bytes()) + 1)
    }

    pub fn intern_text(&mut self, text: &Option<Cow<'_, str>>) -> TermId {
        TermId(self.0.intern_text(text))
    }

    /// `None` where the text is not stated.
    pub fn get(&self, id: TermId) -> Option<&str> {
        let id = id.0.checked_sub(1)?;
        str::from_utf8(self.0.get(id)).ok()
    }

    /// Ids are less than this.
    pub fn bound(&self) -> usize {
        self.0.len() + 1
    }

    pub fn bytes(&self) -> u64 {
        self.0.bytes()
    }

    /// Whether these are texts, and the fixed ones where they belong.
    pub(super) fn is_sound(&self) -> bool {
        let fixed = || (1..).zip(FIXED).all(|(id, text)| self.get(TermId(id)) == Some(text));
        self.0.is_sound() && self.0.are_texts() && fixed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fixed_ids_are_those_of_their_words() {
        let mut terms = Terms::default();
        assert_eq!(terms.intern(""), TermId::EMPTY);
        assert_eq!(terms.intern("pass"), TermId::PASS);
        assert_eq!(terms.intern("fail"), TermId::FAIL);
        assert_eq!(terms.intern("none"), TermId::NONE);
        assert_eq!(terms.intern("quarantine"), TermId::QUARANTINE);
        assert_eq!(terms.intern("reject"), TermId::REJECT);
        assert_eq!(terms.bound(), FIXED.len() + 1);
        assert!(terms.is_sound());
    }

    #[test]
    fn not_stated_is_not_empty() {
        let mut terms = Terms::default();
        let absent = terms.intern_text(&None);
        let empty = terms.intern_text(&Some("".into()));
        assert_eq!((terms.get(absent), terms.get(empty)), (None, Some("")));
    }
}
