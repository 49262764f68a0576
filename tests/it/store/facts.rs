//! Random facts: files with parts, reports that share values, identities and
//! contents with one another more often than life has it.

use std::borrow::Cow;

use vitrail::base::{
    FileId, Findings, Format, Kind, Limits, Outcome, ReportKind, Step, UnixSeconds, Whereabouts,
};
use vitrail::derive::Judge;
use vitrail::report::model::{
    Address, AggregateRecord, Auth, Dkim, Extra, Header, LangText, PolicyPublished, Reason, Spf,
    Text,
};
use vitrail::report::{Failure, Sink, TlsFailure, TlsPolicy, Token, Vocabulary};
use vitrail::store::{Alignment, Batch, Filled, Judgement, Part, RowId, Store};

use crate::random::Random;

/// What all copies of a report have in common.
#[derive(Clone, Debug)]
pub struct Report {
    pub header: Header<'static>,
    pub records: Vec<AggregateRecord<'static>>,
    /// Policies, where it is a TLS report.
    pub policies: Vec<TlsPolicy<'static>>,
    /// Messages, where it is a failure report.
    pub failures: Vec<Failure<'static>>,
    pub digest: u128,
}

#[derive(Clone, Debug)]
pub struct PartFacts {
    pub steps: Vec<Step>,
    pub format: Format,
    pub outcome: Option<Outcome>,
    /// Of a part that is opened, or damaged with a header that could be read.
    pub report: Option<Report>,
    pub findings: Findings,
}

#[derive(Clone, Debug)]
pub struct FileFacts {
    pub id: FileId,
    pub name: String,
    pub size: u64,
    pub parts: Vec<PartFacts>,
}

/// What a store makes of a record when there is no other.
pub fn judged(
    header: &Header<'static>,
    record: &AggregateRecord<'static>,
) -> (Judgement, Vec<Alignment>) {
    let (header, records) = (header.clone(), vec![record.clone()]);
    let part = PartFacts {
        steps: Vec::new(),
        format: Format::Xml,
        outcome: Some(Outcome::Opened),
        report: Some(Report {
            header,
            records,
            policies: Vec::new(),
            failures: Vec::new(),
            digest: 0,
        }),
        findings: Findings::default(),
    };
    let file = FileFacts { id: FileId(0), name: String::new(), size: 0, parts: vec![part] };
    let mut store = Store::new(Limits::default());
    store.append(&batch([&file]));
    Judge::new(None).extend(&mut store);
    let (judgement, alignments) = store.derived().of_row(RowId(0)).expect("a judged row");
    (judgement, alignments.collect())
}

/// Files and what is in them, in the order of their ids.
pub fn files(random: &mut Random) -> Vec<FileFacts> {
    let mut reports: Vec<Report> = Vec::new();
    for digest in 0..8 {
        let mut report = report(random, digest);
        // Now and then the same identity again, or the same content.
        if let Some(other) = reports.get(random.below(10)) {
            if random.percent(60) {
                report.header = other.header.clone();
                report.policies = other.policies.clone();
                report.failures = other.failures.clone();
                report.records.truncate(match report.header.kind {
                    ReportKind::Aggregate => usize::MAX,
                    _ => 0,
                });
            } else {
                report.digest = other.digest;
            }
        }
        reports.push(report);
    }
    (0..random.below(8)).map(|id| file(random, FileId(id as u32 * 3), &reports)).collect()
}

fn file(random: &mut Random, id: FileId, reports: &[Report]) -> FileFacts {
    let mut parts = Vec::new();
    for index in 0..random.below(4) as u32 {
        let start = u64::from(index) * 1000;
        let mut steps = vec![Step {
            format: Format::Mbox,
            index,
            range: Some((start, start + 900)),
            name: None,
        }];
        if random.percent(30) {
            parts.push(part(random, &steps, None, reports));
        }
        for index in 0..random.below(3) as u32 {
            let name = random.unless(30, |random| format!("{}.xml", random.below(3)).into());
            steps.push(Step { format: Format::Mail, index, range: None, name });
            let outcomes = [
                Outcome::Opened,
                Outcome::Opened,
                Outcome::Opened,
                Outcome::Damaged,
                Outcome::NotAReport,
                Outcome::Empty,
                Outcome::OverLimit,
            ];
            let outcome = *random.pick(&outcomes);
            parts.push(part(random, &steps, Some(outcome), reports));
            steps.pop();
        }
    }
    let name = format!("{}{}.mbox", random.pick(&["a", "B", "é"]), random.below(3));
    FileFacts { id, name, size: random.below(5) as u64, parts }
}

