//! DNS records and the policy file of mail security: DMARC, SPF, MTA-STS, TLS-RPT.
//!
//! Reads what people publish, says what is wrong and how it should be, writes it
//! anew. Nothing here asks DNS or the network: texts come in, diagnostics and texts
//! go out. Words are in message files ([`words`]); here are their
//! codes and arguments ([`message`]).

pub mod check;
pub mod diagnostic;
pub mod dmarc;
pub mod explain;
mod fields;
pub mod kind;
pub mod lookup;
pub mod message;
pub mod mta_sts;
pub mod name;
pub(crate) mod near;
pub mod record;
pub mod spf;
mod tags;
mod text;
pub mod tls_rpt;
pub mod txt;
pub mod uri;
pub mod words;

pub use diagnostic::{Checked, Diagnostic, Position, Severity, has_faults};
pub use kind::Kind;
pub use message::{Message, Say};
pub use record::RecordKind;
pub use text::shown_lines;
pub use words::Words;
