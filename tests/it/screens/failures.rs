//! Failures and raw sources, drawn from a real engine and read again from real bytes.

use std::io::Cursor;

use vitrail::base::context::decode_natively;
use vitrail::base::{Context, Limits};
use vitrail::engine::Engine;
use vitrail::ingest::again;
use vitrail::screens::markup::{Act, Drawn, Node};
use vitrail::screens::{Ask, Program, Raw, Reply, Shown};
use vitrail::view::Language;

use super::{ask, engine, walk, words};
use crate::intake::make::{attachment, mail, zip};
use crate::mutate::{Mutator, rounds};

const HOSTILE: &str = "<script>alert(1)</script><img src=http://203.0.113.1/x>\u{202e}\
    <a href=\"https://evil.test\">click</a> zoe@example.com";

/// A failure report with a body in its sample.
fn failure() -> String {
    format!(
        "From: Feedback <fb@mx.test>\nTo: d@example.com\nSubject: FW\nMessage-ID: <1@mx.test>\n\
        MIME-Version: 1.0\nContent-Type: multipart/report; report-type=feedback-report; boundary=r\n\n\
        --r\nContent-Type: text/plain\n\nhello\n\
        --r\nContent-Type: message/feedback-report\n\nFeedback-Type: auth-failure\nVersion: 1\n\
        User-Agent: T/1\nAuth-Failure: dmarc\nDelivery-Result: spam\nIdentity-Alignment: none\n\
        Original-Mail-From: <bounce-zoe@esp.test>\nOriginal-Rcpt-To: ida@kept.test\n\
        Arrival-Date: Tue, 24 Nov 2026 09:00:00 +0000\nSource-IP: 192.0.2.7\n\
        Reported-Domain: example.com\n\
        Authentication-Results: mx.test; spf=pass smtp.mailfrom=bounce-zoe@esp.test\n\
        --r\nContent-Type: message/rfc822\n\nFrom: Zoe Person <zoe@example.com>\n\
        To: Ida <ida@kept.test>\nSubject: Parcel\nMessage-ID: <m@example.com>\n\n{HOSTILE}\n--r--\n"
    )
}

fn at(route: &str, values: &[(&str, &str)]) -> Ask {
    Ask {
        values: values.iter().copied().collect(),
        shown: Shown { open: Some(0), ..Shown::default() },
        ..ask(route)
    }
}

