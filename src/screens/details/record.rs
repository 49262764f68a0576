//! The whole story of one record, in words and in full.

use super::asked::{Deed, deed};
use super::policy::published;
use super::standing::{Standing, disagreement, dkim_standing, ours, reason, spf_standing};
use crate::query::{DkimLine, ReasonLine, RecordLine, SpfLine};
use crate::screens::facts::{days, detail, extras, fact, facts, list, mark, name, span, stated};
use crate::screens::markup::{Node, Tag, Tone, element, text};
use crate::screens::parts::{data, paragraph};
use crate::screens::words::Words;
use crate::view::Code;
use crate::view::verdict::Verdict;

pub fn draw(line: &RecordLine, words: Words) -> Vec<Node> {
    let mut dkim = judged(&line.dkim, line.ours.dkim, words);
    dkim.push(mode("adkim", line.ours.strict_dkim, words));
    dkim.push(signatures(line, words));
    let mut spf = judged(&line.spf, line.ours.spf, words);
    spf.push(mode("aspf", line.ours.strict_spf, words));
    spf.push(checks(line, words));
    let mut all = vec![
        story(line, words),
        detail(words.text("detail.seen"), vec![seen(line, words)]),
        detail(words.text("detail.dkim"), dkim),
        detail(words.text("detail.spf"), spf),
        detail(words.text("report.about"), vec![report(line, words)]),
        published(&line.policy, words),
    ];
    all.extend(extras(&line.extras, words));
    all
}

/// The verdict, why, and what the receiver did.
fn story(line: &RecordLine, words: Words) -> Node {
    let verdict = Verdict::of(line.passed);
    let messages = words.count("count.messages", line.messages);
    let sentence =
        words.fill(&format!("story.verdict-{}", verdict.code()), &[("messages", &messages)]);
    let mut story = vec![element(Tag::P, "story__verdict", vec![mark(verdict, sentence)])];
    story.extend(reason(line).map(|key| paragraph("", words.text(key))));
    story.extend(
        disagreement(line).map(|key| {
            element(Tag::P, "story__differs", vec![mark(Tone::Warning, words.text(key))])
        }),
    );
    let done = line.disposition.as_deref();
    let done = done.and_then(|word| words.find(&format!("story.did-{word}")));
    story.extend(done.map(|done| paragraph("", done)));
    story.extend(line.reasons.iter().map(|it| overridden(it, line, words)));
    element(Tag::Section, &format!("story story--{}", verdict.code()), story)
}

/// Reasons to do nothing but less than the policy asks: what it asks of some messages only, and
/// in test mode; and that the mail came by somebody who may have broken it.
const BY_POLICY: [&str; 2] = ["policy_test_mode", "sampled_out"];
const BY_WAY: [&str; 3] = ["forwarded", "mailing_list", "trusted_forwarder"];

/// Why the receiver did other than the policy asked, as the reporter has it. Some name a reason
/// all the same where it did what was asked, or where the messages pass, of which nothing is.
fn overridden(reason: &ReasonLine, line: &RecordLine, words: Words) -> Node {
    let kind = reason.kind.as_deref().unwrap_or_default();
    let deed = match Verdict::of(line.passed) {
        Verdict::Pass => None,
        _ => Some(deed(line, BY_POLICY.contains(&kind))),
    };
    let is_milder = BY_POLICY.contains(&kind) || BY_WAY.contains(&kind);
    let key = match deed {
        None => "override.idle",
        Some(Deed::AsAsked) => "override.as-asked",
        Some(Deed::Stricter) if is_milder => "override.stricter",
        Some(Deed::Milder) if BY_POLICY.contains(&kind) => "override.softened",
        Some(Deed::Milder | Deed::Stricter) => "override.deviates",
        Some(Deed::Unsure) => "override.unsure",
    };
    let known = words.find(&format!("reason.{kind}"));
    let said = words.fill(key, &[("reason", known.unwrap_or(kind))]);
    let mut content = vec![span("", said)];
    if let Some(comment) = reason.comment.as_deref().filter(|comment| !comment.is_empty()) {
        content.push(text(" "));
        content.push(element(Tag::Q, "", vec![data(comment)]));
    }
    element(Tag::P, "story__reason", content)
}

