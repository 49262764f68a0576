//! The Overview's sentences, and what stands beside its numbers.

use vitrail::screens::{Ask, Program};

use super::{ask, draw, engine, samples, values, words};

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
fn drawings_are_read_out_as_the_language_writes_it() {
    let mut engine = samples();
    for (language, written) in [("en", "\nfail: "), ("fr", "\néchec\u{a0}: ")] {
        let ask = Ask { language: language.to_owned(), ..ask("#/overview") };
        let drawn = draw(&mut Program::default(), Some(&mut engine), &ask);
        let labels = values(&drawn, "aria-label");
        assert!(labels.iter().any(|label| label.contains(written)), "{labels:?}");
    }
}
