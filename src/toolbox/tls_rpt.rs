//! The TLS-RPT record: where senders report what fails (RFC 8460 §3).

use super::pen::Pen;
use super::{Block, FieldKind, Sheet, Tool};
use crate::dns::RecordKind;
use crate::dns::check;
use crate::dns::tls_rpt::Record;
use crate::dns::txt::Txt;
use crate::dns::uri::addresses;

pub fn draw(pen: Pen<'_>) -> Sheet {
    let domains = pen.domains_or_example();
    let default = default_address(&domains);
    let typed = pen.value("tls-rua");
    let rua = addresses(if typed.trim().is_empty() { &default } else { typed });
    let text = Record { rua, extensions: Vec::new() }.to_string();
    let name = |domain: &String| RecordKind::TlsRpt.name(domain);
    let first = domains.first().map(name).unwrap_or_default();
    let checked = check::record(Txt::at_name(&first, &text));
    let records: Vec<_> = domains.iter().map(|domain| (name(domain), text.clone())).collect();

    let mut form = pen.domain_field();
    form.push(pen.field("tls-rua", FieldKind::Line, &default));
    let mut made = pen.records(&records);
    made.extend(pen.diagnostics(&checked.diagnostics));
    let then = vec![
        pen.paragraph("tool.tls-rpt.after"),
        Block::Links(vec![
            pen.link("tool.go.record", Tool::Record, &[("record", &text)]),
            pen.link("tool.go.domain", Tool::Domain, &[]),
        ]),
    ];
    Sheet {
        form,
        verdict: Some(pen.summary(&checked.diagnostics)),
        sections: vec![
            pen.section("tool.record.made", made),
            pen.section("tool.tls-rpt.then", then),
        ],
        ..pen.sheet()
    }
}

fn default_address(domains: &[String]) -> String {
    format!("tls-reports@{}", domains.first().map_or("example.com", String::as_str))
}
