//! The sums of a TLS report: kept as they came, and found where they disagree.

use serde_json::{Value, json};
use vitrail::base::Kind;

use super::reading::Reading;
use super::tls::{read_value, sound};

#[test]
fn sums_that_disagree_are_kept_and_found() {
    let read = |summary: Value, details: Value| {
        let mut report = sound();
        report["policies"][0]["summary"] = summary;
        report["policies"][0]["failure-details"] = details;
        read_value(&report)
    };
    let detail = |count: Value| json!([{ "result-type": "odd", "failed-session-count": count }]);
    let sums = |successful: Value, failed: Value| json!({ "total-successful-session-count": successful, "total-failure-session-count": failed });
    let counts = |reading: &Reading| {
        let policy = &reading.only().tls_policies[0];
        let details = policy.failures.iter().map(|failure| failure.failed_sessions);
        (policy.successful, policy.failed, details.collect::<Vec<_>>())
    };

    for (details, told) in [(json!(null), 0), (json!([]), 0), (detail(json!(1)), 1)] {
        let reading = read(sums(json!(4), json!(3)), details);
        let told = format!("failure-details: {told}, total-failure-session-count: 3");
        assert_eq!(reading.details(Kind::SumMismatch), [told]);
    }
    let reading = read(sums(json!(4), json!(3)), detail(json!(9)));
    assert_eq!(counts(&reading), (Some(4), Some(3), vec![Some(9)]), "both as they came");
    assert_eq!(Kind::SumMismatch.rule(), "RFC 8460 §4.4");

    // No count is below zero, and what is not there is no zero.
    let reading = read(sums(json!(-4), json!(3)), detail(json!(3)));
    assert_eq!(counts(&reading), (None, Some(3), vec![Some(3)]));
    let path = "policies/summary/total-successful-session-count";
    assert_eq!(reading.details(Kind::BadNumber), [format!("{path}: -4")]);
    assert!(!reading.findings.has(Kind::SumMismatch));
    let reading = read(json!({ "total-successful-session-count": 4 }), detail(json!(3)));
    assert_eq!(counts(&reading), (Some(4), None, vec![Some(3)]));
    let path = "policies/summary/total-failure-session-count";
    assert_eq!(reading.details(Kind::MissingValue), [path]);
}
