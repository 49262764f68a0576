//! Result types in words: what happened, whether mail was lost, who must act, how to check.

use super::Sketch;
use super::data::Row;
use crate::dns::explain::{self, Recognised, Topic};
use crate::dns::lookup::{self, RecordType};
use crate::dns::message::Say;
use crate::dns::name::is_domain;
use crate::dns::record::RecordKind;
use crate::screens::isolated::isolated;
use crate::screens::toolbox::{Block, Remark, Tone, Tool};

/// Mail servers that there is a command line for, of each kind of failure.
const HOSTS: usize = 4;

/// A result type as reports name it; nothing where they name none.
#[derive(Clone, Copy)]
pub struct Reason<'a> {
    pub sketch: Sketch<'a>,
    pub domain: &'a str,
    pub name: &'a str,
}

impl Reason<'_> {
    /// The topic that explains it, if a document knows it.
    fn topic(self) -> Option<Topic> {
        let is_it = |topic: &Topic| topic.key().strip_prefix("topic.") == Some(self.name);
        Topic::ALL.iter().copied().find(is_it)
    }

    fn is_of_policy_host(self) -> bool {
        is_of_policy_host(self.name)
    }

    pub fn title(self) -> String {
        let Self { sketch, name, .. } = self;
        match self.topic() {
            Some(topic) => format!("{} ({name})", sketch.say(&format!("{}.title", topic.key()))),
            None if name.is_empty() => sketch.say("tls.type.unstated"),
            None => sketch.fill("tls.type.unknown", &[("type", name)]),
        }
    }

    /// What happened.
    pub fn means(self) -> String {
        self.sketch.say(&match self.topic() {
            Some(topic) => format!("{}.means", topic.key()),
            None if self.name.is_empty() => "tls.type.unstated-means".to_owned(),
            None => "tls.type.unknown-means".to_owned(),
        })
    }

    /// Who must act.
    pub fn who(self) -> String {
        self.sketch.say(match self.topic() {
            _ if self.is_of_policy_host() => "tls.who.policy-host",
            _ if is_of_dane(self.name) => "tls.who.dns",
            Some(Topic::ValidationFailure) => "tls.who.policy-or-server",
            Some(_) => "tls.who.server",
            None => "tls.who.unknown",
        })
    }

    /// Command lines that show what the sender saw at these mail servers; where reports name
    /// none, which servers there are.
    pub fn check(self, hosts: &[&str]) -> Option<Block> {
        let mut commands = self.commands(hosts);
        if commands.is_empty() && is_domain(self.domain) {
            commands.push(lookup::dig(&[lookup::Question::new(self.domain, RecordType::Mx)]));
        }
        let lines = commands.join("\n");
        (!lines.is_empty()).then(|| self.sketch.pen.copy("tls.commands", lines))
    }

    /// Names go into them only if a shell cannot misread them.
    fn commands(self, hosts: &[&str]) -> Vec<String> {
        let of = |command: fn(&str) -> Option<String>| {
            hosts.iter().filter_map(move |host| command(host)).take(HOSTS)
        };
        match self.topic() {
            _ if self.is_of_policy_host() => policy_commands(self.domain),
            Some(Topic::ValidationFailure) => {
                policy_commands(self.domain).into_iter().chain(of(lookup::openssl)).collect()
            }
            _ if is_of_dane(self.name) => of(lookup::tlsa).chain(of(lookup::openssl)).collect(),
            _ => of(lookup::openssl).collect(),
        }
    }

    /// What it does not mean, what to look at, and where to read on.
    pub fn explanation(self) -> Vec<Block> {
        let Self { sketch, domain, name } = self;
        let Some(topic) = self.topic() else { return Vec::new() };
        let domain = if domain.is_empty() { "example.com" } else { domain };
        let checks = topic.checks().iter();
        let checks = checks.map(|check| sketch.fill(check.key(), &[("domain", domain)]));
        let values = [("error", name), ("domains", domain)];
        vec![
            Block::Title(sketch.say("tool.explain.not")),
            Block::Text(sketch.say(&format!("{}.not", topic.key()))),
            Block::Title(sketch.say("tool.explain.checks")),
            Block::Steps(checks.collect()),
            Block::Links(vec![sketch.pen.link("tls.go.explain", Tool::Explain, &values)]),
        ]
    }
}

