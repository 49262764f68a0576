//! One group of findings: folded it is a line, unfolded its evidence and the
//! letter to send.

use std::rc::Rc;

use web_sys::HtmlElement;
use yew::prelude::*;

use crate::base::Kind;
use crate::query::FindingLine;
use crate::ui::components::{CopyButton, data, fact, facts, mark, place_path, sighting};
use crate::ui::hooks::use_language;
use crate::view::findings::sightings;
use crate::view::letter::is_for_the_reporter;
use crate::view::{Code, Language};

#[derive(Properties, PartialEq)]
pub struct Props {
    /// Of one reporter, one a kind, or of one kind, one a reporter; never empty.
    pub lines: Rc<Vec<FindingLine>>,
    pub is_by_reporter: bool,
}

#[component]
pub fn Group(props: &Props) -> Html {
    let language = use_language();
    let is_open = use_state_eq(|| false);
    let setter = is_open.setter();
    let ontoggle = move |event: Event| {
        let details = event.target_dyn_into::<HtmlElement>();
        setter.set(details.is_some_and(|details| details.has_attribute("open")));
    };
    let lines = &props.lines;
    let summary = if props.is_by_reporter { reporter_summary } else { kind_summary };
    let body = if props.is_by_reporter { reporter } else { kind };
    html! {
        <details class="fold" {ontoggle}>
            <summary class="fold__summary">
                {summary(lines, language)}
                {count(sightings(lines), language)}
            </summary>
            // Drawn only while it is unfolded.
            if *is_open {
                <div class="fold__body">{body(lines, language)}</div>
            }
        </details>
    }
}

fn kind_summary(lines: &[FindingLine], language: Language) -> Html {
    let kind = lines.first().map(|line| line.kind);
    html! {
        if let Some(kind) = kind {
            {title(kind, language)}
            <span class="fold__aside">{language.text(&format!("severity.{}", kind.severity().code()))}</span>
        }
    }
}

/// One kind of finding, and who is concerned.
fn kind(lines: &[FindingLine], language: Language) -> Html {
    html! {
        <>
            if let Some(line) = lines.first() {
                {words(line.kind, language)}
            }
            for line in lines {
                <section class="fold__part">
                    <h2 class="fold__name">
                        {data(line.reporter.as_deref(), language)}
                        {count(line.sightings, language)}
                    </h2>
                    {examples(line, language)}
                    {letter(std::slice::from_ref(line), language)}
                </section>
            }
        </>
    }
}

fn reporter_summary(lines: &[FindingLine], language: Language) -> Html {
    let reporter = lines.first().and_then(|line| line.reporter.as_deref());
    html! {
        <>
            <span class="fold__name">{data(reporter, language)}</span>
            <span class="fold__aside">{language.count("count.kinds", lines.len() as u64)}</span>
        </>
    }
}

/// One reporter, and all that was found in its reports.
fn reporter(lines: &[FindingLine], language: Language) -> Html {
    html! {
        <>
            for line in lines {
                <section class="fold__part">
                    <h2 class="fold__name">
                        {title(line.kind, language)}
                        {count(line.sightings, language)}
                    </h2>
                    {words(line.kind, language)}
                    {examples(line, language)}
                </section>
            }
            {letter(lines, language)}
        </>
    }
}

fn title(kind: Kind, language: Language) -> Html {
    mark(kind.severity(), language.finding_title(kind))
}

fn words(kind: Kind, language: Language) -> Html {
    html! {
        <>
            <p>{language.finding_text(kind)}</p>
            if !kind.rule().is_empty() {
                <p class="finding-list__rule">{kind.rule()}</p>
            }
        </>
    }
}

fn count(sightings: u64, language: Language) -> Html {
    html! { <span class="fold__count">{language.count("count.sightings", sightings)}</span> }
}

fn examples(line: &FindingLine, language: Language) -> Html {
    html! {
        <ul class="finding-list__sightings">
            for (place, seen) in &line.examples {
                <li>{place_path(place)}{sighting(line.kind, seen, language)}</li>
            }
        </ul>
    }
}

/// Where to write, and what. The page cannot send it, and must not.
fn letter(lines: &[FindingLine], language: Language) -> Html {
    let lines: Vec<_> = lines.iter().filter(|line| is_for_the_reporter(line.kind)).collect();
    if lines.is_empty() {
        return Html::default();
    }
    let contact = lines.iter().find_map(|line| line.contact.as_deref());
    let more = lines.iter().find_map(|line| line.extra_contact_info.as_deref());
    let contact = fact(language.text("letter.to"), data(contact, language));
    let more =
        more.map(|more| fact(language.text("report.extra-contact"), data(Some(more), language)));
    html! {
        <div class="letter">
            {facts([contact].into_iter().chain(more).collect())}
            <div class="letter__buttons">
                <CopyButton text={language.letter(&lines)} label={language.text("letter.copy")} />
                if language != Language::English {
                    <CopyButton text={Language::English.letter(&lines)} label={language.text("letter.copy-english")} />
                }
            </div>
        </div>
    }
}
