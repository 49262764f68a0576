//! MTA-STS from nothing: the policy file, its TXT record, where to put the file, what
//! servers must have, and in which order to go about it (RFC 8461 §3, §8).

use super::pen::Pen;
use super::zone::TTL;
use super::{Block, FieldKind, Section, Sheet, Tone, Tool};
use crate::dns::message::{Message, Say};
use crate::dns::mta_sts::policy::{self, duration};
use crate::dns::mta_sts::record::{self, Record};
use crate::dns::mta_sts::rollout::{Goal, Requirement, policy_host, policy_url, steps};
use crate::dns::mta_sts::{Mode, Policy, hosting, matching};
use crate::dns::txt::Txt;
use crate::dns::{Diagnostic, RecordKind, has_faults};

/// Usual values of `max_age`, by the last words of their messages.
const AGES: [&str; 5] = ["day", "week", "month", "half-year", "year"];

/// The order of going about it, by the words in the fragment.
const GOALS: [(&str, Goal); 4] = [
    ("publish", Goal::Publish),
    ("enforce", Goal::Enforce),
    ("servers", Goal::ChangeServers),
    ("remove", Goal::Remove),
];

pub fn draw(pen: Pen<'_>) -> Sheet {
    let domains = pen.domains_or_example();
    let mode = pen.chosen("mode", &Mode::ALL.map(Mode::token));
    let mode = mode.parse().unwrap_or(Mode::Testing);
    let max_age = max_age(pen, mode);
    let made = Policy { mode, max_age, mx: pen.servers("mx"), extensions: Vec::new() };
    let fresh = record::fresh_id(pen.ask.opened, None);
    let typed = pen.value("id").trim();
    let id = if typed.is_empty() { fresh.clone() } else { typed.to_owned() };
    let text = made.to_string();
    let policy = policy::read(text.as_bytes(), &[]);
    let record = Record { id: id.clone(), extensions: Vec::new() }.to_string();
    let checked = record::read(&Txt::plain(&record));

    let new_id = record::fresh_id(pen.ask.now, Some(&id));
    let id_field = [
        pen.field("id", FieldKind::Line, &fresh),
        Block::Links(vec![pen.set(pen.text("tool.mta-sts.new-id"), &[("id", &new_id)])]),
    ];
    let mut form = pen.domain_field();
    form.push(pen.choice("mode", "mode", &Mode::ALL.map(Mode::token)));
    form.extend(pen.servers_field("mx", &suggested(pen, &domains)));
    form.extend(age_field(pen, max_age));
    form.push(pen.fold("tool.mta-sts.id", id_field.into()));
    let mut all = policy.diagnostics;
    all.extend(checked.diagnostics);
    let verdict = match made.mx.is_empty() && mode != Mode::None {
        true => pen.remark(Tone::Warning, pen.text("tool.mta-sts.no-mx")),
        false => pen.summary(&all),
    };
    let sections = vec![
        file(pen, &domains, &text, &all),
        txt(pen, &domains, &record),
        hosting(pen, &domains, &text),
        servers(pen),
        order(pen, &domains, max_age),
    ];
    Sheet { form, verdict: Some(verdict), sections, ..pen.sheet() }
}

/// Patterns for the mail servers of these domains: those of the policy that senders have
/// found, and the names in TLS reports that they miss. (Reports name the servers that fail.)
fn suggested(pen: Pen<'_>, domains: &[String]) -> Vec<(String, Vec<String>)> {
    let known = &pen.ask.known;
    let all = |names| domains.iter().flat_map(|it| pen.named_for(it, names)).collect::<Vec<_>>();
    let (mut patterns, servers) = (all(&known.patterns), all(&known.servers));
    let missed = matching::uncovered(&patterns, &servers);
    let missed: Vec<_> = missed.into_iter().map(str::to_owned).collect();
    patterns.extend(matching::suggest(&missed));
    patterns.sort_unstable();
    patterns.dedup();
    if patterns.is_empty() { Vec::new() } else { vec![(domains.join(", "), patterns)] }
}

/// Seconds that senders keep the policy: what was typed or, where that is nothing that can
/// be used, a week to begin with, a month for what has proved itself, a day for the way out.
fn max_age(pen: Pen<'_>, mode: Mode) -> u32 {
    duration(pen.value("age")).unwrap_or(match mode {
        Mode::Testing => 604_800,
        Mode::Enforce => 2_592_000,
        Mode::None => 86_400,
    })
}

