//! An import of made-up reports, before the first real one: browsers compile what runs often anew, as
//! quick code, and by the time somebody has chosen files it has. Nothing of it is kept.

use std::io::Cursor;

use crate::base::{Context, FileId, JobId, Limits};
use crate::engine::Engine;
use crate::ingest;
use crate::store::Batch;
use crate::wire::{self, Delivery, FileRef};

/// Records of one report: so few that a round is over soon on a slow device, too.
const RECORDS: u32 = 600;

/// Texts between which the number of a record stands: it is part of an address, of a selector and of
/// a domain, so that records are not all alike.
const RECORD: [&str; 4] = [
    "\n<record><row><source_ip>192.0.2.",
    "</source_ip><count>1</count><policy_evaluated><disposition>none</disposition><dkim>pass</dkim>\
     <spf>fail</spf></policy_evaluated></row><identifiers><header_from>example.com</header_from>\
     </identifiers><auth_results><dkim><domain>example.com</domain><selector>s",
    "</selector><result>pass</result></dkim><spf><domain>mail",
    ".example.com</domain><result>pass</result></spf></auth_results></record>",
];

/// Reads a report, hands it over and takes it into a store, as parser and engine do. Says how many
/// records there were.
pub fn round(cx: &Context<'_>, number: u32) -> u32 {
    let report = gzipped(report(number).as_bytes());
    let file = FileRef::new(FileId(number), String::new(), report.len() as u64);
    let mut batch = Batch::default();
    ingest::file(&mut Cursor::new(report), &file, cx, &mut batch, &mut |_| ());
    let delivery = wire::encode(&Delivery { job: JobId(number), batch });
    let mut engine = Engine::new(Limits::default());
    if let Some(delivery) = wire::decode(&delivery) {
        engine.append(&delivery);
    }
    engine.totals().records
}

fn report(number: u32) -> String {
    let mut xml =
        "<feedback><report_metadata><org_name>example.net</org_name><report_id>".to_owned();
    xml.push_str(&number.to_string());
    xml.push_str("</report_id></report_metadata>");
    xml.push_str("<policy_published><domain>example.com</domain></policy_published>");
    for record in 0..RECORDS {
        let number = (record % 250).to_string();
        let [source, selector, domain, end] = RECORD;
        // Every tenth is for the reader that knows everything.
        let comment = if record % 10 == 0 { "<!---->" } else { "" };
        xml.extend([source, &number, selector, &number, domain, &number, end, comment]);
    }
    xml + "</feedback>"
}

/// As a gzip member (RFC 1952) of one block, in which ASCII has codes of eight bits (RFC 1951 §3.2.6).
/// Nobody sees the finding that the checksum is wrong.
fn gzipped(ascii: &[u8]) -> Vec<u8> {
    let mut member = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0];
    // The block is the last one, and has the fixed codes. It ends with seven zeros, the last of which
    // stand in a byte of their own.
    let mut bits = 0b011;
    for byte in ascii.iter().map(|byte| (0x30 + byte).reverse_bits()).chain([0]) {
        bits |= u32::from(byte) << 3;
        member.push(bits as u8);
        bits >>= 8;
    }
    member.extend([0; 1 + 8]);
    member
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Kind;
    use crate::base::context::decode_natively;

    #[test]
    fn every_round_is_an_import() {
        let limits = Limits::default();
        let cx = Context { limits: &limits, decode: decode_natively };
        assert_eq!([0, 1, 1].map(|number| round(&cx, number)), [RECORDS; 3]);
    }

    #[test]
    fn nothing_is_odd_about_a_report_but_its_bare_header_and_its_checksum() {
        let limits = Limits::default();
        let cx = Context { limits: &limits, decode: decode_natively };
        let file = FileRef::new(FileId(0), String::new(), 0);
        let mut batch = Batch::default();
        let mut bytes = Cursor::new(gzipped(report(0).as_bytes()));
        ingest::file(&mut bytes, &file, &cx, &mut batch, &mut |_| ());
        let found: Vec<_> = batch.tables().tallies.iter().map(|tally| tally.kind).collect();
        assert_eq!(found, [Kind::MissingValue, Kind::ChecksumMismatch]);
    }
}
