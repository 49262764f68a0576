//! Answers against those of a naive engine, and what must hold of all of them.

use vitrail::base::{
    FileId, Findings, Format, JobId, Kind, Limits, Outcome, ReportKind, Step, UnixSeconds,
    Whereabouts,
};
use vitrail::engine::Engine;
use vitrail::query::{
    Answer, FailureColumn, FileColumn, Filter, Question, RecordColumn, ReportColumn, Sort, Window,
    answer,
};
use vitrail::report::{Header, TlsPolicy};
use vitrail::store::{Batch, Store};
use vitrail::wire::Delivery;

use super::facts;
use super::oracle::Oracle;
use crate::random::{Random, for_seeds};

const ALL: Window = Window { offset: 0, limit: u32::MAX };

pub const RECORD_COLUMNS: [RecordColumn; 23] = [
    RecordColumn::Begin,
    RecordColumn::Reporter,
    RecordColumn::SourceIp,
    RecordColumn::Messages,
    RecordColumn::Verdict,
    RecordColumn::Disposition,
    RecordColumn::Dkim,
    RecordColumn::Spf,
    RecordColumn::HeaderFrom,
    RecordColumn::EnvelopeFrom,
    RecordColumn::EnvelopeTo,
    RecordColumn::Domain,
    RecordColumn::ReportId,
    RecordColumn::Contact,
    RecordColumn::OurVerdict,
    RecordColumn::OurDkim,
    RecordColumn::OurSpf,
    RecordColumn::Agreement,
    RecordColumn::DkimDomain,
    RecordColumn::Selector,
    RecordColumn::SpfDomain,
    RecordColumn::Reason,
    RecordColumn::Comment,
];

pub const REPORT_COLUMNS: [ReportColumn; 10] = [
    ReportColumn::Begin,
    ReportColumn::End,
    ReportColumn::Kind,
    ReportColumn::Reporter,
    ReportColumn::Domain,
    ReportColumn::Records,
    ReportColumn::Messages,
    ReportColumn::Passed,
    ReportColumn::Policy,
    ReportColumn::ReportId,
];

pub const FAILURE_COLUMNS: [FailureColumn; 9] = [
    FailureColumn::Arrival,
    FailureColumn::Reporter,
    FailureColumn::Domain,
    FailureColumn::SourceIp,
    FailureColumn::AuthFailure,
    FailureColumn::DeliveryResult,
    FailureColumn::HeaderFrom,
    FailureColumn::Subject,
    FailureColumn::Incidents,
];

pub const FILE_COLUMNS: [FileColumn; 6] = [
    FileColumn::Name,
    FileColumn::Size,
    FileColumn::Outcome,
    FileColumn::Reports,
    FileColumn::Records,
    FileColumn::Findings,
];

/// Every question there is, over all rows.
pub fn questions() -> Vec<Question> {
    let window = ALL;
    let mut questions = vec![Question::FindingKinds];
    for descending in [false, true] {
        let records = RECORD_COLUMNS.map(|by| Question::Records {
            filter: Filter::default(),
            sort: Sort { by, descending },
            window,
        });
        let reports = REPORT_COLUMNS.map(|by| Question::Reports {
            filter: Filter::default(),
            sort: Sort { by, descending },
            window,
        });
        let files =
            FILE_COLUMNS.map(|by| Question::Files { sort: Sort { by, descending }, window });
        let failures = FAILURE_COLUMNS.map(|by| Question::Failures {
            filter: Filter::default(),
            sort: Sort { by, descending },
            window,
        });
        questions.extend(records.into_iter().chain(reports).chain(failures).chain(files));
    }
    questions.extend((0..25).map(|id| Question::Parts { file: FileId(id), window }));
    questions
}

/// That two stores answer all questions alike.
pub fn agree(a: &Store, b: &Store) {
    for question in questions() {
        // A whole store is too much to print.
        assert!(answered(a, &question) == answered(b, &question), "{question:?}");
    }
}

/// An answer without the numbers that only name rows.
pub fn answered(store: &Store, question: &Question) -> Answer {
    let mut answer = answer(store, question);
    match &mut answer {
        Answer::Records(page) => {
            page.lines.iter_mut().for_each(|line| (line.row, line.report) = (0, 0));
        }
        Answer::Reports(page) => page.lines.iter_mut().for_each(|line| line.report = 0),
        Answer::Failures(page) => {
            page.lines.iter_mut().for_each(|line| (line.row, line.report) = (0, 0));
        }
        _ => {}
    }
    answer
}

#[test]
fn every_answer_is_that_of_the_naive_engine() {
    for_seeds(0..60, |random| {
        let files = facts::files(random);
        let mut shuffled: Vec<_> = files.iter().collect();
        random.shuffle(&mut shuffled);
        let mut store = Store::new(Limits::default());
        shuffled.into_iter().for_each(|file| store.append(&facts::batch([file])));
        let oracle = Oracle::new(&files);
        assert_eq!(store.totals(), oracle.totals());
        for question in questions() {
            let Some(expected) = oracle.answer(&question) else { continue };
            assert!(answered(&store, &question) == expected, "{question:?}");
        }
    });
}

