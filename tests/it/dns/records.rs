//! TXT records: the table.

use vitrail::dns::check::{self, Record};
use vitrail::dns::mta_sts::record::for_sender;
use vitrail::dns::mta_sts::resolver;
use vitrail::dns::record::RecordKind;

use super::cases::{self, Case};
use super::policies::{assert_sayable, shown};

fn run(case: &Case) -> Vec<String> {
    let texts: Vec<_> = case
        .given
        .iter()
        .map(|line| String::from_utf8_lossy(line.strip_suffix(b"\n").unwrap_or(line)).into_owned())
        .collect();
    let checked = check::records(texts.iter().map(String::as_str), &|_| None);
    assert_sayable(&checked.diagnostics);
    let mut lines: Vec<_> = checked.diagnostics.iter().map(shown).collect();
    if let Some(mended) = &checked.mended {
        lines.extend(cases::marked('+', mended));
    }
    for given in &checked.value {
        if let Some(mended) = &given.mended {
            let again = check::records([mended.as_str()], &|_| None);
            assert!(!again.has_faults(), "{}: {:?}", case.name, again.diagnostics);
            let record = again.value.into_iter().next().and_then(|given| given.record);
            assert_eq!(record, given.record, "{}", case.name);
        }
    }
    if checked.value.iter().any(|given| given.kind == Some(RecordKind::MtaSts)) {
        let texts: Vec<_> = checked.value.iter().map(|given| given.txt.text.clone()).collect();
        let result = resolver::record_id(&texts);
        let records: Vec<_> = checked.value.iter().map(|given| given.txt.clone()).collect();
        let by_rfc = for_sender(&records).is_ok();
        lines.push(match (result, by_rfc) {
            (Ok(_), true) => "~ asks for the policy".to_owned(),
            (Ok(_), false) => "~ asks for the policy although the RFC forbids it".to_owned(),
            (Err(_), false) => "~ NONE".to_owned(),
            (Err(_), true) => "~ NONE although the RFC allows it".to_owned(),
        });
    }
    lines
}

#[test]
fn the_table() {
    assert!(cases::check("records.txt", run) >= 150);
}

#[test]
fn lines_and_status_of_the_command_line() {
    let checked =
        check::records(["v=DMARC1; p=none; rua=mailto:a@example.com", "v=STSv1; id=a-b"], &|_| {
            None
        });
    let lines: Vec<_> = checked.diagnostics.iter().map(super::words::line).collect();
    assert_eq!(
        lines,
        ["2:13 fault RFC 8461 §3.1 — The id may have letters and digits only, not “a-b”."]
    );
    assert_eq!(check::exit_status(&checked.diagnostics), 1);
    assert!(matches!(
        checked.value.as_slice(),
        [first, _] if matches!(first.record, Some(Record::Dmarc(_)))
    ));
    let right = check::records(["v=spf1 mx -all"], &|_| None);
    assert_eq!(check::exit_status(&right.diagnostics), 0);
}
