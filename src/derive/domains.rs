//! Terms as domains, each looked at once: names to compare, and whose they are.

use crate::base::domain::comparable;
use crate::knowledge::Suffixes;
use crate::report::Vocabulary;
use crate::report::token::SpfScope;
use crate::store::{Alignment, Interner, Tables, TermId};

/// The domains of one set of tables, as far as they were met.
#[derive(Debug)]
pub struct Domains {
    suffixes: Option<Suffixes>,
    by_term: Vec<Domain>,
    /// Comparable names and organizational domains.
    names: Interner<u8>,
}

/// A term as a domain: two texts in [`Domains::names`], or one of the numbers below.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Domain {
    name: u32,
    organization: u32,
    /// It is the word that stands for the HELO name as the scope of a check.
    pub is_helo: bool,
}

/// Not met yet.
const UNMET: u32 = u32::MAX;
/// There is none: the text is no name, or the name an address.
const NONE: u32 = u32::MAX - 1;
/// It takes the list of suffixes to know.
const UNKNOWN: u32 = u32::MAX - 2;

impl Domain {
    /// Whether the text is a name at all.
    pub fn is_name(self) -> bool {
        self.name != NONE
    }

    /// Whether this one, the author's, and another align (RFC 9989 §3.2.10).
    pub fn aligns(self, other: Self, strict: bool) -> Alignment {
        match (self, other) {
            (Self { name: NONE, .. }, _) => Alignment::Unknown,
            (_, Self { name: NONE, .. }) => Alignment::No,
            _ if self.name == other.name => Alignment::Yes,
            _ if self.organization == NONE || other.organization == NONE => Alignment::No,
            // Strict does not, be it of the same organization or not.
            _ if self.organization == UNKNOWN && strict => Alignment::No,
            _ if self.organization == UNKNOWN => Alignment::Unknown,
            _ if self.organization != other.organization => Alignment::No,
            _ if strict => Alignment::Strict,
            _ => Alignment::Yes,
        }
    }
}

impl Domains {
    /// Without suffixes, organizational domains are not known.
    pub fn new(suffixes: Option<Suffixes>) -> Self {
        Self { suffixes, by_term: Vec::new(), names: Interner::default() }
    }

    /// Forgets what was met: terms are others from now on.
    pub fn clear(&mut self) {
        self.by_term.clear();
        self.names = Interner::default();
    }

    pub fn of(&mut self, tables: &Tables, term: TermId) -> Domain {
        let unmet = Domain { name: UNMET, organization: UNMET, is_helo: false };
        if let Some(known) = self.by_term.get(term.index())
            && *known != unmet
        {
            return *known;
        }
        let text = tables.dictionaries.terms.get(term).unwrap_or_default();
        let domain = self.read(text);
        if self.by_term.len() <= term.index() {
            self.by_term.resize(tables.dictionaries.terms.bound(), unmet);
        }
        if let Some(slot) = self.by_term.get_mut(term.index()) {
            *slot = domain;
        }
        domain
    }

    fn read(&mut self, text: &str) -> Domain {
        let is_helo = text == SpfScope::Helo.as_str();
        let Some(name) = comparable(text) else {
            return Domain { name: NONE, organization: NONE, is_helo };
        };
        let organization = match &self.suffixes {
            None => UNKNOWN,
            Some(suffixes) => suffixes
                .organizational_domain(&name)
                .map_or(NONE, |domain| self.names.intern(domain.as_bytes())),
        };
        Domain { name: self.names.intern(name.as_bytes()), organization, is_helo }
    }
}
