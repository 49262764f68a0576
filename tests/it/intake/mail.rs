//! Mails: every shape in which a report has been seen to come.

use vitrail::base::{Kind, Outcome};

use super::make::{JSON, XML, attachment, base64, base64_lines, crlf, gzip, long_xml, mail, zip};
use super::see::{check, see};

const NAME: &str = "example.net!example.com!1782864000!1782950400.xml.gz";

#[test]
fn an_attachment_is_opened_whatever_it_is_declared() {
    for media in
        ["application/gzip", "application/octet-stream", "application/tlsrpt+gzip", "text/plain"]
    {
        let sight = check(
            &mail(&attachment(media, NAME, gzip(XML))).into_bytes(),
            &["mail.1 gzip.0: xml opened []"],
        );
        assert_eq!(sight.leaves[0].1, XML.as_bytes());
        assert_eq!(sight.parts[0].name.as_deref(), Some(NAME));
        assert!(sight.subjects[0].starts_with("Report Domain: example.com"));
    }
    check(
        mail(&attachment("application/json", "a.json", JSON)).as_bytes(),
        &["mail.1: json opened []"],
    );
    let plain = format!("Content-Type: text/plain\n\n{XML}");
    check(mail(&plain).as_bytes(), &["mail.1: xml opened []"]);
}

#[test]
fn a_type_that_names_another_format_is_noted() {
    let zip = zip(&[("a.xml", XML.as_bytes())]);
    let sight = check(
        mail(&attachment("application/gzip", "a.xml.gz", &zip)).as_bytes(),
        &["mail.1 zip.0: xml opened [type-mismatch zip-instead-of-gzip]"],
    );
    assert_eq!(sight.details(Kind::TypeMismatch), ["application/gzip, zip"]);
    check(
        mail(&attachment("text/xml", "a.xml", gzip(XML))).as_bytes(),
        &["mail.1 gzip.0: xml opened [type-mismatch]"],
    );
}

#[test]
fn line_ends_do_not_matter() {
    let lf = mail(&attachment("application/gzip", NAME, gzip(XML))).replace('\r', "");
    for end in ["\n", "\r\n", "\r", "\r\r\n"] {
        let text = lf.replace('\n', end);
        let sight = check(text.as_bytes(), &["mail.1 gzip.0: xml opened []"]);
        assert!(sight.subjects[0].starts_with("Report Domain"));
    }
}

/// The finding on a part whose base64 stands in lines of `width`.
fn line_finding(width: usize) -> Vec<(Kind, String)> {
    let body = base64_lines(gzip(long_xml(800)), width);
    assert!(body.len() > 2000);
    let part =
        format!("Content-Type: application/gzip\nContent-Transfer-Encoding: base64\n\n{body}");
    let sight = see(mail(&part).as_bytes());
    assert_eq!(sight.count(Outcome::Opened), 1);
    let tallies = sight.parts.iter().flat_map(|part| part.findings.tallies());
    tallies.map(|tally| (tally.kind, tally.first[0].detail.to_string())).collect()
}

#[test]
fn one_finding_for_the_longest_line_of_a_base64_part() {
    assert_eq!(line_finding(76), []);
    assert_eq!(line_finding(78), []);
    assert_eq!(line_finding(79), [(Kind::LineOverRecommended, "79".to_owned())]);
    assert_eq!(line_finding(998), [(Kind::LineOverRecommended, "998".to_owned())]);
    assert_eq!(line_finding(999), [(Kind::LineTooLong, "999".to_owned())]);
}

