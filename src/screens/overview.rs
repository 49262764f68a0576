//! Is there a problem, and where: the verdict, what to fix first, messages over time, the
//! domains, the greatest senders and reporters.

mod domains;
mod fixes;
mod headline;
mod policies;
mod ranking;

use super::bars::{Bars, Series};
use super::desk::most;
use super::markup::{Attribute, Drawn, Node, Tag, Tone, element, text};
use super::misdated::{outside, plausible};
use super::parts::{card, link, paragraph};
use super::{Desk, empty, losses, range};
use crate::query::{Answer, Dimension, Filter, Histogram, Measure, Question, Table, Timeline};
use crate::view::fix::{Cause, fixes};
use crate::view::{Route, Screen};
use policies::Change;
use ranking::{RANKED, Ranking};

/// The field of what is chosen of the bars.
const FIELD: &str = "timeline";

/// The whole screen; another one where a range of bars was chosen.
pub fn drawn(desk: &Desk<'_>) -> Drawn {
    let histogram = timeline(desk);
    let changes = policies::changes(desk);
    let marks = policies::marks(desk, &changes);
    let bars = histogram.map(|histogram| {
        let series = Series::Of(split(desk));
        Bars { desk, histogram, series, title: "timeline.what", marks: &marks, field: FIELD }
    });
    let content = draw(desk, bars.as_ref(), &changes);
    range::drawn(desk, FIELD, content, bars.and_then(|bars| bars.chosen()))
}

fn draw(desk: &Desk<'_>, bars: Option<&Bars<'_>>, changes: &[Change]) -> Vec<Node> {
    let filter = &desk.filter;
    let totals = desk.ask(Question::Totals(Table::Aggregate, filter.clone()));
    let causes = Cause::ALL.map(|cause| desk.groups(cause.question(filter)));
    let timeline = over_time(desk, bars);
    let losses = losses::of_files(desk);
    let domains = domains::domains(desk, bars.map(|bars| bars.histogram));
    let verdicts = &[Measure::Messages, Measure::Passed, Measure::Judged];
    let failing = failing(filter);
    let ranked = |title, on, filter: &Filter, measures| {
        let groups = desk.groups(most(Table::Aggregate, filter, (on, None), measures, RANKED));
        groups.map(|groups| Ranking { title, on, filter, groups }.draw(desk))
    };
    let rankings = [
        ranked("overview.sources", Dimension::SourceIp, filter, verdicts),
        ranked("overview.failing", Dimension::SourceIp, &failing, &verdicts[..1]),
        ranked("overview.reporters", Dimension::Reporter, filter, verdicts),
    ];
    let Some(Answer::Totals(sums)) = totals else {
        return empty::screen(desk, "screens.no-engine");
    };
    if sums.get(Measure::Records) == 0 {
        return empty::screen(desk, "empty.records");
    }
    let Some(causes) = causes.into_iter().collect::<Option<Vec<_>>>() else {
        return Vec::new();
    };
    let (fixes, all) = fixes(&causes);
    let why_none = match (sums.get(Measure::Passed), sums.get(Measure::Judged)) {
        (_, 0) => (Tone::Hint, "overview.no-verdict"),
        (passed, judged) if passed == judged => (Tone::Good, "overview.nothing"),
        (..) => (Tone::Hint, "overview.forwarded"),
    };
    let first = vec![fixes::list(desk, &fixes, all, why_none), timeline];
    vec![
        headline::draw(desk, sums, fixes.first(), bars.map(|bars| bars.histogram), losses),
        element(Tag::Div, "overview__first", first),
        domains.unwrap_or_else(|| text("")),
        policies::card(desk, changes),
        element(Tag::Div, "overview__rankings", rankings.into_iter().flatten().collect()),
    ]
}

/// The records that the reporters say fail.
fn failing(filter: &Filter) -> Filter {
    filter.only(Dimension::Verdict, &Some("fail".to_owned()))
}

/// What bars are split by: the verdict, or what was done with the messages.
fn split(desk: &Desk<'_>) -> Dimension {
    match desk.route.dimensions().last() {
        Some(Dimension::Disposition) => Dimension::Disposition,
        _ => Dimension::Verdict,
    }
}

fn timeline<'a>(desk: &Desk<'a>) -> Option<&'a Histogram> {
    let answer = desk.ask(Question::Timeline(Timeline {
        table: Table::Aggregate,
        filter: desk.filter.clone(),
        measure: Measure::Messages,
        within: plausible(desk, &desk.filter),
        bucket: None,
        split: Some(split(desk)),
    }));
    match answer? {
        Answer::Timeline(histogram) => Some(histogram),
        _ => None,
    }
}

/// Messages over time, as bars.
fn over_time(desk: &Desk<'_>, bars: Option<&Bars<'_>>) -> Node {
    let split = split(desk);
    let choice = |on: Dimension| {
        let route = desk.route.clone().by(&[on]);
        let link = link(&route, "button button--small", vec![text(desk.dimension(on))]);
        if on == split { link.with(Attribute::Current, "true") } else { link }
    };
    let choices = [Dimension::Verdict, Dimension::Disposition].map(choice);
    let mut content = vec![element(Tag::Div, "timeline__choices", choices.into())];
    if let Some(bars) = bars {
        content.extend(bars.draw());
        // There or not: where the number of elements changes, the page folds the table up.
        content.push(match bars.histogram.undated {
            0 => text(""),
            undated => {
                let words = desk.count("timeline.undated", undated);
                paragraph("timeline__undated", words)
            }
        });
        content.push(outside(desk, bars.histogram.outside));
    }
    card("timeline", desk.text("timeline.title"), content)
}

/// The records that a filter lets through.
fn records(filter: &Filter) -> Route {
    Route::to(Screen::Records).filtered(filter)
}
