//! Failures and raw sources, drawn from a real engine and read again from real bytes.

use std::io::Cursor;

use vitrail::base::context::decode_natively;
use vitrail::base::{Context, Limits};
use vitrail::engine::Engine;
use vitrail::ingest::again;
use vitrail::query::Window;
use vitrail::screens::markup::{Act, Drawn, Node};
use vitrail::screens::{Ask, Program, Raw, Shown};
use vitrail::view::Language;

use super::{ask, draw_reading, engine, values, walk, words};
use crate::intake::make::{attachment, mail, zip};
use crate::mutate::{Mutator, rounds};

/// A failure report with a body in its sample, which does its worst.
const FAILURE: &str = include_str!("../../data/failure.eml");

fn at(route: &str, values: &[(&str, &str)]) -> Ask {
    Ask {
        values: values.iter().copied().collect(),
        shown: Shown { open: Some(0), ..Shown::default() },
        ..ask(route)
    }
}

/// Draws, reading again from this file whatever is asked for.
fn draw(program: &mut Program, engine: &mut Engine, file: &[u8], ask: &Ask) -> Drawn {
    draw_reading(program, Some(engine), ask, |locus| {
        let limits = Limits::default();
        let cx = Context { limits: &limits, decode: decode_natively };
        let (mut bytes, size) = (Vec::new(), file.len() as u64);
        let mut take = |piece: &[u8]| bytes.extend_from_slice(piece);
        let again = again(&mut Cursor::new(file), locus, size, &cx, &mut take);
        let size = bytes.len() as u64;
        again.map(|again| Raw { bytes, size, sample: again.sample })
    })
}

/// The values that a click on the button of this label puts into fields.
fn press(drawn: &Drawn, label: &str) -> Vec<(String, String)> {
    let mut number = None;
    walk(&drawn.content, &mut |node| {
        let Node::Element { attributes, content, .. } = node else { return };
        let has = |text: &Node| matches!(text, Node::Text(text) if text == label);
        let named = attributes.iter().any(|(_, value)| value == label);
        if named || content.iter().any(has) {
            let act = attributes.iter().find(|(name, _)| name.name() == "data-act");
            number = number.or(act.and_then(|(_, number)| number.parse::<usize>().ok()));
        }
    });
    let number = number.unwrap_or_else(|| panic!("no button {label}: {}", words(drawn)));
    match &drawn.acts[number] {
        Act::Put(values) => values.clone(),
        other => panic!("{other:?}"),
    }
}

/// Presses the buttons one after the other.
pub fn pressed(route: &str, file: &str, labels: &[&str]) -> Drawn {
    let mut engine = engine([("a.eml", file.as_bytes())]);
    let mut program = Program::default();
    let mut ask = at(route, &[]);
    for label in labels {
        let drawn = draw(&mut program, &mut engine, file.as_bytes(), &ask);
        press(&drawn, label).iter().for_each(|(name, value)| ask.values.set(name, value));
    }
    draw(&mut program, &mut engine, file.as_bytes(), &ask)
}

#[test]
fn people_are_masked_until_asked() {
    let masked = pressed("#/failures", FAILURE, &["Show the header"]);
    let said = format!("{} {:?}", words(&masked), masked.table.as_ref().unwrap().rows);
    for name in ["Zoe", "zoe", "ida@", "Ida"] {
        assert!(!said.contains(name), "{name} in {said}");
    }
    assert!(said.contains("•••@example.com"), "{said}");
    let named = pressed("#/failures", FAILURE, &["Show the header", "Show names and addresses"]);
    let said = words(&named);
    assert!(said.contains("Zoe Person <zoe@example.com>") && said.contains("ida@kept.test"));
}

