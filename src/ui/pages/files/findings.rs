//! What was found in all files, added up: by kind, or by the reporter who can
//! mend it.

use yew::prelude::*;

use super::group::Group;
use super::tabs::tabs;
use crate::query::{Answer, FindingLine, Question};
use crate::ui::components::Empty;
use crate::ui::hooks::{use_answer, use_language};
use crate::view::findings::{by_kind, by_reporter};
use crate::view::{Language, Screen};

/// Groups shown at first, and with each asking for more.
const GROUPS: usize = 100;

#[component]
pub fn FindingsPage() -> Html {
    let language = use_language();
    let answer = use_answer(Question::FindingKinds);
    let is_by_reporter = use_state_eq(|| false);
    let shown = use_state_eq(|| GROUPS);
    let body = match answer.as_deref() {
        Some(Answer::FindingKinds(lines)) if lines.is_empty() => {
            html! { <Empty none="findings.none" /> }
        }
        Some(Answer::FindingKinds(lines)) => html! {
            <>
                <p class="findings__lede">{language.text("findings.lede")}</p>
                {order(&is_by_reporter, language)}
                {groups(lines, *is_by_reporter, &shown, language)}
            </>
        },
        _ => html! {
            <p class="screenful__coming" role="status">{language.text("shell.loading")}</p>
        },
    };
    html! {
        <div class="findings">
            <div class="screen-head">
                <h1>{language.text("screen.files")}</h1>
                {tabs(Screen::Findings, language)}
            </div>
            {body}
        </div>
    }
}

/// The choice between the two orders.
fn order(is_by_reporter: &UseStateHandle<bool>, language: Language) -> Html {
    let choice = |key: &str, chosen: bool| {
        let setter = is_by_reporter.setter();
        html! {
            <button type="button" class="button button--small"
                aria-pressed={(**is_by_reporter == chosen).to_string()}
                onclick={move |_: MouseEvent| setter.set(chosen)}>
                {language.text(key)}
            </button>
        }
    };
    html! {
        <div class="findings__by" role="group" aria-label={language.text("findings.by")}>
            {choice("findings.by-kind", false)}
            {choice("findings.by-reporter", true)}
        </div>
    }
}

fn groups(
    lines: &[FindingLine],
    is_by_reporter: bool,
    shown: &UseStateHandle<usize>,
    language: Language,
) -> Html {
    let groups = if is_by_reporter { by_reporter(lines) } else { by_kind(lines) };
    let rest = groups.len().saturating_sub(**shown);
    let more = {
        let shown = shown.clone();
        move |_: MouseEvent| shown.set(*shown + GROUPS)
    };
    html! {
        <>
            <div class="findings__groups">
                for lines in groups.into_iter().take(**shown) {
                    <Group {lines} {is_by_reporter} />
                }
            </div>
            if rest > 0 {
                <button type="button" class="button" onclick={more}>{language.count("count.more", rest as u64)}</button>
            }
        </>
    }
}
