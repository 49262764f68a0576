//! Base64 that a person pasted or saved, and text that only looks like it.

use super::make::{JSON, XML, attachment, base64, base64_lines, gzip, long_xml, mail, zip};
use super::see::{check, see};

#[test]
fn what_is_pasted_is_decoded() {
    check(base64(gzip(XML)).as_bytes(), &["base64.0 gzip.0: xml opened []"]);
    check(base64_lines(gzip(long_xml(99)), 76).as_bytes(), &["base64.0 gzip.0: xml opened []"]);
    check(base64(XML).as_bytes(), &["base64.0: xml opened []"]);
    check(base64(JSON).as_bytes(), &["base64.0: json opened []"]);
    check(base64(zip(&[("a.xml", XML.as_bytes())])).as_bytes(), &["base64.0 zip.0: xml opened []"]);
    let text = mail(&attachment("application/gzip", "a.gz", gzip(XML)));
    check(base64(text).as_bytes(), &["base64.0 mail.1 gzip.0: xml opened []"]);
    check(base64(base64(XML)).as_bytes(), &["base64.0 base64.0: xml opened []"]);
}

#[test]
fn data_urls_and_the_alphabet_of_urls() {
    let text = format!("data:application/gzip;base64,{}", base64(gzip(XML)));
    check(text.as_bytes(), &["base64.0 gzip.0: xml opened []"]);
    let text = base64(gzip(long_xml(200))).replace('+', "-").replace('/', "_");
    check(text.trim_end_matches('=').as_bytes(), &["base64.0 gzip.0: xml opened []"]);
    let text = format!("Data:text/xml;charset=utf-8;BASE64,{}", base64(XML));
    check(text.as_bytes(), &["base64.0: xml opened []"]);
}

#[test]
fn what_programs_put_around_it() {
    let text = base64(gzip(XML));
    check(format!("\u{feff}{text}\r\n").as_bytes(), &["base64.0 gzip.0: xml opened []"]);
    check(format!("\"{text}\"\n").as_bytes(), &["base64.0 gzip.0: xml opened [base64-junk]"]);
    let blank = "\r\n".repeat(60);
    check(format!("{blank}{text}").as_bytes(), &["base64.0 gzip.0: xml opened []"]);
}

#[test]
fn noise_around_it_is_passed_over() {
    let lines = base64_lines(gzip(long_xml(99)), 76);
    let quoted: String = lines.lines().map(|line| format!("> {line}\n")).collect();
    check(quoted.as_bytes(), &["base64.0 gzip.0: xml opened [base64-junk]"]);
    let titled = format!("The attachment:\n\n{lines}");
    check(titled.as_bytes(), &["base64.0 gzip.0: xml opened []"]);
    let pem = format!("-----BEGIN REPORT-----\n{lines}\n-----END REPORT-----\n");
    assert!(see(pem.as_bytes()).lines()[0].starts_with("base64.0 gzip.0: xml opened"));
}

#[test]
fn pieces_with_padding_between_them_are_one_run() {
    let text = format!("{}{}", base64(&XML.as_bytes()[..40]), base64(&XML.as_bytes()[40..]));
    assert!(text.trim_end_matches('=').contains('='));
    let sight = check(text.as_bytes(), &["base64.0: xml opened []"]);
    assert_eq!(sight.leaves[0].1, XML.as_bytes());
}

#[test]
fn words_are_not_base64() {
    for text in [
        "unusedunusedunused",
        "HelloWorldThisIsOneWord",
        "a\nb\nc",
        "0123456789abcdef0123456789abcdef",
    ] {
        check(text.as_bytes(), &["text not_a_report [no-report]"]);
    }
}
