//! One group of findings: folded it is a line, unfolded its evidence and the
//! letter to send.

use std::rc::Rc;

use web_sys::HtmlElement;
use yew::prelude::*;

use crate::base::{Kind, Sighting};
use crate::query::{FindingLine, PlaceLine};
use crate::ui::components::{CopyButton, Fact, Facts, Mark, data, place_path};
use crate::ui::hooks::use_language;
use crate::view::letter::is_for_the_reporter;
use crate::view::{Code, Language};

#[derive(Properties, PartialEq)]
struct FoldProps {
    summary: Html,
    /// Drawn only while it is unfolded.
    body: Callback<(), Html>,
}

#[component]
fn Fold(props: &FoldProps) -> Html {
    let is_open = use_state_eq(|| false);
    let ontoggle = use_callback(is_open.setter(), |event: Event, is_open| {
        let details = event.target_dyn_into::<HtmlElement>();
        is_open.set(details.is_some_and(|details| details.has_attribute("open")));
    });
    html! {
        <details class="fold" {ontoggle}>
            <summary class="fold__summary">{props.summary.clone()}</summary>
            if *is_open {
                <div class="fold__body">{props.body.emit(())}</div>
            }
        </details>
    }
}

#[derive(Properties, PartialEq)]
pub struct KindProps {
    pub kind: Kind,
    /// Of this kind, one a reporter.
    pub lines: Rc<Vec<FindingLine>>,
}

/// One kind of finding, and who is concerned.
#[component]
pub fn KindGroup(props: &KindProps) -> Html {
    let language = use_language();
    let kind = props.kind;
    let sightings: u64 = props.lines.iter().map(|line| line.sightings).sum();
    let severity = kind.severity();
    let summary = html! {
        <>
            <Mark tone={severity}>{language.finding_title(kind)}</Mark>
            <span class="fold__aside">{language.text(&format!("severity.{}", severity.code()))}</span>
            <span class="fold__count">{language.count("count.sightings", sightings)}</span>
        </>
    };
    let body = use_callback(
        (props.lines.clone(), kind, language),
        |(), (lines, kind, language)| {
            html! {
                <>
                    <p>{language.finding_text(*kind)}</p>
                    if !kind.rule().is_empty() {
                        <p class="finding-list__rule">{kind.rule()}</p>
                    }
                    for line in lines.iter() {
                        <section class="fold__part">
                            <h2 class="fold__name">
                                {data(line.reporter.as_deref(), *language)}
                                <span class="fold__count">{language.count("count.sightings", line.sightings)}</span>
                            </h2>
                            {examples(&line.examples, *language)}
                            if is_for_the_reporter(*kind) {
                                <Letter lines={Rc::new(vec![line.clone()])} />
                            }
                        </section>
                    }
                </>
            }
        },
    );
    html! { <Fold {summary} {body} /> }
}

#[derive(Properties, PartialEq)]
pub struct ReporterProps {
    /// Of one reporter, one a kind; never empty.
    pub lines: Rc<Vec<FindingLine>>,
}

/// One reporter, and all that was found in its reports.
#[component]
pub fn ReporterGroup(props: &ReporterProps) -> Html {
    let language = use_language();
    let reporter = props.lines.first().and_then(|line| line.reporter.as_deref());
    let sightings: u64 = props.lines.iter().map(|line| line.sightings).sum();
    let summary = html! {
        <>
            <span class="fold__name">{data(reporter, language)}</span>
            <span class="fold__aside">{language.count("count.kinds", props.lines.len() as u64)}</span>
            <span class="fold__count">{language.count("count.sightings", sightings)}</span>
        </>
    };
    let body = use_callback((props.lines.clone(), language), |(), (lines, language)| {
        html! {
            <>
                for line in lines.iter() {
                    <section class="fold__part">
                        <h2 class="fold__name">
                            <Mark tone={line.kind.severity()}>{language.finding_title(line.kind)}</Mark>
                            <span class="fold__count">{language.count("count.sightings", line.sightings)}</span>
                        </h2>
                        <p>{language.finding_text(line.kind)}</p>
                        if !line.kind.rule().is_empty() {
                            <p class="finding-list__rule">{line.kind.rule()}</p>
                        }
                        {examples(&line.examples, *language)}
                    </section>
                }
                if lines.iter().any(|line| is_for_the_reporter(line.kind)) {
                    <Letter lines={lines.clone()} />
                }
            </>
        }
    });
    html! { <Fold {summary} {body} /> }
}

fn examples(examples: &[(PlaceLine, Sighting)], language: Language) -> Html {
    html! {
        <ul class="finding-list__sightings">
            for (place, sighting) in examples {
                <li>
                    {place_path(place)}
                    if let Some(at) = language.whereabouts(sighting.at) {
                        <span class="finding-list__at">{at}</span>
                    }
                    if !sighting.detail.is_empty() {
                        <code>{data(Some(&sighting.detail), language)}</code>
                    }
                </li>
            }
        </ul>
    }
}

/// Where to write, and what. The page cannot send it, and must not.
#[component]
fn Letter(props: &ReporterProps) -> Html {
    let language = use_language();
    let lines: Vec<&FindingLine> =
        props.lines.iter().filter(|line| is_for_the_reporter(line.kind)).collect();
    let contact = lines.iter().find_map(|line| line.contact.as_deref());
    let more = lines.iter().find_map(|line| line.extra_contact_info.as_deref());
    html! {
        <div class="letter">
            <Facts>
                <Fact name={language.text("letter.to")}>{data(contact, language)}</Fact>
                if more.is_some() {
                    <Fact name={language.text("report.extra-contact")}>{data(more, language)}</Fact>
                }
            </Facts>
            <div class="letter__buttons">
                <CopyButton text={language.letter(&lines)} label={language.text("letter.copy")} />
                if language != Language::English {
                    <CopyButton text={Language::English.letter(&lines)} label={language.text("letter.copy-english")} />
                }
            </div>
        </div>
    }
}
