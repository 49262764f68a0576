//! The way from the reader to the sink: findings wait until their place is
//! known, and everything waits until the document is known to be a report.

use std::borrow::Cow;

use crate::base::{Kind, Whereabouts};
use crate::report::{AggregateRecord, Failure, Header, Sink, TlsPolicy};

type Detail = Cow<'static, str>;

/// Findings of a document that is not known to be a report yet, at most.
const HELD_FINDINGS: usize = 256;

pub(super) struct Out<'s> {
    sink: &'s mut dyn Sink,
    /// Found in the event at hand; its place is asked for afterwards.
    pending: Vec<(Kind, Detail)>,
    /// What was found before the first thing that only a report holds.
    held: Option<Vec<(Kind, Whereabouts, Detail)>>,
    /// Markup of the report at hand was broken.
    pub malformed: bool,
}

impl<'s> Out<'s> {
    pub fn new(sink: &'s mut dyn Sink) -> Self {
        Self { sink, pending: Vec::new(), held: Some(Vec::new()), malformed: false }
    }

    /// Notes a finding in the event at hand.
    pub fn note(&mut self, kind: Kind, detail: impl Into<Detail>) {
        self.malformed |=
            matches!(kind, Kind::XmlMalformed | Kind::XmlUnclosed | Kind::XmlTruncated);
        self.pending.push((kind, detail.into()));
    }

    /// Notes a finding about a value.
    pub fn note_value(&mut self, kind: Kind, path: &str, value: &str) {
        self.note(kind, format!("{path}: {value}"));
    }

    pub fn has_pending(&self) -> bool {
        !self.pending.is_empty()
    }

    /// Passes on what is pending, all of it found at this place.
    pub fn flush(&mut self, at: Whereabouts) {
        for (kind, detail) in self.pending.drain(..) {
            match &mut self.held {
                None => self.sink.finding(kind, at, &detail),
                Some(held) if held.len() < HELD_FINDINGS => held.push((kind, at, detail)),
                Some(_) => {}
            }
        }
    }

    /// The document is a report: nothing is held back any longer.
    pub fn release(&mut self) {
        for (kind, at, detail) in self.held.take().into_iter().flatten() {
            self.sink.finding(kind, at, &detail);
        }
    }

    pub fn is_released(&self) -> bool {
        self.held.is_none()
    }

    /// A finding whose place is known.
    pub fn note_at(&mut self, kind: Kind, at: Whereabouts, detail: &str) {
        self.sink.finding(kind, at, detail);
    }
}

/// What the readers of single values are given: their findings belong to the
/// event at hand.
impl Sink for Out<'_> {
    fn record(&mut self, record: &AggregateRecord<'_>) {
        self.sink.record(record);
    }

    fn tls_policy(&mut self, policy: &TlsPolicy<'_>) {
        self.sink.tls_policy(policy);
    }

    fn failure(&mut self, failure: &Failure<'_>) {
        self.sink.failure(failure);
    }

    fn header(&mut self, header: &Header<'_>) {
        self.sink.header(header);
    }

    fn finding(&mut self, kind: Kind, _: Whereabouts, detail: &str) {
        self.note(kind, detail.to_owned());
    }
}
