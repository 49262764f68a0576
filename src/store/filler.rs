//! The sink that turns the facts of a part's reports into rows of a batch.

use super::facts::WAITING;
use super::tables::{CAPACITY, HeaderRow, ReportRow, Span, Tables};
use super::{AddressId, HeaderId, ListId, PartId, ReportId, Row, RowId};
use crate::base::{Findings, Kind, Limits, Outcome, Whereabouts};
use crate::report::{AggregateRecord, Failure, Header, Sink, TlsPolicy};

/// Takes the reports of one part, nearly always one; [`keep`](Self::keep) makes
/// them part of the batch. Dropped without that, it leaves nothing but a few
/// unused dictionary entries.
#[derive(Debug)]
pub struct Filler<'a> {
    tables: &'a mut Tables,
    limits: &'a Limits,
    /// How long the tables were before this part.
    before: Lengths,
    /// How long they were before the report in hand.
    from: Lengths,
    findings: Findings,
    /// TLS policies and failures of the report in hand.
    others: u32,
    messages: u64,
    passed: u64,
    judged: u64,
    kept: bool,
    /// The last rows, as far as they are known before their dictionaries settle.
    waiting: Vec<Row>,
    /// So many times there is room without looking.
    unlooked: u64,
}

impl Tables {
    /// Puts what waits into the columns.
    fn settle(&mut self, waiting: &mut Vec<Row>) {
        let (addresses, lists) = self.dictionaries.settle();
        debug_assert_eq!([addresses.len(), lists.len()], [waiting.len(); 2]);
        for ((row, source), [evaluated, dkim, spf]) in waiting.iter_mut().zip(addresses).zip(lists)
        {
            *row = Row { source: *source, evaluated: *evaluated, dkim: *dkim, spf: *spf, ..*row };
        }
        self.rows.extend(waiting);
        waiting.clear();
    }
}

/// More than anything takes that is given at once, but for what nobody states.
const ROOM_BYTES: u64 = 1 << 20;

#[derive(Clone, Copy, Debug)]
struct Lengths {
    rows: usize,
    tls: usize,
    failures: usize,
    reports: usize,
    headers: usize,
}

/// What a filler left in its batch: to be handed back with the part.
#[derive(Debug, Default)]
pub struct Filled {
    /// Of the first report, as is `report`.
    pub(super) header: Option<HeaderId>,
    pub(super) report: Option<ReportId>,
    /// Reports beside the first. Their ids, and those of their headers, follow.
    pub(super) others: u32,
}

impl<'a> Filler<'a> {
    pub(super) fn new(tables: &'a mut Tables, limits: &'a Limits) -> Self {
        let before = Lengths {
            rows: tables.rows.len(),
            tls: tables.tls.len(),
            failures: tables.failures.len(),
            reports: tables.reports.len(),
            headers: tables.headers.len(),
        };
        Self {
            tables,
            limits,
            before,
            from: before,
            findings: Findings::default(),
            others: 0,
            messages: 0,
            passed: 0,
            judged: 0,
            kept: false,
            waiting: Vec::with_capacity(WAITING),
            unlooked: 0,
        }
    }

    /// Ends the part. Opened reports keep their rows; anything else keeps what
    /// its first header states, if that is something. The findings are the reader's.
    pub fn keep(mut self, outcome: Outcome, digest: u128) -> (Filled, Findings) {
        let findings = std::mem::take(&mut self.findings);
        let Lengths { reports, headers, .. } = self.before;
        let Some(first) = self.tables.headers.get(headers) else {
            return (Filled::default(), findings);
        };
        if outcome != Outcome::Opened && *first == HeaderRow::silent(first.kind) {
            return (Filled::default(), findings);
        }
        self.kept = true;
        let header = Some(HeaderId(headers as u32));
        if outcome != Outcome::Opened {
            self.forget(Lengths { headers: headers + 1, ..self.before });
            return (Filled { header, report: None, others: 0 }, findings);
        }
        self.forget_rows(self.from);
        let kept = self.tables.reports.get_mut(reports..).unwrap_or_default();
        kept.iter_mut().for_each(|report| report.digest = digest);
        let others = (kept.len() as u32).saturating_sub(1);
        (Filled { header, report: Some(ReportId(reports as u32)), others }, findings)
    }

