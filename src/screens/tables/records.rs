//! Every record of every aggregate report, with the reporter's verdict.

use super::{Column, Line};
use crate::query::{Answer, Filter, Page, Question, RecordLine, Window};
use crate::screens::Desk;
use crate::screens::details;
use crate::screens::facts::{address, days, mark, name, number, span, stated};
use crate::screens::markup::{Node, Tag, element, text};
use crate::screens::parts::{data, domain};
use crate::screens::source;
use crate::screens::words::Words;
use crate::view::verdict::Verdict;
use crate::view::{Code, SortKey};

impl Line for RecordLine {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::text("records.verdict", verdict),
        Column::number("records.messages", |line, words| number(line.messages, words)),
        Column::header("records.source-ip", |line, words| {
            address(line.source_ip.as_deref(), "records.no-source", words)
        }),
        Column::text("records.header-from", |line, words| name(line.header_from.as_deref(), words)),
        Column::from(700, Column::text("records.dkim", dkim)),
        Column::from(700, Column::text("records.spf", spf)),
        Column::from(1000, Column::text("records.disposition", disposition)),
        Column::from(
            860,
            Column::text("records.reporter", |line, words| stated(line.reporter.as_deref(), words)),
        ),
        Column::from(
            1160,
            Column::date("records.begin", |line, words| days(line.begin, line.end, words)),
        ),
        Column::from(
            1460,
            Column::text("records.envelope-from", |line, words| {
                name(line.envelope_from.as_deref(), words)
            }),
        ),
        Column::rare("records.envelope-to", |line, words| name(line.envelope_to.as_deref(), words)),
        Column::rare("records.domain", |line, words| name(line.domain.as_deref(), words)),
        Column::rare("records.our-verdict", |line, words| {
            let verdict = Verdict::of(line.ours.passed());
            mark(verdict, words.text(&format!("verdict.{}", verdict.code())))
        }),
        Column::rare("records.our-dkim", |line, words| judged(line.ours.dkim, words)),
        Column::rare("records.our-spf", |line, words| judged(line.ours.spf, words)),
        Column::rare("records.agreement", |line, words| match line.ours.agreement.word() {
            Some(word) => text(words.text(&format!("agreement.{word}"))),
            None => stated(None, words),
        }),
        Column::rare("records.dkim-domain", |line, words| {
            let domains = line.dkim_results.iter().map(|signature| signature.domain.as_deref());
            several(domains, domain, words)
        }),
        Column::rare("records.selector", |line, words| {
            let selectors = line.dkim_results.iter().map(|signature| signature.selector.as_deref());
            several(selectors, data, words)
        }),
        Column::rare("records.spf-domain", |line, words| {
            let domains = line.spf_results.iter().map(|check| check.domain.as_deref());
            several(domains, domain, words)
        }),
        Column::rare("records.reason", |line, words| {
            several(line.reasons.iter().map(|reason| reason.kind.as_deref()), data, words)
        }),
        Column::rare("records.comment", |line, words| {
            several(line.reasons.iter().map(|reason| reason.comment.as_deref()), data, words)
        }),
        Column::rare("records.contact", |line, words| stated(line.contact.as_deref(), words)),
        Column::rare("records.report-id", |line, words| stated(line.report_id.as_deref(), words)),
    ];
    const FIRST: &'static str = "-messages";
    const NONE: &'static str = "empty.records";

    fn question(filter: Filter, sort: &SortKey, window: Window) -> Option<Question> {
        Some(Question::Records { filter, sort: sort.of()?, window })
    }

    fn page(answer: &Answer) -> Option<&Page<Self>> {
        match answer {
            Answer::Records(page) => Some(page),
            _ => None,
        }
    }

    fn details(&self, desk: &Desk<'_>) -> Vec<Node> {
        let mut all = vec![source::way(desk, &self.reporter, &self.report_id, &self.locus)];
        all.extend(details::record(self, desk.words()));
        all
    }
}

fn verdict(line: &RecordLine, words: Words) -> Node {
    let verdict = Verdict::of(line.passed);
    mark(verdict, words.text(&format!("verdict.{}", verdict.code())))
}

fn dkim(line: &RecordLine, words: Words) -> Node {
    let raw = line.dkim_results.iter().map(|signature| signature.result.as_deref());
    aligned(line.dkim.as_deref(), raw, words)
}

fn spf(line: &RecordLine, words: Words) -> Node {
    let raw = line.spf_results.iter().map(|check| check.result.as_deref());
    aligned(line.spf.as_deref(), raw, words)
}

/// The reporter's aligned verdict, and behind it, as what they are, the raw results.
fn aligned<'a>(
    verdict: Option<&str>,
    raw: impl Iterator<Item = Option<&'a str>>,
    words: Words,
) -> Node {
    let mut results: Vec<_> = raw.flatten().collect();
    results.dedup();
    let verdict = Verdict::of_word(verdict);
    let raw = match results.is_empty() {
        true => words.text("records.raw-none").to_owned(),
        false => words.fill("records.raw", &[("results", &results.join(", "))]),
    };
    let verdict = mark(verdict, words.text(&format!("aligned.{}", verdict.code())));
    element(Tag::Span, "records__aligned", vec![verdict, span("records__raw", raw)])
}

/// Our verdict on the alignment of one of the two.
fn judged(passed: Option<bool>, words: Words) -> Node {
    let verdict = Verdict::of(passed);
    mark(verdict, words.text(&format!("aligned.{}", verdict.code())))
}

/// What is stated of several, each once, with commas; a dash where nothing is.
fn several<'a>(
    texts: impl Iterator<Item = Option<&'a str>>,
    draw: fn(&str) -> Node,
    words: Words,
) -> Node {
    let mut all: Vec<_> = texts.flatten().filter(|text| !text.is_empty()).collect();
    all.dedup();
    let Some((first, others)) = all.split_first() else { return stated(None, words) };
    let mut content = vec![draw(first)];
    for other in others {
        content.extend([text(", "), draw(other)]);
    }
    element(Tag::Span, "", content)
}

/// The receiver's word, in the page's language where it is a known one.
fn disposition(line: &RecordLine, words: Words) -> Node {
    let word = line.disposition.as_deref();
    match word.and_then(|word| Some((word, words.find(&format!("disposition.{word}"))?))) {
        Some((word, text)) => span(&format!("tag tag--{word}"), text),
        None => stated(word, words),
    }
}
