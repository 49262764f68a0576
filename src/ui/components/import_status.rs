//! The strip under the navigation: what was read, how far the import is, and
//! what can be done about it. Stable handles for tests and embedders.

use yew::prelude::*;

use super::progress::ProgressBar;
use super::{Icon, Mark, Shape, Tone, choose_files};
use crate::query::Totals;
use crate::ui::hooks::{use_language, use_route, use_session, use_snapshot};
use crate::view::{Language, Screen};
use crate::web::snapshot::ImportState;

#[component]
pub fn ImportStatus() -> Html {
    let snapshot = use_snapshot();
    let is_start = use_route().screen == Screen::Start;
    let is_idle = snapshot.import == ImportState::Idle;
    let class = classes!("import-status", is_idle.then_some("import-status--idle"));
    html! {
        <div {class}>
            <Sentence state={snapshot.import} totals={snapshot.totals} />
            if snapshot.import == ImportState::Working {
                <ProgressBar progress={snapshot.progress} />
            }
            <Actions state={snapshot.import} {is_start} />
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct SentenceProps {
    state: ImportState,
    totals: Totals,
}

/// One sentence with the counts. While it is busy screen readers wait for its end.
#[component]
fn Sentence(props: &SentenceProps) -> Html {
    let language = use_language();
    let SentenceProps { state, totals } = props;
    let word = html! { <Mark tone={tone(*state, totals)}>{language.text(&format!("import.{}", code(*state)))}</Mark> };
    let total = |id: &'static str, key: &str, value: u64| {
        html! {
            <span class="import-status__total" data-testid={id} data-value={value.to_string()}>
                {language.count(key, value)}
            </span>
        }
    };
    html! {
        <p class="import-status__sentence" role="status" data-testid="import-status"
            data-state={code(*state)} aria-busy={(*state == ImportState::Working).then_some("true")}>
            <span class="import-status__word">{word}</span>
            <span class="import-status__total">{language.count("count.files", totals.files.into())}</span>
            {total("total-reports", "count.reports", totals.reports.into())}
            {total("total-records", "count.records", totals.records.into())}
            {total("total-messages", "count.messages", totals.messages)}
            {asides(totals, language)}
        </p>
    }
}

/// What was not counted, with the way to see it.
fn asides(totals: &Totals, language: Language) -> Html {
    let asides = [
        ("count.duplicates", totals.duplicates),
        ("count.without-report", totals.files_without_report),
    ];
    let asides = asides.into_iter().filter(|(_, count)| *count > 0);
    asides
        .map(|(key, count)| {
            html! {
                <span class="import-status__aside">{language.count(key, count.into())}</span>
            }
        })
        .collect()
}

const fn code(state: ImportState) -> &'static str {
    match state {
        ImportState::Idle => "idle",
        ImportState::Working => "working",
        ImportState::Done => "done",
        ImportState::Cancelled => "cancelled",
    }
}

fn tone(state: ImportState, totals: &Totals) -> Tone {
    match state {
        ImportState::Done if totals.reports > 0 => Tone::Pass,
        ImportState::Done | ImportState::Cancelled => Tone::Warn,
        ImportState::Idle | ImportState::Working => Tone::Quiet,
    }
}

#[derive(Properties, PartialEq)]
struct ActionsProps {
    state: ImportState,
    is_start: bool,
}

#[component]
fn Actions(props: &ActionsProps) -> Html {
    let language = use_language();
    let session = use_session();
    let cancel = use_callback(session.clone(), |_: MouseEvent, session| session.cancel());
    let clear = use_callback(session, |_: MouseEvent, session| session.clear());
    let add = use_callback((), |_: MouseEvent, ()| choose_files());
    let is_idle = props.state == ImportState::Idle;
    html! {
        <div class="import-status__actions">
            if props.state == ImportState::Working {
                <button type="button" class="button button--small" onclick={cancel}>
                    <Icon shape={Shape::Cross} />
                    <span class="button__label">{language.text("import.cancel")}</span>
                </button>
            }
            if !(is_idle && props.is_start) {
                <button type="button" class="button button--small" onclick={add}>
                    <Icon shape={Shape::Plus} />
                    <span class="button__label">
                        {language.text(if is_idle { "open.files" } else { "open.more" })}
                    </span>
                </button>
            }
            if !is_idle {
                <button type="button" class="button button--small" onclick={clear}>
                    <Icon shape={Shape::Trash} />
                    <span class="button__label">{language.text("import.clear")}</span>
                </button>
            }
        </div>
    }
}
