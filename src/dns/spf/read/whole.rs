//! What can be said only of the whole record.

use super::{LOOKUP_LIMIT, Reading};
use crate::dns::kind::Kind;
use crate::dns::message::Message;
use crate::dns::spf::{Directive, Mechanism, Qualifier, Term};

/// Octets above which an answer may not fit into a packet of 512 (RFC 7208 §3.4).
const COMFORTABLE: usize = 450;
/// Look-ups of the record itself from which on few are left for what it includes.
const LOOKUPS_NEAR: usize = 8;

impl Reading<'_> {
    pub(super) fn whole(&mut self) {
        let terms: Vec<_> = self.places.iter().copied().zip(self.record.terms.clone()).collect();
        let all = terms.iter().position(|(_, term)| mechanism(term) == Some(&Mechanism::All));
        self.end(&terms, all);
        for (at, term) in &terms {
            if matches!(mechanism(term), Some(Mechanism::Ptr(_))) {
                self.say(*at, Kind::SpfPtr.into());
            }
        }
        let lookups = self.record.lookups();
        let kind = match lookups {
            count if count > LOOKUP_LIMIT => Some(Kind::SpfLookups),
            LOOKUPS_NEAR.. => Some(Kind::SpfLookupsNear),
            _ => None,
        };
        if let Some(kind) = kind {
            self.say(0, Message::new(kind).arg("count", lookups));
        }
        let octets = self.reader.txt.text.len();
        if octets > COMFORTABLE {
            self.say(0, Message::new(Kind::SpfLong).arg("octets", octets));
        }
    }

    /// How the record ends: `all`, `redirect`, or not at all.
    fn end(&mut self, terms: &[(usize, Term)], all: Option<usize>) {
        let redirect = terms
            .iter()
            .find(|(_, term)| matches!(term, Term::Modifier { name, .. } if name == "redirect"));
        let Some(index) = all else {
            if redirect.is_none() {
                self.say(0, Kind::SpfAllMissing.into());
            }
            return;
        };
        if let Some((at, _)) = redirect {
            self.say(*at, Kind::SpfRedirectUnused.into());
        }
        for (at, term) in terms.get(index..).unwrap_or_default() {
            match term {
                Term::Directive(Directive { qualifier, mechanism: Mechanism::All }) => {
                    self.all(*at, *qualifier);
                }
                Term::Directive(_) => {
                    let message = Message::new(Kind::SpfAfterAll).arg("found", term);
                    self.say(*at, message);
                }
                Term::Modifier { .. } => {}
            }
        }
    }

    fn all(&mut self, at: usize, qualifier: Qualifier) {
        match qualifier {
            Qualifier::Pass => self.say(at, Kind::SpfAllPass.into()),
            Qualifier::Neutral => self.say(at, Kind::SpfAllNeutral.into()),
            Qualifier::Fail | Qualifier::SoftFail => {}
        }
    }
}

fn mechanism(term: &Term) -> Option<&Mechanism> {
    term.directive().map(|directive| &directive.mechanism)
}
