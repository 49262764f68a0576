//! The findings of a part or report, in plain words.

use yew::prelude::*;

use super::{data, mark};
use crate::base::{Findings, Kind, Sighting, Tally};
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
            {sightings(tally, language)}
        </>
    }
}

/// The sightings that say more than the part as a whole, and how many more there are.
fn sightings(tally: &Tally, language: Language) -> Html {
    let telling = |sighting: &&Sighting| {
        !sighting.detail.is_empty() || language.whereabouts(sighting.at).is_some()
    };
    let more = tally.count.saturating_sub(tally.first.len() as u64);
    html! {
        <ul class="finding-list__sightings">
            for one in tally.first.iter().filter(telling) {
                <li>{sighting(tally.kind, one, language)}</li>
            }
            if more > 0 {
                <li class="finding-list__more">{language.count("count.more", more)}</li>
            }
        </ul>
    }
}

/// Where it was seen, and what.
pub fn sighting(kind: Kind, sighting: &Sighting, language: Language) -> Html {
    html! {
        <>
            if let Some(at) = language.whereabouts(sighting.at) {
                <span class="finding-list__at">{at}</span>
            }
            if let Some(seen) = language.sighted(kind, sighting) {
                <code class="finding-list__seen">{data(Some(&seen), language)}</code>
            }
        </>
    }
}
