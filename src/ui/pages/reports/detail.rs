//! One report: what it says of itself, the published policy in words, where it
//! was read, what is wrong with it.

use yew::prelude::*;

use super::rows::kind;
use crate::base::ReportKind;
use crate::query::ReportLine;
use crate::ui::components::{Detail, Extras, Fact, Facts, FindingList, Places, Share, data, days};
use crate::ui::hooks::use_language;
use crate::view::Language;
use crate::view::policy::{Tag, tags};

#[derive(Properties, PartialEq)]
pub struct Props {
    pub line: ReportLine,
}

#[component]
pub fn ReportDetail(props: &Props) -> Html {
    let line = &props.line;
    let language = use_language();
    html! {
        <>
            <Detail title={language.text("report.about")}>{about(line, language)}</Detail>
            if line.kind == ReportKind::Aggregate {
                <Detail title={language.text("report.policy")}>{policy(line, language)}</Detail>
            }
            if !line.errors.is_empty() {
                <Detail title={language.text("report.errors")}>
                    <ul class="detail__list">
                        for error in &line.errors {
                            <li><bdi>{error.clone()}</bdi></li>
                        }
                    </ul>
                </Detail>
            }
            <Detail title={language.text("report.findings")}>
                if line.findings.is_empty() {
                    <p class="detail__none">{language.text("report.sound")}</p>
                } else {
                    <FindingList findings={line.findings.clone()} />
                }
            </Detail>
            <Detail title={language.text("report.places")}>
                <Places places={line.places.clone()} />
                if line.places.len() > 1 {
                    <p class="detail__none">{language.text("report.duplicates")}</p>
                }
                if line.id_reused {
                    <p class="detail__none">{language.text("report.id-reused")}</p>
                }
            </Detail>
            <Extras extras={line.extras.clone()} />
        </>
    }
}

fn about(line: &ReportLine, language: Language) -> Html {
    let rows = match line.kind {
        ReportKind::Tls => "report.tls-policies",
        ReportKind::Aggregate | ReportKind::Failure => "reports.records",
    };
    html! {
        <Facts>
            <Fact name={language.text("reports.reporter")}>{data(line.reporter.as_deref(), language)}</Fact>
            <Fact name={language.text("reports.kind")}>{kind(line.kind, language)}</Fact>
            <Fact name={language.text("reports.domain")}>{data(line.domain.as_deref(), language)}</Fact>
            <Fact name={language.text("reports.begin")}>{days(line.begin, line.end, language)}</Fact>
            <Fact name={language.text("report.exact")}>{exact(line, language)}</Fact>
            <Fact name={language.text(rows)}>{language.integer(line.records.into())}</Fact>
            if let Some((whole, part)) = line.messages.zip(line.passed) {
                <Fact name={language.text("reports.messages")}>{language.integer(whole)}</Fact>
                <Fact name={language.text("reports.passed")}><Share {part} {whole} /></Fact>
            }
            <Fact name={language.text("reports.report-id")}>{data(line.report_id.as_deref(), language)}</Fact>
            <Fact name={language.text("report.contact")}>{data(line.contact.as_deref(), language)}</Fact>
            {stated("report.extra-contact", line.extra_contact_info.as_deref(), language)}
            {stated("report.generator", line.generator.as_deref(), language)}
            {stated("report.version", line.version.as_deref(), language)}
            {stated("report.namespace", line.namespace.as_deref(), language)}
        </Facts>
    }
}

fn exact(line: &ReportLine, language: Language) -> Html {
    let ends = [line.begin, line.end].into_iter().flatten().map(|at| language.moment(at));
    let ends = ends.collect::<Vec<_>>().join(" – ");
    if ends.is_empty() {
        return data(None, language);
    }
    language.fill("period.exact", &[("period", &ends)]).into()
}

/// What few reports state is left out where it is not.
fn stated(name: &str, text: Option<&str>, language: Language) -> Html {
    html! {
        if text.is_some() {
            <Fact name={language.text(name)}>{data(text, language)}</Fact>
        }
    }
}

fn policy(line: &ReportLine, language: Language) -> Html {
    let tags = tags(&line.policy);
    if tags.is_empty() {
        return html! { <p class="detail__none">{language.text("report.no-policy")}</p> };
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