/// Asks for the record that announces a policy, and for the policy.
fn policy_commands(domain: &str) -> Vec<String> {
    let name = RecordKind::MtaSts.name(domain);
    let record = lookup::dig(&[lookup::Question::new(&name, RecordType::Txt)]);
    lookup::curl(domain).into_iter().flat_map(|curl| [record.clone(), curl]).collect()
}

/// Whether a result type says that senders could not get the policy. They then go on with what
/// they have kept, or without (RFC 8461 §5.1).
pub fn is_of_policy_host(name: &str) -> bool {
    matches!(name, "sts-policy-fetch-error" | "sts-policy-invalid" | "sts-webpki-invalid")
}

/// Whether it is DANE that was not satisfied, which no mode of MTA-STS makes up for (RFC 8461 §2).
fn is_of_dane(name: &str) -> bool {
    matches!(name, "tlsa-invalid" | "dnssec-invalid" | "dane-required")
}

/// A failure reason code, with its meaning where it is known.
pub fn code(sketch: Sketch<'_>, code: &str) -> String {
    let known = explain::recognise(code);
    let known = known.iter().find(|known| known.topic.key().starts_with("topic.reason-"));
    let title = |known: &Recognised| {
        let key = format!("{}.title", known.topic.key());
        sketch.pen.words.fill_all(&key, &known.args)
    };
    let code = isolated(code);
    known.map_or_else(|| code.to_string(), |known| format!("{code} ({})", title(known)))
}

/// Sessions of a result type with the type and the mode of the policy that they were held against:
/// whether their mail was lost. What is said alike of several modes is said once, of all of them.
pub fn losses<'r>(
    sketch: Sketch<'_>,
    rows: impl Iterator<Item = (&'r Row, Option<&'r str>, Option<&'r str>)>,
) -> Vec<Remark> {
    let mut all: Vec<(Tone, &'static str, Row)> = Vec::new();
    for (row, kind, mode) in rows {
        let (tone, key) = loss(row.key.as_deref().unwrap_or_default(), kind, mode);
        match all.iter_mut().find(|(_, known, _)| *known == key) {
            Some((.., sum)) => sum.add(row),
            None => all.push((tone, key, row.clone())),
        }
    }
    all.iter().map(|(tone, key, row)| lost(sketch, *tone, key, row)).collect()
}

/// How bad that is, and the key of the words for it.
fn loss(name: &str, kind: Option<&str>, mode: Option<&str>) -> (Tone, &'static str) {
    match (kind, mode) {
        _ if is_of_policy_host(name) => (Tone::Warning, "tls.lost.unfetched"),
        _ if is_of_dane(name) => (Tone::Fault, "tls.lost.dane"),
        (Some("sts"), Some("testing")) => (Tone::Warning, "tls.lost.testing"),
        (Some("sts"), Some("enforce")) => (Tone::Fault, "tls.lost.enforce"),
        (Some("sts"), Some("none")) => (Tone::Hint, "tls.lost.none"),
        (Some("sts"), _) => (Tone::Warning, "tls.lost.no-mode"),
        (Some("tlsa"), _) => (Tone::Fault, "tls.lost.dane"),
        (Some("no-policy-found"), _) => (Tone::Hint, "tls.lost.no-policy"),
        _ => (Tone::Warning, "tls.lost.unknown"),
    }
}

fn lost(sketch: Sketch<'_>, tone: Tone, key: &str, row: &Row) -> Remark {
    let sessions = match row.detailed {
        0 => sketch.say("tls.lost.uncounted"),
        sessions => sketch.desk.count("count.sessions", sessions),
    };
    let days = sketch.days(row.first, row.last);
    // Where no time is stated, there is nothing to put in brackets.
    let days = if days.is_empty() { days } else { format!(" ({days})") };
    let text = sketch.fill(key, &[("sessions", &sessions), ("days", &days)]);
    Remark { tone, text, ..Remark::default() }
}
