//! The TLS screen over reports that are made for what it has to tell.

use vitrail::screens::markup::Drawn;

use super::corpus::check;
use super::{engine, shown, values};

/// A report of one policy, with this in the place of its members.
fn report(members: &str) -> Vec<u8> {
    let text = r#"{"organization-name": "Example Mail", "date-range": {"start-datetime":
        "2026-11-01T00:00:00Z", "end-datetime": "2026-11-02T00:00:00Z"}, "contact-info":
        "tls@example.net", "report-id": "7", MEMBERS}"#;
    text.replace("MEMBERS", members).into_bytes()
}

#[test]
fn odd_shapes_have_sensible_screens() {
    let summary = r#""summary": {"total-successful-session-count": 40,
        "total-failure-session-count": 2}"#;
    for (members, words) in [
        // Null for what is not there.
        (
            format!(
                r#""policies": [{{"policy": {{"policy-type": "sts", "policy-string": null,
                "policy-domain": "example.com", "mx-host": null}}, {summary},
                "failure-details": null}}]"#
            ),
            &["MTA-STS", "40", "2 by the summaries, 0 by the failure details"][..],
        ),
        // A string for an array.
        (
            format!(
                r#""policies": [{{"policy": {{"policy-type": "sts", "policy-string":
                "version: STSv1; mode: enforce; mx: a.example.com; max_age: 86400",
                "policy-domain": "example.com", "mx-host": "a.example.com"}}, {summary}}}]"#
            ),
            &["enforce", "a.example.com", "Enforced, and sessions fail"],
        ),
        // A type that no document knows, of policy and of failure.
        (
            format!(
                r#""policies": [{{"policy": {{"policy-type": "novel", "policy-domain":
                "example.com"}}, {summary}, "failure-details": [{{"result-type": "odd",
                "failed-session-count": 5, "receiving-mx-hostname": "mx.example.com"}}]}}]"#
            ),
            &["novel", "“odd”", "2 by the summaries, 5 by the failure details"],
        ),
        // No policy at all.
        (r#""policies": []"#.to_owned(), &["hold no TLS report"]),
    ] {
        let mut engine = engine(&[("odd.json", report(&members))]);
        check(&mut engine, &members);
        let (_, said) = shown(&mut engine, "#/tls");
        for words in words {
            assert!(said.contains(words), "{words}: {said}");
        }
    }
}

#[test]
fn what_no_document_knows_is_shown_as_it_came() {
    let report = r#"{"organization-name": null, "date-range": {"start-datetime":
        "2026-11-01T00:00:00Z", "end-datetime": "2026-11-01T23:59:59Z"}, "contact-info": null,
        "report-id": "1", "policies": [{"policy": {"policy-type": "sonderbar",
        "policy-string": "mode: testing", "policy-domain": "example.com"}, "summary":
        {"total-successful-session-count": 1, "total-failure-session-count": 2},
        "failure-details": [{"result-type": "odd-thing", "failed-session-count": 5}]},
        {"policy": {"policy-type": "tlsa", "policy-domain": "mx.example.com", "policy-string":
        ["3 1 1 abcd"]}, "summary": {"total-successful-session-count": 7}}]}"#;
    let mut engine = engine(&[("a.json", report.as_bytes().to_vec())]);
    let (_, said) = shown(&mut engine, "#/tls");
    for words in ["sonderbar", "“odd-thing”", "2 by the summaries, 5 by", "3 1 1 abcd"] {
        assert!(said.contains(words), "{words}: {said}");
    }
}

