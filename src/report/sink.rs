//! The one way out of a reader.

use super::{AggregateRecord, Failure, Header, TlsPolicy};
use crate::base::{Kind, Whereabouts};

/// Takes the facts of a part, in the order in which they stand.
///
/// Rows come first and the header last, whatever the order in the document:
/// only at its end is it known what the header says (in every format the
/// order of elements is free in practice). A report without any row still
/// ends with its header. What is handed over is borrowed: a sink keeps what it
/// needs.
pub trait Sink {
    /// One `<record>` of an aggregate report.
    fn record(&mut self, record: &AggregateRecord<'_>);

    /// One element of `policies` in a TLS report.
    fn tls_policy(&mut self, policy: &TlsPolicy<'_>);

    /// What a failure report says of one message.
    fn failure(&mut self, failure: &Failure<'_>);

    /// The end of a report: its metadata. Called exactly once for each report,
    /// after all its rows; nearly always a part is one report, but a JSON part
    /// may hold several, one after the other.
    fn header(&mut self, header: &Header<'_>);

    /// A fault that was tolerated, or a loss, in the part being read.
    fn finding(&mut self, kind: Kind, at: Whereabouts, detail: &str);
}
