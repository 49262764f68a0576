//! The findings of a part or report, in plain words.

use yew::prelude::*;

use super::{data, mark};
use crate::base::{Findings, Sighting, Tally};
use crate::view::{Code, Language};

/// All of them, each with where it was seen.
pub fn finding_list(findings: &Findings, language: Language) -> Html {
    html! {
        <ul class="finding-list">
            for tally in findings.tallies() {
                <li class="finding-list__item">{finding(tally, language)}</li>
            }
        </ul>
    }
}

fn finding(tally: &Tally, language: Language) -> Html {
    let severity = tally.kind.severity();
    html! {
        <>
            <p class="finding-list__title">
                {mark(severity, language.finding_title(tally.kind))}
                <span class="finding-list__severity">
                    {language.text(&format!("severity.{}", severity.code()))}
                </span>
            </p>
            <p class="finding-list__text">{language.finding_text(tally.kind)}</p>
            if !tally.kind.rule().is_empty() {
                <p class="finding-list__rule">{tally.kind.rule()}</p>
            }
            {sightings(&tally.first, tally.count, language)}
        </>
    }
}

/// The sightings that say more than the part as a whole, and how many more there are.
fn sightings(first: &[Sighting], count: u64, language: Language) -> Html {
    let telling = |sighting: &&Sighting| {
        !sighting.detail.is_empty() || language.whereabouts(sighting.at).is_some()
    };
    let more = count.saturating_sub(first.len() as u64);
    html! {
        <ul class="finding-list__sightings">
            for sighting in first.iter().filter(telling) {
                <li>
                    if let Some(at) = language.whereabouts(sighting.at) {
                        <span class="finding-list__at">{at}</span>
                    }
                    if !sighting.detail.is_empty() {
                        <code>{data(Some(&sighting.detail), language)}</code>
                    }
                </li>
            }
            if more > 0 {
                <li class="finding-list__more">{language.count("count.more", more)}</li>
            }
        </ul>
    }
}
