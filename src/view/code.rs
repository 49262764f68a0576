//! Names of values in the keys of messages (`outcome.damaged.word`) and in
//! classes: they are of the page, whatever the wire or a file calls them.

use crate::base::{Format, Outcome, ReportKind, Severity};

/// A value whose messages are found by its name.
pub trait Code {
    /// Lower case, with `-` between words.
    fn code(self) -> &'static str;
}

impl Code for Severity {
    fn code(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Repaired => "repaired",
            Self::Lost => "lost",
            Self::Refused => "refused",
        }
    }
}

impl Code for Outcome {
    fn code(self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::Duplicate => "duplicate",
            Self::NotAReport => "not-a-report",
            Self::Empty => "empty",
            Self::Damaged => "damaged",
            Self::OverLimit => "over-limit",
            Self::Unread => "unread",
        }
    }
}

impl Code for ReportKind {
    fn code(self) -> &'static str {
        match self {
            Self::Aggregate => "aggregate",
            Self::Failure => "failure",
            Self::Tls => "tls",
        }
    }
}

impl Code for Format {
    fn code(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Mbox => "mbox",
            Self::Gzip => "gzip",
            Self::Zlib => "zlib",
            Self::Deflate => "deflate",
            Self::Zip => "zip",
            Self::Tar => "tar",
            Self::Base64 => "base64",
            Self::Msg => "msg",
            Self::Xml => "xml",
            Self::Json => "json",
            Self::Text => "text",
            Self::Binary => "binary",
            Self::Empty => "empty",
        }
    }
}
