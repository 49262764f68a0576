//! The strip under the navigation: what was read, how far the import is, and
//! what can be done about it. Stable handles for tests and embedders.

use yew::prelude::*;

use super::progress::progress_bar;
use super::{Shape, choose_files, icon, mark};
use crate::query::Totals;
use crate::ui::hooks::{use_snapshot, use_visit};
use crate::ui::state::Visit;
use crate::view::tone::Tone;
use crate::view::{Language, Screen};
use crate::web::snapshot::{ImportState, Snapshot};

#[component]
pub fn ImportStatus() -> Html {
    let Visit { session, language, route, .. } = use_visit();
    let language = *language;
    let snapshot = use_snapshot();
    let running = session.clone();
    let cancel = Callback::from(move |_: MouseEvent| running.cancel());
    let clear = Callback::from(move |_: MouseEvent| session.clear());
    let add = Callback::from(|_: MouseEvent| choose_files());
    let is_idle = snapshot.import == ImportState::Idle;
    let is_working = snapshot.import == ImportState::Working;
    let class = classes!("import-status", is_idle.then_some("import-status--idle"));
    html! {
        <div {class}>
            {sentence(&snapshot, language)}
            if is_working {
                {progress_bar(&snapshot.progress, language)}
            }
            <div class="import-status__actions">
                if is_working {
                    {action(Shape::Cross, language.text("import.cancel"), cancel)}
                }
                if !is_idle {
                    {action(Shape::Plus, language.text("open.more"), add)}
                    {action(Shape::Trash, language.text("import.clear"), clear)}
                } else if route.screen != Screen::Start {
                    {action(Shape::Plus, language.text("open.files"), add)}
                }
            </div>
        </div>
    }
}

/// One sentence with the counts. While it is busy screen readers wait for its end.
fn sentence(snapshot: &Snapshot, language: Language) -> Html {
    let (state, totals) = (snapshot.import, &snapshot.totals);
    let word = language.text(&format!("import.{}", code(state)));
    let total = |id: &'static str, key: &str, value: u64| {
        html! {
            <span class="import-status__total" data-testid={id} data-value={value.to_string()}>
                {language.count(key, value)}
            </span>
        }
    };
    html! {
        <p class="import-status__sentence" role="status" data-testid="import-status"
            data-state={code(state)} aria-busy={(state == ImportState::Working).then_some("true")}>
            <span class="import-status__word">{mark(tone(state, totals), word)}</span>
            <span class="import-status__total">{language.count("count.files", totals.files.into())}</span>
            {total("total-reports", "count.reports", totals.reports.into())}
            {total("total-records", "count.records", totals.records.into())}
            {total("total-messages", "count.messages", totals.messages)}
            {asides(totals, language)}
        </p>
    }
}

/// On a narrow screen there is room for the drawing only.
fn action(shape: Shape, label: impl Into<AttrValue>, onclick: Callback<MouseEvent>) -> Html {
    let label = label.into();
    html! {
        <button type="button" class="button button--small" {onclick}>
            {icon(shape)}<span class="button__label">{label}</span>
        </button>
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
        ImportState::Done if totals.reports > 0 => Tone::Good,
        ImportState::Done | ImportState::Cancelled => Tone::Warning,
        ImportState::Idle | ImportState::Working => Tone::Quiet,
    }
}