/// The shape of Microsoft's mails: an empty part, HTML in one line, the report in another.
fn microsoft(width: usize, report: &[u8]) -> String {
    let html = base64(format!("<div style =\"\">{}</div>", "This is a report. ".repeat(60)));
    let body = base64_lines(report, width);
    crlf(&format!(
        "From: \"DMARC Aggregate Report\" <reports@example.net>\n\
         Subject: =?utf-8?B?{}?=\n\
         MIME-Version: 1.0\n\
         Content-Type: multipart/mixed;\n\tboundary=\"_mpm_1_\"\n\
         \n\
         This is a multi-part message in MIME format.\n\
         \n\
         --_mpm_1_\n\
         Content-Type: multipart/related;\n\tboundary=\"_rv_1_\"\n\
         \n\
         --_rv_1_\n\
         Content-Type: multipart/alternative;\n\tboundary=\"_av_1_\"\n\
         \n\
         --_av_1_\n\
         \n\
         \n\
         --_av_1_\n\
         Content-Type: text/html; charset=us-ascii\n\
         Content-Transfer-Encoding: base64\n\
         \n\
         {html}\n\
         --_av_1_--\n\
         --_rv_1_--\n\
         --_mpm_1_\n\
         Content-Type: application/gzip\n\
         Content-Transfer-Encoding: base64\n\
         Content-ID: <uuid>\n\
         Content-Disposition: attachment; filename=\"{NAME}\";\n\
         \n\
         {body}\n\
         --_mpm_1_--\n",
        base64("Report Domain: example.com Submitter: example.net Report-ID: 1"),
    ))
}

#[test]
fn microsofts_unbroken_line_opens_with_one_finding() {
    let report = gzip(long_xml(500));
    let octets = base64(&report).len();
    assert!(octets > 998);
    let sight = check(
        microsoft(usize::MAX, &report).as_bytes(),
        &["mail.2 gzip.0: xml opened [line-too-long]"],
    );
    assert_eq!(sight.details(Kind::LineTooLong), [octets.to_string()]);
    assert!(sight.subjects[0].contains("Submitter: example.net"));
    // The other shape: only the HTML, which is nobody's concern, is one line.
    check(microsoft(78, &report).as_bytes(), &["mail.2 gzip.0: xml opened []"]);
}

#[test]
fn a_line_of_forty_megabytes_opens() {
    let xml = format!("<feedback>{}</feedback>", "<!-- 0123456789 -->".repeat(1_600_000));
    let sight = check(
        microsoft(usize::MAX, xml.as_bytes()).as_bytes(),
        &["mail.2: xml opened [line-too-long type-mismatch]"],
    );
    assert_eq!(sight.bytes, xml.len() as u64);
}

#[test]
fn a_mail_may_be_the_attachment_itself() {
    let header = "From: reports@example.net\nSubject: s\nMIME-Version: 1.0\n";
    let zip = zip(&[("a.xml", XML.as_bytes())]);
    let text = format!("{header}{}", attachment("application/zip", "a.zip", zip));
    check(text.as_bytes(), &["mail.0 zip.0: xml opened [zip-instead-of-gzip]"]);
    let text = format!("{header}{}", attachment("application/gzip", "a.gz", gzip(XML)));
    check(text.as_bytes(), &["mail.0 gzip.0: xml opened []"]);
}

#[test]
fn header_typos_and_missing_headers_survive() {
    let typo =
        attachment("application/gzip", "a.gz", gzip(XML)).replace("Content-Type", "ContentType");
    check(mail(&typo).as_bytes(), &["mail.1 gzip.0: xml opened [mime-malformed]"]);
    // Nobody says that this is base64.
    let undeclared = format!("X-Nothing: here\n\n{}", base64_lines(gzip(XML), 76));
    check(mail(&undeclared).as_bytes(), &["mail.1 base64.0 gzip.0: xml opened [mime-malformed]"]);
    let bare = format!("\n{}", base64_lines(gzip(XML), 76));
    check(mail(&bare).as_bytes(), &["mail.1 base64.0 gzip.0: xml opened [mime-malformed]"]);
    // No blank line between header and body.
    let unspaced = attachment("application/gzip", "a.gz", gzip(XML)).replace("\n\n", "\n");
    check(mail(&unspaced).as_bytes(), &["mail.1 gzip.0: xml opened []"]);
    let colonless = attachment("application/gzip", "a.gz", gzip(XML)).replacen(':', "", 1);
    check(mail(&colonless).as_bytes(), &["mail.1 gzip.0: xml opened [mime-malformed]"]);
}