fn part(
    random: &mut Random,
    steps: &[Step],
    outcome: Option<Outcome>,
    reports: &[Report],
) -> PartFacts {
    let mut findings = Findings::default();
    for _ in 0..random.below(3) {
        let kind = *random.pick(&[Kind::LongPeriod, Kind::BadNumber, Kind::TypeMismatch]);
        findings.add(kind, Whereabouts::Offset(random.next()), word(random), 2);
    }
    let report = match outcome {
        Some(Outcome::Opened) => {
            let mut copy = random.pick(reports).clone();
            // What is taken from the mail around it may differ from copy to copy.
            if random.percent(20) {
                copy.header.contact = text(random);
            }
            Some(copy)
        }
        Some(Outcome::Damaged) => random.unless(50, |random| random.pick(reports).clone()),
        _ => None,
    };
    let format = if outcome.is_none() { Format::Mail } else { Format::Xml };
    PartFacts { steps: steps.to_vec(), format, outcome, report, findings }
}

fn report(random: &mut Random, digest: u128) -> Report {
    let kind = *random.pick(&[
        ReportKind::Aggregate,
        ReportKind::Aggregate,
        ReportKind::Tls,
        ReportKind::Failure,
    ]);
    let aggregate = kind == ReportKind::Aggregate;
    let moment = |random: &mut Random| UnixSeconds(random.below(9) as i64 * 80_000 - 86_400);
    let header = Header {
        reporter: text(random),
        contact: text(random),
        report_id: text(random),
        domain: text(random),
        begin: random.unless(10, moment),
        end: random.unless(10, moment),
        extras: random.several(2, extra),
        extra_contact_info: random.unless(70, lang_text),
        errors: random.several(2, lang_text),
        generator: text(random),
        version: text(random),
        namespace: text(random),
        policy: random.unless(20, policy).filter(|_| aggregate),
        ..Header::new(kind)
    };
    let records = if aggregate { random.several(6, record) } else { Vec::new() };
    let (mut policies, mut failures) = (Vec::new(), Vec::new());
    match kind {
        ReportKind::Aggregate => {}
        ReportKind::Tls => policies = random.several(3, tls_policy),
        ReportKind::Failure => failures = random.several(2, failure),
    }
    Report { header, records, policies, failures, digest }
}

pub fn record(random: &mut Random) -> AggregateRecord<'static> {
    AggregateRecord {
        source_ip: random.unless(10, address),
        count: random.unless(10, |random| match random.below(20) {
            0 => u64::MAX - 1,
            n => n as u64,
        }),
        disposition: token(random),
        dkim: token(random),
        spf: token(random),
        reasons: random.several(2, |random| Reason { kind: token(random), comment: text(random) }),
        header_from: text(random),
        envelope_from: text(random),
        envelope_to: text(random),
        auth: Auth {
            dkim: random.several(2, |random| Dkim {
                domain: text(random),
                selector: text(random),
                result: token(random),
                human_result: text(random),
            }),
            spf: random.several(2, |random| Spf {
                domain: text(random),
                scope: token(random),
                result: token(random),
                human_result: text(random),
            }),
        },
        extras: if random.percent(80) { Vec::new() } else { random.several(2, extra) },
    }
}

fn tls_policy(random: &mut Random) -> TlsPolicy<'static> {
    let string = |random: &mut Random| {
        let lines = ["version: STSv1", "mode: testing", "mode: enforce", "mx: a.test", "3 1 1 ab"];
        Cow::Borrowed(*random.pick(&lines))
    };
    TlsPolicy {
        policy_type: token(random),
        policy_string: random.several(3, string),
        policy_domain: text(random),
        mx_host: random.several(2, |random| Cow::Borrowed(word(random))),
        successful: sessions(random),
        failed: sessions(random),
        failures: random.several(3, |random| TlsFailure {
            result_type: token(random),
            sending_mta_ip: random.unless(20, address),
            receiving_mx_hostname: text(random),
            receiving_mx_helo: text(random),
            receiving_ip: random.unless(20, address),
            failed_sessions: sessions(random),
            additional_information: text(random),
            failure_reason_code: text(random),
            extras: if random.percent(80) { Vec::new() } else { random.several(2, extra) },
        }),
        extras: if random.percent(80) { Vec::new() } else { random.several(2, extra) },
    }
}

