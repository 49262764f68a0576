//! The TLS screen over the sample data: its three domains each tell their story.

use std::path::PathBuf;

use vitrail::base::percent::encode;
use vitrail::engine::Engine;
use vitrail::query::{
    Answer, Dimension, Filter, GroupBy, Measure, Question, Sort, Table, Term, Window,
};
use vitrail::screens::markup::{Drawn, Node};
use vitrail::screens::{Ask, Program};
use vitrail::view::Language;

use super::{ask, attributes, draw, values, walk};
use crate::shared_corpus;

fn engine(files: &[(&str, Vec<u8>)]) -> Engine {
    super::engine(files.iter().map(|(name, bytes)| (*name, bytes.as_slice())))
}

fn sample() -> Engine {
    let names = ["static/sample/tls-reports.tar.gz", "static/sample/mailbox.mbox"];
    engine(&names.map(|name| (name, std::fs::read(name).expect("the sample data"))))
}

/// All texts of what was drawn, a line each.
fn said(drawn: &Drawn) -> String {
    let mut said = String::new();
    walk(&drawn.content, &mut |node| match node {
        Node::Text(text)
        | Node::Data(text)
        | Node::Copy { text, .. }
        | Node::Judged { word: text, .. } => {
            said += &format!("{text}\n");
        }
        Node::Element { .. } | Node::Mark(_) | Node::Table => {}
    });
    said
}

fn shown(engine: &mut Engine, route: &str) -> (Drawn, String) {
    let drawn = draw(&mut Program::default(), Some(engine), &ask(route));
    let said = said(&drawn);
    (drawn, said)
}

#[test]
fn one_domain_is_ready_for_enforce() {
    let (drawn, said) = shown(&mut sample(), "#/tls?filter=domain:=example.net");
    assert!(said.contains("Yes: nothing has failed in the last 14 days"), "{said}");
    assert!(said.contains("14 of 14"), "{said}");
    assert!(said.contains("No report lists a failure."), "{said}");
    let links: Vec<_> =
        attributes(&drawn).into_iter().filter(|(_, name, _)| *name == "href").collect();
    let next = "#/toolbox/mta-sts?domains=example.net&mode=enforce&mx=mx.example.net";
    assert!(links.iter().any(|(.., to)| to == next), "{links:?}");
}

#[test]
fn one_has_an_expired_certificate() {
    let (_, said) = shown(&mut sample(), "#/tls?filter=domain:=example.com");
    assert!(said.contains("Not yet: sessions have failed"), "{said}");
    assert!(said.contains("mx2.example.com"), "{said}");
    assert!(said.contains("(certificate-expired)"), "{said}");
    assert!(said.contains("mode “testing”"), "{said}");
    let command = "openssl s_client -connect mx2.example.com:25 -starttls smtp";
    assert!(said.contains(command), "{said}");
    assert!(
        said.contains("7 Sep 2026: DMARC\np=none") || said.contains("DMARC \np=none"),
        "{said}"
    );
}

