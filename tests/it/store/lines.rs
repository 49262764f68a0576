//! Facts as the answers show them.

use vitrail::base::Locus;
use vitrail::query::{DkimLine, FailureLine, PolicyLine, ReasonLine, RecordLine, SpfLine};
use vitrail::report::model::{Address, AggregateRecord, Extra, PolicyPublished, Text};
use vitrail::report::{Failure, Header, Token, Vocabulary};
use vitrail::store::Judgement;

pub fn verdict(record: &AggregateRecord<'_>) -> Option<bool> {
    let (dkim, spf) = (token(&record.dkim), token(&record.spf));
    let passes = |verdict: &Option<String>| verdict.as_deref() == Some("pass");
    (dkim.is_some() || spf.is_some()).then(|| passes(&dkim) || passes(&spf))
}

pub fn text(text: &Text<'_>) -> Option<String> {
    text.as_deref().map(str::to_owned)
}

pub fn token<V: Vocabulary>(token: &Option<Token<'_, V>>) -> Option<String> {
    token.as_ref().map(|token| token.as_str().to_owned())
}

pub fn extras(extras: &[Extra<'_>]) -> Vec<(String, String)> {
    extras.iter().map(|extra| (extra.path.to_string(), extra.text.to_string())).collect()
}

pub fn policy_line(policy: &Option<PolicyPublished<'_>>) -> PolicyLine {
    let policy = policy.clone().unwrap_or_default();
    PolicyLine {
        p: token(&policy.p),
        sp: token(&policy.sp),
        np: token(&policy.np),
        adkim: token(&policy.adkim),
        aspf: token(&policy.aspf),
        pct: text(&policy.pct),
        fo: text(&policy.fo),
        testing: token(&policy.testing),
        discovery_method: token(&policy.discovery_method),
    }
}

pub fn record_line(header: &Header<'_>, record: &AggregateRecord<'_>, locus: Locus) -> RecordLine {
    RecordLine {
        contact: text(&header.contact),
        report_id: text(&header.report_id),
        row: 0,
        report: 0,
        begin: header.begin,
        end: header.end,
        reporter: text(&header.reporter),
        domain: text(&header.domain),
        policy: policy_line(&header.policy),
        source_ip: record.source_ip.as_ref().map(|address| match address {
            Address::Ip(ip) => ip.to_string(),
            Address::Other(text) => text.to_string(),
        }),
        messages: record.count.unwrap_or(0),
        passed: verdict(record),
        ours: Judgement::default(),
        disposition: token(&record.disposition),
        dkim: token(&record.dkim),
        spf: token(&record.spf),
        header_from: text(&record.header_from),
        envelope_from: text(&record.envelope_from),
        envelope_to: text(&record.envelope_to),
        reasons: record
            .reasons
            .iter()
            .map(|reason| ReasonLine { kind: token(&reason.kind), comment: text(&reason.comment) })
            .collect(),
        dkim_results: record
            .auth
            .dkim
            .iter()
            .map(|dkim| DkimLine {
                domain: text(&dkim.domain),
                selector: text(&dkim.selector),
                result: token(&dkim.result),
                human_result: text(&dkim.human_result),
                ..DkimLine::default()
            })
            .collect(),
        spf_results: record
            .auth
            .spf
            .iter()
            .map(|spf| SpfLine {
                domain: text(&spf.domain),
                scope: token(&spf.scope),
                result: token(&spf.result),
                human_result: text(&spf.human_result),
                ..SpfLine::default()
            })
            .collect(),
        extras: extras(&record.extras),
        locus,
    }
}

pub fn failure_line(header: &Header<'_>, failure: &Failure<'_>, locus: Locus) -> FailureLine {
    let texts = |texts: &[std::borrow::Cow<'_, str>]| {
        texts.iter().map(|text| text.to_string()).collect::<Vec<_>>()
    };
    FailureLine {
        row: 0,
        report: 0,
        arrival: header.begin,
        reporter: text(&header.reporter),
        contact: text(&header.contact),
        report_id: text(&header.report_id),
        domain: text(&header.domain),
        source_ip: failure.source_ip.as_ref().map(Address::to_string),
        incidents: failure.incidents.unwrap_or(1),
        feedback_type: token(&failure.feedback_type),
        auth_failure: failure.auth_failure.iter().map(|it| it.as_str().to_owned()).collect(),
        delivery_result: token(&failure.delivery_result),
        user_agent: text(&failure.user_agent),
        original_mail_from: text(&failure.original_mail_from),
        original_rcpt_to: texts(&failure.original_rcpt_to),
        original_envelope_id: text(&failure.original_envelope_id),
        authentication_results: texts(&failure.authentication_results),
        identity_alignment: text(&failure.identity_alignment),
        dkim_domain: text(&failure.dkim_domain),
        dkim_identity: text(&failure.dkim_identity),
        dkim_selector: text(&failure.dkim_selector),
        spf_dns: texts(&failure.spf_dns),
        reported_uris: texts(&failure.reported_uris),
        header_from: text(&failure.header_from),
        subject: text(&failure.subject),
        message_id: text(&failure.message_id),
        extras: extras(&failure.extras),
        locus,
    }
}
