//! The records of one kind that a domain has.

use super::super::{Pasted, Question, RecordType, State};
use super::{Note, unanswered};
use crate::dns::check::{self, Given, Record};
use crate::dns::diagnostic::Checked;
use crate::dns::dmarc::{self, Permission};
use crate::dns::message::Message;
use crate::dns::name::Organization;
use crate::dns::record::{RecordKind, is_taken_for};
use crate::dns::spf::{self, LOOKUP_LIMIT};
use crate::dns::txt::Txt;

/// The records of one kind at the name where they belong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub kind: RecordKind,
    /// The name, such as `_dmarc.example.com`.
    pub name: String,
    pub presence: Presence,
    /// Those that are or were meant as one of this kind, each checked; places in
    /// diagnostics are those in the record's own text.
    pub records: Vec<Checked<Given>>,
    /// Every TXT record at the name, also others.
    pub texts: Vec<String>,
}

/// Whether there are records of the kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Presence {
    /// What was pasted does not tell.
    Unasked,
    /// DNS gave no answer.
    Failed,
    Missing,
    One,
    /// More than one: receivers use none of them.
    Several,
}

/// Finds and checks the records of a kind.
pub(super) fn of_kind(
    kind: RecordKind,
    domain: &str,
    pasted: &Pasted,
    organization: Organization<'_>,
    notes: &mut Vec<Message<Note>>,
    next: &mut Vec<Question>,
) -> Found {
    let name = kind.name(domain);
    let answer = pasted.answer(&name, RecordType::Txt);
    let texts = match answer {
        Some(answer) => answer.texts.clone(),
        None => loose(kind, pasted),
    };
    let mut records = Vec::new();
    for text in &texts {
        let checked = check::record(Txt::at_name(&name, text), organization);
        match checked.value.kind {
            Some(found) if found == kind => records.push(checked),
            Some(other) if is_taken_for(other, &checked.value.txt) => {
                let misplaced = Message::new(Note::RecordMisplaced).arg("name", &name);
                let misplaced = misplaced.arg("version", other.version());
                notes.push(misplaced.arg("right", other.name(domain)));
            }
            _ => {}
        }
    }
    let taken = records.iter().filter(|checked| is_taken_for(kind, &checked.value.txt)).count();
    let presence = match (answer.map(|answer| answer.state), records.len()) {
        (None, 0) => Presence::Unasked,
        (Some(State::Failed), _) => Presence::Failed,
        (_, 0) => Presence::Missing,
        _ if taken > 1 => Presence::Several,
        _ => Presence::One,
    };
    match presence {
        Presence::Unasked => notes.push(unanswered(Note::Unasked, &name, RecordType::Txt)),
        Presence::Failed => notes.push(unanswered(Note::DnsFailed, &name, RecordType::Txt)),
        Presence::Missing => {
            let missing = Message::new(Note::RecordMissing).arg("name", &name);
            notes.push(missing.arg("version", kind.version()));
            if kind == RecordKind::Dmarc {
                notes.extend(inherited(domain, pasted, next));
            }
        }
        Presence::Several => {
            let doubled = Message::new(Note::RecordsDoubled).arg("name", &name);
            notes.push(doubled.arg("version", kind.version()).arg("count", taken));
        }
        Presence::One => {}
    }
    for checked in &records {
        match &checked.value.record {
            Some(Record::Dmarc(record)) => {
                let needed = dmarc::permissions(record, domain, organization);
                permissions(needed, pasted, notes, next);
            }
            Some(Record::Spf(record)) => look_ups(record, pasted, notes, next),
            _ => {}
        }
    }
    Found { kind, name, presence, records, texts }
}

/// Records that were pasted alone, and say themselves that they are of the kind.
fn loose(kind: RecordKind, pasted: &Pasted) -> Vec<String> {
    let of_kind = pasted.loose.iter().filter(|(found, _)| *found == kind);
    of_kind.map(|(_, text)| text.clone()).collect()
}

/// The record of a domain above that holds instead (RFC 9989 §4.10).
fn inherited(domain: &str, pasted: &Pasted, next: &mut Vec<Question>) -> Option<Message<Note>> {
    let mut above = domain;
    while let Some((_, parent)) = above.split_once('.').filter(|(_, parent)| parent.contains('.')) {
        above = parent;
        let question = Question::new(&RecordKind::Dmarc.name(parent), RecordType::Txt);
        match pasted.answer(&question.name, RecordType::Txt) {
            Some(answer) if answer.texts.iter().any(|text| is_dmarc(text)) => {
                return Some(Message::new(Note::DmarcInherited).arg("name", question.name));
            }
            Some(_) => {}
            None => next.push(question),
        }
    }
    None
}

fn is_dmarc(text: &str) -> bool {
    is_taken_for(RecordKind::Dmarc, &Txt::plain(text))
}

/// Whether the domains that reports go to have agreed.
fn permissions(
    needed: Vec<Permission>,
    pasted: &Pasted,
    notes: &mut Vec<Message<Note>>,
    next: &mut Vec<Question>,
) {
    for Permission { host, name } in needed {
        match pasted.answer(&name, RecordType::Txt) {
            None => next.push(Question::new(&name, RecordType::Txt)),
            Some(answer) if answer.state == State::Failed => {
                notes.push(unanswered(Note::DnsFailed, &name, RecordType::Txt));
            }
            Some(answer) if answer.texts.iter().any(|text| is_dmarc(text)) => {}
            Some(_) => {
                let missing = Message::new(Note::PermissionMissing).arg("host", host);
                notes.push(missing.arg("name", name));
            }
        }
    }
}

/// Whether the record costs too many look-ups, with those that it includes.
fn look_ups(
    record: &spf::Record,
    pasted: &Pasted,
    notes: &mut Vec<Message<Note>>,
    next: &mut Vec<Question>,
) {
    let reach = spf::reach(record, &|domain| known_spf(pasted, domain));
    // Of the record alone, its own diagnostics say so.
    if reach.lookups > LOOKUP_LIMIT && record.lookups() <= LOOKUP_LIMIT {
        notes.push(Message::new(Note::SpfLookups).arg("count", reach.lookups));
    }
    next.extend(reach.missing.iter().map(|domain| Question::new(domain, RecordType::Txt)));
}

/// The SPF record of a domain, where DNS was asked for it and there is exactly one.
pub(super) fn known_spf(pasted: &Pasted, domain: &str) -> Option<spf::Record> {
    let answer = pasted.answer(domain, RecordType::Txt)?;
    let records = answer.texts.iter().map(|text| Txt::plain(text));
    let mut records = records.filter(|txt| is_taken_for(RecordKind::Spf, txt));
    match (records.next(), records.next()) {
        (Some(only), None) => spf::read(&only).value,
        _ => None,
    }
}
