//! What was read from pasted output.

use std::collections::BTreeMap;

use super::{Fetch, Question, RecordType};
use crate::dns::RecordKind;
use crate::dns::name::normal;

/// All that pasted output says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pasted {
    /// What DNS said; the last answer where a question was asked again.
    pub answers: BTreeMap<Question, Answer>,
    /// Requests for policy files, in their order.
    pub fetches: Vec<Fetch>,
    /// TXT records that stand alone: they say what they are, but not whose.
    pub loose: Vec<(RecordKind, String)>,
}

/// What DNS said to one question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    pub state: State,
    /// TXT records, the strings of each one joined.
    pub texts: Vec<String>,
    pub servers: Vec<Mx>,
}

/// How DNS answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum State {
    /// With records, or that the name has none of this type.
    #[default]
    Answered,
    /// The name does not exist.
    NoName,
    /// There was no answer, or a refusal.
    Failed,
}

/// One MX record.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mx {
    pub preference: u16,
    /// In lower case, without a dot at the end; empty for "receives no mail" (RFC 7505).
    pub host: String,
}

impl Pasted {
    /// What DNS said; where a name does not exist, that holds for all types.
    pub fn answer(&self, name: &str, kind: RecordType) -> Option<&Answer> {
        let exact = self.answers.get(&Question::new(name, kind));
        exact.or_else(|| {
            let others = RecordType::ALL.into_iter().map(|kind| Question::new(name, kind));
            others
                .filter_map(|question| self.answers.get(&question))
                .find(|answer| answer.state == State::NoName)
        })
    }

    /// The last request for the file on this host. One that does not name its host is taken
    /// for it.
    pub fn fetch(&self, host: &str) -> Option<&Fetch> {
        let of = |wanted: Option<&str>| {
            self.fetches.iter().rev().find(|fetch| fetch.host.as_deref() == wanted)
        };
        of(Some(&normal(host))).or_else(|| of(None))
    }

    /// Takes out what does not say whose it is, which tells nothing where several domains
    /// were asked about; whether there was any of it.
    pub fn drop_nameless(&mut self) -> bool {
        let before = self.loose.len() + self.fetches.len();
        self.loose.clear();
        self.fetches.retain(|fetch| fetch.host.is_some());
        self.fetches.len() < before
    }

    /// Whether nothing was recognised.
    pub fn is_empty(&self) -> bool {
        self.answers.is_empty() && self.fetches.is_empty() && self.loose.is_empty()
    }
}
