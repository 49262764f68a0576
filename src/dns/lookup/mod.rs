//! "Check my domain" without a request of our own: the questions to ask DNS and the
//! policy's host, as command lines, and what their output says, once it is pasted.
//!
//! ```text
//! domains ─► commands ─► a person's terminal ─► read ─► verdict
//! ```

mod commands;
mod fetch;
mod pasted;
mod read;
mod verdict;

pub use commands::{curl, dig, domains, nslookup, openssl, script, tlsa};
pub use fetch::{Certificate, Failure, Fetch, Outcome, Response};
pub use pasted::{Answer, Mx, Pasted, State};
pub use read::read;
pub use verdict::{DomainCheck, Found, Note, PolicyFile, Presence, Sender, check, spf_of};

use super::record::RecordKind;

/// A type of DNS records that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RecordType {
    Txt,
    Mx,
}

impl RecordType {
    pub const ALL: [Self; 2] = [Self::Txt, Self::Mx];

    /// As it stands in commands and zone files.
    pub const fn token(self) -> &'static str {
        match self {
            Self::Txt => "TXT",
            Self::Mx => "MX",
        }
    }

    /// The type of a token in any letter case.
    pub fn of_token(token: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.token().eq_ignore_ascii_case(token))
    }
}

/// What DNS is asked.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Question {
    /// In lower case, without a dot at the end.
    pub name: String,
    pub kind: RecordType,
}

impl Question {
    pub fn new(name: &str, kind: RecordType) -> Self {
        Self { name: super::name::normal(name), kind }
    }
}

/// What there is to ask DNS about a domain: its mail servers and its four records.
pub fn questions(domain: &str) -> Vec<Question> {
    let mut questions = vec![Question::new(domain, RecordType::Mx)];
    let names = RecordKind::ALL.into_iter().map(|kind| kind.name(domain));
    questions.extend(names.map(|name| Question::new(&name, RecordType::Txt)));
    questions
}
