//! The whole story of one record, in words and in full.

use yew::prelude::*;

use crate::query::{DkimLine, ReasonLine, RecordLine, SpfLine};
use crate::ui::components::{Tone, data, days, detail, extras, fact, facts, mark};
use crate::view::verdict::{
    Standing, Verdict, disagreement, dkim_standing, ours, reason, spf_standing,
};
use crate::view::{Code, Language};

/// Everything the record says.
pub fn record_detail(line: &RecordLine, language: Language) -> Html {
    html! {
        <>
            {story(line, language)}
            {detail(language.text("detail.seen"), seen(line, language))}
            {detail(language.text("detail.dkim"), html! {
                <>
                    {judged(&line.dkim, line.ours.dkim, language)}
                    {mode("adkim", line.ours.strict_dkim, language)}
                    {signatures(line, language)}
                </>
            })}
            {detail(language.text("detail.spf"), html! {
                <>
                    {judged(&line.spf, line.ours.spf, language)}
                    {mode("aspf", line.ours.strict_spf, language)}
                    {checks(line, language)}
                </>
            })}
            {extras(&line.extras, language)}
        </>
    }
}

/// The verdict, why, and what the receiver did.
fn story(line: &RecordLine, language: Language) -> Html {
    let verdict = Verdict::of(line.passed);
    let messages = language.count("count.messages", line.messages);
    let sentence =
        language.fill(&format!("story.verdict-{}", verdict.code()), &[("messages", &messages)]);
    let done =
        line.disposition.as_deref().and_then(|word| language.find(&format!("story.did-{word}")));
    html! {
        <section class={classes!("story", format!("story--{}", verdict.code()))}>
            <p class="story__verdict">{mark(verdict, sentence)}</p>
            if let Some(key) = reason(line) {
                <p>{language.text(key)}</p>
            }
            if let Some(key) = disagreement(line) {
                <p class="story__differs">{mark(Tone::Warn, language.text(key))}</p>
            }
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
    let messages = language.integer(line.messages).into();
    let period = days(line.begin, line.end, language);
    let text = |text: &Option<String>| data(text.as_deref(), language);
    let seen = [
        ("records.source-ip", text(&line.source_ip)),
        ("records.messages", messages),
        ("records.header-from", text(&line.header_from)),
        ("records.envelope-from", text(&line.envelope_from)),
        ("records.envelope-to", text(&line.envelope_to)),
        ("records.reporter", text(&line.reporter)),
        ("records.domain", text(&line.domain)),
        ("records.period", period),
    ];
    facts(seen.into_iter().map(|(key, value)| fact(language.text(key), value)).collect())
}

/// The reporter's aligned verdict for one of the two, and ours beside it.
fn judged(theirs: &Option<String>, own: Option<bool>, language: Language) -> Html {
    let verdict = Verdict::of_word(theirs.as_deref());
    let words = language.text(&format!("judged.{}", verdict.code()));
    html! {
        <>
            <p class="detail__judged">{mark(verdict, words)}</p>
            <p class="detail__ours">{language.text(ours(own, theirs))}</p>
        </>
    }
}

/// What the policy asks of one of the two.
fn mode(tag: &str, strict: bool, language: Language) -> Html {
    let value = if strict { "s" } else { "r" };
    html! { <p class="detail__mode">{language.text(&format!("policy.{tag}.{value}"))}</p> }
}

fn signatures(line: &RecordLine, language: Language) -> Html {
    let one = |signature: &DkimLine| {
        let names =
            [("detail.dkim-domain", &signature.domain), ("detail.selector", &signature.selector)];
        let standing = dkim_standing(line, signature);
        result(&signature.result, standing, names, &signature.human_result, language)
    };
    results(line.dkim_results.iter().map(one).collect(), "detail.no-dkim", language)
}

fn checks(line: &RecordLine, language: Language) -> Html {
    let one = |check: &SpfLine| {
        let names = [("detail.spf-domain", &check.domain), ("detail.scope", &check.scope)];
        result(&check.result, spf_standing(line, check), names, &check.human_result, language)
    };
    results(line.spf_results.iter().map(one).collect(), "detail.no-spf", language)
}

/// The list, or the message that there is none.
fn results(results: Vec<Html>, none: &str, language: Language) -> Html {
    if results.is_empty() {
        return html! { <p class="detail__none">{language.text(none)}</p> };
    }
    html! {
        <ul class="detail__results">
            for result in results {
                <li class="detail__result">{result}</li>
            }
        </ul>
    }
}

/// One result, whose it is, and the words of the receiver, which are rare.
fn result(
    word: &Option<String>,
    standing: Standing,
    names: [(&str, &Option<String>); 2],
    said: &Option<String>,
    language: Language,
) -> Html {
    let said =
        said.as_deref().is_some_and(|said| !said.is_empty()).then_some(("detail.human", said));
    let named = names.into_iter().chain(said);
    let named = named.map(|(key, text)| fact(language.text(key), data(text.as_deref(), language)));
    html! {
        <>
            {raw(word.as_deref(), standing, language)}
            {facts(named.collect())}
        </>
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