#[test]
fn what_is_not_encoded_as_declared_is_read_as_it_stands() {
    let plain = format!("Content-Type: text/xml\nContent-Transfer-Encoding: base64\n\n{XML}");
    check(mail(&plain).as_bytes(), &["mail.1: xml opened [mime-malformed]"]);
    let broken = format!(
        "Content-Type: text/xml\nContent-Transfer-Encoding: quoted-printable\n\n{XML}<!-- a==b -->"
    );
    check(mail(&broken).as_bytes(), &["mail.1: xml opened [mime-malformed]"]);
    let quoted = XML.replace('=', "=3D").replace("<report", "=\n<report");
    let part =
        format!("Content-Type: text/xml\nContent-Transfer-Encoding: Quoted-Printable\n\n{quoted}");
    let sight = check(mail(&part).as_bytes(), &["mail.1: xml opened []"]);
    assert_eq!(String::from_utf8_lossy(&sight.leaves[0].1).trim().replace('\r', ""), XML.trim());
}

#[test]
fn noise_in_base64_is_passed_over_and_counted() {
    let mut body = base64_lines(gzip(long_xml(30)), 76);
    body.insert_str(100, "!*!");
    let part =
        format!("Content-Type: application/gzip\nContent-Transfer-Encoding: base64\n\n{body}");
    let sight = check(
        mail(&part).as_bytes(),
        &["mail.1 gzip.0: xml opened [line-over-recommended base64-junk]"],
    );
    assert_eq!(sight.details(Kind::Base64Junk), ["3"]);
}

#[test]
fn names_are_joined_and_decoded() {
    let body = base64_lines(gzip(XML), 76);
    for (parameters, name) in [
        (
            "filename*0=\"example.net!example.com!1!2.xm\";\n filename*1=\"l.gz\"",
            "example.net!example.com!1!2.xml.gz",
        ),
        ("filename=example.net!example.com!1!2.xml.gz", "example.net!example.com!1!2.xml.gz"),
        ("filename*=UTF-8''r%C3%A9sum%C3%A9!1.gz", "résumé!1.gz"),
        ("filename=\"=?utf-8?B?cmFwcG9ydCExLmd6?=\"", "rapport!1.gz"),
    ] {
        let part = format!(
            "Content-Type: application/octet-stream\nContent-Transfer-Encoding: base64\n\
             Content-Disposition: attachment;\n {parameters}\n\n{body}"
        );
        let sight = check(mail(&part).as_bytes(), &["mail.1 gzip.0: xml opened []"]);
        assert_eq!(sight.parts[0].name.as_deref(), Some(name));
    }
}

#[test]
fn boundaries_that_are_missing_wrong_or_never_closed() {
    let sound = mail(&attachment("application/gzip", "a.gz", gzip(XML)));
    let opened = ["mail.1 gzip.0: xml opened []"];
    check(sound.replace("--=_b--\r\n", "").as_bytes(), &opened);
    check(sound.replace("boundary=\"=_b\"", "boundary==_b").as_bytes(), &opened);
    // The last line of base64 runs into the boundary.
    check(sound.replace("\r\n--=_b--", "--=_b--").as_bytes(), &opened);
    for wrong in ["", "; boundary=\"other\"", "; boundry=\"=_b\""] {
        let text = sound.replace("; boundary=\"=_b\"", wrong);
        check(text.as_bytes(), &[opened[0], "mail - [mime-malformed]"]);
    }
    let untyped = sound.replace("Content-Type: multipart/mixed; boundary=\"=_b\"\r\n", "");
    check(untyped.as_bytes(), &[opened[0], "mail - [mime-malformed]"]);
    let mistyped = sound.replace("Content-Type: multipart", "ContentType: multipart");
    let sight = check(mistyped.as_bytes(), &[opened[0], "mail - [mime-malformed]"]);
    assert_eq!(sight.details(Kind::MimeMalformed), ["no Content-Type, but nearly"]);
}

