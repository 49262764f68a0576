//! Errors as people paste them: the table, and what every topic has.

use vitrail::dns::Say as _;
use vitrail::dns::explain::{Remedy, Topic, domains, recognise};

use super::cases::{self, Case};

fn run(case: &Case) -> Vec<String> {
    let text = String::from_utf8(case.given.concat()).expect("text");
    let found = recognise(&text);
    for one in &found {
        let names: Vec<_> = one.args.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, one.topic.params(), "{}", one.topic.code());
    }
    found.iter().map(|one| format!("> {} {}", one.topic.code(), one.seen)).collect()
}

#[test]
fn the_table() {
    assert!(cases::check("errors.txt", run) >= 55);
}

#[test]
fn the_usual_line_leads_to_the_record() {
    let found = recognise("MTA-STS policy is missing: STSFetchResult.NONE");
    let [one] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!((one.topic, one.topic.remedy()), (Topic::StsNone, Remedy::MakeMtaSts));
}

#[test]
fn every_topic_has_checks_and_a_rule() {
    for topic in Topic::ALL {
        assert!(!topic.checks().is_empty(), "{}", topic.code());
        assert!(topic.rule().contains('§'), "{}", topic.code());
    }
}

#[test]
fn the_domain_is_told() {
    let text = "<me@example.com>: host mx.example.net[192.0.2.1] said: 550-5.7.26 see \
                https://support.google.com/mail/answer/81126";
    assert_eq!(domains(text), ["example.com", "mx.example.net"]);
}
