//! The policy file as it was fetched, and what senders make of it and of its record.

use super::super::{Certificate, Failure, Outcome, Pasted, Response};
use super::{Found, Note, Presence, Sender};
use crate::base::UnixSeconds;
use crate::base::calendar::DAY;
use crate::dns::diagnostic::Checked;
use crate::dns::message::Message;
use crate::dns::mta_sts::matching::uncovered;
use crate::dns::mta_sts::record::{Unusable, for_sender};
use crate::dns::mta_sts::resolver::{self, PolicyAnswer, TxtAnswer};
use crate::dns::mta_sts::rollout::{policy_host, policy_url};
use crate::dns::mta_sts::{Mode, Policy, policy};
use crate::dns::txt::Txt;

/// Days before its end at which a certificate should have been renewed.
const SOON: i64 = 14;

/// A policy file as a web server gave it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyFile {
    pub response: Response,
    pub certificate: Certificate,
    /// The text, checked against the ABNF and the domain's mail servers.
    pub checked: Checked<Option<Policy>>,
    /// What senders go by: the policy as it stands, if they can use it.
    pub policy: Option<Policy>,
    /// The known mail servers that no pattern of it matches.
    pub uncovered: Vec<String>,
}

/// Whether a sender gets the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reached {
    Unasked,
    No,
    Yes,
}

/// The policy file of the domain, and what is to be said of how it is served.
pub(super) fn read(
    domain: &str,
    pasted: &Pasted,
    hosts: &[String],
    record: &Found,
    now: UnixSeconds,
    notes: &mut Vec<Message<Note>>,
) -> (Option<PolicyFile>, Reached) {
    let host = policy_host(domain);
    let announced = record.presence != Presence::Missing;
    let Some(fetch) = pasted.fetch(&host) else {
        // Without a record, nobody asks for a file.
        if announced {
            notes.push(Message::new(Note::PolicyUnasked).arg("url", policy_url(domain)));
        }
        return (None, Reached::Unasked);
    };
    let response = match &fetch.outcome {
        Outcome::Response(response) => response,
        Outcome::Failed(failure) => {
            notes.extend(failed(*failure, &host).filter(|_| announced));
            return (None, Reached::No);
        }
    };
    notes.extend(ends(&fetch.certificate, &host, now));
    let served = served(response, notes);
    let is_policy = matches!(response.status, None | Some(200));
    if !is_policy {
        return (None, Reached::No);
    }
    let file = file(response, &fetch.certificate, hosts);
    if !announced && file.policy.is_some() {
        notes.push(Message::new(Note::PolicyUnannounced).arg("name", &record.name));
    }
    (Some(file), served)
}

fn file(response: &Response, certificate: &Certificate, hosts: &[String]) -> PolicyFile {
    let checked = policy::read(response.body.as_bytes(), hosts);
    // Without the servers, since what is meant for them would count as if it stood there.
    let alone = policy::read(response.body.as_bytes(), &[]);
    let is_void = alone.has_faults();
    let policy = alone.value.filter(|_| !is_void);
    let patterns = policy.as_ref().map(|policy| policy.mx.as_slice()).unwrap_or_default();
    let is_off = policy.as_ref().is_none_or(|policy| policy.mode == Mode::None);
    let uncovered = if is_off { Vec::new() } else { uncovered(patterns, hosts) };
    PolicyFile {
        response: response.clone(),
        certificate: certificate.clone(),
        checked,
        uncovered: uncovered.into_iter().map(str::to_owned).collect(),
        policy,
    }
}

fn failed(failure: Failure, host: &str) -> Option<Message<Note>> {
    let note = match failure {
        Failure::NoAddress => Note::PolicyNoAddress,
        Failure::NoConnection => Note::PolicyNoConnection,
        Failure::TimedOut => Note::PolicyTimedOut,
        Failure::CertificateName => Note::PolicyCertificateName,
        Failure::CertificateExpired => Note::PolicyCertificateExpired,
        Failure::CertificateUntrusted => Note::PolicyCertificateUntrusted,
        Failure::Tls => Note::PolicyTls,
        Failure::Other(code) => {
            let failed = Message::new(Note::PolicyFailed).arg("host", host);
            return Some(failed.arg("code", code));
        }
    };
    Some(Message::new(note).arg("host", host))
}

