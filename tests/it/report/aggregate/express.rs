//! What is read at a glance is what is read event by event: the same records, the same findings.

use vitrail::base::{Kind, Limits, Outcome};
use vitrail::report::Hints;

use super::{documents, make, mutated};
use crate::mutate::{Mutator, rounds};
use crate::report::reading::{Reading, read_aggregate_within};

/// What makes a record odd, or only seems to.
const TOKENS: &[&[u8]] = &[
    b"<comment/>",
    b"<human_result/>",
    b"<human_result></human_result>",
    b"<selector>s</selector>",
    b"<envelope_from>",
    b"</envelope_from>",
    b"<row>",
    b"<record>",
    b"</record>",
    b"<record a=\"b\">",
    b"<Record>",
    b"<count>0</count>",
    b"<count>5</count>",
    b"<scope>mfrom</scope>",
    b"</spf><spf>",
    b"</dkim><dkim>",
    b"</record><record>",
    b"</feedback><feedback>",
    b"&amp;",
    b"\x7f",
    b"\xc3\xa9",
    b"\r\n",
    b"\t",
    b" ",
    b"<!-- -->",
    b"::ffff:192.0.2.1",
    b"2001:db8::1",
    b"softfail",
    b"none",
];

/// Under this limit of the depth no record is read at a glance.
const EVENT_BY_EVENT: u32 = 8;

fn check(bytes: &[u8], limits: &Limits) {
    let read = |xml_depth| {
        let limits = Limits { xml_depth, ..limits.clone() };
        read_aggregate_within(bytes, &Hints::default(), &limits)
    };
    let slowly = read(EVENT_BY_EVENT);
    // What is a report only below that depth has none in this reading, and no word of the limit.
    if slowly.findings.has(Kind::NestingLimit) || slowly.outcome == Outcome::NotAReport {
        return;
    }
    let text = |reading: &Reading| serde_json::to_string(reading).expect("a reading is plain data");
    assert_eq!(text(&read(Limits::default().xml_depth)), text(&slowly));
}

/// Reports of plain records, with everything that a record can state.
fn plain() -> Vec<Vec<u8>> {
    let signature = "<dkim><domain>example.com</domain><selector>s1</selector><result>pass</result>\
                     <human_result>fine</human_result></dkim>";
    let check = "<spf>\n<domain>bounce.example</domain>\n<scope>mfrom</scope>\n<result>softfail</result>\n</spf>";
    let reason =
        "<spf>pass</spf><reason><type>forwarded</type><comment>arc=pass</comment></reason>";
    let record = make::record(&format!("{signature}{check}{signature}"));
    let excused = record.replace("<spf>pass</spf></policy", &format!("{reason}</policy"));
    let many = format!("{record}{excused}{}", make::record(check));
    [make::record(""), record.clone(), excused, many.repeat(2)]
        .map(|records| make::report(&records).into_bytes())
        .into()
}

#[test]
fn a_glance_tells_the_same() {
    let limits = Limits::default();
    documents().iter().chain(&plain()).for_each(|bytes| check(bytes, &limits));
}

#[test]
fn a_glance_tells_the_same_of_broken_reports() {
    let tokens: Vec<_> = TOKENS.iter().chain(mutated::TOKENS).copied().collect();
    let limits = Limits::default();
    Mutator::new(&plain(), &tokens).run(rounds(4_000, 4), |bytes| check(bytes, &limits));
}

#[test]
fn a_glance_keeps_within_limits() {
    let limits =
        Limits { list_entries: 2, text_bytes: 600, records_per_report: 3, ..Limits::default() };
    Mutator::new(&plain(), TOKENS).run(rounds(2_000, 4), |bytes| check(bytes, &limits));
}