#[test]
fn a_body_is_text_and_shown_when_asked() {
    let without = words(&pressed("#/failures", FAILURE, &["Show the header"]));
    assert!(without.contains("Subject: Parcel") && !without.contains("window.harmed"), "{without}");
    let with = pressed("#/failures", FAILURE, &["Show the header", "Show the body as text"]);
    let mut bodies = Vec::new();
    walk(&with.content, &mut |node| match node {
        Node::Text(text) if text.contains("window.harmed") => bodies.push(text.clone()),
        _ => {}
    });
    let [body] = bodies.as_slice() else { panic!("one text") };
    assert!(body.contains("⟨U+202E⟩\n<a href=\"https://evil.test/\">"), "{body}");
    assert!(body.contains("•••@example.com") && !body.contains("zoe@"), "{body}");
}

#[test]
fn why_it_failed_is_told() {
    let said = words(&pressed("#/failures", FAILURE, &[]));
    for text in ["came from 192.0.2.7", "passed for another domain", "put among spam"] {
        assert!(said.contains(text), "{text} in {said}");
    }
}

fn report(records: usize) -> String {
    let record = "<record><row><source_ip>192.0.2.1</source_ip><count>1</count></row></record>";
    format!(
        "<feedback><report_metadata><org_name>mx.test</org_name><report_id>7</report_id>\
        </report_metadata><policy_published><domain>example.com</domain></policy_published>{}</feedback>",
        record.repeat(records)
    )
}

/// A report of so many records, in a zip in a mail in a mailbox.
fn mailbox(records: usize) -> String {
    let report = report(records);
    let mail = mail(&attachment("application/zip", "a.zip", zip(&[("r.xml", report.as_bytes())])));
    ["From - Thu Jul 02 00:10:00 2026\n", &mail, "\n"].concat()
}

/// Where the link to the raw source leads.
fn source_of(drawn: &Drawn) -> String {
    let links = values(drawn, "href").into_iter();
    let links: Vec<_> = links.filter(|link| link.starts_with("#/reports/source?")).collect();
    let [link] = links.as_slice() else { panic!("one link: {links:?}") };
    link.clone()
}

/// The source of the first line of a table, asked for as a page is.
fn asked_of(program: &mut Program, engine: &mut Engine, file: &[u8], route: &str) -> Ask {
    let from = draw(program, engine, file, &at(route, &[]));
    Ask { is_new: false, ..ask(&source_of(&from)) }
}

/// A line of the source as it is drawn.
fn line(drawn: &Drawn, number: u32) -> String {
    let table = drawn.table.as_ref().expect("the lines");
    let cells = table.row(number).unwrap_or_else(|| panic!("line {number} is drawn"));
    let mut line = String::new();
    walk(&cells[1..], &mut |node| match node {
        Node::Text(text) => line.push_str(text),
        Node::Element { .. } => {}
        other => panic!("text and nothing else: {other:?}"),
    });
    line
}

#[test]
fn a_source_stands_beside_what_the_report_says() {
    let file = mailbox(100);
    let (mut engine, mut program) = (engine([("a.mbox", file.as_bytes())]), Program::default());
    let asked = asked_of(&mut program, &mut engine, file.as_bytes(), "#/reports");
    let shown = draw(&mut program, &mut engine, file.as_bytes(), &asked);
    let said = words(&shown);
    for text in ["192.0.2.1", "All 100, in Records", "Report ID", "609 lines"] {
        assert!(said.contains(text), "{text}: {said}");
    }
    assert_eq!(line(&shown, 0).trim(), "<feedback>");
    let list = "#/reports?filter=org:=mx.test".to_owned();
    assert!(values(&shown, "href").contains(&list), "the way back");
    let table = shown.table.as_ref().unwrap();
    assert_eq!((table.total, table.rows.len(), table.header), (609, 96, None));
    let saves = shown
        .acts
        .iter()
        .any(|act| matches!(act, Act::SaveSource { name } if name == "report-example.com-2026-07-02.xml"));
    assert!(saves, "{:?}", shown.acts);
    let far = Shown { window: Window { offset: 605, limit: 96 }, open: None };
    let end = draw(&mut program, &mut engine, file.as_bytes(), &Ask { shown: far, ..asked });
    assert_eq!(line(&end, 608).trim(), "</feedback>");
    assert_eq!(end.table.unwrap().rows.len(), 4);
}

