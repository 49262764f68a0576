//! What the TLS screen takes for evidence, and what not.

use super::made::{BARE, DANE, STS, failure, policy, report_of, told};
use super::{engine, shown, values};

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

/// What the screen says with a filter of the reports, of which each is changed so.
fn changed(days: &[String], filter: &str, change: impl Fn(u32, String) -> String) -> String {
    let files = (1..).zip(days).map(|(day, policies)| (day, report_of(day, policies)));
    let files = files.map(|(day, (name, bytes))| {
        (name, change(day, String::from_utf8(bytes).expect("text")).into_bytes())
    });
    let files: Vec<_> = files.collect();
    let files: Vec<_> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.clone())).collect();
    shown(&mut engine(&files), &format!("#/tls{filter}")).1
}

fn lost_at_mx(sessions: u64) -> String {
    failure("certificate-expired", "mx.example.com", sessions)
}

#[test]
fn failures_of_senders_without_the_policy_are_a_caveat() {
    let sts = policy(&testing(), 9, 0, "");
    let at = |mx: &str| policy(BARE, 9, 5, &failure("starttls-not-supported", mx, 5));
    let day = format!("{sts}, {}", at("MX.example.com."));
    let (drawn, said) = told(&[day.as_str(); 14]);
    assert!(said.contains("Senders without the policy report 70 sessions"), "{said}");
    let first = values(&drawn, "class").into_iter().filter(|class| class.contains("--primary"));
    assert_eq!(first.count(), 0, "it is not urged");
    let said = self::days(&[(14, &format!("{sts}, {}", at("other.example.com")))]);
    assert!(!said.contains("Senders without the policy"), "{said}");
}

#[test]
fn one_wrong_date_does_not_turn_the_verdict() {
    let mut days = vec![policy(STS, 9, 2, &lost_at_mx(2)); 14];
    days.push(policy(&testing(), 9, 0, ""));
    for year in ["2062", "9999"] {
        let later = |day, text: String| match day {
            15 => text.replace("2026-11-", &format!("{year}-11-")),
            _ => text,
        };
        let said = changed(&days, "", later);
        assert!(said.contains("Enforced, and sessions fail"), "{said}");
        assert!(said.contains("1 report is of days after tomorrow"), "{said}");
        assert!(said.contains("Days looked at\n1–14 Nov 2026"), "{said}");
    }
    let endless = |day, text: String| match day {
        15 => text.replace("2026-11-15T23", "9999-12-31T23"),
        _ => text,
    };
    let said = changed(&days, "", endless);
    assert!(said.contains("Days looked at\n2–15 Nov 2026"), "{said}");
}

#[test]
fn failures_without_a_time_count_against_it() {
    let mut days = vec![policy(&testing(), 9, 0, ""); 14];
    days.push(policy(&testing(), 9, 4, &lost_at_mx(4)));
    let said = changed(&days, "", |day, text| match day {
        15 => text.replace("2026-11-15T", "some day"),
        _ => text,
    });
    assert!(said.contains("Not yet: sessions have failed"), "{said}");
    assert!(said.contains("4 sessions that failed are in reports without a time"), "{said}");
}

#[test]
fn an_end_before_the_begin_is_told_in_order() {
    let days = [policy(STS, 9, 2, &lost_at_mx(2))];
    let said = changed(&days, "", |_, text| text.replace("11-01T00", "11-05T00"));
    assert!(said.contains("Enforced, and sessions fail"), "{said}");
    assert!(!said.contains("5–1 Nov"), "{said}");
}

