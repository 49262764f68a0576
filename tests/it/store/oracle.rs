//! A deliberately naive engine: no ids, no columns, no index. It keeps every
//! report as it was stated and goes through all of them for each question.

use vitrail::base::{Findings, Kind, Locus, Outcome, ReportKind, Step, Whereabouts};
use vitrail::query::{
    Answer, FileLine, Filter, PartLine, PlaceLine, Question, RecordLine, ReportLine, Table, Totals,
};
use vitrail::report::model::{AggregateRecord, Text};
use vitrail::report::{Header, TlsPolicy};
use vitrail::store::{Alignment, Judgement};

use super::facts::{self, FileFacts, PartFacts, Report, silent};
use super::lines::{extras, failure_line, policy_line, record_line, text, token, verdict};
use super::ranked::{Ranked, by_failure, by_file, by_record, by_report, page};
use super::sieve::{self, Row, Tls};

/// One part and the file it is in.
#[derive(Clone, Copy)]
struct Place<'a> {
    file: &'a FileFacts,
    part: &'a PartFacts,
}

pub struct Oracle<'a> {
    files: &'a [FileFacts],
    /// The parts worth telling, in the order of their places.
    parts: Vec<Place<'a>>,
    /// The copies of each report, the one that counts first.
    reports: Vec<Vec<Place<'a>>>,
    /// Whether we judge the records ourselves too.
    pub judged: bool,
}

