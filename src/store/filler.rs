//! The sink that turns the facts of one report into rows of a batch.

use super::tables::{CAPACITY, HeaderRow, ReportRow, Span, Tables};
use super::{HeaderId, PartId, ReportId, RowId, rows::Row};
use crate::base::{Findings, Kind, Limits, Outcome, Whereabouts};
use crate::report::{AggregateRecord, Failure, Header, Sink, TlsPolicy};

/// Takes one report; [`keep`](Self::keep) makes it part of the batch. Dropped
/// without that, it leaves nothing but a few unused dictionary entries.
#[derive(Debug)]
pub struct Filler<'a> {
    tables: &'a mut Tables,
    limits: &'a Limits,
    /// Rows and extras before this report.
    before: (usize, usize),
    header: Option<HeaderRow>,
    findings: Findings,
    /// Rows that are not in the tables: TLS policies, failures.
    others: u32,
    messages: u64,
    passed: u64,
    kept: bool,
}

/// What a filler left in its batch: to be handed back with the part.
#[derive(Debug, Default)]
pub struct Filled {
    pub(super) header: Option<HeaderId>,
    pub(super) report: Option<ReportId>,
}

impl<'a> Filler<'a> {
    pub(super) fn new(tables: &'a mut Tables, limits: &'a Limits) -> Self {
        Self {
            before: (tables.rows.len(), tables.extras.len()),
            tables,
            limits,
            header: None,
            findings: Findings::default(),
            others: 0,
            messages: 0,
            passed: 0,
            kept: false,
        }
    }

    /// Ends the part. An opened report keeps its rows; anything else keeps what
    /// its header states, if that is something. The findings are the reader's.
    pub fn keep(mut self, outcome: Outcome, digest: u128) -> (Filled, Findings) {
        self.kept = outcome == Outcome::Opened && self.header.is_some();
        let findings = std::mem::take(&mut self.findings);
        let Some(header) = self.header.take() else { return (Filled::default(), findings) };
        if !self.kept && header == HeaderRow::silent(header.kind) {
            return (Filled::default(), findings);
        }
        let id = HeaderId(self.tables.headers.len() as u32);
        self.tables.headers.push(header);
        let report = self.kept.then(|| self.report(digest));
        (Filled { header: Some(id), report }, findings)
    }

    fn report(&mut self, digest: u128) -> ReportId {
        let rows = Span::since(self.before.0, &self.tables.rows.report);
        let id = ReportId(self.tables.reports.len() as u32);
        self.tables.reports.push(ReportRow {
            part: PartId(self.tables.parts.len() as u32),
            digest,
            rows,
            records: self.others.saturating_add(rows.end - rows.start),
            messages: self.messages,
            passed: self.passed,
        });
        id
    }

    /// Whether there is room for more; says so once where there is not.
    fn has_room(&mut self) -> bool {
        let limit = self.limits.store_bytes.min(CAPACITY);
        if self.tables.bytes() < limit {
            return true;
        }
        if !self.findings.has(Kind::StoreLimit) {
            self.finding(Kind::StoreLimit, Whereabouts::Whole, &limit.to_string());
        }
        false
    }
}

impl Drop for Filler<'_> {
    fn drop(&mut self) {
        if !self.kept {
            self.tables.rows.truncate(self.before.0);
            self.tables.extras.truncate(self.before.1);
        }
    }
}

impl Sink for Filler<'_> {
    fn record(&mut self, record: &AggregateRecord<'_>) {
        if !self.has_room() {
            return;
        }
        let tables = &mut *self.tables;
        let to = &mut tables.dictionaries;
        let row = Row {
            report: ReportId(tables.reports.len() as u32),
            source: to.addresses.intern(record.source_ip.as_ref(), &mut to.terms),
            count: record.count.unwrap_or_default(),
            evaluated: to.write_evaluated(record),
            header_from: to.terms.intern_text(&record.header_from),
            envelope_from: to.terms.intern_text(&record.envelope_from),
            envelope_to: to.terms.intern_text(&record.envelope_to),
            dkim: to.write_dkim(&record.auth.dkim),
            spf: to.write_spf(&record.auth.spf),
        };
        if !record.extras.is_empty() {
            let id = RowId(tables.rows.len() as u32);
            tables.extras.push((id, to.write_extras(&record.extras)));
        }
        self.messages = self.messages.saturating_add(row.count);
        if to.evaluated(row.evaluated).passed() == Some(true) {
            self.passed = self.passed.saturating_add(row.count);
        }
        tables.rows.push(row);
    }

    fn tls_policy(&mut self, _: &TlsPolicy<'_>) {
        self.others = self.others.saturating_add(1);
    }

    fn failure(&mut self, _: &Failure<'_>) {
        self.others = self.others.saturating_add(1);
    }

    fn header(&mut self, header: &Header<'_>) {
        let to = &mut self.tables.dictionaries;
        self.header = Some(HeaderRow {
            kind: header.kind,
            reporter: to.terms.intern_text(&header.reporter),
            contact: to.terms.intern_text(&header.contact),
            report_id: to.terms.intern_text(&header.report_id),
            domain: to.terms.intern_text(&header.domain),
            begin: header.begin,
            end: header.end,
            extras: to.write_extras(&header.extras),
            extra_contact_info: to.write_lang_texts(header.extra_contact_info.as_slice()),
            errors: to.write_lang_texts(&header.errors),
            generator: to.terms.intern_text(&header.generator),
            version: to.terms.intern_text(&header.version),
            namespace: to.terms.intern_text(&header.namespace),
            policy: to.write_policy(header.policy.as_ref()),
        });
    }

    fn finding(&mut self, kind: Kind, at: Whereabouts, detail: &str) {
        self.findings.add(kind, at, detail, self.limits.sightings_per_kind);
    }
}