fn failure(random: &mut Random) -> Failure<'static> {
    let mailbox = |random: &mut Random| {
        random.unless(20, |random| {
            Cow::Borrowed(*random.pick(&["Zoë <Z@A.test>", "b@b.test", "nobody", "", "<a@>"]))
        })
    };
    let texts = |random: &mut Random| random.several(2, |random| Cow::Borrowed(word(random)));
    Failure {
        feedback_type: token(random),
        auth_failure: random
            .several(2, |random| token(random).unwrap_or(Token::Other("odd".into()))),
        delivery_result: token(random),
        user_agent: text(random),
        version: text(random),
        source_ip: random.unless(20, address),
        reported_domains: texts(random),
        reported_uris: texts(random),
        original_mail_from: mailbox(random),
        original_rcpt_to: texts(random),
        original_envelope_id: text(random),
        authentication_results: texts(random),
        identity_alignment: text(random),
        dkim_domain: text(random),
        dkim_identity: text(random),
        dkim_selector: text(random),
        spf_dns: texts(random),
        incidents: Some(if random.percent(5) { u64::MAX } else { random.below(4) as u64 }),
        header_from: mailbox(random),
        subject: text(random),
        message_id: text(random),
        extras: if random.percent(80) { Vec::new() } else { random.several(2, extra) },
        ..Failure::default()
    }
}

fn sessions(random: &mut Random) -> Option<u64> {
    random.unless(15, |random| if random.percent(5) { u64::MAX } else { random.below(20) as u64 })
}

fn policy(random: &mut Random) -> PolicyPublished<'static> {
    PolicyPublished {
        p: token(random),
        sp: token(random),
        np: token(random),
        adkim: token(random),
        aspf: token(random),
        pct: text(random),
        fo: text(random),
        testing: token(random),
        discovery_method: token(random),
    }
}

fn word(random: &mut Random) -> &'static str {
    const WORDS: [&str; 8] =
        ["", "a.test", "A.test", "b.test", "Zoë", "zoé", "mail.example.com", "pass"];
    WORDS[random.below(WORDS.len())]
}

fn text(random: &mut Random) -> Text<'static> {
    random.unless(20, |random| Cow::Borrowed(word(random)))
}

fn lang_text(random: &mut Random) -> LangText<'static> {
    LangText { text: word(random).into(), lang: text(random) }
}

fn extra(random: &mut Random) -> Extra<'static> {
    Extra { path: word(random).into(), text: word(random).into() }
}

/// A word of the vocabulary, or one that no vocabulary has.
fn token<V: Vocabulary>(random: &mut Random) -> Option<Token<'static, V>> {
    random.unless(10, |random| match random.percent(10) {
        true => Token::Other(Cow::Borrowed("sonderbar")),
        false => Token::Known(*random.pick(V::ALL)),
    })
}

fn address(random: &mut Random) -> Address<'static> {
    let n = random.below(12) as u8;
    match random.below(4) {
        0 => Address::Ip(format!("2001:db8::{n:x}").parse().expect("an address")),
        1 => Address::Other(word(random).into()),
        _ => Address::Ip([192, 0, 2, n].into()),
    }
}

/// Whether there is nothing to tell of a part.
pub fn silent(part: &PartFacts) -> bool {
    let plain = [None, Some(Outcome::NotAReport), Some(Outcome::Empty)];
    plain.contains(&part.outcome) && part.findings.is_empty()
}

/// Gives a file's parts to a batch, as an import would.
pub fn fill(batch: &mut Batch, file: &FileFacts, limits: &Limits) {
    batch.open_file(file.id, &file.name, file.size);
    for part in &file.parts {
        let mut findings = part.findings.clone();
        let filled = match (&part.report, part.outcome) {
            (Some(report), Some(outcome)) => {
                let mut filler = batch.filler(limits);
                report.records.iter().for_each(|record| filler.record(record));
                report.policies.iter().for_each(|policy| filler.tls_policy(policy));
                report.failures.iter().for_each(|failure| filler.failure(failure));
                filler.header(&report.header);
                let (filled, found) = filler.keep(outcome, report.digest);
                findings.absorb(found, limits.sightings_per_kind);
                filled
            }
            _ => Filled::default(),
        };
        if silent(part) {
            batch.pass_over(part.outcome);
            continue;
        }
        batch.part(Part {
            steps: &part.steps,
            format: part.format,
            outcome: part.outcome,
            filled,
            findings: &findings,
        });
    }
}

/// A batch of some files.
pub fn batch<'a>(files: impl IntoIterator<Item = &'a FileFacts>) -> Batch {
    let mut batch = Batch::default();
    files.into_iter().for_each(|file| fill(&mut batch, file, &Limits::default()));
    batch
}
