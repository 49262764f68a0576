//! One report: what it says of itself, the published policy in words, where it
//! was read, what is wrong with it.

use super::findings::finding_list;
use super::policy::published;
use crate::base::ReportKind;
use crate::query::ReportLine;
use crate::screens::Desk;
use crate::screens::facts::{days, detail, exact, extras, fact, facts, list, name, place, stated};
use crate::screens::markup::{Node, Tag, element, text};
use crate::screens::masked::masked_mailbox;
use crate::screens::parts::{data, paragraph, share};
use crate::screens::words::Words;
use crate::view::Code;

pub fn draw(line: &ReportLine, desk: &Desk<'_>) -> Vec<Node> {
    let words = desk.words();
    let mut all = vec![detail(words.text("report.about"), vec![about(line, words)])];
    if line.kind == ReportKind::Aggregate {
        all.push(published(&line.policy, words));
    }
    if !line.errors.is_empty() {
        // What the reporter met while it wrote the report.
        let errors = line.errors.iter().map(|error| vec![element(Tag::Bdi, "", vec![text(error)])]);
        all.push(detail(words.text("report.errors"), vec![list("detail__list", "", errors)]));
    }
    let findings = match line.findings.is_empty() {
        true => aside("report.sound", words),
        false => finding_list(&line.findings, words),
    };
    all.push(detail(words.text("report.findings"), vec![findings]));
    all.push(detail(words.text("report.places"), read_from(line, words)));
    all.extend(extras(&line.extras, words));
    all
}

fn about(line: &ReportLine, words: Words) -> Node {
    let rows = match line.kind {
        ReportKind::Tls => "report.tls-policies",
        ReportKind::Aggregate | ReportKind::Failure => "reports.records",
    };
    let number = |number: u64| text(words.language.integer(number));
    let kind = text(words.text(&format!("kind.{}", line.kind.code())));
    let exact = exact(line.begin, line.end, words);
    let exact = exact.map_or_else(|| stated(None, words), text);
    let stated = |text: &Option<String>| Some(stated(text.as_deref(), words));
    // Whoever sent in a failure may be a person.
    let is_failure = line.kind == ReportKind::Failure;
    let contact = line.contact.as_deref();
    let contact = contact.map(|it| if is_failure { masked_mailbox(it) } else { it.to_owned() });
    // What few reports state is left out where it is not.
    let rare = |text: &Option<String>| text.as_deref().map(data);
    let about = [
        ("reports.reporter", stated(&line.reporter)),
        ("reports.kind", Some(kind)),
        ("reports.domain", Some(name(line.domain.as_deref(), words))),
        ("reports.begin", Some(days(line.begin, line.end, words))),
        ("report.exact", Some(exact)),
        (rows, Some(number(line.records.into()))),
        ("reports.messages", line.messages.map(number)),
        ("reports.passed", passed(line, words)),
        ("reports.report-id", stated(&line.report_id)),
        ("report.contact", stated(&contact)),
        ("report.extra-contact", rare(&line.extra_contact_info)),
        ("report.generator", rare(&line.generator)),
        ("report.version", rare(&line.version)),
        ("report.namespace", rare(&line.namespace)),
    ];
    let about = about.into_iter().filter_map(|(key, value)| Some(fact(words.text(key), value?)));
    facts(about.collect())
}

/// The share that passes, of the messages that a verdict is stated of; `None` of reports that
/// state none of any message.
pub fn passed(line: &ReportLine, words: Words) -> Option<Node> {
    Some(share(words, line.passed?, line.judged?))
}

fn read_from(line: &ReportLine, words: Words) -> Vec<Node> {
    let mut all = vec![list("places", "", line.places.iter().map(place))];
    if line.places.len() > 1 {
        all.push(aside("report.duplicates", words));
    }
    if line.id_reused {
        all.push(aside("report.id-reused", words));
    }
    all
}

fn aside(key: &str, words: Words) -> Node {
    paragraph("detail__none", words.text(key))
}