/// The field for `max_age`, in seconds or in words, and usual values.
fn age_field(pen: Pen<'_>, max_age: u32) -> [Block; 2] {
    let typed = pen.value("age").trim();
    let fault = match typed.is_empty() || duration(typed).is_some() {
        true => String::new(),
        false => pen.fill("tool.age.unknown", &[("found", typed)]),
    };
    let usual = AGES.map(|name| {
        let words = pen.text(&format!("tool.choice.age.{name}"));
        pen.set(words.clone(), &[("age", &words)])
    });
    let field = pen.faulty_field("age", FieldKind::Line, &max_age.to_string(), fault);
    [field, Block::Links(usual.into())]
}

fn file(pen: Pen<'_>, domains: &[String], text: &str, all: &[Diagnostic]) -> Section {
    let mut blocks = vec![pen.file(".well-known/mta-sts.txt", text)];
    // Without an mx line the verdict says what to do.
    if has_faults(all) {
        blocks.extend(pen.diagnostics(all));
    }
    let urls: Vec<_> = domains.iter().map(|domain| format!("`{}`", policy_url(domain))).collect();
    blocks.push(Block::Text(pen.fill("tool.mta-sts.urls", &[("urls", &urls.join(", "))])));
    blocks.push(pen.paragraph("tool.mta-sts.one-file"));
    pen.section("tool.mta-sts.file", blocks)
}

fn txt(pen: Pen<'_>, domains: &[String], record: &str) -> Section {
    let name = |domain: &String| (RecordKind::MtaSts.name(domain), record.to_owned());
    let records: Vec<_> = domains.iter().map(name).collect();
    let mut blocks = pen.records(&records);
    blocks.push(pen.paragraph("tool.mta-sts.txt-note"));
    pen.section("tool.mta-sts.txt", blocks)
}

fn hosting(pen: Pen<'_>, domains: &[String], text: &str) -> Section {
    let first = domains.first().map(String::as_str).unwrap_or_default();
    let host = policy_host(first);
    let said = |key: &str| {
        let args = [("host", host.as_str()), ("folder", hosting::FOLDER)];
        Block::Text(pen.fill(key, &args))
    };
    let pages = hosting::github_pages(first).map(|(path, content)| pen.file(path, content));
    let mut github = vec![said("tool.host.pages")];
    github.extend(pages);
    github.push(pen.file(".well-known/mta-sts.txt", text));
    github.push(
        pen.copy("tool.record.zone", hosting::zone_lines(&domains[..1], "USER.github.io", TTL)),
    );
    let store = ["tool.host.store-1", "tool.host.store-2", "tool.host.store-3"];
    let store = store.map(|key| pen.fill(key, &[("host", &host)]));
    let blocks = vec![
        said("tool.host.any"),
        pen.fold(
            "tool.host.nginx-title",
            vec![said("tool.host.nginx"), pen.copy("tool.host.config", hosting::nginx(domains))],
        ),
        pen.fold(
            "tool.host.caddy-title",
            vec![said("tool.host.caddy"), pen.copy("tool.host.config", hosting::caddy(domains))],
        ),
        pen.fold("tool.host.pages-title", github),
        pen.fold("tool.host.store-title", vec![Block::Steps(store.into())]),
    ];
    pen.section("tool.mta-sts.host", blocks)
}

fn servers(pen: Pen<'_>) -> Section {
    let all = Requirement::ALL.iter().map(|code| pen.words.say(&Message::new(*code)));
    let blocks = vec![Block::Checklist(all.collect()), pen.paragraph("tool.mta-sts.servers-note")];
    pen.section("tool.mta-sts.servers", blocks)
}

fn order(pen: Pen<'_>, domains: &[String], max_age: u32) -> Section {
    let names = GOALS.map(|(name, _)| name);
    let chosen = pen.chosen("goal", &names);
    let goal =
        GOALS.iter().find(|(name, _)| *name == chosen).map_or(Goal::Publish, |(_, goal)| *goal);
    let domain = domains.first().map(String::as_str).unwrap_or_default();
    let steps = steps(goal, domain, max_age);
    let steps = steps.iter().map(|step| pen.words.say(step)).collect();
    let blocks = vec![
        pen.choice("goal", "goal", &names),
        Block::Steps(steps),
        pen.paragraph("tool.mta-sts.order-note"),
        Block::Links(vec![
            pen.link("tool.go.tls-rpt", Tool::TlsRpt, &[]),
            pen.link("tool.go.domain", Tool::Domain, &[]),
        ]),
    ];
    pen.section("tool.mta-sts.order", blocks)
}
