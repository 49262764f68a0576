//! What the pasted output says of one domain: its records and its policy, each checked,
//! and what senders make of them.

mod note;
mod policy;
mod records;

pub use note::{Note, Sender};
pub use policy::PolicyFile;
pub use records::{Found, Presence};

use std::net::IpAddr;

use super::{Pasted, Question, RecordType, State, questions};
use crate::base::UnixSeconds;
use crate::dns::message::Message;
use crate::dns::mta_sts::resolver;
use crate::dns::name::{Organization, is_domain, normal};
use crate::dns::record::RecordKind;
use crate::dns::spf::{self, Evaluation};

/// All that there is to say of a domain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DomainCheck {
    pub domain: String,
    /// Its mail servers by preference; `None` where DNS was not asked or did not answer.
    pub servers: Option<Vec<String>>,
    /// Its records, in the order of [`RecordKind::ALL`].
    pub records: [Found; RecordKind::ALL.len()],
    /// The policy file, where an answer has one.
    pub policy: Option<PolicyFile>,
    /// What is to be said beyond the diagnostics of records and policy.
    pub notes: Vec<Message<Note>>,
    /// What a sender that follows the RFC does.
    pub sender: Message<Sender>,
    /// What `postfix-mta-sts-resolver` says; `None` where what was pasted does not tell.
    pub resolver: Option<resolver::Verdict>,
    /// What else DNS is to be asked, once this is known.
    pub next: Vec<Question>,
}

/// Checks one domain. `now` is for what ends soon.
pub fn check(
    domain: &str,
    pasted: &Pasted,
    now: UnixSeconds,
    organization: Organization<'_>,
) -> DomainCheck {
    let domain = normal(domain);
    let mut notes = Vec::new();
    let servers = servers(&domain, pasted, &mut notes);
    let mut next = Vec::new();
    let records = RecordKind::ALL
        .map(|kind| records::of_kind(kind, &domain, pasted, organization, &mut notes, &mut next));
    let [_, _, mta_sts, _] = &records;
    let hosts = servers.as_deref().unwrap_or_default();
    let (policy, reached) = policy::read(&domain, pasted, hosts, mta_sts, now, &mut notes);
    let sender = policy::sender(mta_sts, policy.as_ref(), reached);
    let resolver = policy::resolver(&domain, mta_sts, pasted);
    let is_open = |question: &Question| {
        let alone = records
            .iter()
            .any(|found| found.name == question.name && found.presence != Presence::Unasked);
        pasted.answer(&question.name, question.kind).is_none()
            && (question.kind != RecordType::Txt || !alone)
    };
    next.extend(questions(&domain).into_iter().filter(is_open));
    // Names in records are what strangers write.
    next.retain(|question| is_domain(&question.name));
    next.sort_unstable();
    next.dedup();
    DomainCheck { domain, servers, records, policy, notes, sender, resolver, next }
}

/// What the SPF record of a domain says of an address that sends with it in MAIL FROM, as
/// far as the pasted records tell. `None` where there is no usable record among them.
pub fn spf_of(domain: &str, address: IpAddr, pasted: &Pasted) -> Option<Evaluation> {
    let record = records::known_spf(pasted, domain)?;
    Some(spf::evaluate(&record, address, &|domain| records::known_spf(pasted, domain)))
}

/// The mail servers of the domain, and what is to be said of them.
fn servers(domain: &str, pasted: &Pasted, notes: &mut Vec<Message<Note>>) -> Option<Vec<String>> {
    let about = |note| Message::new(note).arg("domain", domain);
    let Some(answer) = pasted.answer(domain, RecordType::Mx) else {
        notes.push(unanswered(Note::Unasked, domain, RecordType::Mx));
        return None;
    };
    if answer.state == State::Failed {
        notes.push(unanswered(Note::DnsFailed, domain, RecordType::Mx));
        return None;
    }
    if answer.state == State::NoName {
        notes.push(about(Note::NoDomain));
        return Some(Vec::new());
    }
    let servers: Vec<_> = answer.servers.iter().map(|server| server.host.clone()).collect();
    match servers.as_slice() {
        [] => notes.push(about(Note::MxMissing)),
        [one] if one.is_empty() => {
            notes.push(about(Note::MxNull));
            return Some(Vec::new());
        }
        _ => {}
    }
    Some(servers)
}

fn unanswered(note: Note, name: &str, kind: RecordType) -> Message<Note> {
    Message::new(note).arg("name", name).arg("type", kind.token())
}
