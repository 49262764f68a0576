//! What became of a file or a part of it.

use bounded_static::ToStatic;
use serde::{Deserialize, Serialize};

/// The three kinds of report that Vitrail reads.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, ToStatic, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum ReportKind {
    /// DMARC aggregate report (RFC 7489 §7.2, RFC 9990).
    Aggregate,
    /// DMARC failure report and other ARF mails (RFC 5965, 6591, 9991).
    Failure,
    /// SMTP TLS report (RFC 8460).
    Tls,
}

/// What became of a file or part. The words for people are the UI's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// A report was read, perhaps with findings.
    Opened,
    /// A report with the same identity and content was counted already.
    Duplicate,
    /// Sound, but no report: a letter, a picture, a signature.
    NotAReport,
    /// Nothing in it, or the placeholder that some reporters send for nothing.
    Empty,
    /// Meant as a report, or as something that contains one, but too broken to give a record.
    Damaged,
    /// Stopped at a limit before it gave a record.
    OverLimit,
    /// Not read: the import was cancelled first.
    Unread,
}

/// What a run of bytes is, by its content and never by its name or declared type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// RFC 5322 message.
    Mail,
    /// Several messages in one file, any of the four variants.
    Mbox,
    Gzip,
    Zlib,
    Deflate,
    Zip,
    Tar,
    /// Base64 text that a person pasted or saved.
    Base64,
    /// Outlook's `.msg` (compound file).
    Msg,
    Xml,
    Json,
    /// Text that is none of the above.
    Text,
    Binary,
    Empty,
}

impl Format {
    /// Whether it holds one thing, and not members.
    pub const fn is_stream(self) -> bool {
        matches!(self, Self::Gzip | Self::Zlib | Self::Deflate | Self::Base64)
    }
}
