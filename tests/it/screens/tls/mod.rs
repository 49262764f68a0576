//! The TLS screen over the sample data: its three domains each tell their story.

mod corpus;
mod judged;
mod made;
mod typed;

use vitrail::engine::Engine;
use vitrail::screens::markup::{Drawn, Node};
use vitrail::screens::{Ask, Program};

use super::{ask, attributes, draw, values, walk};

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
    let next = "#/toolbox/mta-sts?domains=example.net&mode=enforce&mx=mx.example.net&goal=enforce";
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
fn without_tls_reports_it_says_so() {
    let (_, said) = shown(&mut engine(&[]), "#/tls");
    assert!(said.contains("Nothing opened yet"), "{said}");
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
