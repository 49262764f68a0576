//! The engine against late, lost and unwanted deliveries.

use vitrail::base::{FileId, JobId, Kind, Limits, Outcome};
use vitrail::engine::{Agenda, Engine};
use vitrail::query::{
    Agreement, Alignment, Answer, FileColumn, FileLine, Filter, Question, RecordColumn, RecordLine,
    Sort, Table, Window,
};
use vitrail::store::Batch;
use vitrail::wire::{Delivery, FileRef, Refusal};

use crate::ingest::read;

fn delivery(job: u32, files: impl IntoIterator<Item = u32>) -> Delivery {
    let mut batch = Batch::default();
    for id in files {
        // Each is another report.
        let report = include_str!("../corpus/rfc/tls-two-policies-heartbeat.json");
        let report = report.replacen('{', &format!("{{\"x-number\": {id},"), 1);
        read(&mut batch, id, "report.json", report.as_bytes(), &Limits::default());
    }
    Delivery { job: JobId(job), batch }
}

fn file(id: u32) -> FileRef {
    FileRef::new(FileId(id), "report.json".into(), 1)
}

fn files(engine: &mut Engine) -> Vec<FileLine> {
    let sort = Sort { by: FileColumn::Size, descending: true };
    let window = Window { offset: 0, limit: 100 };
    let Answer::Files(page) = engine.ask(&Question::Files { sort, window }) else {
        panic!("files");
    };
    page.lines
}

#[test]
fn a_job_that_was_given_up_does_not_count_when_it_comes() {
    let mut engine = Engine::new(Limits::default());
    let reasons = [
        (Refusal::Crashed("overflow".into()), Outcome::Damaged),
        (Refusal::Stalled, Outcome::OverLimit),
        (Refusal::Unreadable, Outcome::Unread),
        (Refusal::Cancelled, Outcome::Unread),
    ];
    let refused: Vec<_> =
        (0..).zip(&reasons).map(|(id, (refusal, _))| (file(id), refusal.clone())).collect();
    assert_eq!(engine.give_up(JobId(1), &refused), [FileId(3)], "cancelled");
    engine.append(&delivery(1, 0..4));
    assert_eq!((engine.totals().reports, engine.totals().files_without_report), (0, 4));
    assert_eq!(engine.totals().findings, 4);
    let outcomes: Vec<_> = files(&mut engine).iter().map(|file| file.outcome).collect();
    assert_eq!(outcomes, reasons.map(|(_, outcome)| outcome));
    let question = Question::Parts { file: FileId(0), window: Window { offset: 0, limit: 9 } };
    let Answer::Parts(parts) = engine.ask(&question) else { panic!("parts") };
    let [tally] = parts.lines[0].findings.tallies() else { panic!("one finding") };
    assert_eq!((tally.kind, &*tally.first[0].detail), (Kind::ReaderCrashed, "overflow"));
}

#[test]
fn what_came_before_its_job_was_given_up_stays() {
    let mut engine = Engine::new(Limits::default());
    engine.append(&delivery(1, [0]));
    engine.give_up(JobId(1), &[(file(0), Refusal::Stalled), (file(1), Refusal::Stalled)]);
    assert_eq!((engine.totals().reports, engine.totals().files), (1, 2));
    // The rest of the job is dealt again.
    engine.append(&delivery(2, [2]));
    assert_eq!((engine.totals().reports, engine.totals().files), (2, 3));
}

/// Of a file in pieces some may be here when the rest is given up.
#[test]
fn what_is_missing_of_a_file_that_came_in_part_is_told() {
    let mut engine = Engine::new(Limits::default());
    engine.append(&delivery(1, [0]));
    let cancelled = [(file(0), Refusal::Cancelled)];
    // Of those that are here in part none counts as unread.
    assert_eq!(engine.give_up(JobId(2), &cancelled), []);
    assert_eq!(engine.give_up(JobId(3), &cancelled), []);
    let [line] = &files(&mut engine)[..] else { panic!("one file") };
    assert_eq!((line.outcome, line.reports, line.findings), (Outcome::Opened, 1, 1));
}

#[test]
fn what_is_taken_back_may_come_again() {
    let mut engine = Engine::new(Limits::default());
    engine.append(&delivery(1, 0..2));
    engine.take_back(JobId(3), FileId(1));
    engine.append(&delivery(2, [1]));
    assert_eq!((engine.totals().reports, engine.totals().files), (1, 1), "late");
    engine.append(&delivery(4, [1]));
    assert_eq!((engine.totals().reports, engine.totals().files), (2, 2));
}

#[test]
fn a_file_that_was_removed_while_it_was_read_stays_out() {
    let mut engine = Engine::new(Limits::default());
    engine.remove(FileId(1));
    engine.append(&delivery(1, 0..3));
    engine.give_up(JobId(2), &[(file(1), Refusal::Cancelled)]);
    let ids: Vec<_> = files(&mut engine).iter().map(|file| file.file.0).collect();
    assert_eq!(ids.len(), 2);
    assert!(!ids.contains(&1));
    assert_eq!(engine.totals().reports, 2);
}

