//! Every reader on broken inputs of its format: nothing panics, nothing hangs,
//! whatever the limits.

use std::path::Path;

use crate::dns::cases;
use crate::entries;
use crate::mutate::{Mutator, inputs, rounds};

fn has_extension(path: &Path, wanted: &[&str]) -> bool {
    path.extension().and_then(|extension| extension.to_str()).is_some_and(|e| wanted.contains(&e))
}

#[test]
fn no_json_breaks_its_reader() {
    const TOKENS: [&[u8]; 22] = [
        b"{",
        b"}",
        b"[",
        b"]",
        b"\"",
        b",",
        b":",
        b"\\",
        b"\\u",
        b"\\ud83d",
        b"null",
        b"-1",
        b"1e3",
        b"'",
        b"\n",
        b"\"policies\":[",
        b"\"policies\":",
        b"\"policy\":",
        b"\"report-id\":",
        b"\"failure-details\":[{",
        b"2026-11-23",
        b"{\"organization-name\":\"x\",\"date-range\":{}}",
    ];
    let inputs = inputs(|path| has_extension(path, &["json"]));
    Mutator::new(&inputs, &TOKENS).run(rounds(10_000, 4), entries::tls);
}

#[test]
fn no_mail_breaks_the_reader_of_failure_reports() {
    const TOKENS: [&[u8]; 20] = [
        b"\n", b"\r", b"\n\n", b"\n ", b":", b"> ", b"(", b")", b"=?utf-8?B?", b"=?utf-8?Q?=", b"?=",
        b"\nFeedback-Type: auth-failure\n", b"\nAuthentication-Results: ", b"\nSource-IP: ",
        b"\nArrival-Date: ", b"Received: from [192.0.2.1] by x; ", b"SPF Alignment:", b"was detected.",
        b"A message claiming to be from you has failed ",
        b"report for an email message received from IP 192.0.2.1 on Tue, 24 Nov 2026 09:00:00 +0100.",
    ];
    let inputs = inputs(|path| has_extension(path, &["eml", "txt"]));
    Mutator::new(&inputs, &TOKENS).run(rounds(2_000, 20), entries::failure);
}

#[test]
fn no_xml_breaks_its_reader() {
    const TOKENS: [&[u8]; 12] = [
        b"<",
        b">",
        b"&",
        b"</",
        b"/>",
        b"<record>",
        b"</record>",
        b"<!--",
        b"<![CDATA[",
        b"]]>",
        b"<feedback>",
        b"<x:y xmlns:x='z'>",
    ];
    let inputs = inputs(|path| has_extension(path, &["xml"]));
    Mutator::new(&inputs, &TOKENS).run(rounds(2_000, 20), entries::aggregate);
}

#[test]
fn no_file_breaks_the_intake() {
    const TOKENS: [&[u8]; 12] = [
        b"\r\n\r\n",
        b"\r\n--b\r\n",
        b"\nFrom a@example.com Mon Nov 23 00:00:00 2026\n",
        b"\0",
        b"Content-Transfer-Encoding: base64\r\n",
        b"Content-Type: message/rfc822\r\n\r\n",
        b"PK\x03\x04",
        b"PK\x01\x02",
        b"PK\x05\x06",
        b"\x1f\x8b\x08\0",
        b"\x78\x9c",
        b"ustar",
    ];
    let inputs = inputs(|_| true);
    Mutator::new(&inputs, &TOKENS).run(rounds(2_000, 20), entries::intake);
}

#[test]
fn no_text_breaks_the_tools_for_domains() {
    const TOKENS: [&[u8]; 18] = [
        b";",
        b"=",
        b",",
        b"\"",
        b"\\",
        b"\n",
        b"\r",
        b"(",
        b")",
        b"\xff",
        b"%",
        b"!10m",
        b"v=DMARC1",
        b"v=STSv1",
        b"v=TLSRPTv1",
        b"v=spf1 ",
        b"\tIN\tTXT\t",
        b"mx: *.",
    ];
    let records = cases::given("records.txt");
    Mutator::new(&records, &TOKENS).run(rounds(5_000, 20), entries::dns_records);
    let policies = cases::given("policies.txt");
    Mutator::new(&policies, &TOKENS).run(rounds(5_000, 20), entries::dns_policy);
    let lookups = [cases::given("lookups.txt"), cases::given("domains.txt")].concat();
    Mutator::new(&lookups, &TOKENS).run(rounds(5_000, 20), entries::dns_lookup);
    let errors = cases::given("errors.txt");
    Mutator::new(&errors, &TOKENS).run(rounds(5_000, 20), entries::dns_explain);
}
