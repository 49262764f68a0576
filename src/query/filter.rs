//! Which records count: a set of conditions that can be sent, compared and
//! written as one line (see [`text`](super::text)).
//!
//! A record counts if all of this holds:
//!
//! - for each dimension that is named, one of the values asked for, and none of
//!   those ruled out;
//! - each word without a dimension stands somewhere in it, and none that is
//!   ruled out;
//! - its report's period touches the time asked for.
//!
//! So do the rows of TLS reports: the summary of a policy, and each of its failure
//! details. What one table knows nothing of is not asked of it; reports, which are of all
//! tables, must have everything.
//!
//! What is asked of DKIM domain, selector and result must hold of one and the
//! same signature; so with SPF. What is ruled out must hold of none.
//!
//! A report counts whole or not at all: its messages bear no time of their own.
//! It counts when its period and the time asked for overlap, so that no message
//! of that time is missed (some from just before or after may be counted too).
//! A period's end is not part of it: a report of one day, to midnight, is not of
//! the next. One that states no time is of none.

use serde::{Deserialize, Serialize};

use super::dimension::{Dimension, Key, Kind, name};
use super::table::Table;
use crate::base::{Network, UnixSeconds};

/// See the module's text. Equal filters are equal as values: the conditions
/// have one order, and none is there twice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Filter {
    terms: Vec<Term>,
    /// The first moment of the time asked for.
    pub since: Option<UnixSeconds>,
    /// The first moment after the time asked for.
    pub until: Option<UnixSeconds>,
}

/// One condition.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Term {
    /// `None` for a word that may stand in any text or address.
    pub on: Option<Dimension>,
    /// Ruled out instead of asked for.
    pub not: bool,
    pub test: Test,
}

/// What is asked of a value.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Test {
    /// To be this one, or not stated at all.
    Is(Key),
    /// To contain this text, whatever the case of letters.
    Has(String),
    /// To be an address in this network.
    In(Network),
}

impl Term {
    /// A value of a dimension, as an answer names it.
    pub fn is(on: Dimension, key: Key) -> Self {
        let address = |key: &Key| match on.kind() {
            Kind::Address => key.as_deref().and_then(Network::parse),
            _ => None,
        };
        let test = match (address(&key), key) {
            (Some(network), _) => Test::In(network),
            (None, Some(key)) if on.kind() == Kind::Name => Test::Is(Some(name(&key))),
            (None, key) => Test::Is(key),
        };
        Self { on: Some(on), not: false, test }
    }

    /// The same, ruled out or asked for.
    pub fn negated(self) -> Self {
        Self { not: !self.not, ..self }
    }
}

impl Filter {
    pub fn new(terms: impl IntoIterator<Item = Term>) -> Self {
        let mut filter = Self::default();
        terms.into_iter().for_each(|term| filter.add(term));
        filter
    }

    /// The conditions, in their order.
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// The conditions on one dimension; on `None`, the words.
    pub fn on(&self, dimension: Option<Dimension>) -> impl Iterator<Item = &Term> {
        self.terms.iter().filter(move |term| term.on == dimension)
    }

    /// Whether all records count.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    pub fn has(&self, term: &Term) -> bool {
        self.terms.binary_search(term).is_ok()
    }

    /// The empty text stands in each text: to ask for it asks nothing.
    pub fn add(&mut self, term: Term) {
        if term.test == Test::Has(String::new()) {
            return;
        }
        if let Err(place) = self.terms.binary_search(&term) {
            self.terms.insert(place, term);
        }
    }

    pub fn remove(&mut self, term: &Term) {
        self.terms.retain(|other| other != term);
    }

    /// Without the conditions on what a table knows nothing of: what it is asked, so that the
    /// filter can hold on all screens.
    pub fn on_table(&self, table: Table) -> Self {
        let mut rest = self.clone();
        rest.terms.retain(|term| !term.on.is_some_and(|on| on.is_foreign(table)));
        rest
    }

    /// Without the conditions on this dimension: what the counts beside its
    /// choices follow.
    pub fn without(&self, dimension: Dimension) -> Self {
        let mut rest = self.clone();
        rest.terms.retain(|term| term.on != Some(dimension));
        rest
    }

    /// With this value of a dimension asked for, or that there is none, in the place of all
    /// conditions on it.
    pub fn only(&self, dimension: Dimension, key: &Key) -> Self {
        let mut narrow = self.without(dimension);
        narrow.add(Term::is(dimension, key.clone()));
        narrow
    }
}