fn records(engine: &mut Engine) -> Vec<RecordLine> {
    let sort = Sort { by: RecordColumn::Messages, descending: true };
    let window = Window { offset: 0, limit: 100 };
    let Answer::Records(page) =
        engine.ask(&Question::Records { filter: Filter::default(), sort, window })
    else {
        panic!("records");
    };
    page.lines
}

#[test]
fn records_are_judged_anew_when_the_suffixes_come() {
    let report = "<feedback><policy_published><aspf>s</aspf></policy_published><record>\
        <row><source_ip>192.0.2.1</source_ip><count>1</count><policy_evaluated><dkim>fail</dkim>\
        <spf>fail</spf></policy_evaluated></row>\
        <identifiers><header_from>a.example.com</header_from></identifiers><auth_results>\
        <dkim><domain>other.test</domain><result>pass</result></dkim>\
        <dkim><domain>b.example.com</domain><result>pass</result></dkim>\
        <spf><domain>b.example.com</domain><result>pass</result></spf></auth_results></record></feedback>";
    let mut engine = Engine::new(Limits::default());
    let mut batch = Batch::default();
    read(&mut batch, 0, "report.xml", report.as_bytes(), &Limits::default());
    engine.append(&Delivery { job: JobId(1), batch });

    let said = |engine: &mut Engine| {
        let [line] = &records(engine)[..] else { panic!("one record") };
        let dkim = line.dkim_results.iter().map(|signature| signature.alignment);
        let alignments: Vec<_> =
            dkim.chain(line.spf_results.iter().map(|check| check.alignment)).collect();
        (line.ours.dkim, line.ours.spf, line.ours.agreement, alignments)
    };
    let (unknown, no, yes) = (Alignment::Unknown, Alignment::No, Alignment::Yes);
    let before = (None, Some(false), Agreement::Unknown, vec![unknown, unknown, no]);
    assert_eq!(said(&mut engine), before);
    engine.learn_suffixes("<!doctype html>".to_owned());
    assert_eq!(said(&mut engine), before);

    engine.learn_suffixes(include_str!("../../static/data/suffixes.txt").to_owned());
    let refused = Alignment::Strict;
    let after = (Some(true), Some(false), Agreement::ReporterFails, vec![no, yes, refused]);
    assert_eq!(said(&mut engine), after);
    let mut batch = Batch::default();
    read(&mut batch, 1, "other.xml", b"<feedback><record/></feedback>", &Limits::default());
    engine.append(&Delivery { job: JobId(2), batch });
    engine.remove(FileId(1));
    assert_eq!(said(&mut engine), after);
}

/// Works until somebody has their answers.
fn next_answers(agenda: &mut Agenda, engine: &mut Engine) -> Option<(u32, Vec<Answer>)> {
    while !agenda.is_empty() {
        if let Some(answers) = agenda.work(engine) {
            return Some(answers);
        }
    }
    None
}

#[test]
fn what_is_asked_last_is_answered_first_and_what_nobody_waits_for_not_at_all() {
    let mut engine = Engine::new(Limits::default());
    engine.append(&delivery(1, 0..3));
    let totals = || Question::Totals(Table::Tls, Filter::default());
    let kinds = || Question::FindingKinds;
    let expected = [totals(), kinds()].map(|question| engine.ask(&question));
    let mut agenda = Agenda::default();

    agenda.ask(1, vec![totals()]);
    assert_eq!(agenda.work(&mut engine), None, "a sum takes more than one piece");
    agenda.ask(2, vec![kinds()]);
    agenda.ask(9, vec![totals(), kinds()]);
    agenda.forget(2, &mut engine);
    let [sums, _] = &expected;
    let newest = Some((9, expected.to_vec()));
    assert_eq!(next_answers(&mut agenda, &mut engine), newest);
    let oldest = Some((1, vec![sums.clone()]));
    assert_eq!(next_answers(&mut agenda, &mut engine), oldest);

    // One that is forgotten half-way harms none after it.
    agenda.ask(3, vec![totals()]);
    assert_eq!(agenda.work(&mut engine), None);
    agenda.forget(3, &mut engine);
    assert_eq!(next_answers(&mut agenda, &mut engine), None);
    assert_eq!(&engine.ask(&totals()), sums);
}

#[test]
fn an_answer_is_of_the_store_as_it_is_when_it_is_done() {
    let mut engine = Engine::new(Limits::default());
    engine.append(&delivery(1, 0..3));
    let totals = Question::Totals(Table::Tls, Filter::default());
    let mut agenda = Agenda::default();
    agenda.ask(1, vec![totals.clone()]);
    assert_eq!(agenda.work(&mut engine), None);
    engine.append(&delivery(2, 3..9));
    let expected = Some((1, vec![engine.ask(&totals)]));
    assert_eq!(next_answers(&mut agenda, &mut engine), expected);
}
