//! The SPF record of a domain (RFC 7208): which hosts may send for it.

mod evaluate;
mod read;
mod term;

use std::fmt;

use crate::base::Network;
pub use evaluate::{Evaluation, Reach, evaluate, reach};
pub use read::read;
pub use term::{Directive, Hosts, Mechanism, Qualifier, Term};

/// Look-ups of DNS that a check may cost (RFC 7208 §4.6.4).
pub const LOOKUP_LIMIT: usize = 10;

/// A record: its terms in their order. Its `Display` is the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    pub terms: Vec<Term>,
}

impl Record {
    /// The mechanisms that are looked at: nobody reads on behind `all`.
    pub fn directives(&self) -> impl Iterator<Item = &Directive> {
        let mut ended = false;
        self.terms.iter().filter_map(Term::directive).take_while(move |directive| {
            !std::mem::replace(&mut ended, directive.mechanism == Mechanism::All)
        })
    }

    /// What happens to everybody who is not mentioned.
    pub fn all(&self) -> Option<Qualifier> {
        let all = |directive: &&Directive| directive.mechanism == Mechanism::All;
        self.directives().find(all).map(|directive| directive.qualifier)
    }

    /// The domain whose record is asked where nothing here matches.
    pub fn redirect(&self) -> Option<&str> {
        if self.all().is_some() {
            return None;
        }
        self.terms.iter().find_map(|term| match term {
            Term::Modifier { name, value } if name.eq_ignore_ascii_case("redirect") => {
                Some(value.as_str())
            }
            _ => None,
        })
    }

    /// Look-ups that the record itself costs; those of included records come on top.
    pub fn lookups(&self) -> usize {
        let mechanisms = self.directives().filter(|directive| directive.mechanism.looks_up());
        mechanisms.count() + usize::from(self.redirect().is_some())
    }

    /// The networks that the record names, with what it says of them.
    pub fn networks(&self) -> impl Iterator<Item = (Qualifier, Network)> {
        self.directives().filter_map(|directive| match directive.mechanism {
            Mechanism::Ip(network) => Some((directive.qualifier, network)),
            _ => None,
        })
    }

    /// The domains whose records count as well.
    pub fn includes(&self) -> impl Iterator<Item = &str> {
        self.directives().filter_map(|directive| match &directive.mechanism {
            Mechanism::Include(domain) => Some(domain.as_str()),
            _ => None,
        })
    }
}

impl fmt::Display for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("v=spf1")?;
        for term in &self.terms {
            write!(f, " {term}")?;
        }
        Ok(())
    }
}
