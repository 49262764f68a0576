//! One file: what became of it, of each part, and what one can do.

use yew::prelude::*;

use super::rows::outcome;
use crate::base::Outcome;
use crate::query::{Answer, FileLine, PartLine, Question, Window};
use crate::ui::components::{
    Detail, Fact, Facts, FindingList, Icon, Shape, data, path, place_path,
};
use crate::ui::hooks::{use_answer, use_language, use_session};
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
    let language = use_language();
    html! {
        <>
            <section class={classes!("story", format!("story--{}", line.outcome.code()))}>
                <p class="story__verdict">{outcome(line.outcome, language)}</p>
                <p>{language.text(&format!("outcome.{}.text", line.outcome.code()))}</p>
            </section>
            <Detail title={language.text("file.about")}>
                <Facts>
                    <Fact name={language.text("files.size")}>{language.bytes(line.size)}</Fact>
                    <Fact name={language.text("files.reports")}>{language.integer(line.reports.into())}</Fact>
                    <Fact name={language.text("file.duplicates")}>{language.integer(line.duplicates.into())}</Fact>
                    <Fact name={language.text("files.records")}>{language.integer(line.records.into())}</Fact>
                    <Fact name={language.text("files.findings")}>{language.integer(line.findings)}</Fact>
                </Facts>
                <RemoveButton line={line.clone()} on_close={props.on_close.clone()} />
            </Detail>
            <Detail title={language.text("file.parts")}><Parts file={line.file} /></Detail>
        </>
    }
}

#[component]
fn RemoveButton(props: &Props) -> Html {
    let language = use_language();
    let session = use_session();
    let onclick = use_callback(
        (session, props.line.file, props.on_close.clone()),
        |_: MouseEvent, (session, file, on_close)| {
            session.remove(*file);
            on_close.emit(());
        },
    );
    html! {
        <button type="button" class="button button--small" {onclick}>
            <Icon shape={Shape::Trash} />{language.text("file.remove")}
        </button>
    }
}

#[derive(Properties, PartialEq)]
struct PartsProps {
    file: crate::base::FileId,
}

#[component]
fn Parts(props: &PartsProps) -> Html {
    let language = use_language();
    let limit = use_state_eq(|| PARTS);
    let window = Window { offset: 0, limit: *limit };
    let answer = use_answer(Question::Parts { file: props.file, window });
    let more = use_callback(limit, |_: MouseEvent, limit| limit.set(**limit + PARTS));
    let Some(Answer::Parts(page)) = answer.as_deref() else {
        return html! { <p class="detail__none">{language.text("shell.loading")}</p> };
    };
    let rest = u64::from(page.total).saturating_sub(page.lines.len() as u64);
    html! {
        <>
            <ol class="parts">
                for part in &page.lines {
                    <li class="parts__part">{one_part(part, language)}</li>
                }
            </ol>
            if rest > 0 {
                <button type="button" class="button button--small" onclick={more}>
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
                <FindingList findings={part.findings.clone()} />
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
