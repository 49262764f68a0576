//! The domains: how much of their mail passes, what they ask receivers to do, and where it
//! goes.

use super::policies::stated;
use super::ranking::rest;
use crate::base::UnixSeconds;
use crate::base::idn::unicode;
use crate::query::Table as Asked;
use crate::query::{
    Answer, Dimension, Filter, GroupLine, Histogram, Key, Measure, Question, Timeline,
};
use crate::screens::desk::most;
use crate::screens::markup::{Node, Tag, element, text};
use crate::screens::misdated::plausible;
use crate::screens::parts::{Head, Table, card, link, percent, share, value};
use crate::screens::{Desk, bars};

/// Domains shown; more are in Explore.
const MOST: u32 = 10;
/// Policies of one domain that are looked at.
const POLICIES: u32 = 100;

/// The table of the domains with the most messages, once they are known; each one's trend over
/// the time of `frame`.
pub fn domains(desk: &Desk<'_>, frame: Option<&Histogram>) -> Option<Node> {
    let measures = [
        Measure::Messages,
        Measure::Passed,
        Measure::SpfAligned,
        Measure::DkimAligned,
        Measure::Judged,
    ];
    let by = (Dimension::Domain, None);
    let groups = desk.groups(most(Asked::Aggregate, &desk.filter, by, &measures, MOST))?;
    let heads = vec![
        Head::new(desk.dimension(Dimension::Domain), ""),
        Head::new(desk.text("reports.policy"), ""),
        Head::new(desk.text("explore.messages"), "plain-table__number"),
        Head::new(desk.text("explore.passed"), ""),
        Head::new(desk.text("explore.spf-aligned"), "plain-table__number plain-table__wide"),
        Head::new(desk.text("explore.dkim-aligned"), "plain-table__number plain-table__wide"),
        Head::new(desk.text("overview.trend"), "plain-table__trend plain-table__wide"),
    ];
    let caption = desk.text("overview.domains");
    let rows = groups.lines.iter().map(|line| row(desk, line, frame)).collect();
    let table = Table { caption: caption.to_owned(), heads, rows, ..Table::default() };
    let mut content = vec![table.draw(desk)];
    content.extend(rest(desk, groups, Dimension::Domain, &desk.filter));
    Some(card("domains", caption, content))
}

fn row(desk: &Desk<'_>, line: &GroupLine, frame: Option<&Histogram>) -> Vec<Node> {
    let number = |at: usize| line.values.get(at).copied().unwrap_or_default();
    let (key, messages) = (&line.keys.0, number(0));
    let filter = desk.filter.only(Dimension::Domain, key);
    let here = desk.route.filtered(&filter);
    let judged = number(4);
    let percent = |part| percent(desk.words(), part, judged);
    vec![
        link(&here, "link", vec![value(desk, Dimension::Domain, key)]),
        policy(desk, &filter),
        desk.integer(messages),
        share(desk.words(), number(1), judged),
        percent(number(2)),
        percent(number(3)),
        frame.map_or_else(|| text(""), |frame| trend(desk, filter, key, frame)),
    ]
}

/// The policy seen last: of those of the newest day, the one that most reports saw.
fn policy(desk: &Desk<'_>, filter: &Filter) -> Node {
    let measures = [Measure::Reports, Measure::Last];
    let by = (Dimension::Tags, None);
    let groups = desk.groups(most(Asked::Aggregate, filter, by, &measures, POLICIES));
    let lines = groups.iter().flat_map(|groups| &groups.lines);
    let seen = lines.filter_map(|line| {
        let number = |at: usize| line.values.get(at).copied().unwrap_or_default();
        let day = UnixSeconds(number(1).cast_signed()).day();
        Some(((day, number(0)), line.keys.0.as_deref()?))
    });
    seen.max().map_or_else(|| text("–"), |(_, policy)| policy_tag(policy))
}

/// What a policy, written as tags, asks for of mail that fails, and what else it says that is not
/// the usual.
fn policy_tag(policy: &str) -> Node {
    let Some(p) = stated(policy, "p") else { return text("–") };
    let class = match p {
        "quarantine" => "tag tag--quarantine",
        "reject" => "tag tag--policy-reject",
        _ => "tag",
    };
    let word = element(Tag::Bdi, "", vec![text(p)]);
    let usual = [
        ("sp", p),
        ("np", stated(policy, "sp").unwrap_or(p)),
        ("pct", "100"),
        ("t", "n"),
        ("adkim", "r"),
        ("aspf", "r"),
        ("fo", "0"),
    ];
    let unusual = usual.into_iter().filter_map(|(tag, usual)| {
        let value = stated(policy, tag).filter(|value| *value != usual)?;
        Some(element(Tag::Bdi, "domains__tag", vec![text(format!("{tag}={value}"))]))
    });
    let mut content = vec![element(Tag::Span, class, vec![word])];
    content.extend(unusual);
    element(Tag::Span, "domains__policy", content)
}

/// What passed and failed over time, in the same days as `frame`.
fn trend(desk: &Desk<'_>, filter: Filter, domain: &Key, frame: &Histogram) -> Node {
    let answer = desk.ask(Question::Timeline(Timeline {
        table: Asked::Aggregate,
        filter,
        measure: Measure::Messages,
        within: plausible(desk, &desk.filter),
        bucket: Some(frame.bucket),
        split: Some(Dimension::Verdict),
    }));
    let domain = domain.as_deref().map(unicode).unwrap_or_default();
    match answer {
        Some(Answer::Timeline(histogram)) => {
            let title = desk.fill("overview.trend-of", &[("domain", &domain)]);
            bars::small(histogram, frame, &title)
        }
        _ => text(""),
    }
}
