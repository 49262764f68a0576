//! The request counter: what page and workers have asked for, in plain view.

use yew::prelude::*;

use super::{Shape, icon, promise};
use crate::ui::hooks::{use_language, use_snapshot};
use crate::view::Language;
use crate::web::requests::Requests;

const DETAILS: &str = "promise-details";

#[component]
pub fn PromiseBadge() -> Html {
    let language = use_language();
    let snapshot = use_snapshot();
    let (requests, locked) = (snapshot.requests, snapshot.locked);
    let (lock, shape) = if locked {
        ("promise.locked", Shape::Lock)
    } else {
        ("promise.unlocked", Shape::Unlocked)
    };
    let class =
        classes!("promise-badge", (requests.foreign > 0).then_some("promise-badge--broken"));
    html! {
        <>
            <button type="button" {class} popovertarget={DETAILS} data-testid="requests"
                data-own={requests.own.to_string()} data-foreign={requests.foreign.to_string()}
                data-locked={locked.to_string()}>
                {icon(shape)}
                <span class="promise-badge__count">{count(&requests, language)}</span>
                <span class="promise-badge__short" aria-hidden="true">
                    {language.integer(requests.foreign.into())}
                </span>
                <span class="promise-badge__lock">{language.text(lock)}</span>
            </button>
            <div id={DETAILS} class="popover" popover="auto">
                <h2 class="popover__title">{language.text("promise.title")}</h2>
                <p class="promise-badge__hosts">
                    {language.fill("promise.hosts", &[
                        ("foreign", &language.integer(requests.foreign.into())),
                        ("own", &language.integer(requests.own.into())),
                    ])}
                </p>
                {promise(language)}
            </div>
        </>
    }
}

/// Own host and others apart, as soon as there is something to tell apart.
fn count(requests: &Requests, language: Language) -> String {
    match requests {
        Requests { own: 0, foreign: 0 } => language.count("promise.requests", 0),
        Requests { own, foreign } => language.fill(
            "promise.apart",
            &[
                ("own", &language.integer((*own).into())),
                ("foreign", &language.integer((*foreign).into())),
            ],
        ),
    }
}