#[test]
fn a_small_mail_with_an_attachment_as_it_is() {
    let noise = |n: usize| (0..n).map(|i| (i * i % 251) as u8).collect::<Vec<_>>();
    for attached in [gzip(XML), gzip([XML.as_bytes(), &noise(4000)].concat())] {
        let around = mail("Content-Type: application/gzip\nContent-Transfer-Encoding: binary\n\n%");
        let (before, after) = around.split_once('%').unwrap();
        let text = [before.as_bytes(), &attached, after.as_bytes()].concat();
        let sight = see(&text);
        assert_eq!(sight.count(Outcome::Opened), 1, "{:?}", sight.lines());
    }
}

#[test]
fn odd_beginnings_of_saved_mails() {
    let sound = mail(&attachment("application/gzip", "a.gz", gzip(XML)));
    let opened = ["mail.1 gzip.0: xml opened []"];
    check(format!("\u{feff}{sound}").as_bytes(), &opened);
    check(format!("\r\n\r\n{sound}").as_bytes(), &opened);
    check(format!("* 12 FETCH (BODY[] {{4321}}\r\n{sound}").as_bytes(), &opened);
    check(format!("+OK 4321 octets\r\n{sound}").as_bytes(), &opened);
    check(format!("Note: see below\r\n\r\n{sound}").as_bytes(), &opened);
    // A part saved with its header.
    let part = attachment("application/gzip", "a.gz", gzip(XML));
    check(part.as_bytes(), &["mail.0 gzip.0: xml opened []"]);
}

#[test]
fn forwarded_mails_are_entered() {
    let inner = mail(&attachment("application/gzip", NAME, gzip(XML)));
    let other = inner.replace("=_b", "=_c").replace("Subject: ", "Subject: original: ");
    let forward = format!("Content-Type: message/rfc822\nContent-Disposition: inline\n\n{other}");
    // In the second, the inner mail's lines end in CR CR LF.
    for text in [mail(&forward.replace('\r', "")), mail(&forward)] {
        let sight = check(text.as_bytes(), &["mail.1 mail.1 gzip.0: xml opened []"]);
        assert!(sight.subjects[0].starts_with("original: Report Domain"));
    }
    let encoded = attachment("message/rfc822", "a.eml", &inner);
    check(mail(&encoded).as_bytes(), &["mail.1 mail.1 gzip.0: xml opened []"]);
    let undeclared = attachment("application/octet-stream", "a.eml", &inner);
    check(mail(&undeclared).as_bytes(), &["mail.1 mail.1 gzip.0: xml opened []"]);
}

#[test]
fn a_mail_without_a_report_has_one_outcome() {
    let letter = "From: a@example.net\nTo: b@example.com\nSubject: Lunch\n\
        Content-Type: multipart/alternative; boundary=x\n\n\
        --x\nContent-Type: text/plain\n\nHello\n--x\nContent-Type: text/html\n\n<p>Hello</p>\n--x--\n";
    let sight = check(letter.as_bytes(), &["mail not_a_report [no-report]"]);
    assert_eq!(sight.details(Kind::NoReport), ["mail, multipart/alternative"]);
    assert_eq!(sight.feedback[0].text.as_deref(), Some("Hello"));
    // Documents attached to it are not outcomes of their own, either.
    let docx = zip(&[("a.xml", b"<w:document/>"), ("b.txt", b"text")]);
    check(
        mail(&attachment("application/zip", "a.zip", docx)).as_bytes(),
        &["mail not_a_report [no-report]"],
    );
}

#[test]
fn a_placeholder_and_an_empty_attachment_are_told_apart() {
    let unused = attachment("application/gzip", "a.gz", "unused");
    check(mail(&unused).as_bytes(), &["mail empty [empty-placeholder]"]);
    let undecoded = "Content-Type: application/gzip\nContent-Transfer-Encoding: base64\n\nunused";
    check(mail(undecoded).as_bytes(), &["mail empty [empty-placeholder]"]);
    check(
        mail(&attachment("application/gzip", "a.gz", "")).as_bytes(),
        &["mail empty [empty-part]"],
    );
}