#[test]
fn of_one_some_senders_hold_an_old_policy() {
    let (_, said) = shown(&mut sample(), "#/tls?filter=domain:=example.org");
    assert!(said.contains("Enforced, and sessions fail"), "{said}");
    assert!(said.contains("All that fails was held against an older policy"), "{said}");
    assert!(said.contains("Some senders still had an old policy"), "{said}");
    assert!(said.contains("− mx: mail.example.org"), "{said}");
    assert!(said.contains("+ mx: mx1.example.org"), "{said}");
    assert!(said.contains("Microsoft Corporation, last on 18 Oct 2026"), "{said}");
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

#[test]
fn without_tls_reports_it_says_so() {
    let (_, said) = shown(&mut engine(&[]), "#/tls");
    assert!(said.contains("No TLS report is loaded"), "{said}");
}

/// Groups of TLS rows, with their sessions: successful, failed, failed by details.
fn groups(
    engine: &mut Engine,
    filter: Filter,
    by: (Dimension, Option<Dimension>),
) -> Vec<(Option<String>, Vec<u64>)> {
    let question = GroupBy {
        table: Table::Tls,
        filter,
        by,
        measures: vec![Measure::Successful, Measure::Failed, Measure::Detailed],
        sort: Sort { by: None, descending: false },
        window: Window { offset: 0, limit: u32::MAX },
    };
    let Answer::Group(groups) = engine.ask(&Question::Group(question)) else { panic!("groups") };
    groups.lines.into_iter().map(|line| (line.keys.0, line.values)).collect()
}

/// Draws the screen of each domain in both languages, and compares its numbers with the sums
/// of the engine. Says how many domains there were.
fn check(engine: &mut Engine, what: &str) -> usize {
    let domains = groups(engine, Filter::default(), (Dimension::Domain, None));
    let domains: Vec<_> = domains.into_iter().filter_map(|(domain, _)| domain).collect();
    for domain in &domains {
        let filter = Filter::new([Term::is(Dimension::Domain, Some(domain.clone()))]);
        let by = (Dimension::PolicyType, Some(Dimension::Mode));
        let sums = groups(engine, filter.clone(), by);
        for language in Language::ALL {
            let route = format!("#/tls?filter={}", encode(&filter.to_string()));
            let asked = Ask { language: language.tag().to_owned(), ..ask(&route) };
            let drawn = draw(&mut Program::default(), Some(engine), &asked);
            let said = said(&drawn);
            let lines: Vec<_> = said.lines().map(str::trim).collect();
            for number in sums.iter().flat_map(|(_, values)| values) {
                let number = language.integer(*number);
                assert!(lines.contains(&number.as_str()), "{what}, {domain}: {number}\n{said}");
            }
            let is_raw = |line: &&str| *line == "?" || line.contains("%{");
            assert_eq!(lines.iter().find(|line| is_raw(line)), None, "{what}, {domain}");
        }
    }
    domains.len()
}

#[test]
fn every_tls_report_of_our_own_is_shown_with_its_numbers() {
    let mut shown = 0;
    for folder in ["rfc", "vendors", "malformed"] {
        let files = std::fs::read_dir(format!("tests/corpus/{folder}")).expect("a folder");
        let mut files: Vec<PathBuf> = files.map(|file| file.expect("a file").path()).collect();
        files.sort();
        for file in files.iter().filter(|file| file.to_string_lossy().contains("tls")) {
            let name = file.to_string_lossy();
            let bytes = std::fs::read(file).expect("a file");
            shown += check(&mut engine(&[(&*name, bytes)]), &name);
        }
    }
    assert!(shown > 3, "{shown}");
}

#[test]
fn the_tls_reports_of_the_shared_corpus_are_shown_with_their_numbers() {
    let test = "the_tls_reports_of_the_shared_corpus_are_shown_with_their_numbers";
    let Some(rows) = shared_corpus::rows(&["tlsrpt"], test) else { return };
    let mut all = Vec::new();
    for row in &rows {
        let file = (row.path.as_str(), row.bytes.clone());
        check(&mut engine(std::slice::from_ref(&file)), file.0);
        all.push(file);
    }
    assert!(check(&mut engine(&all), "all of them") > 3);
}

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
        (r#""policies": []"#.to_owned(), &["No TLS report is loaded"]),
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
fn a_policy_file_is_held_against_what_senders_have() {
    let pasted = "version: STSv1\r\nmode: enforce\r\nmx: mx2.example.org\r\nmx: \
        mx1.example.org\r\nmax_age: 604800\r\nfuture: yes\r\n";
    let route = "#/tls?filter=domain:=example.org";
    let mut typed = ask(route);
    typed.is_new = false;
    typed.values.set("policy", pasted);
    let mut engine = sample();
    let by_hand = draw(&mut Program::default(), Some(&mut engine), &typed);
    let dropped =
        Ask { file: Some(("policy".to_owned(), pasted.as_bytes().to_vec())), ..ask(route) };
    let by_file = draw(&mut Program::default(), Some(&mut engine), &dropped);
    assert_eq!(by_file.values.get("policy"), pasted, "what is in the file is in the field");
    for said in [said(&by_hand), said(&by_file)] {
        assert!(said.contains("+ future: yes"), "{said}");
        assert!(said.contains("− mx: mail.example.org"), "the old one differs: {said}");
        assert!(!said.contains("+ mx: mx1.example.org\n+ mx: mx1.example.org"), "{said}");
        assert!(said.contains("Microsoft Corporation, last on 18 Oct 2026"), "who holds which");
        assert_eq!(said.matches("Compared with your file").count(), 2, "each policy: {said}");
    }
    assert!(values(&by_hand, "href").iter().any(|to| to.starts_with("#/toolbox/policy?hosts=")));
}

#[test]
fn what_is_on_one_timeline_has_the_same_bars() {
    let drawn = shown(&mut sample(), "#/tls?filter=domain:=example.com").0;
    let all = attributes(&drawn);
    let groups = all.iter().filter(|(_, name, value)| *name == "data-range" && value == "tls-time");
    let groups = groups.count();
    assert!(groups >= 2, "sessions and messages");
    let of = |name: &'static str| all.iter().filter(move |(_, other, _)| *other == name);
    let steps: Vec<_> = of("data-step").map(|(.., step)| step.as_str()).collect();
    let one = &steps[..steps.len() / groups];
    assert!(steps.chunks(one.len()).all(|other| other == one), "{steps:?}");
    let marks = of("class").filter(|(.., class)| class == "bars__mark").count();
    assert!(marks > 0 && marks.is_multiple_of(groups), "{marks} marks");

    // A bar narrows the time on the same screen.
    let since = values(&drawn, "href").into_iter().filter(|to| to.starts_with("#/tls?filter="));
    assert!(since.filter(|to| to.contains("since:")).count() >= one.len());
}

/// A report on this day of November 2026 with these policies.
fn report_of(day: u32, policies: &str) -> (String, Vec<u8>) {
    let text = report(&format!(r#""policies": [{policies}]"#));
    let text = String::from_utf8(text).expect("text");
    let text = text.replace("11-01T", &format!("11-{day:02}T"));
    let text = text.replace("2026-11-02T00:00:00Z", &format!("2026-11-{day:02}T23:59:59Z"));
    (format!("{day}.json"), text.replace(r#""7""#, &format!(r#""{day}""#)).into_bytes())
}

/// A policy of example.com with so many sessions, and failure details.
fn policy(head: &str, successful: u64, failed: u64, details: &str) -> String {
    format!(
        r#"{{"policy": {{{head}, "policy-domain": "example.com"}}, "summary":
        {{"total-successful-session-count": {successful}, "total-failure-session-count": {failed}}},
        "failure-details": [{details}]}}"#
    )
}

const STS: &str = r#""policy-type": "sts", "policy-string": ["version: STSv1", "mode: enforce",
    "mx: mx.example.com", "max_age: 86400"]"#;
const DANE: &str = r#""policy-type": "tlsa", "policy-string": ["3 1 1 0123abcd"]"#;
const BARE: &str = r#""policy-type": "no-policy-found""#;

fn failure(kind: &str, mx: &str, sessions: u64) -> String {
    format!(
        r#"{{"result-type": "{kind}", "receiving-mx-hostname": "{mx}", "failed-session-count":
        {sessions}}}"#
    )
}

/// What the screen says of reports, one a day, from the first of November.
fn told(days: &[&str]) -> (Drawn, String) {
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
        let strips = said.matches("TLS sessions: ").count();
        assert_eq!(strips, if filter.is_empty() { 2 } else { 1 }, "{filter}: {said}");
    }
}