/// A report on this day of November 2026 with these policies.
pub(super) fn report_of(day: u32, policies: &str) -> (String, Vec<u8>) {
    let text = report(&format!(r#""policies": [{policies}]"#));
    let text = String::from_utf8(text).expect("text");
    let text = text.replace("11-01T", &format!("11-{day:02}T"));
    let text = text.replace("2026-11-02T00:00:00Z", &format!("2026-11-{day:02}T23:59:59Z"));
    (format!("{day}.json"), text.replace(r#""7""#, &format!(r#""{day}""#)).into_bytes())
}

/// A policy of example.com with so many sessions, and failure details.
pub(super) fn policy(head: &str, successful: u64, failed: u64, details: &str) -> String {
    format!(
        r#"{{"policy": {{{head}, "policy-domain": "example.com"}}, "summary":
        {{"total-successful-session-count": {successful}, "total-failure-session-count": {failed}}},
        "failure-details": [{details}]}}"#
    )
}

pub(super) const STS: &str = r#""policy-type": "sts", "policy-string": ["version: STSv1", "mode: enforce",
    "mx: mx.example.com", "max_age: 86400"]"#;
pub(super) const DANE: &str = r#""policy-type": "tlsa", "policy-string": ["3 1 1 0123abcd"]"#;
pub(super) const BARE: &str = r#""policy-type": "no-policy-found""#;

pub(super) fn failure(kind: &str, mx: &str, sessions: u64) -> String {
    format!(
        r#"{{"result-type": "{kind}", "receiving-mx-hostname": "{mx}", "failed-session-count":
        {sessions}}}"#
    )
}

/// What the screen says of reports, one a day, from the first of November.
pub(super) fn told(days: &[&str]) -> (Drawn, String) {
    let files: Vec<_> = (1..).zip(days).map(|(day, policies)| report_of(day, policies)).collect();
    let files: Vec<_> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.clone())).collect();
    shown(&mut engine(&files), "#/tls")
}

