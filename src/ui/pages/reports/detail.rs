//! One report: what it says of itself, the published policy in words, where it
//! was read, what is wrong with it.

use yew::prelude::*;

use super::rows::kind;
use crate::base::ReportKind;
use crate::query::ReportLine;
use crate::ui::components::{data, days, detail, extras, fact, facts, finding_list, places, share};
use crate::view::Language;
use crate::view::policy::{Tag, tags};

/// Everything the report says of itself, and where it was read.
pub fn report_detail(line: &ReportLine, language: Language) -> Html {
    html! {
        <>
            {detail(language.text("report.about"), about(line, language))}
            if line.kind == ReportKind::Aggregate {
                {detail(language.text("report.policy"), policy(line, language))}
            }
            if !line.errors.is_empty() {
                {detail(language.text("report.errors"), errors(line))}
            }
            {detail(language.text("report.findings"), findings(line, language))}
            {detail(language.text("report.places"), read_from(line, language))}
            {extras(&line.extras, language)}
        </>
    }
}

fn about(line: &ReportLine, language: Language) -> Html {
    let rows = match line.kind {
        ReportKind::Tls => "report.tls-policies",
        ReportKind::Aggregate | ReportKind::Failure => "reports.records",
    };
    let text = |text: &Option<String>| Some(data(text.as_deref(), language));
    // What few reports state is left out where it is not.
    let stated = |text: &Option<String>| text.as_deref().map(|text| data(Some(text), language));
    let about = [
        ("reports.reporter", text(&line.reporter)),
        ("reports.kind", Some(kind(line.kind, language))),
        ("reports.domain", text(&line.domain)),
        ("reports.begin", Some(days(line.begin, line.end, language))),
        ("report.exact", Some(exact(line, language))),
        (rows, Some(language.integer(line.records.into()).into())),
        ("reports.messages", line.messages.map(|messages| language.integer(messages).into())),
        ("reports.passed", line.passed.zip(line.messages).map(|it| share(it.0, it.1, language))),
        ("reports.report-id", text(&line.report_id)),
        ("report.contact", text(&line.contact)),
        ("report.extra-contact", stated(&line.extra_contact_info)),
        ("report.generator", stated(&line.generator)),
        ("report.version", stated(&line.version)),
        ("report.namespace", stated(&line.namespace)),
    ];
    let about = about.into_iter().filter_map(|(key, value)| Some(fact(language.text(key), value?)));
    facts(about.collect())
}

/// What the reporter met while it wrote the report.
fn errors(line: &ReportLine) -> Html {
    html! {
        <ul class="detail__list">
            for error in &line.errors {
                <li><bdi>{error.clone()}</bdi></li>
            }
        </ul>
    }
}

fn findings(line: &ReportLine, language: Language) -> Html {
    if line.findings.is_empty() {
        return aside("report.sound", language);
    }
    finding_list(&line.findings, language)
}

fn read_from(line: &ReportLine, language: Language) -> Html {
    html! {
        <>
            {places(&line.places)}
            if line.places.len() > 1 {
                {aside("report.duplicates", language)}
            }
            if line.id_reused {
                {aside("report.id-reused", language)}
            }
        </>
    }
}

fn aside(key: &str, language: Language) -> Html {
    html! { <p class="detail__none">{language.text(key)}</p> }
}

fn exact(line: &ReportLine, language: Language) -> Html {
    let ends = [line.begin, line.end].into_iter().flatten().map(|at| language.moment(at));
    let ends = ends.collect::<Vec<_>>().join(" – ");
    if ends.is_empty() {
        return data(None, language);
    }
    language.fill("period.exact", &[("period", &ends)]).into()
}

fn policy(line: &ReportLine, language: Language) -> Html {
    let tags = tags(&line.policy);
    if tags.is_empty() {
        return aside("report.no-policy", language);
    }
    html! {
        <dl class="policy">
            for tag in &tags {
                <dt class="policy__tag"><code>{tag.name}{"="}<bdi>{tag.value.to_owned()}</bdi></code></dt>
                <dd class="policy__words">{explained(tag, language)}</dd>
            }
        </dl>
    }
}

fn explained(tag: &Tag<'_>, language: Language) -> Html {
    let sentences = tag.keys.iter().map(|key| {
        let key = if language.find(key).is_some() { key } else { "policy.unknown" };
        language.fill(key, &[("value", tag.value)])
    });
    sentences.collect::<Vec<_>>().join(" ").into()
}
