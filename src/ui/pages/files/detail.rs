//! One file: what became of it, of each part, and what one can do.

use yew::prelude::*;

use super::rows::outcome;
use crate::base::Outcome;
use crate::query::{Answer, FileLine, Page, PartLine, Question, Window};
use crate::ui::components::{
    Shape, data, detail, fact, facts, finding_list, icon, path, place_path,
};
use crate::ui::hooks::{use_answer, use_visit};
use crate::ui::state::Visit;
use crate::view::{Code, Language};

/// Parts shown at first, and with each asking for more.
const PARTS: u32 = 50;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub line: FileLine,
    pub on_close: Callback<()>,
}

#[component]
pub fn FileDetail(props: &Props) -> Html {
    let line = &props.line;
    let Visit { session, language, .. } = use_visit();
    let language = *language;
    let limit = use_state_eq(|| PARTS);
    let window = Window { offset: 0, limit: *limit };
    let answer = use_answer(Question::Parts { file: line.file, window });
    let (file, on_close) = (line.file, props.on_close.clone());
    let remove = move |_: MouseEvent| {
        session.remove(file);
        on_close.emit(());
    };
    let about = html! {
        <>
            {counts(line, language)}
            <button type="button" class="button button--small" onclick={remove}>
                {icon(Shape::Trash)}{language.text("file.remove")}
            </button>
        </>
    };
    let parts = match answer.as_deref() {
        Some(Answer::Parts(page)) => {
            parts(page, move |_: MouseEvent| limit.set(*limit + PARTS), language)
        }
        _ => html! { <p class="detail__none">{language.text("shell.loading")}</p> },
    };
    html! {
        <>
            <section class={classes!("story", format!("story--{}", line.outcome.code()))}>
                <p class="story__verdict">{outcome(line.outcome, language)}</p>
                <p>{language.text(&format!("outcome.{}.text", line.outcome.code()))}</p>
            </section>
            {detail(language.text("file.about"), about)}
            {detail(language.text("file.parts"), parts)}
        </>
    }
}

fn counts(line: &FileLine, language: Language) -> Html {
    let counts = [
        ("files.reports", line.reports.into()),
        ("file.duplicates", line.duplicates.into()),
        ("files.records", line.records.into()),
        ("files.findings", line.findings),
    ];
    let size = fact(language.text("files.size"), language.bytes(line.size));
    let counts = counts.map(|(key, count)| fact(language.text(key), language.integer(count)));
    facts([size].into_iter().chain(counts).collect())
}

fn parts(
    page: &Page<PartLine>,
    on_more: impl Fn(MouseEvent) + 'static,
    language: Language,
) -> Html {
    let rest = u64::from(page.total).saturating_sub(page.lines.len() as u64);
    html! {
        <>
            <ol class="parts">
                for part in &page.lines {
                    <li class="parts__part">{one_part(part, language)}</li>
                }
            </ol>
            if rest > 0 {
                <button type="button" class="button button--small" onclick={on_more}>
                    {language.count("count.more", rest)}
                </button>
            }
        </>
    }
}

fn one_part(part: &PartLine, language: Language) -> Html {
    html! {
        <>
            <p class="parts__name">
                if part.path.is_empty() {
                    <span class="parts__whole">{language.text("file.itself")}</span>
                }
                for (index, name) in part.path.iter().enumerate() {
                    if index > 0 {
                        <span class="places__step" aria-hidden="true">{"›"}</span>
                    }
                    {path(name)}
                }
                <span class="tag">{language.text(&format!("format.{}", part.format.code()))}</span>
            </p>
            {became(part, language)}
            if !part.findings.is_empty() {
                {finding_list(&part.findings, language)}
            }
        </>
    }
}

/// What became of the part; a container stands here only for its findings.
fn became(part: &PartLine, language: Language) -> Html {
    let Some(word) = part.outcome else { return Html::default() };
    html! {
        <>
            <p class="parts__outcome">
                {outcome(word, language)}
                if word == Outcome::Opened {
                    <span class="parts__report">
                        {data(part.reporter.as_deref(), language)}{" · "}
                        {data(part.domain.as_deref(), language)}{" · "}
                        {language.count("count.records", part.records.into())}
                    </span>
                } else {
                    <span class="parts__report">
                        {language.text(&format!("outcome.{}.text", word.code()))}
                    </span>
                }
            </p>
            if let Some(first) = &part.duplicate_of {
                <p class="parts__first">{language.text("file.first")}{" "}{place_path(first)}</p>
            }
        </>
    }
}
