//! One message of a failure report: what failed and why, what the report says of it, its
//! header, and its body for whoever asks for that.
//!
//! Who wrote it, and to whom, is masked until somebody asks. What the message holds is text:
//! no link, no picture, no markup of it reaches the page.

use crate::base::field::domain_of;
use crate::query::FailureLine;
use crate::screens::Desk;
use crate::screens::facts::{detail, exact, extras, fact, facts, list, name, stated};
use crate::screens::markup::{Act, Attribute, Node, Tag, element, text};
use crate::screens::masked::{masked, masked_field, masked_header, masked_mailbox};
use crate::screens::parts::{data, paragraph};
use crate::screens::source;

/// The message whose people are named.
const NAMED: &str = "failure-named";
/// The message whose header is shown, and the one whose body is.
const HEADER: &str = "failure-header";
const BODY: &str = "failure-body";

/// Characters of a body that are shown: the rest is in the raw source.
const LONGEST: usize = 100_000;

pub fn draw(line: &FailureLine, desk: &Desk<'_>) -> Vec<Node> {
    let words = desk.words();
    let failure = Failure { line, desk, key: source::key(&line.locus) };
    let mut all = vec![
        failure.story(),
        detail(words.text("failure.message"), vec![failure.message(), failure.naming()]),
        detail(words.text("failure.checks"), failure.checks()),
        detail(words.text("failure.sample"), failure.sample()),
        detail(words.text("failure.report"), vec![failure.report()]),
    ];
    all.extend(extras(&failure.extras(), words));
    all
}

struct Failure<'a> {
    line: &'a FailureLine,
    desk: &'a Desk<'a>,
    key: String,
}