#[test]
fn a_source_is_searched_from_end_to_end() {
    let file = mailbox(100);
    let (mut engine, mut program) = (engine([("a.mbox", file.as_bytes())]), Program::default());
    let mut asked = asked_of(&mut program, &mut engine, file.as_bytes(), "#/reports");
    let mut turn = |ask: &mut Ask, label: &str| {
        let drawn = draw(&mut program, &mut engine, file.as_bytes(), ask);
        let values = if label.is_empty() { Vec::new() } else { press(&drawn, label) };
        values.iter().for_each(|(name, value)| ask.values.set(name, value));
        let table = drawn.table.as_ref().unwrap();
        (words(&drawn), table.open, table.turn)
    };
    assert_eq!(turn(&mut asked, "").1, None);
    asked.values.set("source-find", "SOURCE_IP>192");
    let (said, first, _) = turn(&mut asked, "Previous place");
    assert!(said.contains("1 of 100"), "{said}");
    let (said, last, before) = turn(&mut asked, "Next place");
    assert!(said.contains("100 of 100") && last > first, "{said}");
    let (said, again, after) = turn(&mut asked, "");
    assert!(said.contains("1 of 100") && again == first && after != before, "{said}");
    asked.is_entered = true;
    assert!(turn(&mut asked, "").0.contains("2 of 100"), "Enter goes on");
    asked.is_entered = false;
    asked.values.set("source-find", "nowhere");
    let (said, none, _) = turn(&mut asked, "");
    assert!(said.contains("not found") && none.is_none());
    let linked = turn(&mut Ask { is_new: true, ..asked.clone() }, "");
    assert!(!linked.0.contains("not found"), "another page begins anew");
}

#[test]
fn every_kind_of_report_has_its_page() {
    let tls = include_bytes!("../../corpus/rfc/tls-three-failures.json").to_vec();
    for (route, file, beside, within) in [
        ("#/reports", mailbox(2).into_bytes(), "Show its records", "<record>"),
        ("#/reports", tls, "Show its sessions", "\"organization-name\""),
        ("#/reports", FAILURE.as_bytes().to_vec(), "Show it in Failures", "Source-IP: 192.0.2.7"),
        ("#/failures", FAILURE.as_bytes().to_vec(), "", "Source-IP: 192.0.2.7"),
    ] {
        let (mut engine, mut program) = (engine([("a file", &*file)]), Program::default());
        let from = draw(&mut program, &mut engine, &file, &at(route, &[]));
        assert!(words(&from).contains(beside), "{beside}");
        // The way to its rows leads to some, with details.
        for link in values(&from, "href").iter().filter(|link| link.contains("report:")) {
            let there = draw(&mut program, &mut engine, &file, &at(link, &[]));
            assert!(!words(&there).contains("Nothing matches"), "{link}");
        }
        let asked = asked_of(&mut program, &mut engine, &file, route);
        let page = draw(&mut program, &mut engine, &file, &asked);
        let lines = page.table.as_ref().unwrap();
        assert!(
            (0..lines.rows.len() as u32).any(|at| line(&page, at).contains(within)),
            "{within}"
        );
        assert!(!words(&page).contains('?'), "words for all");
    }
    let (mut engine, mut program) = (engine([("a.eml", FAILURE.as_bytes())]), Program::default());
    let asked = asked_of(&mut program, &mut engine, FAILURE.as_bytes(), "#/reports");
    let page = words(&draw(&mut program, &mut engine, FAILURE.as_bytes(), &asked));
    assert!(page.contains("came from 192.0.2.7") && !page.contains("Zoe"), "{page}");
}

