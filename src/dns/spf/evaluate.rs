//! What a record says of an address (RFC 7208 §4.6, §5), as far as it can be told from
//! records that are at hand: nothing here asks DNS.

use std::net::IpAddr;

use super::{LOOKUP_LIMIT, Mechanism, Qualifier, Record};

/// What a record says of an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Evaluation {
    /// This, whatever is not known.
    Says(Qualifier),
    /// It depends on terms that only DNS can tell of.
    Open {
        /// What holds where none of them matches.
        otherwise: Qualifier,
        /// The terms, as they stand in their records.
        terms: Vec<String>,
    },
    /// Receivers stop with an error: more than [`LOOKUP_LIMIT`] look-ups.
    Error,
}

/// The records of other domains, as far as they are known.
pub type Known<'a> = &'a dyn Fn(&str) -> Option<Record>;

/// What the record says of the address.
pub fn evaluate(record: &Record, address: IpAddr, known: Known<'_>) -> Evaluation {
    let mut walk = Walk { known, lookups: 0, missing: Vec::new() };
    walk.evaluate(record, address).unwrap_or(Evaluation::Error)
}

/// How far a record reaches into other records.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// Look-ups of the record and of those that it includes, as far as they are known; no
    /// more than one beyond [`LOOKUP_LIMIT`] is counted.
    pub lookups: usize,
    /// Domains whose records are needed and not known.
    pub missing: Vec<String>,
}

/// Counts the look-ups that a check costs at most.
pub fn reach(record: &Record, known: Known<'_>) -> Reach {
    let mut walk = Walk { known, lookups: 0, missing: Vec::new() };
    // That there are too many is told by their number.
    let _ = walk.count(record);
    Reach { lookups: walk.lookups, missing: walk.missing }
}

/// A walk through records that include each other. Each step costs a look-up, so that it
/// ends, even where they include themselves.
struct Walk<'a> {
    known: Known<'a>,
    lookups: usize,
    missing: Vec<String>,
}

impl Walk<'_> {
    fn look_up(&mut self) -> Option<()> {
        self.lookups += 1;
        (self.lookups <= LOOKUP_LIMIT).then_some(())
    }

    fn record(&mut self, domain: &str) -> Option<Record> {
        // What a macro stands for is only known with a message.
        let record = (!domain.contains('%')).then(|| (self.known)(domain))?;
        if record.is_none() && !self.missing.iter().any(|name| name == domain) {
            self.missing.push(domain.to_owned());
        }
        record
    }

    fn count(&mut self, record: &Record) -> Option<()> {
        for directive in record.directives() {
            if directive.mechanism.looks_up() {
                self.look_up()?;
            }
            if let Mechanism::Include(domain) = &directive.mechanism
                && let Some(included) = self.record(domain)
            {
                self.count(&included)?;
            }
        }
        if let Some(domain) = record.redirect() {
            self.look_up()?;
            if let Some(other) = self.record(domain) {
                self.count(&other)?;
            }
        }
        Some(())
    }

    /// `None` beyond the limit of look-ups.
    fn evaluate(&mut self, record: &Record, address: IpAddr) -> Option<Evaluation> {
        let mut open = Vec::new();
        for directive in record.directives() {
            if directive.mechanism.looks_up() {
                self.look_up()?;
            }
            let says = directive.qualifier;
            let included = match &directive.mechanism {
                Mechanism::Include(domain) => self.record(domain),
                _ => None,
            };
            let matches = match (&directive.mechanism, included) {
                (Mechanism::All, _) => true,
                (Mechanism::Ip(network), _) => network.contains(address),
                (_, Some(included)) => match self.evaluate(&included, address)? {
                    Evaluation::Says(said) => said == Qualifier::Pass,
                    Evaluation::Open { otherwise, terms } => {
                        let passes = otherwise == Qualifier::Pass;
                        let says = (!passes).then_some(says);
                        open.extend(terms.into_iter().map(|term| Open { says, term }));
                        passes
                    }
                    Evaluation::Error => return None,
                },
                (_, None) => {
                    open.push(Open { says: Some(says), term: directive.to_string() });
                    false
                }
            };
            if matches {
                return Some(settled(says, open));
            }
        }
        let Some(domain) = record.redirect() else {
            return Some(settled(Qualifier::Neutral, open));
        };
        self.look_up()?;
        let Some(other) = self.record(domain) else {
            open.push(Open { says: None, term: format!("redirect={domain}") });
            return Some(settled(Qualifier::Neutral, open));
        };
        Some(match self.evaluate(&other, address)? {
            Evaluation::Says(said) => settled(said, open),
            Evaluation::Open { otherwise, terms } => {
                open.extend(terms.into_iter().map(|term| Open { says: None, term }));
                settled(otherwise, open)
            }
            Evaluation::Error => return None,
        })
    }
}