    /// Cuts the tables down to these lengths.
    fn forget(&mut self, to: Lengths) {
        self.forget_rows(to);
        self.tables.reports.truncate(to.reports);
        self.tables.headers.truncate(to.headers);
    }

    /// Cuts the tables of rows down to these lengths.
    fn forget_rows(&mut self, to: Lengths) {
        self.tables.settle(&mut self.waiting);
        self.tables.rows.truncate(to.rows);
        self.tables.tls.truncate(to.tls);
        self.tables.failures.truncate(to.failures);
    }

    /// Makes a report of what came since the last header.
    fn close(&mut self) {
        self.tables.settle(&mut self.waiting);
        let rows = Span::since(self.from.rows, &self.tables.rows.report);
        let tls = Span::since(self.from.tls, &self.tables.tls.report);
        let failures = Span::since(self.from.failures, &self.tables.failures.report);
        let nth = self.tables.reports.len() - self.before.reports;
        self.tables.reports.push(ReportRow {
            part: PartId((self.tables.parts.len() + nth) as u32),
            digest: 0, // known at the end of the part
            rows,
            tls,
            failures,
            records: self.others.saturating_add(rows.end - rows.start),
            messages: self.messages,
            passed: self.passed,
            judged: self.judged,
        });
        self.from.rows = self.tables.rows.len();
        self.from.tls = self.tables.tls.len();
        self.from.failures = self.tables.failures.len();
        self.others = 0;
        (self.messages, self.passed, self.judged) = (0, 0, 0);
    }

    /// Whether there is room for more; says so once where there is not.
    fn has_room(&mut self) -> bool {
        // To add up what all tables hold takes as long as to write a record.
        if let Some(left) = self.unlooked.checked_sub(1) {
            self.unlooked = left;
            return true;
        }
        let limit = self.limits.store_bytes.min(CAPACITY);
        let bytes = self.tables.bytes();
        if bytes < limit {
            self.unlooked = (limit - bytes) / ROOM_BYTES;
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
            self.forget(self.before);
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
            count: record.count.unwrap_or_default(),
            header_from: to.terms.intern_text(&record.header_from),
            envelope_from: to.terms.intern_text(&record.envelope_from),
            envelope_to: to.terms.intern_text(&record.envelope_to),
            // Known when they are settled.
            source: AddressId::default(),
            evaluated: ListId::default(),
            dkim: ListId::default(),
            spf: ListId::default(),
        };
        let evaluated = to.write_record(record);
        let extras = to.write_extras(&record.extras);
        let id = RowId((tables.rows.len() + self.waiting.len()) as u32);
        tables.rows.extras.push(id, extras);
        self.messages = self.messages.saturating_add(row.count);
        if let Some(passed) = evaluated.passed() {
            self.judged = self.judged.saturating_add(row.count);
            self.passed = self.passed.saturating_add(if passed { row.count } else { 0 });
        }
        self.waiting.push(row);
        if self.waiting.len() == WAITING {
            tables.settle(&mut self.waiting);
        }
    }

    fn tls_policy(&mut self, policy: &TlsPolicy<'_>) {
        if !self.has_room() {
            return;
        }
        self.others = self.others.saturating_add(1);
        let row = self.tables.push_tls_policy(policy);
        for failure in &policy.failures {
            if !self.has_room() {
                return;
            }
            self.tables.push_tls_failure(row, failure);
        }
    }

    fn failure(&mut self, failure: &Failure<'_>) {
        self.others = self.others.saturating_add(1);
        if self.has_room() {
            self.tables.push_failure(failure);
        }
    }

    fn header(&mut self, header: &Header<'_>) {
        // One report is always known by its header, however full the store is.
        if self.tables.headers.len() > self.before.headers && !self.has_room() {
            return;
        }
        let to = &mut self.tables.dictionaries;
        let header = HeaderRow {
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
        };
        self.tables.settle_tls_domains(self.from.tls, header.domain);
        self.tables.headers.push(header);
        self.close();
    }

    fn finding(&mut self, kind: Kind, at: Whereabouts, detail: &str) {
        self.findings.add(kind, at, detail, self.limits.sightings_per_kind);
    }
}