#[test]
fn sums_are_of_all_reporters_types_and_kinds() {
    let days = vec![policy(&testing(), 5, 0, ""); 25];
    let all: Vec<_> = (0..10)
        .flat_map(|round| days.iter().zip(1..).map(move |(day, at)| (round, at, day)))
        .map(|(round, at, day)| {
            let (_, bytes) = report_of(at, day);
            let text = String::from_utf8(bytes).expect("text");
            let name = format!("Sender {round}-{at}");
            (format!("{name}.json"), text.replace("Example Mail", &name).into_bytes())
        })
        .collect();
    let files: Vec<_> = all.iter().map(|(name, bytes)| (name.as_str(), bytes.clone())).collect();
    let (_, said) = shown(&mut engine(&files), "#/tls");
    assert!(said.contains("Sessions: 1,250 successful, 0 failed."), "{said}");
    assert!(said.contains("Seen since\n1 Nov 2026"), "{said}");
    assert!(said.contains("and 210 more"), "{said}");

    let kinds: Vec<_> = (0..300).map(|at| failure(&format!("odd-{at}"), "mx.test", 1)).collect();
    let said = self::days(&[(1, &policy(STS, 5, 300, &kinds.join(",")))]);
    assert!(said.contains("There are 297 more kinds of failure"), "{said}");
    assert!(said.contains("280 more kinds of failure are in the table above"), "{said}");
}

#[test]
fn a_policy_without_a_type_is_not_called_unseen() {
    for kind in ["9", "null"] {
        let odd = STS.replace(r#""sts""#, kind);
        let said = days(&[(1, &policy(&odd, 9, 0, ""))]);
        assert!(said.contains("under no type that a document defines"), "{said}");
        assert!(!said.contains("No sender has seen"), "{said}");
    }
}

#[test]
fn a_mode_that_there_is_not_is_named() {
    let said = days(&[(14, &policy(&STS.replace("enforce", "test"), 9, 0, ""))]);
    assert!(said.contains("The policy has mode “test”, and there is no such mode"), "{said}");
    assert!(!said.contains("no report says in which mode"), "{said}");
}

#[test]
fn a_filter_by_reporter_or_time_is_said_beside_the_verdict() {
    let days = vec![policy(&testing(), 9, 0, ""); 14];
    for (filter, is_part) in [
        ("", false),
        ("?filter=domain:=example.com", false),
        ("?filter=policy:=sts", false),
        ("?filter=org:Example", true),
        ("?filter=since:2026-11-01", true),
    ] {
        let said = changed(&days, filter, |_, text| text);
        assert!(said.contains("Yes: nothing has failed"), "{filter}: {said}");
        let part = said.contains("what the filter lets through alone");
        assert_eq!(part, is_part, "{filter}: {said}");
    }
}

#[test]
fn sums_and_details_of_two_reporters_are_not_mixed_up() {
    let summed = policy(&testing(), 9, 1, "");
    let detailed = policy(&testing(), 9, 0, &lost_at_mx(100));
    let said = changed(&[summed, detailed], "", |day, text| {
        text.replace("Example Mail", &format!("Sender {day}"))
    });
    assert!(said.contains("18 successful, 101 failed"), "{said}");
    assert!(said.contains("Sender 2 (100), Sender 1 (1)"), "{said}");
    assert!(said.contains("account for 100 of 101 failed sessions"), "{said}");
}

#[test]
fn failures_without_a_number_or_without_details_are_told_so() {
    let uncounted = lost_at_mx(2).replace("failed-session-count", "other");
    let said = days(&[(1, &policy(&testing(), 9, 3, &uncounted))]);
    assert!(said.contains("An unstated number of sessions in mode “testing”"), "{said}");
    assert!(said.contains("account for 0 of 3 failed sessions"), "{said}");
    assert!(!said.contains("(0)"), "{said}");
    let said = days(&[(1, &policy(&testing(), 9, 10, &lost_at_mx(3)))]);
    assert!(said.contains("account for 3 of 10 failed sessions"), "{said}");
}

#[test]
fn what_is_said_alike_of_two_modes_is_said_once() {
    let fetch = failure("sts-policy-fetch-error", "mx.example.com", 2);
    let both = [policy(&testing(), 9, 2, &fetch), policy(STS, 9, 2, &fetch)];
    let said = days(&[(1, &both.join(", "))]);
    assert!(said.contains("4 sessions (1 Nov 2026). No mail was lost by it"), "{said}");
    assert!(!said.contains("2 sessions (1 Nov 2026)"), "{said}");
}
