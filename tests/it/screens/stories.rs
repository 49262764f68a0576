//! What a record's details say of why it fails, and of what the receiver did.

use vitrail::engine::Engine;
use vitrail::screens::{Ask, Program, Shown};

use super::{ask, draw, engine, words};

/// The details of the one record of a report with these tags, `policy_evaluated` beside the
/// verdicts, identifiers and results.
fn told(language: &str, parts: [&str; 5]) -> String {
    let [policy, disposition, reason, author, results] = parts;
    let report = format!(
        "<feedback><report_metadata><org_name>mx.test</org_name><report_id>7</report_id>\
         </report_metadata><policy_published><domain>example.com</domain>{policy}\
         </policy_published><record><row><source_ip>192.0.2.7</source_ip><count>9</count>\
         <policy_evaluated><disposition>{disposition}</disposition><dkim>fail</dkim>\
         <spf>fail</spf>{reason}</policy_evaluated></row><identifiers>{author}</identifiers>\
         <auth_results>{results}</auth_results></record></feedback>"
    );
    let mut engine: Engine = engine([("a.xml", report.as_bytes())]);
    engine.learn_suffixes(include_str!("../../../static/data/suffixes.txt").to_owned());
    let shown = Shown { open: Some(0), ..Shown::default() };
    let ask = Ask { language: language.to_owned(), shown, ..ask("#/records") };
    words(&draw(&mut Program::default(), Some(&mut engine), &ask))
}

const AUTHOR: &str = "<header_from>example.com</header_from>";

/// How a reason is told beside a policy and a disposition, by the author's domain.
#[track_caller]
fn check(author: &str, (policy, disposition, reason): (&str, &str, &str), expected: &str) {
    let policy: String = policy
        .split_whitespace()
        .filter_map(|tag| tag.split_once('='))
        .map(|(name, value)| format!("<{name}>{value}</{name}>"))
        .collect();
    let author = format!("<header_from>{author}</header_from>");
    let reason = format!("<reason><type>{reason}</type></reason>");
    let said = told("en", [&policy, disposition, &reason, &author, ""]);
    assert!(said.contains(expected), "{policy} {disposition}: {expected}: {said}");
}

#[test]
fn reasons_are_held_against_what_the_policy_asks() {
    let other = "The receiver did other than the policy asks: ";
    let as_asked = "though the receiver did what it asks: ";
    let unsure = "The reporter names a reason to do other than the policy asks: ";
    let softened = "less than it could have, as the policy provides for: ";
    let stricter = "The receiver was stricter than the policy asks";
    for (author, facts, expected) in [
        ("example.com", ("p=none", "none", "local_policy"), as_asked),
        ("example.com", ("p=none", "reject", "local_policy"), other),
        ("example.com", ("p=reject", "none", "local_policy"), other),
        ("example.com", ("p=none", "quarantine", "sampled_out"), stricter),
        ("example.com", ("p=none", "quarantine", "forwarded"), stricter),
        ("example.com", ("p=reject pct=50", "quarantine", "sampled_out"), softened),
        ("example.com", ("p=reject pct=50", "reject", "sampled_out"), as_asked),
        // Half of it may be quarantined as the policy asks.
        ("example.com", ("p=reject pct=50", "quarantine", "local_policy"), unsure),
        ("example.com", ("p=reject pct=50", "none", "local_policy"), other),
        ("example.com", ("p=quarantine testing=y", "none", "policy_test_mode"), softened),
        ("example.com", ("p=quarantine testing=y", "none", "mailing_list"), unsure),
        // Of a domain below, `sp` is asked for.
        ("a.example.com", ("p=reject sp=none", "none", "local_policy"), as_asked),
        ("a.example.com", ("p=none sp=reject", "none", "local_policy"), other),
        ("a.example.com", ("p=reject", "none", "local_policy"), other),
        ("example.com", ("p=reject sp=none", "none", "local_policy"), other),
        // Whether it exists, is not told.
        ("a.example.com", ("p=none np=reject", "reject", "local_policy"), unsure),
        ("", ("p=reject sp=none", "none", "local_policy"), unsure),
        ("example.com", ("", "none", "local_policy"), unsure),
    ] {
        check(author, facts, expected);
    }
}

#[test]
fn reasons_are_told_in_words_and_unknown_ones_as_they_are() {
    for (language, reason, said) in [
        ("en", "trusted_forwarder", "asks: it trusts the forwarder."),
        ("fr", "local_policy", "de la politique\u{a0}: il a suivi une règle à lui."),
        ("en", "moon_phase", "asks: moon_phase."),
    ] {
        let reason = format!("<reason><type>{reason}</type></reason>");
        let shown = told(language, ["<p>reject</p>", "none", &reason, AUTHOR, ""]);
        assert!(shown.contains(said), "{shown}");
    }
}

fn dkim(domain: &str) -> String {
    format!("<dkim><domain>{domain}</domain><selector>s</selector><result>pass</result></dkim>")
}

#[test]
fn siblings_fail_for_strict_alignment() {
    let author = "<header_from>www.example.com</header_from>";
    let story = |modes: &str, domain: &str| told("en", [modes, "none", "", author, &dkim(domain)]);
    let strict = story("<adkim>s</adkim>", "mail.example.com");
    assert!(strict.contains("What passed is of the same organization"), "{strict}");
    assert!(strict.contains("It passed, for another name of the author’s organization"));
    assert!(!strict.contains("A service that signs with its own domain"));
    let other = story("<adkim>s</adkim>", "mail.example.net");
    assert!(other.contains("A service that signs with its own domain"), "{other}");
    assert!(!other.contains("What passed is of the same organization"), "{other}");
}

#[test]
fn a_helo_name_that_passes_explains_nothing() {
    let spf = "<spf><domain>bounce.test</domain><scope>mfrom</scope><result>fail</result></spf>\
               <spf><domain>mx.test</domain><scope>helo</scope><result>pass</result></spf>";
    let said = told("en", ["", "none", "", AUTHOR, spf]);
    assert!(said.contains("The messages were not signed, and SPF did not pass."), "{said}");
    assert!(!said.contains("SPF passed, but for another domain"), "{said}");
}

#[test]
fn where_no_author_is_named_nothing_is_said_to_be_another_domain() {
    let said = told("en", ["", "none", "", "", &dkim("example.com")]);
    assert!(said.contains("the report does not name the author’s domain"), "{said}");
    assert!(said.contains("It passed; the report does not say whether it aligns."), "{said}");
    assert!(!said.contains("that does not align with the author’s: DMARC"), "{said}");
}