fn seen(line: &RecordLine, words: Words) -> Node {
    let stated = |text: &Option<String>| stated(text.as_deref(), words);
    let domain = |text: &Option<String>| name(text.as_deref(), words);
    let seen = [
        ("records.source-ip", stated(&line.source_ip)),
        ("records.messages", text(words.language.integer(line.messages))),
        ("records.header-from", domain(&line.header_from)),
        ("records.envelope-from", domain(&line.envelope_from)),
        ("records.envelope-to", domain(&line.envelope_to)),
    ];
    facts(seen.into_iter().map(|(key, value)| fact(words.text(key), value)).collect())
}

/// The report that it came from.
fn report(line: &RecordLine, words: Words) -> Node {
    let about = [
        ("records.reporter", stated(line.reporter.as_deref(), words)),
        ("records.report-id", stated(line.report_id.as_deref(), words)),
        ("records.domain", name(line.domain.as_deref(), words)),
        ("records.period", days(line.begin, line.end, words)),
        ("records.contact", stated(line.contact.as_deref(), words)),
    ];
    facts(about.map(|(key, value)| fact(words.text(key), value)).into())
}

/// The reporter's aligned verdict for one of the two, and ours beside it.
fn judged(theirs: &Option<String>, own: Option<bool>, words: Words) -> Vec<Node> {
    let verdict = Verdict::of_word(theirs.as_deref());
    let said = words.text(&format!("judged.{}", verdict.code()));
    vec![
        element(Tag::P, "detail__judged", vec![mark(verdict, said)]),
        paragraph("detail__ours", words.text(ours(own, theirs))),
    ]
}

/// What the policy asks of one of the two.
fn mode(tag: &str, strict: bool, words: Words) -> Node {
    let value = if strict { "s" } else { "r" };
    paragraph("detail__mode", words.text(&format!("policy.{tag}.{value}")))
}

fn signatures(line: &RecordLine, words: Words) -> Node {
    let one = |signature: &DkimLine| {
        let domain = ("detail.dkim-domain", &signature.domain);
        let selector = ("detail.selector", &signature.selector);
        let standing = dkim_standing(line, signature);
        result(&signature.result, standing, domain, selector, &signature.human_result, words)
    };
    results(line.dkim_results.iter().map(one).collect(), "detail.no-dkim", words)
}

fn checks(line: &RecordLine, words: Words) -> Node {
    let one = |check: &SpfLine| {
        let domain = ("detail.spf-domain", &check.domain);
        let scope = ("detail.scope", &check.scope);
        result(&check.result, spf_standing(line, check), domain, scope, &check.human_result, words)
    };
    results(line.spf_results.iter().map(one).collect(), "detail.no-spf", words)
}

/// The list, or the message that there is none.
fn results(results: Vec<Vec<Node>>, none: &str, words: Words) -> Node {
    match results.is_empty() {
        true => paragraph("detail__none", words.text(none)),
        false => list("detail__results", "detail__result", results),
    }
}

/// One result, whose it is, and the words of the receiver, which are rare.
fn result(
    word: &Option<String>,
    standing: Standing,
    domain: (&str, &Option<String>),
    other: (&str, &Option<String>),
    said: &Option<String>,
    words: Words,
) -> Vec<Node> {
    let mut named = vec![
        fact(words.text(domain.0), name(domain.1.as_deref(), words)),
        fact(words.text(other.0), stated(other.1.as_deref(), words)),
    ];
    let said = said.as_deref().filter(|said| !said.is_empty());
    named.extend(said.map(|said| fact(words.text("detail.human"), data(said))));
    vec![raw(word.as_deref(), standing, words), facts(named)]
}

/// A raw result, never in the colours of a verdict, and what it means for DMARC.
fn raw(result: Option<&str>, standing: Standing, words: Words) -> Node {
    let result = element(Tag::Strong, "", vec![stated(result, words)]);
    let tag = vec![text(words.text("detail.raw")), text(" "), result];
    let standing = words.text(&format!("standing.{}", standing.code()));
    let content = vec![element(Tag::Span, "tag", tag), span("detail__standing", standing)];
    element(Tag::P, "detail__raw", content)
}
