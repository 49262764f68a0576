//! "Explain this error": what a pasted text means, what it does not, what to look at.

use super::pen::Pen;
use super::{Block, Link, Section, Sheet, Target, Tone, Tool};
use crate::dns::explain::{self, Recognised, Remedy, Topic};
use crate::dns::message::{Args, Say};

/// Texts to try, by their messages' last words.
const EXAMPLES: [(&str, &str); 4] = [
    ("tool.explain.box", "MTA-STS policy is missing: STSFetchResult.NONE"),
    ("tool.explain.report", "certificate-host-mismatch"),
    (
        "tool.explain.bounce",
        "550 5.7.26 Unauthenticated email from example.com is not accepted due to domain's DMARC policy.",
    ),
    (
        "tool.explain.log",
        "status=deferred (TLS is required, but was not offered by host mail.example.com[192.0.2.25])",
    ),
];

pub fn draw(pen: Pen<'_>) -> Sheet {
    let error = pen.value("error");
    let found = explain::recognise(error);
    let mut form = vec![pen.area("error", 6, "MTA-STS policy is missing: STSFetchResult.NONE")];
    form.extend(pen.domain_field());
    let examples = EXAMPLES.map(|(label, text)| pen.set(pen.text(label), &[("error", text)]));
    let examples = vec![pen.paragraph("tool.explain.try"), Block::Links(examples.into())];
    let (verdict, sections) = match found.as_slice() {
        [] if error.trim().is_empty() => {
            (None, vec![pen.section("tool.explain.examples", examples)])
        }
        [] => {
            let unknown = pen.remark(Tone::Warning, pen.text("tool.explain.unknown"));
            (Some(unknown), vec![pen.section("tool.explain.examples", examples)])
        }
        all => {
            let known = pen.count("tool.explain.found", all.len());
            let sections = all.iter().map(|one| section(pen, one)).collect();
            (Some(pen.remark(Tone::Good, known)), sections)
        }
    };
    Sheet { form, verdict, sections, ..pen.sheet() }
}

fn section(pen: Pen<'_>, found: &Recognised) -> Section {
    let topic = found.topic;
    let say = |part: &str| {
        let key = format!("{}.{part}", topic.key());
        pen.words.fill_all(&key, &found.args)
    };
    let domain = domain(pen);
    let args: Args = vec![("domain", domain.clone().unwrap_or_else(|| "example.com".to_owned()))];
    let checks = topic.checks().iter().map(|check| pen.words.fill_all(check.key(), &args));
    let not = format!("{} ({})", say("not"), topic.rule());
    let mut blocks = vec![
        Block::Text(format!("`{}`", found.seen.replace('`', "'"))),
        Block::Text(say("means")),
        pen.title("tool.explain.not"),
        Block::Text(not),
    ];
    if let Some(link) = remedy(pen, topic, domain.as_deref().unwrap_or_default()) {
        blocks.push(Block::Links(vec![link]));
    }
    blocks.push(pen.title("tool.explain.checks"));
    blocks.push(Block::Steps(checks.collect()));
    Section { title: say("title"), blocks }
}

/// The domain that the text is about, as far as it is known.
fn domain(pen: Pen<'_>) -> Option<String> {
    let typed = if pen.value("domains").is_empty() { Vec::new() } else { pen.domains() };
    let named = || explain::domains(pen.value("error")).into_iter().next();
    typed.into_iter().next().or_else(named).or_else(|| pen.domains().into_iter().next())
}

/// The tool that helps next.
fn remedy(pen: Pen<'_>, topic: Topic, domain: &str) -> Option<Link> {
    let (label, tool) = match topic.remedy() {
        Remedy::MakeMtaSts => ("tool.go.mta-sts", Tool::MtaSts),
        Remedy::CheckDomain => ("tool.go.domain", Tool::Domain),
        Remedy::CheckPolicy => ("tool.go.policy", Tool::Policy),
        Remedy::Dmarc => ("tool.go.dmarc", Tool::Dmarc),
        Remedy::CheckRecord => ("tool.go.record", Tool::Record),
        Remedy::Sources => {
            let label = pen.text("tool.go.sources");
            return Some(Link { label, to: Target::Records, first: true });
        }
        Remedy::Nothing => return None,
    };
    Some(Link { first: true, ..pen.link(label, tool, &[("domains", domain)]) })
}
