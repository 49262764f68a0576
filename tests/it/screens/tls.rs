//! The TLS screen over the sample data: its three domains each tell their story.

use vitrail::base::Limits;
use vitrail::engine::Engine;
use vitrail::screens::Program;
use vitrail::screens::markup::{Drawn, Node};
use vitrail::store::Batch;
use vitrail::wire::Delivery;

use super::{ask, attributes, draw, walk};

/// An engine that has read these files.
fn engine(files: &[(&str, Vec<u8>)]) -> Engine {
    let limits = Limits::default();
    let mut engine = Engine::new(limits.clone());
    let mut batch = Batch::default();
    for (id, (name, bytes)) in (0..).zip(files) {
        crate::ingest::read(&mut batch, id, name, bytes, &limits);
    }
    engine.append(&Delivery { job: Default::default(), batch });
    engine
}

fn sample() -> Engine {
    let names = ["static/sample/tls-reports.tar.gz", "static/sample/mailbox.mbox"];
    engine(&names.map(|name| (name, std::fs::read(name).expect("the sample data"))))
}

/// All texts of what was drawn, a line each.
fn said(drawn: &Drawn) -> String {
    let mut said = String::new();
    walk(&drawn.content, &mut |node| match node {
        Node::Text(text) | Node::Copy { text, .. } | Node::Judged { word: text, .. } => {
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
    for words in ["sonderbar", "“odd-thing”", "count 2 failed sessions", "details 5", "3 1 1 abcd"]
    {
        assert!(said.contains(words), "{words}: {said}");
    }
}

#[test]
fn without_tls_reports_it_says_so() {
    let (_, said) = shown(&mut engine(&[]), "#/tls");
    assert!(said.contains("No TLS report is loaded"), "{said}");
}
