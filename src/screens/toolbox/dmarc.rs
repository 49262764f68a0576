//! The DMARC record: made, checked, put into words (RFC 9989 §4.7).

use super::pen::Pen;
use super::{Block, FieldKind, Remark, Section, Sheet, Tone, Tool};
use crate::dns::RecordKind;
use crate::dns::dmarc::{self, Alignment, FailureOption, Permission, Policy, Record};
use crate::dns::uri::addresses;

/// The choices of `sp` and `np`: as the tag before, or one of the policies.
const BELOW: [&str; 4] = ["same", "none", "quarantine", "reject"];

pub fn draw(pen: Pen<'_>) -> Sheet {
    let domains = pen.domains_or_example();
    let default = format!("dmarc-reports@{}", domains.first().map_or("", String::as_str));
    let record = made(pen, &default);
    let text = record.to_string();
    let (made, verdict) = pen.made(RecordKind::Dmarc, &domains, &text);
    let mut sections = vec![made, pen.section("tool.dmarc.says", meaning(pen, &record))];
    sections.extend(permissions(pen, &record, &domains));
    sections.push(order(pen, &text));
    Sheet { form: form(pen, &default), verdict: Some(verdict), sections, ..pen.sheet() }
}

fn form(pen: Pen<'_>, default: &str) -> Vec<Block> {
    let mut form = pen.domain_field();
    form.push(pen.choice(
        "p",
        "policy",
        &Policy::ALL.iter().map(|it| it.token()).collect::<Vec<_>>(),
    ));
    form.push(pen.field("rua", FieldKind::Line, default));
    let alignments: Vec<_> = Alignment::ALL.iter().map(|it| it.token()).collect();
    let options: Vec<_> = FailureOption::ALL.iter().map(|it| it.token()).collect();
    let more = vec![
        pen.choice("sp", "below", &BELOW),
        pen.choice("np", "below", &BELOW),
        pen.field("t", FieldKind::Tick, ""),
        pen.choice("adkim", "alignment", &alignments),
        pen.choice("aspf", "alignment", &alignments),
        pen.field("ruf", FieldKind::Line, ""),
        pen.choice("fo", "failure", &options),
    ];
    form.push(pen.fold("tool.dmarc.more", more));
    form
}

/// The record, without tags that say what holds anyway.
fn made(pen: Pen<'_>, default: &str) -> Record {
    let failure = addresses(pen.value("ruf"));
    let option = pen.value("fo").parse().ok().filter(|_| !failure.is_empty());
    let alignment =
        |name: &str| pen.value(name).parse().ok().filter(|it| *it != Alignment::Relaxed);
    Record {
        policy: Some(pen.value("p").parse().unwrap_or(Policy::None)),
        subdomains: pen.value("sp").parse().ok(),
        nonexistent: pen.value("np").parse().ok(),
        testing: (pen.value("t") == "y").then_some(true),
        dkim: alignment("adkim"),
        spf: alignment("aspf"),
        aggregate: addresses(pen.value_or("rua", default)),
        failure,
        failure_options: option.into_iter().filter(|it| *it != FailureOption::All).collect(),
        ..Record::default()
    }
}

/// What a record says, in words.
pub fn meaning(pen: Pen<'_>, record: &Record) -> Vec<Block> {
    let facts = dmarc::meaning(record);
    vec![Block::Points(facts.iter().map(|fact| pen.words.say(fact)).collect())]
}

/// The records by which other domains agree to receive the reports.
fn permissions(pen: Pen<'_>, record: &Record, domains: &[String]) -> Option<Section> {
    let organization = |name: &str| pen.organization(name);
    let of = |domain: &String| dmarc::permissions(record, domain, &organization);
    let needed = domains.iter().flat_map(of);
    let records: Vec<_> = needed.map(|needed| (needed.name, Permission::TEXT.to_owned())).collect();
    if records.is_empty() {
        return None;
    }
    let note = Block::Remark(Remark {
        rule: "RFC 9990 §4; RFC 7489 §7.1".to_owned(),
        ..pen.remark(Tone::Warning, pen.text("tool.dmarc.external"))
    });
    let mut blocks = vec![note];
    blocks.extend(pen.records(&records));
    Some(pen.section("tool.dmarc.permission", blocks))
}

fn order(pen: Pen<'_>, text: &str) -> Section {
    let steps =
        ["tool.dmarc.step-1", "tool.dmarc.step-2", "tool.dmarc.step-3", "tool.dmarc.step-4"];
    let blocks = vec![
        Block::Steps(steps.map(|key| pen.text(key)).into()),
        Block::Links(vec![
            pen.link("tool.go.record", Tool::Record, &[("record", text)]),
            pen.link("tool.go.domain", Tool::Domain, &[]),
        ]),
    ];
    pen.section("tool.dmarc.order", blocks)
}
