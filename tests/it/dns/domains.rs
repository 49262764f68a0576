//! Whole domains: what pasted output says of `example.com`, and what senders make of it.

use std::collections::BTreeSet;
use std::net::IpAddr;

use vitrail::base::UnixSeconds;
use vitrail::dns::lookup::{self, DomainCheck, Note, Presence, Sender};
use vitrail::dns::record::RecordKind;
use vitrail::dns::spf::{Evaluation, Qualifier};
use vitrail::dns::{Message, Say};

use super::cases::{self, Case};
use super::policies::assert_sayable;

/// 2026-11-24T06:00:00Z.
const NOW: UnixSeconds = UnixSeconds(1_795_500_000);

fn run(case: &Case) -> Vec<String> {
    let text = String::from_utf8_lossy(&case.given.concat()).into_owned();
    shown(&lookup::check("example.com", &lookup::read(&text), NOW, &|_| None))
}

fn shown(check: &DomainCheck) -> Vec<String> {
    let mut lines = Vec::new();
    for found in &check.records {
        let kind = found.kind.version();
        for checked in &found.records {
            assert_sayable(&checked.diagnostics);
            lines.extend(checked.diagnostics.iter().map(|diagnostic| {
                let (severity, code) = (diagnostic.severity().code(), diagnostic.kind.code());
                format!("> {kind} {severity} {code}")
            }));
        }
    }
    let of_policy = check.policy.iter().flat_map(|file| &file.checked.diagnostics);
    lines.extend(of_policy.map(|found| {
        format!("> policy {}: {} {}", found.at.line, found.severity().code(), found.kind.code())
    }));
    lines.extend(
        check.notes.iter().map(|note| format!("> {} {}", note.code.severity().code(), said(note))),
    );
    lines.push(format!("> sender: {}", said(&check.sender)));
    lines.extend(check.resolver.iter().map(|verdict| format!("~ {}", verdict.result.token())));
    lines
        .extend(check.next.iter().map(|next| format!("> ask {} {}", next.name, next.kind.token())));
    lines
}

fn said<C: Say>(message: &Message<C>) -> String {
    let names: Vec<_> = message.args.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, message.code.params(), "{}", message.code.key());
    let args: String = message.args.iter().map(|(_, value)| format!(" [{value}]")).collect();
    format!("{}{args}", message.code.code())
}

#[test]
fn the_table() {
    assert!(cases::check("domains.txt", run) >= 30);
}

/// Each thing that can be said is said of a domain in the table.
#[test]
fn the_table_is_complete() {
    let table = include_str!("../../data/dns/domains.txt");
    let said: BTreeSet<&str> = table
        .lines()
        .filter_map(|line| line.strip_prefix("> "))
        .flat_map(|line| line.split(' ').take(2))
        .collect();
    // `example.com` has no domain above it.
    let notes = Note::ALL.iter().filter(|note| **note != Note::DmarcInherited);
    for code in notes.map(|note| note.code()) {
        assert!(said.contains(code), "no domain with {code}");
    }
    for code in Sender::ALL.iter().map(|sender| sender.code()) {
        assert!(said.contains(code), "no domain with {code}");
    }
}

#[test]
fn addresses_against_the_pasted_records() {
    let pasted = lookup::read(
        "example.com. 60 IN TXT \"v=spf1 ip4:192.0.2.0/24 include:spf.example.net -all\"\n\
         spf.example.net. 60 IN TXT \"v=spf1 ip4:198.51.100.0/24 -all\"\n",
    );
    let says = |address: &str| {
        let address: IpAddr = address.parse().expect("an address");
        lookup::spf_of("example.com", address, &pasted)
    };
    assert_eq!(says("192.0.2.1"), Some(Evaluation::Says(Qualifier::Pass)));
    assert_eq!(says("198.51.100.1"), Some(Evaluation::Says(Qualifier::Pass)));
    assert_eq!(says("203.0.113.1"), Some(Evaluation::Says(Qualifier::Fail)));
    assert_eq!(lookup::spf_of("example.org", [192, 0, 2, 1].into(), &pasted), None);
}

#[test]
fn a_record_above_holds_below() {
    let pasted = lookup::read(
        "** server can't find _dmarc.news.shop.example.com: NXDOMAIN\n\
         _dmarc.example.com. 60 IN TXT \"v=DMARC1; p=reject\"\n",
    );
    let check = lookup::check("news.shop.example.com", &pasted, NOW, &|_| None);
    let inherited = Message::new(Note::DmarcInherited).arg("name", "_dmarc.example.com");
    assert!(check.notes.contains(&inherited), "{:?}", check.notes);
    assert!(check.next.iter().any(|next| next.name == "_dmarc.shop.example.com"));
}

#[test]
fn nothing_pasted_leaves_everything_to_ask() {
    let check = lookup::check("Example.COM.", &lookup::read(""), NOW, &|_| None);
    assert_eq!(check.domain, "example.com");
    assert!(check.records.iter().all(|found| found.presence == Presence::Unasked));
    assert_eq!(check.records.each_ref().map(|found| found.kind), RecordKind::ALL);
    let mut questions = lookup::questions("example.com");
    questions.sort_unstable();
    assert_eq!(check.next, questions);
    assert_eq!(check.resolver, None);
}
