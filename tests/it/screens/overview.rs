//! The Overview's sentences, and what stands beside its numbers.

use vitrail::screens::markup::{Attribute, Node};
use vitrail::screens::{Ask, Program};

use super::{ask, draw, engine, samples, values, walk, words, words_of};

/// One report that breaks off behind its first record.
fn broken_off() -> String {
    let record = "<record><row><source_ip>192.0.2.1</source_ip><count>7</count><policy_evaluated>\
        <disposition>none</disposition><dkim>fail</dkim><spf>fail</spf></policy_evaluated></row>\
        <identifiers><header_from>example.com</header_from></identifiers></record>";
    format!(
        "<feedback><report_metadata><org_name>receiver.test</org_name><report_id>r</report_id>\
         <date_range><begin>1794787200</begin><end>1794873600</end></date_range></report_metadata>\
         <policy_published><domain>example.com</domain><p>none</p></policy_published>\
         {record}<record><row><source_ip>192.0"
    )
}

#[test]
fn what_reading_lost_is_told_beside_the_numbers() {
    let (one, other) = (broken_off(), broken_off().replace("<report_id>r", "<report_id>s"));
    let mut engine = engine([("one.xml", one.as_bytes()), ("other.xml", other.as_bytes())]);
    let drawn = draw(&mut Program::default(), Some(&mut engine), &ask("#/overview"));
    let said = words(&drawn);
    assert!(said.contains("The document breaks off (2 reports or files)"), "{said}");
    assert!(values(&drawn, "href").contains(&"#/files/findings".to_owned()));
    let french = Ask { language: "fr".to_owned(), ..ask("#/overview") };
    let said = words(&draw(&mut Program::default(), Some(&mut engine), &french));
    assert!(said.contains("Le document s’interrompt (2 rapports ou fichiers)"), "{said}");
}

#[test]
fn only_what_the_numbers_may_lack_is_told_and_each_report_once() {
    let said = |files: &[(&str, &[u8])]| {
        let drawn = draw(
            &mut Program::default(),
            Some(&mut engine(files.iter().copied())),
            &ask("#/overview"),
        );
        let mut told = String::new();
        walk(&drawn.content, &mut |node| {
            if let Node::Element { attributes, content, .. } = node
                && attributes.contains(&(Attribute::Class, "losses".to_owned()))
            {
                told = words_of(content);
            }
        });
        told
    };
    let broken = broken_off();
    let broken = broken.as_bytes();
    // A file that is opened again is the same report.
    let told = said(&[("one.xml", broken), ("again.xml", broken)]);
    assert!(told.contains("The document breaks off (1 report or file)."), "{told}");
    // What was lost of another kind of report is missing from no number here.
    let tls = br#"{"organization-name": "receiver.test", "report-id": "t", "policies": [{"policy":
        {"policy-type": "sts", "policy-domain": "example.com"}, "summary":
        {"total-successful-session-count": 1, "total-fail"#;
    assert_eq!(said(&[("one.json", tls), ("one.xml", broken)]), told);
    // Who knows what was in it.
    let damaged = b"\x1f\x8b\x08\0\0\0\0\0\0\xff\x07\x07\x07\x07";
    let more = said(&[("cut.gz", damaged), ("one.xml", broken)]);
    assert!(more.contains("(1 report or file); "), "{more}");
}

#[test]
fn where_all_was_kept_nothing_is_told() {
    let broken = broken_off();
    let sound = broken.strip_suffix("<record><row><source_ip>192.0").expect("where it breaks off");
    // An element that no schema knows, and a token in other letters.
    let noted = sound.replace("<p>none</p>", "<p>None</p><mood>good</mood>") + "</feedback>";
    for mut engine in [samples(), engine([("noted.xml", noted.as_bytes())])] {
        let drawn = draw(&mut Program::default(), Some(&mut engine), &ask("#/overview"));
        assert!(!values(&drawn, "class").contains(&"losses".to_owned()), "{}", words(&drawn));
    }
}

#[test]
fn drawings_are_read_out_as_the_language_writes_it() {
    let mut engine = samples();
    for (language, written) in [("en", "\nfail: "), ("fr", "\néchec\u{a0}: ")] {
        let ask = Ask { language: language.to_owned(), ..ask("#/overview") };
        let drawn = draw(&mut Program::default(), Some(&mut engine), &ask);
        let labels = values(&drawn, "aria-label");
        assert!(labels.iter().any(|label| label.contains(written)), "{labels:?}");
    }
}