impl<'a> Oracle<'a> {
    pub fn new(files: &'a [FileFacts]) -> Self {
        let mut parts: Vec<_> = files
            .iter()
            .flat_map(|file| file.parts.iter().map(move |part| Place { file, part }))
            .filter(|place| !silent(place.part))
            .collect();
        let position = |step: &Step| step.range.map_or(u64::from(step.index), |range| range.0);
        parts.sort_by_key(|place| {
            let path: Vec<_> = place.part.steps.iter().map(position).collect();
            (place.file.id, path)
        });
        let mut reports: Vec<Vec<Place<'a>>> = Vec::new();
        for place in &parts {
            let Some(report) = place.report() else { continue };
            let same = |copies: &&mut Vec<Place<'a>>| {
                copies[0].report().is_some_and(|other| {
                    identity(other) == identity(report) && other.digest == report.digest
                })
            };
            match reports.iter_mut().find(same) {
                Some(copies) => copies.push(*place),
                None => reports.push(vec![*place]),
            }
        }
        Self { files, parts, reports, judged: false }
    }

    pub fn totals(&self) -> Totals {
        let counted = || self.reports.iter().filter_map(|copies| copies[0].report());
        let files = self.files.iter().map(|file| self.file(file));
        Totals {
            messages: counted().fold(0, |sum, report| sum.saturating_add(messages(report))),
            reports: self.reports.len() as u32,
            records: counted().map(|report| report.records.len() as u32).sum(),
            files: self.files.len() as u32,
            files_without_report: files
                .clone()
                .filter(|file| file.reports + file.duplicates == 0)
                .count() as u32,
            duplicates: self.reports.iter().map(|copies| copies.len() as u32 - 1).sum(),
            findings: files.map(|file| file.findings).sum(),
        }
    }

    /// `None` for questions that are checked otherwise.
    pub fn answer(&self, question: &Question) -> Option<Answer> {
        Some(match question {
            Question::Records { filter, sort, .. } => {
                let rows = self
                    .rows(Table::Aggregate)
                    .into_iter()
                    .filter(|(_, row)| sieve::passes_of_table(filter, *row));
                let line =
                    |(report, row): (usize, _)| self.record(row, locus(&self.reports[report][0]));
                let lines = rows.map(line).collect();
                Answer::Records(page(lines, sort.descending, |a, b| by_record(sort.by, a, b)))
            }
            Question::Reports { filter, sort, .. } => {
                let passes = |copies: &&Vec<Place<'a>>| {
                    let report = copies[0].report().expect("a copy of a report");
                    let rows: Vec<_> =
                        Table::ALL.iter().flat_map(|of| self.rows_of(report, *of)).collect();
                    match rows.is_empty() {
                        true => sieve::passes_bare(filter, &report.header),
                        false => rows.iter().any(|row| sieve::passes(filter, *row)),
                    }
                };
                let reports = self.reports.iter().filter(passes);
                let lines = reports.map(|copies| self.report(copies)).collect();
                Answer::Reports(page(lines, sort.descending, |a, b| by_report(sort.by, a, b)))
            }
            Question::Files { sort, .. } => {
                let lines = self.files.iter().map(|file| self.file(file)).collect();
                Answer::Files(page(lines, sort.descending, |a, b| by_file(sort.by, a, b)))
            }
            Question::Parts { file, .. } => {
                let parts = self.parts.iter().filter(|place| place.file.id == *file);
                let lines = parts.map(|place| self.part(place)).collect();
                Answer::Parts(page(lines, false, |_, _| Ranked::Same))
            }
            Question::Failures { filter, sort, .. } => {
                let rows = self.rows(Table::Failure).into_iter();
                let rows = rows.filter(|(_, row)| sieve::passes_of_table(filter, *row));
                let lines = rows.filter_map(|(report, row)| {
                    let locus = locus(&self.reports[report][0]);
                    Some(failure_line(row.header, row.message?, locus))
                });
                let lines = lines.collect();
                Answer::Failures(page(lines, sort.descending, |a, b| by_failure(sort.by, a, b)))
            }
            _ => return None,
        })
    }

    /// All rows of a table, with the number of the report that they are of.
    pub fn rows(&self, table: Table) -> Vec<(usize, Row<'a>)> {
        let counted = self.reports.iter().filter_map(|copies| copies[0].report());
        let rows = |(number, report): (usize, &'a Report)| {
            self.rows_of(report, table).into_iter().map(move |row| (number, row))
        };
        counted.enumerate().flat_map(rows).collect()
    }

    /// What the aggregate reports without a record state, of those that pass.
    pub fn empty(&self, filter: &Filter) -> Vec<Row<'a>> {
        let asked = filter.on_table(Table::Aggregate);
        let counted = self.reports.iter().filter_map(|copies| copies[0].report());
        counted
            .filter(|report| {
                report.header.kind == ReportKind::Aggregate && report.records.is_empty()
            })
            .filter(|report| sieve::passes_bare(&asked, &report.header))
            .map(|report| Row::bare(&report.header))
            .collect()
    }

    fn rows_of(&self, report: &'a Report, table: Table) -> Vec<Row<'a>> {
        let bare = Row::bare(&report.header);
        let record =
            |record| Row { record, judgement: self.judged(&report.header, record).0, ..bare };
        let line = |tls| Row { tls: Some(tls), ..bare };
        match table {
            Table::Aggregate => report.records.iter().map(record).collect(),
            Table::Failure => {
                let message = |message| Row { message: Some(message), ..bare };
                report.failures.iter().map(message).collect()
            }
            Table::Tls => report
                .policies
                .iter()
                .flat_map(|policy| {
                    let domain = domain(report, policy);
                    let details = policy.failures.iter().map(Some);
                    let lines = std::iter::once(None).chain(details);
                    lines.map(move |failure| Tls { domain, policy, failure })
                })
                .map(line)
                .collect(),
        }
    }

    /// Our verdict on a record, and the alignments of its results.
    fn judged(
        &self,
        header: &Header<'static>,
        record: &AggregateRecord<'static>,
    ) -> (Judgement, Vec<Alignment>) {
        if self.judged { facts::judged(header, record) } else { Default::default() }
    }

    fn record(&self, row: Row<'_>, locus: Locus) -> RecordLine {
        let (ours, alignments) = self.judged(row.header, row.record);
        let mut line = RecordLine { ours, ..record_line(row.header, row.record, locus) };
        let dkim = line.dkim_results.iter_mut().map(|signature| &mut signature.alignment);
        let results = dkim.chain(line.spf_results.iter_mut().map(|check| &mut check.alignment));
        results.zip(alignments).for_each(|(result, alignment)| *result = alignment);
        line
    }

    fn report(&self, copies: &[Place<'a>]) -> ReportLine {
        let report = copies[0].report().expect("a copy of a report");
        let header = &report.header;
        let aggregate = header.kind == ReportKind::Aggregate;
        ReportLine {
            report: 0,
            kind: header.kind,
            reporter: text(&header.reporter),
            contact: text(&header.contact),
            extra_contact_info: header.extra_contact_info.as_ref().map(|i| i.text.to_string()),
            report_id: text(&header.report_id),
            domain: text(&header.domain),
            begin: header.begin,
            end: header.end,
            records: records(report),
            messages: aggregate.then_some(messages(report)),
            passed: aggregate.then_some(counted(report, |verdict| verdict == Some(true))),
            judged: aggregate.then_some(counted(report, |verdict| verdict.is_some())),
            policy: policy_line(&header.policy),
            errors: header.errors.iter().map(|error| error.text.to_string()).collect(),
            generator: text(&header.generator),
            version: text(&header.version),
            namespace: text(&header.namespace),
            extras: extras(&header.extras),
            places: copies.iter().map(place_line).collect(),
            locus: locus(&copies[0]),
            id_reused: self.is_reused(report),
            findings: self.findings(&copies[0]),
        }
    }

    fn is_reused(&self, report: &Report) -> bool {
        let same = self.reports.iter().filter_map(|copies| copies[0].report());
        let has_id = report.header.report_id.as_deref().is_some_and(|id| !id.is_empty());
        has_id && same.filter(|other| identity(other) == identity(report)).count() > 1
    }

    /// The copies of the report that a part is, the one that counts first.
    fn copies(&self, place: &Place<'a>) -> Option<&[Place<'a>]> {
        let has = |copies: &&Vec<Place<'a>>| {
            copies.iter().any(|copy| std::ptr::eq(copy.part, place.part))
        };
        self.reports.iter().find(has).map(Vec::as_slice)
    }

    fn findings(&self, place: &Place<'a>) -> Findings {
        let mut findings = place.part.findings.clone();
        if let Some(copies) = self.copies(place) {
            let report = copies[0].report().expect("a copy of a report");
            if !std::ptr::eq(copies[0].part, place.part) {
                let counted = place_line(&copies[0]);
                let path = [vec![counted.file_name], counted.path].concat().join(" › ");
                findings.add(Kind::DuplicateReport, Whereabouts::Whole, &path, 1);
            } else if self.is_reused(report) {
                findings.add(Kind::ReusedReportId, Whereabouts::Whole, "", 1);
            }
        }
        findings
    }

    fn part(&self, place: &Place<'a>) -> PartLine {
        let copies = self.copies(place);
        let counted = copies.filter(|copies| !std::ptr::eq(copies[0].part, place.part));
        let header = place.part.report.as_ref().map(|report| &report.header);
        PartLine {
            path: place_line(place).path,
            format: place.part.format,
            outcome: if counted.is_some() { Some(Outcome::Duplicate) } else { place.part.outcome },
            kind: header.map(|header| header.kind),
            reporter: header.and_then(|header| text(&header.reporter)),
            domain: header.and_then(|header| text(&header.domain)),
            report_id: header.and_then(|header| text(&header.report_id)),
            records: place.report().map_or(0, records),
            duplicate_of: counted.map(|copies| place_line(&copies[0])),
            findings: self.findings(place),
        }
    }

    fn file(&self, file: &FileFacts) -> FileLine {
        let parts = || self.parts.iter().filter(|place| std::ptr::eq(place.file, file));
        let counted = || {
            let counted = self.reports.iter().map(|copies| copies[0]);
            counted.filter(|copy| std::ptr::eq(copy.file, file))
        };
        let copies = parts().filter(|place| place.report().is_some()).count() as u32;
        let reports = counted().count() as u32;
        let worst = |outcome: &Outcome| {
            let order = [
                Outcome::NotAReport,
                Outcome::Empty,
                Outcome::Unread,
                Outcome::Damaged,
                Outcome::OverLimit,
            ];
            order.iter().position(|other| other == outcome)
        };
        let outcomes = file.parts.iter().filter_map(|part| part.outcome);
        let tallies = parts().map(|place| self.findings(place));
        let tallies: Vec<_> = tallies.flat_map(|found| found.tallies().to_vec()).collect();
        FileLine {
            file: file.id,
            name: file.name.clone(),
            size: file.size,
            outcome: match (reports, copies) {
                (0, 0) => outcomes.max_by_key(worst).unwrap_or(Outcome::NotAReport),
                (0, _) => Outcome::Duplicate,
                _ => Outcome::Opened,
            },
            reports,
            duplicates: copies - reports,
            records: counted().filter_map(|copy| copy.report()).map(records).sum(),
            parts: parts().count() as u32,
            findings: tallies.iter().map(|tally| tally.count).sum(),
            worst: tallies.iter().map(|tally| tally.kind.severity()).max(),
        }
    }
}