#[test]
fn damage_inside_a_mail_is_told_on_the_part() {
    let bytes = gzip(long_xml(100));
    let cut = attachment("application/gzip", "a.gz", &bytes[..bytes.len() / 2]);
    check(mail(&cut).as_bytes(), &["mail.1 gzip.0: xml opened [stream-damaged]"]);
    let broken = attachment("application/gzip", "a.gz", &bytes[..9]);
    check(mail(&broken).as_bytes(), &["mail.1 gzip.0: empty damaged [stream-damaged]"]);
}

/// A failure report with its parts as given.
fn failure(feedback: &str, sample: &str) -> String {
    crlf(&format!(
        "From: feedback@example.net\nTo: ruf@example.com\nSubject: FW: spam\n\
         Content-Type: multipart/report; report-type=feedback-report; boundary=\"r\"\n\n\
         --r\nContent-Type: text/plain; charset=iso-8859-1\n\nThis is a report.\n\
         --r\n{feedback}\n--r\n{sample}\n--r--\n"
    ))
}

const FIELDS: &str = "Feedback-Type: auth-failure\nUser-Agent: Example/1.0\nVersion: 1\n";

#[test]
fn a_failure_report_is_handed_over_in_its_parts() {
    let sound = failure(
        &format!("Content-Type: message/feedback-report\n\n{FIELDS}"),
        "Content-Type: message/rfc822\n\nFrom: spoof@example.com\nSubject: x\n\nbody",
    );
    let sight = check(sound.as_bytes(), &["mail opened []"]);
    let [feedback] = &sight.feedback[..] else { panic!("one") };
    assert_eq!(feedback.text.as_deref(), Some("This is a report."));
    assert!(feedback.report.as_deref().unwrap().starts_with("Feedback-Type: auth-failure\r\n"));
    let (sample, headers_only) = feedback.sample.as_ref().unwrap();
    assert!(sample.starts_with("From: spoof@example.com") && sample.ends_with("body"));
    assert!(!headers_only);
}

#[test]
fn a_failure_report_is_told_by_its_fields_too() {
    let encoded = attachment("text/plain", "ATT00001", FIELDS);
    let headers = "Content-Type: text/rfc822-headers\n\nFrom: spoof@example.com\n";
    let text = failure(&encoded, headers)
        .replace("multipart/report; report-type=feedback-report", "multipart/mixed");
    let sight = check(text.as_bytes(), &["mail opened []"]);
    assert_eq!(sight.feedback[0].report.as_deref(), Some(FIELDS));
    assert!(sight.feedback[0].sample.as_ref().unwrap().1, "headers only");
    // The part alone, saved.
    check(FIELDS.as_bytes(), &["mail opened []"]);
}

#[test]
fn a_forwarded_failure_report_is_found() {
    let inner = failure(
        &format!("Content-Type: message/feedback-report\n\n{FIELDS}"),
        "Content-Type: message/rfc822\n\nFrom: a@example.com\n\nb",
    );
    check(
        mail(&attachment("message/rfc822", "a.eml", inner)).as_bytes(),
        &["mail.1: mail opened []"],
    );
}

#[test]
fn a_text_only_failure_report_is_offered_before_it_is_called_no_report() {
    let text = "From: a@example.net\nTo: b@example.com\nSubject: s\n\nA message claiming to be from you has failed.\n";
    check(text.as_bytes(), &["mail opened []"]);
}

#[test]
fn texts_are_decoded_as_declared_or_as_they_look() {
    let letter = |charset: &str, body: &[u8]| {
        let head = format!(
            "From: a@example.net\nTo: b@example.com\nContent-Type: text/plain{charset}\n\n"
        );
        let sight = see(&[head.as_bytes(), body].concat());
        sight.feedback[0].text.clone().unwrap()
    };
    assert_eq!(letter("; charset=iso-8859-1", b"\xe9"), "é");
    assert_eq!(letter("; charset=utf-8", "é".as_bytes()), "é");
    assert_eq!(letter("", "é".as_bytes()), "é");
    assert_eq!(letter("; charset=nonsense", b"\x93\xe9"), "“é");
}