/// A certificate that should have been renewed.
fn ends(certificate: &Certificate, host: &str, now: UnixSeconds) -> Option<Message<Note>> {
    let end = certificate.expires.filter(|end| end.0 - now.0 < SOON * DAY)?;
    let ends = Message::new(Note::PolicyCertificateEnds).arg("host", host);
    Some(ends.arg("date", end.rfc3339()))
}

/// How the file is served.
fn served(response: &Response, notes: &mut Vec<Message<Note>>) -> Reached {
    let Some(status) = response.status else {
        // Only the file itself was pasted.
        return Reached::Yes;
    };
    match (status, &response.location) {
        (200, _) => {}
        (300..=399, Some(location)) => {
            let redirect = Message::new(Note::PolicyRedirect).arg("status", status);
            notes.push(redirect.arg("location", location));
            return Reached::No;
        }
        _ => {
            notes.push(Message::new(Note::PolicyStatus).arg("status", status));
            return Reached::No;
        }
    }
    match &response.content_type {
        None => notes.push(Note::PolicyContentTypeMissing.into()),
        Some(found) => {
            let media_type = found.split(';').next().unwrap_or_default().trim();
            if !media_type.eq_ignore_ascii_case("text/plain") {
                notes.push(Message::new(Note::PolicyContentType).arg("found", media_type));
            }
        }
    }
    Reached::Yes
}

/// What a sender that follows RFC 8461 does.
pub(super) fn sender(
    record: &Found,
    file: Option<&PolicyFile>,
    reached: Reached,
) -> Message<Sender> {
    match record.presence {
        Presence::Unasked => return Sender::Unknown.into(),
        Presence::Failed => return Sender::DnsFailed.into(),
        Presence::Missing | Presence::One | Presence::Several => {}
    }
    let texts: Vec<_> = record.texts.iter().map(|text| Txt::plain(text)).collect();
    match for_sender(&texts) {
        Ok(_) => {}
        Err(Unusable::Several) => return Sender::SeveralRecords.into(),
        Err(Unusable::Missing) if record.records.is_empty() => return Sender::NoRecord.into(),
        Err(Unusable::Missing | Unusable::Invalid) => return Sender::InvalidRecord.into(),
    }
    let Some(file) = file else {
        let unknown = reached == Reached::Unasked;
        return if unknown { Sender::Unknown } else { Sender::Unavailable }.into();
    };
    let Some(policy) = &file.policy else {
        return Sender::InvalidPolicy.into();
    };
    let (covered, missed) = match policy.mode {
        Mode::None => return Sender::ModeNone.into(),
        Mode::Testing => (Sender::Testing, Sender::TestingUncovered),
        Mode::Enforce => (Sender::Enforce, Sender::EnforceUncovered),
    };
    match file.uncovered.as_slice() {
        [] => Message::new(covered).arg("seconds", policy.max_age),
        hosts => Message::new(missed).arg("hosts", hosts.join(", ")),
    }
}

/// What `postfix-mta-sts-resolver` says, where what was pasted tells.
pub(super) fn resolver(domain: &str, record: &Found, pasted: &Pasted) -> Option<resolver::Verdict> {
    let txt = match record.presence {
        Presence::Unasked => return None,
        Presence::Failed => TxtAnswer::Failed,
        _ if record.texts.is_empty() => TxtAnswer::Missing,
        _ => TxtAnswer::Records(record.texts.clone()),
    };
    let policy = pasted.fetch(&policy_host(domain)).map(|fetch| match &fetch.outcome {
        Outcome::Failed(_) => PolicyAnswer::Failed,
        // Where only the file was pasted, it is taken to be served as it should be.
        Outcome::Response(response) => PolicyAnswer::Response {
            status: response.status.unwrap_or(200),
            content_type: match response.status {
                Some(_) => response.content_type.clone(),
                None => Some("text/plain; charset=utf-8".to_owned()),
            },
            body: response.body.clone().into_bytes(),
        },
    });
    let asks = match &txt {
        TxtAnswer::Records(records) => resolver::record_id(records).is_ok(),
        TxtAnswer::Missing | TxtAnswer::Failed => false,
    };
    if asks && policy.is_none() {
        return None;
    }
    Some(resolver::resolve(domain, &txt, policy.as_ref(), None))
}
