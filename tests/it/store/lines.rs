//! Facts as the answers show them.

use vitrail::query::{DkimLine, ReasonLine, RecordLine, SpfLine};
use vitrail::report::model::{Address, AggregateRecord, Extra, Text};
use vitrail::report::{Header, Token, Vocabulary};
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

pub fn record_line(header: &Header<'_>, record: &AggregateRecord<'_>) -> RecordLine {
    RecordLine {
        row: 0,
        report: 0,
        begin: header.begin,
        end: header.end,
        reporter: text(&header.reporter),
        domain: text(&header.domain),
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
    }
}