/// A term of which it is not known whether it matches.
struct Open {
    /// What holds if it does, where that is one thing.
    says: Option<Qualifier>,
    term: String,
}

/// What is said in the end, where these terms before it may match.
fn settled(said: Qualifier, open: Vec<Open>) -> Evaluation {
    if open.iter().all(|open| open.says == Some(said)) {
        return Evaluation::Says(said);
    }
    let terms = open.into_iter().map(|open| open.term).collect();
    Evaluation::Open { otherwise: said, terms }
}

#[cfg(test)]
mod tests {
    use super::{Evaluation, Qualifier, Record, evaluate, reach};
    use crate::dns::spf::read;
    use crate::dns::txt::Txt;

    fn record(text: &str) -> Record {
        read(&Txt::plain(text)).value.unwrap_or_default()
    }

    fn known(domain: &str) -> Option<Record> {
        let text = match domain {
            "a.example.net" => "v=spf1 ip4:198.51.100.0/24 -all",
            "b.example.net" => "v=spf1 mx ~all",
            "loop.example.net" => "v=spf1 include:loop.example.net -all",
            _ => return None,
        };
        Some(record(text))
    }

    #[test]
    fn what_is_said() {
        use Qualifier::{Fail, Neutral, Pass, SoftFail};
        let open = |otherwise, terms: &[&str]| Evaluation::Open {
            otherwise,
            terms: terms.iter().map(|&term| term.to_owned()).collect(),
        };
        let says = Evaluation::Says;
        for (text, address, expected) in [
            ("v=spf1 ip4:192.0.2.0/24 -all", "192.0.2.9", says(Pass)),
            ("v=spf1 ip4:192.0.2.0/24 -all", "198.51.100.9", says(Fail)),
            ("v=spf1 ip4:192.0.2.0/24", "2001:db8::1", says(Neutral)),
            ("v=spf1 include:a.example.net ~all", "198.51.100.9", says(Pass)),
            ("v=spf1 include:a.example.net ~all", "203.0.113.9", says(SoftFail)),
            ("v=spf1 redirect=a.example.net", "203.0.113.9", says(Fail)),
            // Whether it is one of the mail servers or in the network, it passes.
            ("v=spf1 mx ip4:192.0.2.0/24 -all", "192.0.2.9", says(Pass)),
            ("v=spf1 mx ip4:192.0.2.0/24 -all", "203.0.113.9", open(Fail, &["mx"])),
            ("v=spf1 include:b.example.net ?all", "203.0.113.9", open(Neutral, &["mx"])),
            (
                "v=spf1 include:c.example.net -all",
                "203.0.113.9",
                open(Fail, &["include:c.example.net"]),
            ),
            (
                "v=spf1 redirect=c.example.net",
                "203.0.113.9",
                open(Neutral, &["redirect=c.example.net"]),
            ),
            ("v=spf1 include:loop.example.net -all", "203.0.113.9", Evaluation::Error),
        ] {
            let address = address.parse().expect("an address");
            assert_eq!(evaluate(&record(text), address, &known), expected, "{text} {address}");
        }
    }

    #[test]
    fn look_ups_are_counted_through_includes() {
        let count = |text| reach(&record(text), &known);
        let found = count("v=spf1 a include:b.example.net include:c.example.net -all");
        assert_eq!((found.lookups, found.missing), (4, vec!["c.example.net".to_owned()]));
        assert_eq!(count("v=spf1 include:loop.example.net -all").lookups, 11);
    }
}
