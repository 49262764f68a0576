//! Bytes → facts: the three report formats, tolerant and lossless.
//!
//! A reader pulls its bytes from a `BufRead` and pushes what it finds into a
//! [`Sink`] as it finds it; it builds no tree and never fails. Faults are
//! findings, pushed the same way. `store::Batch` is one sink, [`Report`] (a
//! plain value, for tests and detail pages) another, so that a report of a
//! gigabyte never exists in memory and there is one reader for all uses.

pub mod aggregate;
pub mod fact;
pub mod failure;
pub mod hints;
pub mod model;
pub mod sink;
pub mod text;
pub mod tls;
pub mod value;
pub mod xml;

pub use hints::{Hints, ReportName};
pub use model::{
    AggregateRecord, Auth, Dkim, Extra, Failure, Header, LangText, PolicyPublished, Reason, Spf,
    TlsFailure, TlsPolicy,
};
pub use sink::Sink;
pub use token::{Token, Vocabulary};
pub use value::Report;
pub use vitrail_kernels::token;
