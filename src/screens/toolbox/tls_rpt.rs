//! The TLS-RPT record: where senders report what fails (RFC 8460 §3).

use super::pen::Pen;
use super::{Block, FieldKind, Sheet, Tool};
use crate::dns::RecordKind;
use crate::dns::tls_rpt::Record;
use crate::dns::uri::addresses;

pub fn draw(pen: Pen<'_>) -> Sheet {
    let domains = pen.domains_or_example();
    let default = default_address(&domains);
    let rua = addresses(pen.value_or("tls-rua", &default));
    let text = Record { rua, extensions: Vec::new() }.to_string();
    let (made, verdict) = pen.made(RecordKind::TlsRpt, &domains, &text);

    let mut form = pen.domain_field();
    form.push(pen.field("tls-rua", FieldKind::Line, &default));
    let then = vec![
        pen.paragraph("tool.tls-rpt.after"),
        Block::Links(vec![
            pen.link("tool.go.record", Tool::Record, &[("record", &text)]),
            pen.link("tool.go.domain", Tool::Domain, &[]),
        ]),
    ];
    Sheet {
        form,
        verdict: Some(verdict),
        sections: vec![made, pen.section("tool.tls-rpt.then", then)],
        ..pen.sheet()
    }
}

fn default_address(domains: &[String]) -> String {
    format!("tls-reports@{}", domains.first().map_or("example.com", String::as_str))
}
