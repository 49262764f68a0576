//! What the pasted output says of each domain.

use super::sources;
use crate::dns::check::Given;
use crate::dns::lookup::{self, DomainCheck, Found, Pasted, PolicyFile, Presence, Sender};
use crate::dns::mta_sts::resolver::FetchResult;
use crate::dns::{Checked, RecordKind, Severity, shown_lines};
use crate::screens::toolbox::pen::Pen;
use crate::screens::toolbox::record::{found, kind_name};
use crate::screens::toolbox::{Block, Section, Tone};

/// A table of all domains, where there are several, and a section for each.
pub fn sections(pen: Pen<'_>, domains: &[String], pasted: &Pasted) -> Vec<Section> {
    let organization = |name: &str| pen.organization(name);
    let check = |domain: &String| lookup::check(domain, pasted, pen.ask.now, &organization);
    let checks: Vec<_> = domains.iter().map(check).collect();
    let mut sections = Vec::new();
    if let [_, _, ..] = checks.as_slice() {
        sections.push(pen.section("tool.domain.all", vec![table(pen, &checks)]));
    }
    sections.extend(checks.iter().map(|check| section(pen, check, pasted)));
    sections
}

/// A row for each domain: whether it has each record, and what senders make of its policy.
fn table(pen: Pen<'_>, checks: &[DomainCheck]) -> Block {
    let mut head = vec![pen.text("tool.domain.column")];
    head.extend(RecordKind::ALL.map(|kind| kind_name(kind).to_owned()));
    head.push(pen.text("tool.domain.sender"));
    let row = |check: &DomainCheck| {
        let mut row = vec![check.domain.clone()];
        row.extend(check.records.iter().map(|found| pen.text(state(found).0)));
        row.push(pen.words.say(&check.sender));
        row
    };
    Block::Table { head, rows: checks.iter().map(row).collect() }
}

/// How a kind of record stands, as the key of its message, and whether all is well with it.
fn state(found: &Found) -> (&'static str, bool) {
    let key = match found.presence {
        Presence::Unasked => "tool.state.unasked",
        Presence::Failed => "tool.state.failed",
        Presence::Missing => "tool.state.missing",
        Presence::Several => "tool.state.several",
        Presence::One if found.records.iter().any(Checked::has_faults) => "tool.state.faulty",
        Presence::One => return ("tool.state.fine", true),
    };
    (key, false)
}

fn section(pen: Pen<'_>, check: &DomainCheck, pasted: &Pasted) -> Section {
    let mut blocks = vec![pen.note(sender_tone(check.sender.code), &check.sender, "RFC 8461 §5")];
    if let Some(verdict) = &check.resolver {
        let tone = match verdict.result {
            FetchResult::Valid | FetchResult::NotChanged => Tone::Good,
            FetchResult::None | FetchResult::FetchError => Tone::Fault,
        };
        let token = format!("`STSFetchResult.{}`", verdict.result.token());
        let reason = pen.words.say(&verdict.reason);
        blocks.push(Block::Remark(pen.remark(tone, pen.words.said(&token, &reason))));
    }
    let mut notes: Vec<_> = check.notes.iter().collect();
    notes.sort_by_key(|note| std::cmp::Reverse(note.code.severity()));
    for note in notes {
        let severity: Severity = note.code.severity();
        blocks.push(pen.note(severity.into(), note, note.code.rule()));
    }
    if let Some(servers) = check.servers.as_deref().filter(|servers| !servers.is_empty()) {
        let servers = servers.join(", ");
        blocks.push(Block::Facts(vec![(pen.text("tool.domain.mx"), servers)]));
    }
    blocks.extend(check.records.iter().filter_map(|found| of_kind(pen, found)));
    blocks.extend(check.policy.as_ref().map(|policy| file(pen, policy)));
    blocks.extend(sources::compare(pen, &check.domain, pasted));
    if !check.next.is_empty() {
        blocks.push(pen.title("tool.domain.next"));
        blocks.push(pen.copy("tool.domain.dig", lookup::dig(&check.next)));
    }
    Section { title: check.domain.clone(), blocks }
}

const fn sender_tone(sender: Sender) -> Tone {
    match sender {
        Sender::Enforce | Sender::Testing => Tone::Good,
        Sender::Unknown => Tone::Quiet,
        Sender::NoRecord | Sender::ModeNone | Sender::DnsFailed => Tone::Warning,
        Sender::SeveralRecords
        | Sender::InvalidRecord
        | Sender::Unavailable
        | Sender::InvalidPolicy
        | Sender::TestingUncovered
        | Sender::EnforceUncovered => Tone::Fault,
    }
}

/// The records of a kind; where there is none, a note has said so.
fn of_kind(pen: Pen<'_>, kind: &Found) -> Option<Block> {
    if kind.records.is_empty() {
        return None;
    }
    let one = |checked: &Checked<Given>| {
        found(pen, &checked.value.txt.text, &checked.value, &checked.diagnostics)
    };
    let blocks = kind.records.iter().flat_map(one).collect();
    let (state, is_fine) = state(kind);
    let title = pen.fill(
        "tool.domain.record",
        &[("kind", kind_name(kind.kind)), ("name", &kind.name), ("state", &pen.text(state))],
    );
    // A faulty one is shown at once.
    Some(match is_fine {
        true => Block::Fold { title, blocks },
        false => Block::Group { title, blocks },
    })
}

/// The policy file, as it was served.
fn file(pen: Pen<'_>, policy: &PolicyFile) -> Block {
    let response = &policy.response;
    let certificate = &policy.certificate;
    let facts = [
        ("tool.http.status", response.status.map(|status| status.to_string())),
        ("tool.http.location", response.location.clone()),
        ("tool.http.type", response.content_type.clone()),
        ("tool.http.subject", certificate.subject.clone()),
        ("tool.http.issuer", certificate.issuer.clone()),
        ("tool.http.expires", certificate.expires.map(|at| at.rfc3339())),
    ];
    let facts = facts.into_iter().filter_map(|(key, value)| Some((pen.text(key), value?)));
    let lines = shown_lines(response.body.as_bytes());
    let mut blocks = vec![Block::Facts(facts.collect())];
    blocks.push(pen.listing(&lines, &policy.checked.diagnostics));
    blocks.extend(policy.checked.mended.as_ref().map(|text| pen.file("mta-sts.txt", text)));
    let title = pen.text("tool.mta-sts.file");
    match policy.checked.has_faults() {
        true => Block::Group { title, blocks },
        false => Block::Fold { title, blocks },
    }
}