#[test]
fn dane_alone_needs_no_other_policy_and_is_judged_by_itself() {
    let well = policy(DANE, 9, 0, "");
    let (drawn, said) = told(&[&well]);
    assert!(said.contains("DANE is in force") && said.contains("Nothing has failed"), "{said}");
    assert!(said.contains("With DANE you need none"), "{said}");
    assert!(!said.contains("start with one in mode"), "{said}");
    let first = values(&drawn, "class").into_iter().filter(|class| class.contains("--primary"));
    assert_eq!(first.count(), 0, "nothing must be done");

    let failing = policy(DANE, 9, 3, &failure("tlsa-invalid", "mx.example.com", 3));
    let (_, said) = told(&[&well, &failing]);
    assert!(said.contains("DANE is in force, and 3 sessions failed"), "{said}");
    assert!(said.contains("3 sessions with DANE"), "the mail was not delivered: {said}");
    assert!(said.contains("dig +dnssec _25._tcp.mx.example.com TLSA"), "{said}");

    // Of a host that only the policy names.
    let host = failing
        .replace(r#""policy-domain": "example.com""#, r#""policy-domain": "mx.example.com""#);
    let host = host.replace(r#""receiving-mx-hostname": "mx.example.com","#, "");
    let (_, said) = told(&[&format!("{}, {host}", policy(BARE, 1, 0, ""))]);
    assert!(said.contains("dig +dnssec _25._tcp.mx.example.com TLSA"), "{said}");

    let both = format!("{}, {failing}", policy(STS, 5, 0, ""));
    let (_, said) = told(&[&both]);
    let place = |words: &str| said.find(words).unwrap_or_else(|| panic!("{words}: {said}"));
    assert!(place("Already enforced") < place("DANE is in force, and 3 sessions failed"));
    assert!(!said.contains("With DANE you need none"), "{said}");
}

#[test]
fn each_policy_type_has_its_sessions_its_rate_and_its_time() {
    let day = format!(
        "{}, {}, {}",
        policy(STS, 8, 0, ""),
        policy(DANE, 3, 1, ""),
        policy(BARE, 7, 0, "")
    );
    let (drawn, said) = told(&[&day, &day]);
    for words in ["TLS sessions: MTA-STS", "TLS sessions: DANE", "TLS sessions: no policy found"] {
        assert!(said.contains(words), "{words}: {said}");
    }
    for rate in ["100%", "75.0%"] {
        assert!(said.lines().any(|line| line.trim() == rate), "{rate}: {said}");
    }
    let strips = values(&drawn, "data-range").len();
    assert_eq!(strips, 3, "no messages, no failure reports");
    // Sessions fail or succeed: pass and fail are words of DMARC.
    for words in ["successful", "failed"] {
        assert!(said.lines().any(|line| line.trim() == words), "{words}: {said}");
    }
    assert!(
        !said.lines().any(|line| ["passed", "passes", "fails"].contains(&line.trim())),
        "{said}"
    );
    let narrow = values(&drawn, "href");
    assert!(narrow.iter().any(|to| to.contains("policy:tlsa")), "{narrow:?}");
}

#[test]
fn a_policy_that_cannot_be_fetched_loses_no_mail() {
    let nothing = r#""policy-type": "sts", "policy-string": []"#;
    let details = r#"{"result-type": "sts-policy-fetch-error", "failed-session-count": 4}"#;
    let (_, said) = told(&[&policy(nothing, 0, 4, details)]);
    assert!(said.contains("Senders cannot get the policy"), "{said}");
    assert!(said.contains("No mail was lost by it"), "{said}");
    assert!(!said.contains("No sender has seen an MTA-STS policy"), "{said}");
    assert!(said.contains("https://mta-sts.example.com/.well-known/mta-sts.txt"), "{said}");

    let (_, said) = told(&[&policy(nothing, 6, 0, "")]);
    assert!(said.contains("no report says in which mode it is"), "{said}");
}

#[test]
fn a_policy_that_is_no_longer_seen_is_not_called_enforced() {
    let mut days = vec![policy(STS, 8, 0, "")];
    days.extend((0..20).map(|_| policy(BARE, 7, 0, "")));
    let days: Vec<_> = days.iter().map(String::as_str).collect();
    let (_, said) = told(&days);
    assert!(said.contains("it was last seen on 1 Nov 2026"), "{said}");
    assert!(!said.contains("Already enforced"), "{said}");
}

#[test]
fn failures_that_are_not_told_of_are_counted_and_led_to() {
    let kinds = ["certificate-expired", "starttls-not-supported", "validation-failure", "odd", "a"];
    let details = kinds.iter().zip(0..).flat_map(|(kind, at)| {
        (0..6).map(move |mx| failure(kind, &format!("mx{mx}.example.com"), 10 - at))
    });
    let details = details.collect::<Vec<_>>().join(",");
    let (drawn, said) = told(&[&policy(STS, 8, 240, &details)]);
    assert!(said.contains("There are 2 more kinds of failure"), "{said}");
    assert!(said.contains("mx3.example.com, and 2 more"), "{said}");
    let to = values(&drawn, "href").into_iter().find(|to| to.starts_with("#/explore?"));
    let to = to.expect("a link to all");
    for part in ["of=tls", "policy:sts", "part:failure-details", "since:", "by=type"] {
        assert!(to.contains(part), "{part}: {to}");
    }
}

#[test]
fn a_filter_on_policies_does_not_change_the_verdict() {
    let day = format!("{}, {}", policy(STS, 8, 0, ""), policy(DANE, 3, 0, ""));
    let files = [report_of(1, &day)];
    let mut engine = engine(&files.each_ref().map(|(name, bytes)| (name.as_str(), bytes.clone())));
    for filter in ["", "?filter=policy:=tlsa", "?filter=policy:=sts%20mode:=enforce"] {
        let (_, said) = shown(&mut engine, &format!("#/tls{filter}"));
        assert!(said.contains("Already enforced"), "{filter}: {said}");
        assert_eq!(said.contains("does not hold for the verdict"), !filter.is_empty());
        assert!(!said.contains("holds for “What failed” alone"));
        let strips = said.matches("TLS sessions: ").count();
        assert_eq!(strips, if filter.is_empty() { 2 } else { 1 }, "{filter}: {said}");
    }
}

#[test]
fn reports_without_any_domain_are_shown_by_themselves() {
    let bare = r#"{"policy": {"policy-type": "no-policy-found"}, "summary":
        {"total-successful-session-count": 5, "total-failure-session-count": 1},
        "failure-details": [{"result-type": "starttls-not-supported", "failed-session-count": 1}]}"#;
    let (_, said) = told(&[bare]);
    assert!(!said.contains("hold no TLS report"), "{said}");
    assert!(said.contains("1 session without a policy (1 Nov 2026)"), "{said}");
    let (drawn, said) = told(&[bare, &policy(STS, 8, 0, "")]);
    assert!(said.contains("no domain stated") && said.contains("Already enforced"), "{said}");
    assert!(
        values(&drawn, "href")
            .iter()
            .any(|to| to == "#/tls?filter=domain:%3D" || to == "#/tls?filter=domain:=")
    );
}

#[test]
fn reports_without_a_time_are_looked_at_all_the_same() {
    let (name, report) = report_of(1, &policy(STS, 8, 2, &failure("odd", "mx.example.com", 2)));
    let report = String::from_utf8(report).expect("text");
    let report = report.replace("2026-11-01T", "some day").into_bytes();
    let (_, said) = shown(&mut engine(&[(&name, report)]), "#/tls");
    assert!(said.contains("Enforced, and sessions fail"), "{said}");
    assert!(said.contains("8 successful, 2 failed (80.0%)"), "{said}");
    assert!(said.contains("2 sessions in mode “enforce”: the mail was not delivered"), "{said}");
    assert!(!said.contains("1970") && !said.contains("Days looked at"), "{said}");
}

#[test]
fn a_filter_on_failures_says_what_it_leaves_whole() {
    let day = policy(STS, 8, 2, &failure("certificate-expired", "mx.example.com", 2));
    let files = [report_of(1, &day)];
    let mut engine = engine(&files.each_ref().map(|(name, bytes)| (name.as_str(), bytes.clone())));
    let (_, said) = shown(&mut engine, "#/tls?filter=type:certificate-expired%20mx:mx");
    assert!(said.contains("holds for “What failed” alone"), "{said}");
    assert!(said.contains("8 successful, 2 failed (80.0%)"), "{said}");
}

#[test]
fn a_policy_that_reporters_write_in_another_order_is_not_an_old_one() {
    let turned = STS.replace(
        r#""mx: mx.example.com", "max_age: 86400""#,
        r#""max_age: 86400", "mx: mx.example.com""#,
    );
    assert_ne!(turned, STS);
    let fails = policy(&turned, 8, 2, &failure("certificate-expired", "mx.example.com", 2));
    let (_, said) = told(&[&policy(STS, 8, 0, ""), &fails]);
    assert!(said.contains("All senders have had the same policy"), "{said}");
    assert!(!said.contains("All that fails was held against an older policy"), "{said}");
}

#[test]
fn every_result_type_is_told_in_words_with_a_way_to_check_it() {
    for (kind, who, command) in [
        ("starttls-not-supported", "runs the receiving mail server", "openssl s_client"),
        ("certificate-host-mismatch", "runs the receiving mail server", "openssl s_client"),
        ("certificate-expired", "runs the receiving mail server", "openssl s_client"),
        ("certificate-not-trusted", "runs the receiving mail server", "openssl s_client"),
        ("validation-failure", "You first", "openssl s_client"),
        ("tlsa-invalid", "runs the DNS zone", "_25._tcp.mx.example.com TLSA"),
        ("dnssec-invalid", "runs the DNS zone", "_25._tcp.mx.example.com TLSA"),
        ("dane-required", "runs the DNS zone", "_25._tcp.mx.example.com TLSA"),
        ("sts-policy-fetch-error", "publishes the MTA-STS policy", "curl -sSv"),
        ("sts-policy-invalid", "publishes the MTA-STS policy", "curl -sSv"),
        ("sts-webpki-invalid", "publishes the MTA-STS policy", "curl -sSv"),
        ("never-heard-of", "Ask the reporter", "openssl s_client"),
    ] {
        let (_, said) = told(&[&policy(STS, 8, 2, &failure(kind, "mx.example.com", 2))]);
        assert!(said.contains(kind) && said.contains(who), "{kind}: {said}");
        assert!(said.contains(command), "{kind}: {said}");
        let is_lost = !kind.starts_with("sts-");
        assert_eq!(said.contains("the mail was not delivered"), is_lost, "{kind}: {said}");
        assert_eq!(said.contains("No mail was lost by it"), !is_lost, "{kind}: {said}");
    }
    let code = failure("validation-failure", "mx.example.com", 2);
    let code = code.replace('}', r#", "failure-reason-code": "MX_HOSTS_MISMATCH"}"#);
    let (_, said) = told(&[&policy(STS, 8, 2, &code)]);
    assert!(said.contains("MX_HOSTS_MISMATCH (The mail server is not in the policy)"), "{said}");
}
