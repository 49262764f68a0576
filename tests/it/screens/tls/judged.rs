//! What the TLS screen takes for evidence, and what not.

use super::made::{BARE, DANE, STS, failure, policy, told};

/// The same days over and over.
fn days(parts: &[(usize, &str)]) -> String {
    let days = parts.iter().flat_map(|(times, day)| std::iter::repeat_n(*day, *times));
    told(&days.collect::<Vec<_>>()).1
}

fn testing() -> String {
    STS.replace("enforce", "testing")
}

#[test]
fn failures_without_a_policy_text_are_not_blamed_on_an_older_one() {
    let textless = r#""policy-type": "sts""#;
    let fails = policy(textless, 5, 2, &failure("certificate-expired", "mx.example.com", 2));
    let said = days(&[(3, &policy(STS, 8, 0, "")), (2, &fails)]);
    assert!(said.contains("Enforced, and sessions fail"), "{said}");
    assert!(!said.contains("held against an older policy"), "{said}");
}

#[test]
fn another_order_or_another_line_end_is_the_same_policy_everywhere() {
    let testing = testing();
    let turned = testing.replace(
        r#""version: STSv1", "mode: testing","#,
        r#""mode: testing\r", "version: STSv1\r","#,
    );
    assert_ne!(turned, testing);
    let fails = policy(&turned, 8, 2, &failure("certificate-expired", "mx.example.com", 2));
    let said = days(&[(9, &policy(&testing, 8, 0, "")), (9, &policy(&turned, 8, 0, ""))]);
    assert!(said.contains("Yes: nothing has failed in the last 14 days"), "{said}");
    assert!(said.contains("Seen since\n1 Nov 2026"), "{said}");
    assert!(said.contains("All senders have had the same policy"), "{said}");
    assert_eq!(said.matches("2026: MTA-STS \n").count(), 1, "one change: {said}");
    assert_eq!(said.matches("Example Mail, last on").count(), 1, "one reporter: {said}");
    let said = days(&[(9, &policy(&testing, 8, 0, "")), (9, &fails)]);
    assert!(said.contains("Not yet"), "{said}");
    assert!(!said.contains("held against an older policy"), "{said}");
}

#[test]
fn reports_without_sessions_are_no_evidence() {
    let (testing, empty) = (testing(), policy(STS, 0, 0, ""));
    for idle in [&policy(&testing, 0, 0, ""), &empty] {
        let said = days(&[(20, idle)]);
        assert!(said.contains("Wait: no session at all in the last 14 days"), "{said}");
        assert!(said.contains("Sessions in these days\nnone"), "{said}");
        assert!(!said.contains("Yes: ") && !said.contains("Already enforced"), "{said}");
    }
    let said = days(&[(19, &policy(&testing, 0, 0, "")), (1, &policy(&testing, 9, 0, ""))]);
    assert!(said.contains("too few sessions") && said.contains("at least 10"), "{said}");
    let said = days(&[(19, &policy(&testing, 0, 0, "")), (1, &policy(&testing, 10, 0, ""))]);
    assert!(said.contains("Yes: nothing has failed"), "{said}");
    let said = days(&[(3, &policy(DANE, 0, 0, ""))]);
    assert!(said.contains("list no session with it"), "{said}");
}

#[test]
fn failures_of_dane_do_not_judge_mta_sts() {
    let nowhere = |kind: &str, sessions| {
        failure(kind, "", sessions).replace(r#""receiving-mx-hostname": "","#, "")
    };
    let dane = policy(DANE, 5, 2, &nowhere("tlsa-invalid", 2))
        .replace(r#""policy-domain": "example.com""#, r#""policy-domain": "mx1.example.com""#);
    let unfetched = policy(STS, 9, 3, &nowhere("sts-policy-fetch-error", 3));
    let said = days(&[(3, &format!("{unfetched}, {dane}"))]);
    assert!(said.contains("Senders cannot get the policy"), "{said}");
    assert!(said.contains("DANE is in force, and 6 sessions failed"), "{said}");
    let well = policy(STS, 9, 0, "");
    let said = days(&[(3, &format!("{well}, {dane}, {}", policy(BARE, 1, 0, "")))]);
    // Told of once, and explained once.
    assert_eq!(said.matches("(tlsa-invalid)").count(), 2, "{said}");
    assert!(said.contains("_25._tcp.mx1.example.com TLSA"), "{said}");
}

#[test]
fn a_policy_that_was_rolled_back_is_the_present_one() {
    let testing = policy(&testing(), 9, 0, "");
    let fails = policy(STS, 8, 2, &failure("certificate-expired", "mx.example.com", 2));
    let said = days(&[(10, &testing), (10, &fails), (3, &testing)]);
    assert!(said.contains("Not yet: sessions have failed"), "{said}");
    assert!(said.contains("Mode of the policy\ntesting"), "{said}");
    assert!(said.contains("Seen since\n21 Nov 2026"), "{said}");
    assert!(said.contains("21 Nov 2026: MTA-STS again"), "{said}");
    assert!(!said.contains("held against an older policy"), "it was the present one: {said}");
    let (newest, older) = (said.find("Newest: 1–23 Nov"), said.find("Older: 11–20 Nov"));
    assert!(newest.is_some() && newest < older, "{said}");
    assert!(said.contains("all senders have the newest one"), "{said}");
}