/// Draws, reading again from this file whatever is asked for.
fn draw(program: &mut Program, engine: &mut Engine, file: &[u8], ask: &Ask) -> Drawn {
    for _ in 0..6 {
        match program.draw(ask) {
            Reply::Drawn(drawn) => return *drawn,
            Reply::Questions(questions) => {
                let answers = questions.iter().map(|question| engine.ask(question)).collect();
                program.learn(program.revision(), questions, answers);
            }
            Reply::Source(locus) => {
                let limits = Limits::default();
                let cx = Context { limits: &limits, decode: decode_natively };
                let (mut bytes, size) = (Vec::new(), file.len() as u64);
                let mut take = |piece: &[u8]| bytes.extend_from_slice(piece);
                let again = again(&mut Cursor::new(file), &locus, size, &cx, &mut take);
                let size = bytes.len() as u64;
                let raw = again.map(|again| Raw { bytes, size, sample: again.sample });
                program.learn_source(*locus, raw);
            }
        }
    }
    panic!("it asks without end");
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
fn pressed(route: &str, file: &str, labels: &[&str]) -> Drawn {
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
    let failure = failure();
    let masked = pressed("#/failures", &failure, &["Show the header"]);
    let said = format!("{} {:?}", words(&masked), masked.table.as_ref().unwrap().rows);
    for name in ["Zoe", "zoe", "ida@", "Ida"] {
        assert!(!said.contains(name), "{name} in {said}");
    }
    assert!(said.contains("•••@example.com"), "{said}");
    let named = pressed("#/failures", &failure, &["Show the header", "Show names and addresses"]);
    let said = words(&named);
    assert!(said.contains("Zoe Person <zoe@example.com>") && said.contains("ida@kept.test"));
}

#[test]
fn a_body_is_text_and_shown_when_asked() {
    let failure = failure();
    let without = words(&pressed("#/failures", &failure, &["Show the header"]));
    assert!(without.contains("Subject: Parcel") && !without.contains("alert(1)"), "{without}");
    let with = pressed("#/failures", &failure, &["Show the header", "Show the body as text"]);
    let mut bodies = Vec::new();
    walk(&with.content, &mut |node| match node {
        Node::Text(text) if text.contains("alert(1)") => bodies.push(text.clone()),
        _ => {}
    });
    let [body] = bodies.as_slice() else { panic!("one text") };
    assert!(body.contains("<img src=http://203.0.113.1/x>⟨U+202E⟩<a href"), "{body}");
    assert!(body.contains("•••@example.com") && !body.contains("zoe@"), "{body}");
}

#[test]
fn why_it_failed_is_told() {
    let said = words(&pressed("#/failures", &failure(), &[]));
    for text in ["came from 192.0.2.7", "passed for another domain", "put among spam"] {
        assert!(said.contains(text), "{text} in {said}");
    }
}

/// A report of so many records, in a zip in a mail in a mailbox.
fn mailbox(records: usize) -> String {
    let record = "<record><row><source_ip>192.0.2.1</source_ip><count>1</count></row></record>";
    let report = format!(
        "<feedback><report_metadata><org_name>mx.test</org_name><report_id>7</report_id>\
        </report_metadata><policy_published><domain>example.com</domain></policy_published>{}</feedback>",
        record.repeat(records)
    );
    let mail = mail(&attachment("application/zip", "a.zip", zip(&[("r.xml", report.as_bytes())])));
    ["From - Thu Jul 02 00:10:00 2026\n", &mail, "\n"].concat()
}

#[test]
fn a_source_is_laid_out_searched_and_turned() {
    let file = mailbox(100);
    let shown = pressed("#/reports", &file, &["Show the raw source"]);
    let said = words(&shown);
    assert!(said.contains("<org_name>") && said.contains("Lines 1 to 200 of "), "{said}");
    let saves = shown
        .acts
        .iter()
        .any(|act| matches!(act, Act::SaveSource { name } if name == "report-example.com-2026-07-02.xml"));
    assert!(saves, "{:?}", shown.acts);

    let mut engine = engine([("a.mbox", file.as_bytes())]);
    let mut program = Program::default();
    let mut ask = at("#/reports", &[]);
    let mut turn = |ask: &mut Ask, label: &str| {
        let drawn = draw(&mut program, &mut engine, file.as_bytes(), ask);
        if !label.is_empty() {
            press(&drawn, label).iter().for_each(|(name, value)| ask.values.set(name, value));
        }
        words(&drawn)
    };
    turn(&mut ask, "Show the raw source");
    ask.values.set("source-find", "SOURCE_IP>192");
    assert!(turn(&mut ask, "Previous place").contains("1 of 100"));
    let last = turn(&mut ask, "Next place");
    assert!(last.contains("100 of 100") && last.contains("Lines 601 to "), "{last}");
    assert!(turn(&mut ask, "").contains("1 of 100"));
    ask.values.set("source-find", "nowhere");
    assert!(turn(&mut ask, "").contains("not found"));
}

#[test]
fn a_file_that_has_changed_says_so() {
    let file = mailbox(1);
    let mut engine = engine([("a.mbox", file.as_bytes())]);
    let mut program = Program::default();
    let mut ask = at("#/reports", &[]);
    let other = mailbox(2);
    let drawn = draw(&mut program, &mut engine, other.as_bytes(), &ask);
    let values = press(&drawn, "Show the raw source");
    values.iter().for_each(|(name, value)| ask.values.set(name, value));
    let gone = words(&draw(&mut program, &mut engine, other.as_bytes(), &ask));
    assert!(gone.contains("cannot be read again") && !gone.contains("<org_name>"), "{gone}");
    // The next time it may be there again.
    let back = words(&draw(&mut program, &mut engine, file.as_bytes(), &ask));
    assert!(back.contains("<org_name>"), "{back}");
}

/// The source of the only report of a file, drawn as if these had been its bytes.
fn drawn_of(route: &str, file: &[u8], raw: &Raw) -> Drawn {
    let mut engine = engine([("a file", file)]);
    let mut program = Program::default();
    let mut ask = at(route, &[]);
    let drawn = draw(&mut program, &mut engine, file, &ask);
    let values = press(&drawn, "Show the raw source");
    values.iter().for_each(|(name, value)| ask.values.set(name, value));
    ask.values.set("source-find", "a");
    match program.draw(&ask) {
        Reply::Source(locus) => program.learn_source(*locus, Some(raw.clone())),
        other => panic!("a source, not {other:?}"),
    }
    draw(&mut program, &mut engine, file, &ask)
}

#[test]
fn of_an_enormous_source_the_beginning_is_shown() {
    let file = mailbox(1);
    let raw = Raw { bytes: b"<a>1</a>".to_vec(), size: 100_000_000, sample: None };
    let said = words(&drawn_of("#/reports", file.as_bytes(), &raw));
    let size = Language::English.bytes(100_000_000);
    assert!(said.contains(&format!("of {size} are shown. Saved, it is whole.")), "{said}");
}

#[test]
fn whatever_a_source_holds_all_of_it_is_drawn() {
    let tls = include_bytes!("../../corpus/rfc/tls-three-failures.json").to_vec();
    for (route, file) in [
        ("#/reports", mailbox(2).into_bytes()),
        ("#/reports", tls),
        ("#/failures", failure().into_bytes()),
    ] {
        let inputs = [mailbox(1).into_bytes(), file.clone(), "{\"é\": [\"\\".into()];
        let tokens: [&[u8]; 6] = [b"<!--", b"]]>", b"\"\\", b"\xc3", b"{[", b"\xff\xfe"];
        Mutator::new(&inputs, &tokens).run(rounds(60, 1), |bytes| {
            let (bytes, size) = (bytes.to_vec(), bytes.len() as u64);
            let raw = Raw { sample: Some(bytes.clone()), bytes, size };
            let drawn = drawn_of(route, &file, &raw);
            assert!(words(&drawn).contains("Hide the source"));
        });
    }
}
