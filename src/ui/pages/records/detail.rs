//! The whole story of one record, in words and in full.

use yew::prelude::*;

use crate::query::{DkimLine, ReasonLine, RecordLine, SpfLine};
use crate::ui::components::{Detail, Extras, Fact, Facts, Mark, data, days};
use crate::ui::hooks::use_language;
use crate::view::verdict::{Standing, Verdict, dkim_standing, reason, spf_standing};
use crate::view::{Code, Language};

#[derive(Properties, PartialEq)]
pub struct Props {
    pub line: RecordLine,
}

#[component]
pub fn RecordDetail(props: &Props) -> Html {
    let line = &props.line;
    let language = use_language();
    html! {
        <>
            <Story line={line.clone()} />
            <Detail title={language.text("detail.seen")}>
                {seen(line, language)}
            </Detail>
            <Detail title={language.text("detail.dkim")}>
                {judged(line.dkim.as_deref(), language)}
                {signatures(line, language)}
            </Detail>
            <Detail title={language.text("detail.spf")}>
                {judged(line.spf.as_deref(), language)}
                {checks(line, language)}
            </Detail>
            <Extras extras={line.extras.clone()} />
        </>
    }
}

/// The verdict, why, and what the receiver did.
#[component]
fn Story(props: &Props) -> Html {
    let line = &props.line;
    let language = use_language();
    let verdict = Verdict::of(line.passed);
    let done =
        line.disposition.as_deref().and_then(|word| language.find(&format!("story.did-{word}")));
    html! {
        <section class={classes!("story", format!("story--{}", verdict.code()))}>
            <p class="story__verdict">
                <Mark tone={verdict}>
                    {language.fill(&format!("story.verdict-{}", verdict.code()), &[
                        ("messages", &language.count("count.messages", line.messages)),
                    ])}
                </Mark>
            </p>
            <p>{language.text(reason(line))}</p>
            if let Some(done) = done {
                <p>{done}</p>
            }
            for reason in &line.reasons {
                {overridden(reason, language)}
            }
        </section>
    }
}

/// Why the receiver did other than the policy asked.
fn overridden(reason: &ReasonLine, language: Language) -> Html {
    let kind = reason.kind.as_deref().unwrap_or_default();
    let text = language.find(&format!("reason.{kind}")).map(AttrValue::from);
    html! {
        <p class="story__reason">
            <span>{text.unwrap_or_else(|| language.fill("reason.unknown", &[("reason", kind)]).into())}</span>
            if let Some(comment) = reason.comment.as_deref().filter(|comment| !comment.is_empty()) {
                {" "}<q>{data(Some(comment), language)}</q>
            }
        </p>
    }
}

fn seen(line: &RecordLine, language: Language) -> Html {
    html! {
        <Facts>
            <Fact name={language.text("records.source-ip")}>{data(line.source_ip.as_deref(), language)}</Fact>
            <Fact name={language.text("records.messages")}>{language.integer(line.messages)}</Fact>
            <Fact name={language.text("records.header-from")}>{data(line.header_from.as_deref(), language)}</Fact>
            <Fact name={language.text("records.envelope-from")}>{data(line.envelope_from.as_deref(), language)}</Fact>
            <Fact name={language.text("records.envelope-to")}>{data(line.envelope_to.as_deref(), language)}</Fact>
            <Fact name={language.text("records.reporter")}>{data(line.reporter.as_deref(), language)}</Fact>
            <Fact name={language.text("records.domain")}>{data(line.domain.as_deref(), language)}</Fact>
            <Fact name={language.text("records.period")}>{days(line.begin, line.end, language)}</Fact>
        </Facts>
    }
}

/// The reporter's aligned verdict for one of the two.
fn judged(word: Option<&str>, language: Language) -> Html {
    let verdict = Verdict::of_word(word);
    html! {
        <p class="detail__judged">
            <Mark tone={verdict}>{language.text(&format!("judged.{}", verdict.code()))}</Mark>
        </p>
    }
}

fn signatures(line: &RecordLine, language: Language) -> Html {
    if line.dkim_results.is_empty() {
        return html! { <p class="detail__none">{language.text("detail.no-dkim")}</p> };
    }
    html! {
        <ul class="detail__results">
            for signature in &line.dkim_results {
                {signature_result(signature, dkim_standing(line, signature), language)}
            }
        </ul>
    }
}

fn signature_result(signature: &DkimLine, standing: Standing, language: Language) -> Html {
    let DkimLine { domain, selector, result, human_result } = signature;
    html! {
        <li class="detail__result">
            {raw(result.as_deref(), standing, language)}
            <Facts>
                <Fact name={language.text("detail.dkim-domain")}>{data(domain.as_deref(), language)}</Fact>
                <Fact name={language.text("detail.selector")}>{data(selector.as_deref(), language)}</Fact>
                {said(human_result.as_deref(), language)}
            </Facts>
        </li>
    }
}

fn checks(line: &RecordLine, language: Language) -> Html {
    if line.spf_results.is_empty() {
        return html! { <p class="detail__none">{language.text("detail.no-spf")}</p> };
    }
    html! {
        <ul class="detail__results">
            for check in &line.spf_results {
                {check_result(check, spf_standing(line, check), language)}
            }
        </ul>
    }
}

fn check_result(check: &SpfLine, standing: Standing, language: Language) -> Html {
    let SpfLine { domain, scope, result, human_result } = check;
    html! {
        <li class="detail__result">
            {raw(result.as_deref(), standing, language)}
            <Facts>
                <Fact name={language.text("detail.spf-domain")}>{data(domain.as_deref(), language)}</Fact>
                <Fact name={language.text("detail.scope")}>{data(scope.as_deref(), language)}</Fact>
                {said(human_result.as_deref(), language)}
            </Facts>
        </li>
    }
}

/// A raw result, never in the colours of a verdict, and what it means for DMARC.
fn raw(result: Option<&str>, standing: Standing, language: Language) -> Html {
    html! {
        <p class="detail__raw">
            <span class="tag">
                {language.text("detail.raw")}{" "}<b>{data(result, language)}</b>
            </span>
            <span class="detail__standing">{language.text(&format!("standing.{}", standing.code()))}</span>
        </p>
    }
}

fn said(words: Option<&str>, language: Language) -> Html {
    html! {
        if words.is_some_and(|words| !words.is_empty()) {
            <Fact name={language.text("detail.human")}>{data(words, language)}</Fact>
        }
    }
}
