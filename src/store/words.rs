//! Registered words as terms, without a look-up: half of what a record states are such words.

use super::{TermId, Terms};
use crate::report::Vocabulary;
use crate::report::token::WORDS;

/// The term of each word, absent until it is met. It says nothing that the terms do not.
#[derive(Clone, Debug)]
pub(super) struct Words([TermId; WORDS]);

impl Default for Words {
    fn default() -> Self {
        Self([TermId::ABSENT; WORDS])
    }
}

/// Dictionaries are equal whatever words were met while they were filled.
impl PartialEq for Words {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Words {}

impl Words {
    pub fn term<V: Vocabulary>(&mut self, word: V, terms: &mut Terms) -> TermId {
        // invariant: words have numbers less than that of all words.
        let term = &mut self.0[word.number()];
        if *term == TermId::ABSENT {
            *term = terms.intern(word.as_str());
        }
        *term
    }
}
