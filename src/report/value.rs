//! One report as a plain value: the sink of tests and of a report's own page.

use bounded_static::ToBoundedStatic;
use serde::Serialize;

use super::{AggregateRecord, Failure, Header, Sink, TlsPolicy};
use crate::base::{Findings, Kind, Whereabouts};

/// Everything that one report states.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    pub header: Option<Header<'static>>,
    pub records: Vec<AggregateRecord<'static>>,
    pub tls_policies: Vec<TlsPolicy<'static>>,
    pub failures: Vec<Failure<'static>>,
    pub findings: Findings,
}

/// Sightings kept of a kind: enough for one report's page.
const SIGHTINGS: usize = 20;

impl Sink for Report {
    fn record(&mut self, record: &AggregateRecord<'_>) {
        self.records.push(record.to_static());
    }

    fn tls_policy(&mut self, policy: &TlsPolicy<'_>) {
        self.tls_policies.push(policy.to_static());
    }

    fn failure(&mut self, failure: &Failure<'_>) {
        self.failures.push(failure.to_static());
    }

    fn header(&mut self, header: &Header<'_>) {
        self.header = Some(header.to_static());
    }

    fn finding(&mut self, kind: Kind, at: Whereabouts, detail: &str) {
        self.findings.add(kind, at, detail, SIGHTINGS);
    }
}
