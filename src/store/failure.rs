//! The rows of failure reports: written from the facts of a message, and read back.
//!
//! The reported message itself is not kept: its header and its body stay in the file.

use super::tables::Tables;
use super::{Dictionaries, FailureRow, ListId, ReportId, RowId, TermId};
use crate::base::field::domain_of;
use crate::report::Failure;

/// What a failure report says of a message, as ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MessageTerms<'a> {
    pub feedback_type: TermId,
    pub delivery_result: TermId,
    pub user_agent: TermId,
    pub version: TermId,
    pub original_mail_from: TermId,
    pub original_envelope_id: TermId,
    pub identity_alignment: TermId,
    pub dkim_domain: TermId,
    pub dkim_identity: TermId,
    pub dkim_selector: TermId,
    pub header_from: TermId,
    pub subject: TermId,
    pub message_id: TermId,
    /// The domain of `header_from`.
    pub from_domain: TermId,
    /// The domain of `original_mail_from`.
    pub envelope_domain: TermId,
    pub auth_failure: &'a [TermId],
    pub reported_domains: &'a [TermId],
    pub reported_uris: &'a [TermId],
    pub original_rcpt_to: &'a [TermId],
    pub authentication_results: &'a [TermId],
    pub spf_dns: &'a [TermId],
}

/// Terms before the lists.
const SINGLE: usize = 15;

impl Dictionaries {
    fn write_message(&mut self, failure: &Failure<'_>) -> ListId {
        let (header_from, mail_from) =
            (failure.header_from.as_deref(), failure.original_mail_from.as_deref());
        let single: [Option<&str>; SINGLE] = [
            failure.feedback_type.as_ref().map(|token| token.as_str()),
            failure.delivery_result.as_ref().map(|token| token.as_str()),
            failure.user_agent.as_deref(),
            failure.version.as_deref(),
            mail_from,
            failure.original_envelope_id.as_deref(),
            failure.identity_alignment.as_deref(),
            failure.dkim_domain.as_deref(),
            failure.dkim_identity.as_deref(),
            failure.dkim_selector.as_deref(),
            header_from,
            failure.subject.as_deref(),
            failure.message_id.as_deref(),
            header_from.and_then(domain_of),
            mail_from.and_then(domain_of),
        ];
        let term = |text: Option<&str>| text.map_or(TermId::ABSENT, |text| self.terms.intern(text));
        let mut list: Vec<_> = single.map(term).into();
        list.extend(failure.auth_failure.iter().map(|token| self.terms.intern(token.as_str())));
        for texts in [
            &failure.reported_domains,
            &failure.reported_uris,
            &failure.original_rcpt_to,
            &failure.authentication_results,
            &failure.spf_dns,
        ] {
            // A text is never the absent term, which so stands between two lists.
            list.push(TermId::ABSENT);
            list.extend(texts.iter().map(|text| self.terms.intern(text)));
        }
        self.lists.intern(&list)
    }

    pub fn message(&self, id: ListId) -> MessageTerms<'_> {
        let list = self.lists.get(id);
        let (single, rest) = list.split_first_chunk().unwrap_or((&[TermId::ABSENT; SINGLE], &[]));
        let mut lists = rest.split(|term| *term == TermId::ABSENT);
        let mut next = || lists.next().unwrap_or_default();
        let [
            feedback_type,
            delivery_result,
            user_agent,
            version,
            original_mail_from,
            original_envelope_id,
            identity_alignment,
            dkim_domain,
            dkim_identity,
            dkim_selector,
            header_from,
            subject,
            message_id,
            from_domain,
            envelope_domain,
        ] = *single;
        MessageTerms {
            feedback_type,
            delivery_result,
            user_agent,
            version,
            original_mail_from,
            original_envelope_id,
            identity_alignment,
            dkim_domain,
            dkim_identity,
            dkim_selector,
            header_from,
            subject,
            message_id,
            from_domain,
            envelope_domain,
            auth_failure: next(),
            reported_domains: next(),
            reported_uris: next(),
            original_rcpt_to: next(),
            authentication_results: next(),
            spf_dns: next(),
        }
    }
}

impl Tables {
    /// Adds a row of the report in hand, which is the next one.
    pub(super) fn push_failure(&mut self, failure: &Failure<'_>) {
        let to = &mut self.dictionaries;
        let row = FailureRow {
            report: ReportId(self.reports.len() as u32),
            source: to.addresses.intern(failure.source_ip.as_ref(), &mut to.terms),
            message: to.write_message(failure),
            incidents: failure.incidents.unwrap_or(1),
        };
        let extras = to.write_extras(&failure.extras);
        self.failures.extras.push(RowId(self.failures.len() as u32), extras);
        self.failures.push(row);
    }

    /// A message as its reporter stated it, but for what stays in the file: the header of the
    /// sample and what DKIM made of it; and for its arrival and its reporter, which the
    /// report's header has.
    pub fn failure(&self, id: RowId) -> Option<Failure<'_>> {
        let row = self.failures.get(id)?;
        let facts = &self.dictionaries;
        let message = facts.message(row.message);
        let texts = |ids: &[TermId]| ids.iter().filter_map(|id| facts.read(*id)).collect();
        let tokens = message.auth_failure.iter();
        Some(Failure {
            feedback_type: facts.read_token(message.feedback_type),
            auth_failure: tokens.filter_map(|id| facts.read_token(*id)).collect(),
            delivery_result: facts.read_token(message.delivery_result),
            user_agent: facts.read(message.user_agent),
            version: facts.read(message.version),
            source_ip: facts.addresses.get(row.source, &facts.terms),
            reported_domains: texts(message.reported_domains),
            reported_uris: texts(message.reported_uris),
            original_mail_from: facts.read(message.original_mail_from),
            original_rcpt_to: texts(message.original_rcpt_to),
            original_envelope_id: facts.read(message.original_envelope_id),
            authentication_results: texts(message.authentication_results),
            identity_alignment: facts.read(message.identity_alignment),
            dkim_domain: facts.read(message.dkim_domain),
            dkim_identity: facts.read(message.dkim_identity),
            dkim_selector: facts.read(message.dkim_selector),
            spf_dns: texts(message.spf_dns),
            incidents: Some(row.incidents),
            header_from: facts.read(message.header_from),
            subject: facts.read(message.subject),
            message_id: facts.read(message.message_id),
            extras: facts.extras(self.failures.extras.of(id)),
            ..Failure::default()
        })
    }
}