impl<'a> Place<'a> {
    /// The report that the part is a copy of.
    fn report(&self) -> Option<&'a Report> {
        self.part.report.as_ref().filter(|_| self.part.outcome == Some(Outcome::Opened))
    }
}

fn identity(report: &Report) -> impl PartialEq + use<> {
    let Header { kind, reporter, report_id, domain, begin, end, .. } = report.header.clone();
    (kind, reporter, report_id, domain, begin, end)
}

/// The domain whose mail a policy is for.
fn domain<'a>(report: &'a Report, policy: &'a TlsPolicy<'static>) -> &'a Text<'static> {
    let is_dane = |policy: &TlsPolicy<'_>| token(&policy.policy_type).as_deref() == Some("tlsa");
    let of = &report.header.domain;
    let mut dane = report.policies.iter().filter(|policy| is_dane(policy));
    match is_dane(policy) && of.is_some() && dane.all(|policy| policy.policy_domain != *of) {
        true => of,
        false => &policy.policy_domain,
    }
}

fn records(report: &Report) -> u32 {
    (report.records.len() + report.policies.len() + report.failures.len()) as u32
}

fn messages(report: &Report) -> u64 {
    counted(report, |_| true)
}

/// The messages of its records whose verdict is one of these.
fn counted(report: &Report, is_one: impl Fn(Option<bool>) -> bool) -> u64 {
    let records = report.records.iter().filter(|record| is_one(verdict(record)));
    records.fold(0, |sum, record| sum.saturating_add(record.count.unwrap_or(0)))
}

/// Where a part can be read again.
fn locus(place: &Place<'_>) -> Locus {
    Locus {
        file: place.file.id,
        steps: place.part.steps.clone(),
        format: place.part.format,
        digest: place.report().map_or(0, |report| report.digest),
    }
}

fn place_line(place: &Place<'_>) -> PlaceLine {
    let step = |step: &Step| match &step.name {
        Some(name) => name.to_string(),
        None => format!("#{}", step.index + 1),
    };
    PlaceLine {
        file: place.file.id,
        file_name: place.file.name.clone(),
        path: place.part.steps.iter().map(step).collect(),
    }
}
