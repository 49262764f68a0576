//! Checks a policy file line by line, mends it, and compares it with the mail servers.

use super::pen::{Pen, SUGGESTED};
use super::{Block, FieldKind, Section, Sheet, Tone, Tool};
use crate::dns::mta_sts::{Policy, matching, policy, resolver};
use crate::dns::name::normal;
use crate::dns::{Checked, shown_lines};

pub fn draw(pen: Pen<'_>) -> Sheet {
    let choose = pen.text("tool.policy.choose");
    let area = FieldKind::Area { rows: 9, choose };
    let mut form = vec![pen.field("policy", area, "version: STSv1\nmode: testing\n…")];
    form.extend(pen.servers_field("hosts", &suggested(pen)));
    let file = pen.bytes("policy");
    if file.is_empty() {
        return Sheet { form, sections: vec![empty(pen)], ..pen.sheet() };
    }
    let checked = policy::read(file, &pen.servers("hosts"));
    let lines = shown_lines(file);
    let mut sections =
        vec![pen.section("tool.policy.lines", vec![pen.listing(&lines, &checked.diagnostics)])];
    sections.extend(checked.mended.as_deref().map(|text| mended(pen, text)));
    // As it stands: what was read above is mended for these mail servers.
    let alone = policy::read(file, &[]);
    sections.extend(alone.value.as_ref().and_then(|policy| servers(pen, policy)));
    sections.push(as_read(pen, file, &alone));
    Sheet { form, verdict: Some(pen.summary(&checked.diagnostics)), sections, ..pen.sheet() }
}

/// The mail servers that TLS reports name for each domain.
fn suggested(pen: Pen<'_>) -> Vec<(String, Vec<String>)> {
    let known = &pen.ask.known;
    let domains = known.domains.iter().map(|domain| normal(domain));
    let of = domains.map(|domain| {
        let mut names = pen.named_for(&domain, &known.servers);
        // A policy names servers too, but for its wildcards.
        let patterns = pen.named_for(&domain, &known.patterns);
        names.extend(patterns.into_iter().filter(|pattern| !pattern.starts_with('*')));
        names.sort_unstable();
        names.dedup();
        (names, domain)
    });
    let some = of.filter(|(names, _)| !names.is_empty()).take(SUGGESTED);
    some.map(|(names, domain)| (domain, names)).collect()
}

fn empty(pen: Pen<'_>) -> Section {
    let go = pen.link("tool.go.mta-sts", Tool::MtaSts, &[]);
    let blocks = vec![pen.paragraph("tool.policy.how"), Block::Links(vec![go])];
    pen.section("tool.policy.none", blocks)
}

fn mended(pen: Pen<'_>, text: &str) -> Section {
    let take = pen.set(pen.text("tool.policy.take"), &[("policy", text)]);
    let blocks = vec![pen.file("mta-sts.txt", text), Block::Links(vec![take])];
    pen.section("tool.policy.mended", blocks)
}

/// Which mail servers the policy covers; nothing where none are given.
fn servers(pen: Pen<'_>, policy: &Policy) -> Option<Section> {
    let hosts = pen.servers("hosts");
    if hosts.is_empty() {
        return None;
    }
    let uncovered = matching::uncovered(&policy.mx, &hosts);
    let say = |tone, key: &str, host: &str| {
        Block::Remark(pen.remark(tone, pen.fill(key, &[("host", host)])))
    };
    let mut blocks: Vec<_> = hosts
        .iter()
        .map(|host| match uncovered.contains(&host.as_str()) {
            true => say(Tone::Fault, "tool.policy.uncovered", host),
            false => say(Tone::Good, "tool.policy.covered", host),
        })
        .collect();
    let unused = matching::unused(&policy.mx, &hosts);
    blocks.extend(unused.iter().map(|host| say(Tone::Hint, "tool.policy.unused", host)));
    Some(pen.section("tool.policy.servers", blocks))
}

/// What the RFC's senders and the resolver make of the file as it stands.
fn as_read(pen: Pen<'_>, file: &[u8], checked: &Checked<Option<Policy>>) -> Section {
    let (tone, key) = match checked.has_faults() {
        true => (Tone::Fault, "tool.policy.strict-no"),
        false => (Tone::Good, "tool.policy.strict-yes"),
    };
    let strict = Block::Remark(pen.remark(tone, pen.text(key)));
    let resolver = match resolver::policy_mode(&String::from_utf8_lossy(file)) {
        Ok(mode) => {
            let text = pen.fill("tool.policy.resolver-yes", &[("mode", mode)]);
            pen.remark(Tone::Good, text)
        }
        Err(reason) => {
            let reason = pen.words.say(&reason);
            pen.remark(Tone::Fault, pen.fill("tool.policy.resolver-no", &[("reason", &reason)]))
        }
    };
    pen.section("tool.policy.read", vec![strict, Block::Remark(resolver)])
}