#[test]
fn of_several_reports_the_address_says_which() {
    let first = report(1);
    // Another text under the same names.
    let second = first.replace("<count>1</count>", "<count>2</count>");
    let files = [("a.xml", first.as_bytes()), ("b.xml", second.as_bytes())];
    let (mut engine, mut program) = (engine(files), Program::default());
    let mut drawn = |ask: &Ask| {
        draw_reading(&mut program, Some(&mut engine), ask, |locus| {
            let bytes = files[locus.file.0 as usize].1.to_vec();
            let size = bytes.len() as u64;
            Some(Raw { bytes, size, sample: None })
        })
    };
    for row in [0, 1] {
        let shown = Shown { open: Some(row), ..Shown::default() };
        let link = source_of(&drawn(&Ask { shown, ..ask("#/reports?sort=messages") }));
        let page = drawn(&ask(&link));
        let lines = page.table.as_ref().unwrap();
        let count = format!("<count>{}</count>", row + 1);
        assert!((0..lines.total).any(|at| line(&page, at).contains(&count)), "{count}");
        let said = words(&page);
        assert!(
            said.contains(" of 2")
                && said.contains("Next report") != said.contains("Previous report")
        );
    }
    // All that a filter lets through are gone through, one after the other.
    let said = words(&drawn(&ask("#/reports/source")));
    assert!(said.contains("Report 1 of 2"), "{said}");
}

#[test]
fn a_file_that_has_changed_says_so() {
    let file = mailbox(1);
    let (mut engine, mut program) = (engine([("a.mbox", file.as_bytes())]), Program::default());
    let other = mailbox(2);
    let asked = asked_of(&mut program, &mut engine, file.as_bytes(), "#/reports");
    let gone = draw(&mut program, &mut engine, other.as_bytes(), &asked);
    let said = words(&gone);
    assert!(said.contains("cannot be read again") && gone.table.is_none(), "{said}");
    assert!(said.contains("192.0.2.1"), "what was read of it is there: {said}");
    // The next time it may be there again.
    let back = draw(&mut program, &mut engine, file.as_bytes(), &asked);
    assert_eq!(line(&back, 0).trim(), "<feedback>");
}

/// The source of the only report of a file, drawn as if these had been its bytes.
fn drawn_of(route: &str, file: &[u8], raw: &Raw) -> Drawn {
    let (mut engine, mut program) = (engine([("a file", file)]), Program::default());
    let mut asked = asked_of(&mut program, &mut engine, file, route);
    asked.values.set("source-find", "a");
    draw_reading(&mut program, Some(&mut engine), &asked, |_| Some(raw.clone()))
}

#[test]
fn of_an_enormous_source_the_beginning_is_shown() {
    let file = mailbox(1);
    let raw = Raw { bytes: b"<a>1</a>".to_vec(), size: 100_000_000, sample: None };
    let said = words(&drawn_of("#/reports", file.as_bytes(), &raw));
    let size = Language::English.bytes(100_000_000);
    assert!(said.contains(&format!("of {size} are shown and searched.")), "{said}");
}

#[test]
fn whatever_a_source_holds_all_of_it_is_drawn() {
    let tls = include_bytes!("../../corpus/rfc/tls-three-failures.json").to_vec();
    for (route, file) in [
        ("#/reports", mailbox(2).into_bytes()),
        ("#/reports", tls),
        ("#/failures", FAILURE.as_bytes().to_vec()),
    ] {
        let inputs = [mailbox(1).into_bytes(), file.clone(), "{\"é\": [\"\\".into()];
        let tokens: [&[u8]; 6] = [b"<!--", b"]]>", b"\"\\", b"\xc3", b"{[", b"\xff\xfe"];
        Mutator::new(&inputs, &tokens).run(rounds(60, 1), |bytes| {
            let (bytes, size) = (bytes.to_vec(), bytes.len() as u64);
            let raw = Raw { sample: Some(bytes.clone()), bytes, size };
            let drawn = drawn_of(route, &file, &raw);
            assert!(drawn.table.is_some(), "{}", words(&drawn));
        });
    }
}