impl Failure<'_> {
    /// Whether a field is about this message.
    fn is_asked(&self, field: &str) -> bool {
        self.desk.ask.values.get(field) == self.key
    }

    /// A button that asks, or takes that back.
    fn button(&self, field: &str, label: &str) -> Node {
        let value = if self.is_asked(field) { String::new() } else { self.key.clone() };
        let act = Act::Put(vec![(field.to_owned(), value)]);
        self.desk.button("button button--small", self.desk.text(label), act)
    }

    fn story(&self) -> Node {
        let (line, words) = (self.line, self.desk.words());
        let from = line.header_from.as_deref().and_then(domain_of).or(line.domain.as_deref());
        let mut all = Vec::new();
        if let (Some(from), Some(ip)) = (from, line.source_ip.as_deref()) {
            let [from, ip] = [from, ip].map(|text| self.shown(text, masked));
            let came = words.fill("failure.came", &[("domain", &from), ("ip", &ip)]);
            all.push(paragraph("story__verdict", came));
        }
        let is_of = |kind: &str| line.feedback_type.as_deref() == Some(kind);
        if let Some(kind) = line.feedback_type.as_deref().filter(|_| !is_of("auth-failure")) {
            let kind = self.shown(kind, masked);
            all.push(paragraph("", words.fill("failure.other-kind", &[("kind", &kind)])));
        } else if line.auth_failure.is_empty() {
            all.push(paragraph("", words.text("failure.why.unstated")));
        }
        for word in &line.auth_failure {
            let known = words.find(&format!("failure.why.{}", self.why(word)));
            let said = known.map(str::to_owned);
            let unknown = || words.fill("failure.unknown", &[("what", &self.shown(word, masked))]);
            let said = said.unwrap_or_else(unknown);
            all.push(paragraph("", said));
        }
        let done = line.delivery_result.as_deref();
        let done = done.and_then(|word| words.find(&format!("failure.did.{word}")));
        all.extend(done.map(|done| paragraph("", done)));
        element(Tag::Section, "story story--fail", all)
    }

    /// What failed, told more closely where DMARC did: nothing passed, or something that does
    /// not align.
    fn why<'a>(&self, word: &'a str) -> &'a str {
        let passed = |results: &String| {
            let results = results.to_ascii_lowercase();
            results.contains("spf=pass") || results.contains("dkim=pass")
        };
        match word {
            "dmarc" if self.line.authentication_results.iter().any(passed) => "dmarc-unaligned",
            word => word,
        }
    }

    /// A text in which people are named, or not.
    fn shown(&self, text: &str, mask: fn(&str) -> String) -> String {
        if self.is_asked(NAMED) { text.to_owned() } else { mask(text) }
    }

    /// The same of a text that may not be stated.
    fn said(&self, text: &Option<String>, mask: fn(&str) -> String) -> Option<String> {
        text.as_deref().map(|text| self.shown(text, mask))
    }

    /// What the report states beyond the specifications, which may be of people, too.
    fn extras(&self) -> Vec<(String, String)> {
        let is_named = self.is_asked(NAMED);
        let extras = self.line.extras.iter().map(|(path, text)| match is_named {
            true => (path.clone(), text.clone()),
            false => (masked(path), masked_field(path, text)),
        });
        extras.collect()
    }

    fn message(&self) -> Node {
        let (line, words) = (self.line, self.desk.words());
        let mailbox = |text: &str| self.shown(text, masked_mailbox);
        let one = |text: &Option<String>, mask| stated(self.said(text, mask).as_deref(), words);
        let rcpt = line.original_rcpt_to.iter().map(|to| vec![data(&mailbox(to))]);
        let at = exact(line.arrival, None, words).map_or_else(|| stated(None, words), text);
        let mut all = vec![
            fact(words.text("failures.header-from"), one(&line.header_from, masked_mailbox)),
            fact(words.text("failures.subject"), one(&line.subject, masked)),
            fact(words.text("failure.mail-from"), one(&line.original_mail_from, masked_mailbox)),
        ];
        if !line.original_rcpt_to.is_empty() {
            all.push(fact(words.text("failure.rcpt-to"), list("detail__list", "", rcpt)));
        }
        all.extend([
            fact(words.text("failures.source-ip"), one(&line.source_ip, masked)),
            fact(words.text("failures.arrival"), at),
            fact(words.text("failure.message-id"), one(&line.message_id, masked)),
            fact(words.text("failures.incidents"), text(words.language.integer(line.incidents))),
        ]);
        facts(all)
    }

    fn naming(&self) -> Node {
        let label = if self.is_asked(NAMED) { "failure.mask" } else { "failure.name" };
        self.button(NAMED, label)
    }

    /// What the reporter checked, as it says it.
    fn checks(&self) -> Vec<Node> {
        let (line, words) = (self.line, self.desk.words());
        let texts = |texts: &[String]| {
            let texts = texts.iter().map(|text| vec![data(&self.shown(text, masked))]);
            list("detail__list", "", texts)
        };
        let rare = |key: &str, text: &Option<String>| {
            let value = text.as_deref().filter(|text| !text.is_empty())?;
            Some(fact(words.text(key), data(&self.shown(value, masked))))
        };
        let several = |key: &str, all: &[String]| {
            (!all.is_empty()).then(|| fact(words.text(key), texts(all)))
        };
        let all = [
            several("failure.results", &line.authentication_results),
            rare("failure.dkim-domain", &line.dkim_domain),
            rare("failure.dkim-selector", &line.dkim_selector),
            rare("failure.dkim-identity", &line.dkim_identity),
            several("failure.spf-dns", &line.spf_dns),
            several("failure.uris", &line.reported_uris),
            rare("failure.alignment", &line.identity_alignment),
        ];
        let mut all = vec![facts(all.into_iter().flatten().collect())];
        if line.identity_alignment.is_some() {
            all.push(paragraph("detail__none", words.text("failure.alignment-note")));
        }
        all
    }

    /// The header of the message and its body, each when asked for.
    fn sample(&self) -> Vec<Node> {
        let words = self.desk.words();
        let is_open = self.is_asked(HEADER) || self.is_asked(BODY);
        if !is_open {
            return vec![self.button(HEADER, "failure.show-header")];
        }
        let Some(source) = self.desk.source(&self.line.locus) else { return Vec::new() };
        let Some(source) = source else {
            return vec![paragraph("source__gone", words.text("source.gone"))];
        };
        let Some(sample) = &source.sample else {
            return vec![paragraph("detail__none", words.text("failure.no-sample"))];
        };
        let (header, body) = parted(sample);
        let mut all = vec![self.text(&self.shown(&header, masked_header), "failure.header")];
        match body.trim().is_empty() {
            true => all.push(paragraph("detail__none", words.text("failure.no-body"))),
            false if self.is_asked(BODY) => {
                all.push(self.button(BODY, "failure.hide-body"));
                let shown = body.get(..body.floor_char_boundary(LONGEST)).unwrap_or_default();
                all.push(self.text(&self.shown(shown, masked), "failure.body"));
                if shown.len() < body.len() {
                    all.push(paragraph("detail__none", words.text("failure.cut")));
                }
            }
            false => {
                all.push(paragraph("detail__none", words.text("failure.body-note")));
                all.push(self.button(BODY, "failure.show-body"));
            }
        }
        all
    }

    /// Text of the message, as text.
    fn text(&self, shown: &str, label: &str) -> Node {
        let lines = shown.split('\n').map(source::shown).collect::<Vec<_>>().join("\n");
        element(Tag::Pre, "source__text source__text--plain", vec![text(lines)])
            .with(Attribute::TabIndex, "0")
            .with(Attribute::Role, "region")
            .with(Attribute::Label, self.desk.text(label))
    }

    /// Who reports it. Its ID names the report and nobody.
    fn report(&self) -> Node {
        let (line, words) = (self.line, self.desk.words());
        let one = |text: &Option<String>, mask| stated(self.said(text, mask).as_deref(), words);
        let domain = self.said(&line.domain, masked);
        let all = [
            ("failures.reporter", one(&line.reporter, masked)),
            ("report.contact", one(&line.contact, masked_mailbox)),
            ("failures.domain", name(domain.as_deref(), words)),
            ("failure.kind", one(&line.feedback_type, masked)),
            ("reports.report-id", stated(line.report_id.as_deref(), words)),
            ("failure.user-agent", one(&line.user_agent, masked)),
            ("failure.envelope-id", one(&line.original_envelope_id, masked)),
        ];
        facts(all.map(|(key, value)| fact(words.text(key), value)).into())
    }
}

/// The header of a message and its body, as they are parted by the first blank line.
fn parted(message: &str) -> (String, String) {
    let message = message.replace("\r\n", "\n");
    let message = message.trim_start_matches('\n');
    let (header, body) = message.split_once("\n\n").unwrap_or((message, ""));
    (header.to_owned(), body.to_owned())
}
