//! What was found in all files, added up: by kind, or by the reporter who can
//! mend it.

use yew::prelude::*;

use super::groups::{KindGroup, ReporterGroup};
use super::tabs::Tabs;
use crate::base::Kind;
use crate::query::{Answer, FindingLine, Question};
use crate::ui::components::{Empty, NoData};
use crate::ui::hooks::{use_answer, use_language};
use crate::view::findings::{by_kind, by_reporter};

/// Groups shown at first, and with each asking for more.
const GROUPS: usize = 100;

#[component]
pub fn FindingsPage() -> Html {
    let language = use_language();
    let answer = use_answer(Question::FindingKinds);
    let is_by_reporter = use_state_eq(|| false);
    let choose = use_callback(is_by_reporter.setter(), |event: MouseEvent, chosen| {
        let button = event.target_dyn_into::<web_sys::Element>();
        chosen.set(button.is_some_and(|button| button.has_attribute("data-by-reporter")));
    });
    let lines = match answer.as_deref() {
        Some(Answer::FindingKinds(lines)) => Some(lines),
        _ => None,
    };
    html! {
        <div class="findings">
            <div class="screen-head">
                <h1>{language.text("screen.files")}</h1>
                <Tabs />
            </div>
            { match lines {
                None => html! { <p class="screenful__coming" role="status">{language.text("shell.loading")}</p> },
                Some(lines) if lines.is_empty() => html! { <Sound /> },
                Some(lines) => html! {
                    <>
                        <p class="findings__lede">{language.text("findings.lede")}</p>
                        <div class="findings__by" role="group" aria-label={language.text("findings.by")} onclick={choose}>
                            <button type="button" class="button button--small" aria-pressed={(!*is_by_reporter).to_string()}>
                                {language.text("findings.by-kind")}
                            </button>
                            <button type="button" class="button button--small" data-by-reporter=""
                                aria-pressed={is_by_reporter.to_string()}>
                                {language.text("findings.by-reporter")}
                            </button>
                        </div>
                        <Groups lines={lines.clone()} is_by_reporter={*is_by_reporter} />
                    </>
                },
            } }
        </div>
    }
}

/// Nothing was found: because nothing was read, or because all of it is sound.
#[component]
fn Sound() -> Html {
    let language = use_language();
    let has_files = crate::ui::hooks::use_snapshot().totals.files > 0;
    if has_files {
        html! { <Empty title={language.text("findings.none")} /> }
    } else {
        html! { <NoData none="empty.files" /> }
    }
}

#[derive(Properties, PartialEq)]
struct GroupsProps {
    lines: Vec<FindingLine>,
    is_by_reporter: bool,
}

#[component]
fn Groups(props: &GroupsProps) -> Html {
    let language = use_language();
    let shown = use_state_eq(|| GROUPS);
    let more = use_callback(shown.clone(), |_: MouseEvent, shown| shown.set(**shown + GROUPS));
    let groups: Vec<Html> = if props.is_by_reporter {
        let groups = by_reporter(&props.lines).into_iter();
        groups.map(|lines| html! { <ReporterGroup {lines} /> }).collect()
    } else {
        let groups = by_kind(&props.lines).into_iter();
        groups.map(|(kind, lines): (Kind, _)| html! { <KindGroup {kind} {lines} /> }).collect()
    };
    let rest = groups.len().saturating_sub(*shown);
    html! {
        <>
            <div class="findings__groups">
                for group in groups.into_iter().take(*shown) {
                    {group}
                }
            </div>
            if rest > 0 {
                <button type="button" class="button" onclick={more}>{language.count("count.more", rest as u64)}</button>
            }
        </>
    }
}
