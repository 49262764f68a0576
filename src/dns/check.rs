//! Checks what a person gives: a policy file, or any TXT records.

use std::collections::HashMap;

use super::diagnostic::{Checked, Diagnostic, Log, Position, has_faults};
use super::dmarc::Place;
use super::kind::Kind;
use super::message::Say;
use super::mta_sts::{self, Policy, policy};
use super::name::{Organization, normal};
use super::record::{self, RecordKind};
use super::txt::{self, Txt};
use super::words::Words;
use super::{dmarc, spf, tls_rpt};

/// A record of any kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Record {
    Dmarc(dmarc::Record),
    Spf(spf::Record),
    MtaSts(mta_sts::record::Record),
    TlsRpt(tls_rpt::Record),
}

/// One record of those that were given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    pub txt: Txt,
    /// What it is or was meant as.
    pub kind: Option<RecordKind>,
    /// What it says or meant to say, as far as can be told.
    pub record: Option<Record>,
    /// The record as it should be, where it should be another.
    pub mended: Option<String>,
}

/// Checks a policy file, and whether it covers these mail servers of the domain.
pub fn mta_sts(file: &[u8], hosts: &[String]) -> Checked<Option<Policy>> {
    policy::read(file, hosts)
}

/// Checks TXT records, each text with one of them, or several as DNS tools print them.
/// Lines are counted through all texts, so that with one line each they number the texts.
pub fn records<'a>(
    texts: impl IntoIterator<Item = &'a str>,
    organization: Organization<'_>,
) -> Checked<Vec<Given>> {
    let mut log = Log::default();
    let mut all: Vec<Given> = Vec::new();
    let mut counts = HashMap::new();
    let mut line = 1;
    for text in texts {
        let (records, mut found) = txt::read(text, line);
        if records.is_empty() {
            log.add(Diagnostic::new(Kind::RecordEmpty, Position { line, column: 1 }));
        }
        let before = all.len();
        for txt in records {
            let checked = record(txt, organization);
            log.extend(checked.diagnostics);
            let given = checked.value;
            log.extend(doubled(&given, &mut counts));
            all.push(given);
        }
        // Of a single record it is clear that its spelling is meant.
        if let Some([Given { mended: Some(mended), .. }]) = all.get(before..) {
            for diagnostic in found.iter_mut().filter(|found| found.kind != Kind::NeedsSplit) {
                diagnostic.mended = Some(mended.clone());
            }
        }
        log.extend(found);
        line += u32::try_from(text.lines().count().max(1)).unwrap_or(u32::MAX);
    }
    let mended = all.iter().any(|given| given.mended.is_some());
    let texts = all.iter().map(|given| given.mended.as_ref().unwrap_or(&given.txt.text));
    let mended = mended.then(|| texts.cloned().collect::<Vec<_>>().join("\n"));
    Checked { value: all, diagnostics: log.finish(), mended }
}

/// Checks one record.
pub fn record(txt: Txt, organization: Organization<'_>) -> Checked<Given> {
    let unread = |txt: Txt, wrong: Diagnostic| {
        let value = Given { txt, kind: None, record: None, mended: None };
        Checked { value, diagnostics: vec![wrong], mended: None }
    };
    if txt.text.trim().is_empty() {
        let wrong = Diagnostic::new(Kind::RecordEmpty, txt.at(0));
        return unread(txt, wrong);
    }
    let is_policy = txt.text.trim_start().starts_with("version:");
    let Some(opening) = record::opening(&txt).filter(|_| !is_policy) else {
        let kind = if is_policy { Kind::PolicyForRecord } else { Kind::RecordUnknown };
        let wrong = Diagnostic::new(kind, txt.at(0));
        return unread(txt, wrong);
    };
    let (record, diagnostics, mended) = match opening.kind {
        RecordKind::Dmarc => {
            let place = Place::of_owner(txt.owner.as_deref(), organization);
            parts(dmarc::read(&txt, place), Record::Dmarc)
        }
        RecordKind::Spf => parts(spf::read(&txt), Record::Spf),
        RecordKind::MtaSts => parts(mta_sts::record::read(&txt), Record::MtaSts),
        RecordKind::TlsRpt => parts(tls_rpt::read(&txt), Record::TlsRpt),
    };
    // What is wrong only in its spelling is mended by what was read.
    let spelling = txt.forgiven && !has_faults(&diagnostics);
    let mended = mended.or_else(|| spelling.then(|| txt.text.clone()));
    let value = Given { txt, kind: Some(opening.kind), record, mended: mended.clone() };
    Checked { value, diagnostics, mended }
}

type Parts = (Option<Record>, Vec<Diagnostic>, Option<String>);

fn parts<T>(checked: Checked<Option<T>>, make: impl Fn(T) -> Record) -> Parts {
    (checked.value.map(make), checked.diagnostics, checked.mended)
}

/// Receivers that find two records of one kind at a name use neither.
fn doubled(
    given: &Given,
    counts: &mut HashMap<(RecordKind, Option<String>), u32>,
) -> Option<Diagnostic> {
    let kind = given.kind.filter(|kind| record::is_taken_for(*kind, &given.txt))?;
    let count = counts.entry((kind, given.txt.owner.as_deref().map(normal))).or_default();
    *count += 1;
    (*count > 1).then(|| {
        Diagnostic::new(Kind::RecordDoubled, given.txt.at(0))
            .rule(kind.rule_of_one())
            .arg("version", kind.version())
            .arg("count", count)
    })
}

/// A diagnostic as a line of the command line's output.
pub fn line(diagnostic: &Diagnostic, words: Words) -> String {
    let (at, severity) = (diagnostic.at, diagnostic.severity().code());
    let rule = if diagnostic.rule.is_empty() { "-" } else { diagnostic.rule };
    let text = words.fill(diagnostic.kind.key(), &diagnostic.args);
    format!("{}:{} {severity} {rule} \u{2014} {text}", at.line, at.column)
}

/// The command line's exit status: 0 without faults, 1 with.
pub fn exit_status(diagnostics: &[Diagnostic]) -> u8 {
    u8::from(has_faults(diagnostics))
}