#[test]
fn the_times_of_what_senders_hold_follow_the_clock() {
    let ahead = vitrail::view::Zone::of(|_| 5 * 3_600 + 1_800);
    let asked = Ask { zone: ahead, ..ask("#/tls?filter=domain:=example.org") };
    let said = said(&draw(&mut Program::default(), Some(&mut sample()), &asked));
    assert!(
        said.contains("Microsoft Corporation, last on 19 Oct 2026, 05:29:59 UTC+05:30"),
        "{said}"
    );
    assert!(said.contains("5–18 Oct 2026"), "days of the gate are those of UTC: {said}");
}

#[test]
fn what_has_no_result_type_is_called_a_summary_beside_failures() {
    let mut engine = sample();
    let line = |said: &str| said.contains("summaries of sessions, or not stated");
    for (route, is_summary) in [
        ("#/explore?of=tls&by=type", true),
        ("#/explore?of=tls&by=mx", true),
        ("#/explore?of=tls&by=type&filter=part:failure-details", false),
        ("#/explore?of=tls&by=policy", false),
        ("#/explore?by=ip", false),
    ] {
        assert_eq!(line(&shown(&mut engine, route).1), is_summary, "{route}");
    }
    // All sessions are in its line, and the totals are those of all rows.
    let said = shown(&mut engine, "#/explore?of=tls&by=type").1;
    let sums = groups(&mut engine, Filter::default(), (Dimension::ResultType, None));
    let total = |at: usize| sums.iter().map(|(_, values)| values[at]).sum::<u64>();
    for number in [total(0), total(1), total(2)] {
        let number = Language::English.integer(number);
        assert!(said.lines().any(|line| line == number), "{number}: {said}");
    }
}

#[test]
fn reports_without_any_domain_are_shown_by_themselves() {
    let bare = r#"{"policy": {"policy-type": "no-policy-found"}, "summary":
        {"total-successful-session-count": 5, "total-failure-session-count": 1},
        "failure-details": [{"result-type": "starttls-not-supported", "failed-session-count": 1}]}"#;
    let (_, said) = told(&[bare]);
    assert!(!said.contains("No TLS report is loaded"), "{said}");
    assert!(said.contains("1 session without a policy (1 Nov 2026)"), "{said}");
    let (drawn, said) = told(&[bare, &policy(STS, 8, 0, "")]);
    assert!(said.contains("no domain stated") && said.contains("Already enforced"), "{said}");
    assert!(
        values(&drawn, "href")
            .iter()
            .any(|to| to == "#/tls?filter=domain:%3D" || to == "#/tls?filter=domain:=")
    );
}