#[test]
fn windows_are_pieces_of_the_whole() {
    for_seeds(0..50, |random| {
        let mut engine = Engine::new(Limits::default());
        let batch = facts::batch(&facts::files(random));
        engine.append(&Delivery { job: Default::default(), batch });
        let sort = Sort { by: *random.pick(&RECORD_COLUMNS), descending: random.percent(50) };
        let mut ask = |window| match engine.ask(&Question::Records {
            filter: Filter::default(),
            sort,
            window,
        }) {
            Answer::Records(page) => page,
            other => panic!("records, not {other:?}"),
        };
        let whole = ask(ALL);
        assert_eq!(whole.total as usize, whole.lines.len());
        let offset = random.below(whole.lines.len() + 3) as u32;
        let limit = random.below(5) as u32;
        let page = ask(Window { offset, limit });
        let expected: Vec<_> =
            whole.lines.into_iter().skip(offset as usize).take(limit as usize).collect();
        assert_eq!((page.total, page.offset), (whole.total, offset));
        assert_eq!(page.lines, expected);
    });
}

#[test]
fn a_change_of_the_store_changes_the_answer() {
    let mut random = Random::new(3);
    let mut engine = Engine::new(Limits::default());
    let question =
        Question::Files { sort: Sort { by: FileColumn::Name, descending: false }, window: ALL };
    for id in 0..4 {
        let mut batch = Batch::default();
        batch.open_file(FileId(id), ["b", "A", "c", "B"][random.below(4)], 1);
        engine.append(&Delivery { job: JobId(id), batch });
        let Answer::Files(page) = engine.ask(&question) else { panic!("files") };
        assert_eq!(page.total, id + 1);
    }
    engine.remove(FileId(0));
    let Answer::Files(page) = engine.ask(&question) else { panic!("files") };
    assert_eq!(page.total, 3);
    engine.clear();
    let Answer::Files(page) = engine.ask(&question) else { panic!("files") };
    assert_eq!(page.total, 0);
}

#[test]
fn findings_by_kind_add_up_to_all_findings() {
    for_seeds(0..50, |random| {
        let batch = facts::batch(&facts::files(random));
        let mut store = Store::new(Limits::default());
        store.append(&batch);
        let Answer::FindingKinds(lines) = answer(&store, &Question::FindingKinds) else {
            panic!("finding kinds");
        };
        let sum: u64 = lines.iter().map(|line| line.sightings).sum();
        assert_eq!(sum, store.totals().findings);
        for line in lines {
            assert!(line.examples.len() <= 3);
            assert!(line.reports > 0 && line.sightings >= line.reports.into());
        }
    });
}

/// A mail with one finding on itself, and reports from these reporters in it.
fn mail_of(reporters: &[&'static str]) -> facts::FileFacts {
    let step = |format, index| Step { format, index, range: None, name: None };
    let mut findings = Findings::default();
    findings.add(Kind::MimeMalformed, Whereabouts::Whole, "no boundary", 1);
    let mail = facts::PartFacts {
        steps: vec![step(Format::Mbox, 0)],
        format: Format::Mail,
        outcome: None,
        report: None,
        findings,
    };
    let report = |(digest, reporter): (u128, &&'static str)| facts::PartFacts {
        steps: vec![step(Format::Mbox, 0), step(Format::Mail, digest as u32)],
        format: Format::Json,
        outcome: Some(Outcome::Opened),
        report: Some(facts::Report {
            header: Header { reporter: Some((*reporter).into()), ..Header::new(ReportKind::Tls) },
            records: Vec::new(),
            policies: vec![TlsPolicy::default()],
            failures: Vec::new(),
            digest,
        }),
        findings: Findings::default(),
    };
    // Intake tells of a container after everything inside it.
    let parts = (0..).zip(reporters).map(report).chain([mail]).collect();
    facts::FileFacts { id: FileId(0), name: "a.mbox".into(), size: 1, parts }
}

#[test]
fn a_container_is_its_only_reporters() {
    for (reporters, expected) in [
        (["b.test", "b.test"].as_slice(), Some("b.test")),
        (&["b.test", "a.test"], None),
        (&[], None),
    ] {
        let mut store = Store::new(Limits::default());
        store.append(&facts::batch([&mail_of(reporters)]));
        let Answer::FindingKinds(lines) = answer(&store, &Question::FindingKinds) else {
            panic!("finding kinds");
        };
        let [line] = lines.as_slice() else { panic!("one line: {lines:?}") };
        assert_eq!((line.kind, line.reporter.as_deref()), (Kind::MimeMalformed, expected));
    }
}

#[test]
fn the_earliest_moments_there_are_can_be_sorted() {
    let begins = [None, Some(i64::MAX), Some(0), Some(i64::MIN), Some(-1)];
    let parts = begins.iter().zip(0..).map(|(begin, digest)| facts::PartFacts {
        steps: vec![Step { format: Format::Zip, index: digest as u32, range: None, name: None }],
        format: Format::Json,
        outcome: Some(Outcome::Opened),
        report: Some(facts::Report {
            header: Header { begin: begin.map(UnixSeconds), ..Header::new(ReportKind::Tls) },
            records: Vec::new(),
            policies: vec![TlsPolicy::default()],
            failures: Vec::new(),
            digest,
        }),
        findings: Default::default(),
    });
    let file = facts::FileFacts {
        id: FileId(0),
        name: "moments.zip".into(),
        size: 1,
        parts: parts.collect(),
    };
    let mut store = Store::new(Limits::default());
    store.append(&facts::batch([&file]));
    for (descending, order) in [(false, [3, 4, 2, 1, 0]), (true, [1, 2, 4, 3, 0])] {
        let sort = Sort { by: ReportColumn::Begin, descending };
        let Answer::Reports(page) =
            answer(&store, &Question::Reports { filter: Filter::default(), sort, window: ALL })
        else {
            panic!("reports");
        };
        let sorted: Vec<_> = page.lines.iter().map(|line| line.begin.map(|at| at.0)).collect();
        assert_eq!(sorted, order.map(|at: usize| begins[at]));
    }
}
