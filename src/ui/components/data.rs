//! Texts from reports and files: written as they are, in their own direction,
//! cut by the box they stand in and whole in the title.

use yew::prelude::*;

use crate::base::UnixSeconds;
use crate::view::Language;

/// A text of a report, or a dash where it states none.
pub fn data(text: Option<&str>, language: Language) -> Html {
    data_or(text, "absent.unstated", language)
}

/// A text of a report, or a dash that says why there is none.
pub fn data_or(text: Option<&str>, absent: &str, language: Language) -> Html {
    match text {
        Some(text) if !text.is_empty() => {
            html! { <bdi class="data" title={text.to_owned()}>{text}</bdi> }
        }
        _ => absence(language.text(absent)),
    }
}

/// The days of a period, with the exact times in the title.
pub fn days(begin: Option<UnixSeconds>, end: Option<UnixSeconds>, language: Language) -> Html {
    let exact = [begin, end].into_iter().flatten().map(|at| language.moment(at));
    match language.days(begin, end) {
        Some(days) => {
            let title = language
                .fill("period.exact", &[("period", &exact.collect::<Vec<_>>().join(" – "))]);
            html! { <span class="data" {title}>{days}</span> }
        }
        None => absence(language.text("absent.unstated")),
    }
}

/// A path of folders and a name: the name is what must stay in view. What has
/// none can still be pointed at.
pub fn path(path: &str) -> Html {
    let path = if path.trim().is_empty() { "–" } else { path };
    let (folders, name) = match path.rfind('/') {
        Some(slash) => path.split_at(slash + 1),
        None => ("", path),
    };
    html! {
        <span class="path" title={path.to_owned()}>
            if !folders.is_empty() {
                <bdi class="path__folders">{folders}</bdi>
            }
            <bdi class="path__name">{name}</bdi>
        </span>
    }
}

fn absence(reason: impl Into<AttrValue>) -> Html {
    html! {
        <span class="absent">
            <span aria-hidden="true">{"–"}</span>
            <span class="visually-hidden">{reason.into()}</span>
        </span>
    }
}
