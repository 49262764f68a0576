//! Checks TXT records of any kind, and says in words what they mean.

use super::dmarc::meaning;
use super::pen::Pen;
use super::{Block, Section, Sheet, Tone, Tool};
use crate::dns::check::{self, Given, Record};
use crate::dns::spf::{self, LOOKUP_LIMIT, Mechanism, Qualifier};
use crate::dns::{Diagnostic, RecordKind};

pub fn draw(pen: Pen<'_>) -> Sheet {
    let text = pen.value("record");
    let form =
        vec![pen.area("record", 6, "v=DMARC1; p=none; rua=mailto:dmarc-reports@example.com")];
    if text.trim().is_empty() {
        return Sheet { form, sections: vec![empty(pen)], ..pen.sheet() };
    }
    let checked = check::records([text], &|name| pen.organization(name));
    let lines: Vec<_> = text.lines().map(str::to_owned).collect();
    let mut sections =
        vec![pen.section("tool.policy.lines", vec![pen.listing(&lines, &checked.diagnostics)])];
    if let Some(text) = &checked.mended {
        let take = pen.set(pen.text("tool.policy.take"), &[("record", text)]);
        let blocks = vec![pen.copy("tool.record.value", text), Block::Links(vec![take])];
        sections.push(pen.section("tool.record.mended", blocks));
    }
    sections.extend(checked.value.iter().filter_map(|given| said(pen, given)));
    Sheet { form, verdict: Some(pen.summary(&checked.diagnostics)), sections, ..pen.sheet() }
}

fn empty(pen: Pen<'_>) -> Section {
    let examples = [
        ("DMARC", "v=DMARC1; p=quarantine; pct=50; rua=mailto:dmarc-reports@example.com; sp=none"),
        ("SPF", "v=spf1 include:_spf.example.net ip4:192.0.2.0/24 mx ~all"),
        ("MTA-STS", "v=STSv1; id=20240101T000000Z;"),
        ("TLS-RPT", "v=TLSRPTv1;rua=mailto:tls-reports@example.com"),
    ];
    let examples = examples.map(|(kind, text)| pen.set(kind.to_owned(), &[("record", text)]));
    let make = vec![
        pen.link("tool.go.dmarc", Tool::Dmarc, &[]),
        pen.link("tool.go.tls-rpt", Tool::TlsRpt, &[]),
        pen.link("tool.go.mta-sts", Tool::MtaSts, &[]),
    ];
    let blocks = vec![
        pen.paragraph("tool.record.how"),
        Block::Links(examples.into()),
        pen.paragraph("tool.record.make"),
        Block::Links(make),
    ];
    pen.section("tool.record.none", blocks)
}

/// The name of a kind of record, as people call it.
pub const fn kind_name(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::Dmarc => "DMARC",
        RecordKind::Spf => "SPF",
        RecordKind::MtaSts => "MTA-STS",
        RecordKind::TlsRpt => "TLS-RPT",
    }
}

fn said(pen: Pen<'_>, given: &Given) -> Option<Section> {
    let kind = kind_name(given.kind?);
    let blocks = record(pen, given.record.as_ref()?);
    let title = pen.fill("tool.record.says", &[("kind", kind)]);
    (!blocks.is_empty()).then_some(Section { title, blocks })
}

/// What a record says, in words.
pub fn record(pen: Pen<'_>, record: &Record) -> Vec<Block> {
    match record {
        Record::Dmarc(record) => meaning(pen, record),
        Record::Spf(record) => spf(pen, record),
        Record::MtaSts(record) => {
            vec![Block::Text(pen.fill("tool.record.sts", &[("id", &record.id)]))]
        }
        Record::TlsRpt(record) => {
            let rua: Vec<_> = record.rua.iter().map(ToString::to_string).collect();
            vec![Block::Text(pen.fill("tool.record.tls", &[("uris", &rua.join(", "))]))]
        }
    }
}

fn spf(pen: Pen<'_>, record: &spf::Record) -> Vec<Block> {
    let list = |wanted: &dyn Fn(&Mechanism) -> bool| {
        let passes = record.directives().filter(|it| it.qualifier == Qualifier::Pass);
        let terms = passes.filter(|it| wanted(&it.mechanism)).map(ToString::to_string);
        terms.collect::<Vec<_>>().join(", ")
    };
    let addresses = list(&|it| matches!(it, Mechanism::Ip(_)));
    let includes: Vec<_> = record.includes().collect();
    let others =
        list(&|it| !matches!(it, Mechanism::Ip(_) | Mechanism::Include(_) | Mechanism::All));
    let mut said = Vec::new();
    let mut say = |key: &str, values: &str| {
        if !values.is_empty() {
            said.push(pen.fill(key, &[("values", values)]));
        }
    };
    say("tool.spf.addresses", &addresses);
    say("tool.spf.includes", &includes.join(", "));
    say("tool.spf.others", &others);
    say("tool.spf.redirect", record.redirect().unwrap_or_default());
    let rest = match record.all() {
        Some(Qualifier::Pass) => "tool.spf.all-pass",
        Some(Qualifier::Fail) => "tool.spf.all-fail",
        Some(Qualifier::SoftFail) => "tool.spf.all-softfail",
        Some(Qualifier::Neutral) => "tool.spf.all-neutral",
        None if record.redirect().is_some() => "",
        None => "tool.spf.all-none",
    };
    if !rest.is_empty() {
        said.push(pen.text(rest));
    }
    let (count, limit) = (record.lookups().to_string(), LOOKUP_LIMIT.to_string());
    said.push(pen.fill("tool.spf.lookups", &[("count", &count), ("limit", &limit)]));
    vec![Block::Points(said)]
}

/// A record that was found at its name, with what is to be said of it.
pub fn found(pen: Pen<'_>, text: &str, given: &Given, diagnostics: &[Diagnostic]) -> Vec<Block> {
    let mut blocks = vec![pen.copy("tool.record.value", text)];
    blocks.extend(pen.diagnostics(diagnostics));
    if let Some(mended) = &given.mended {
        blocks.push(pen.copy("tool.record.mended", mended));
    }
    if let Some(record) = given.record.as_ref().filter(|_| diagnostics.is_empty()) {
        blocks.push(Block::Remark(pen.remark(Tone::Good, pen.text("tool.count.nothing"))));
        blocks.push(pen.fold("tool.record.meaning", self::record(pen, record)));
    }
    blocks
}
