//! When the published policies changed, tag by tag, as the reports saw it: on each day, what most
//! of those saw that state the tag. (Many reporters leave tags out that are there.)

use std::collections::BTreeMap;

use crate::base::UnixSeconds;
use crate::base::calendar::DAY;
use crate::query::{Dimension, GroupBy, Groups, Key, Measure, Sort, Table, Window};
use crate::screens::bars::Mark;
use crate::screens::desk::most;
use crate::screens::details::explained;
use crate::screens::facts::span;
use crate::screens::markup::{Node, Tag, element, text};
use crate::screens::parts::{link, paragraph, value};
use crate::screens::{Desk, parts};

/// What can change, in the order in which people read it. (How a policy was found is no part of it.)
const TAGS: [&str; 8] = ["p", "sp", "np", "pct", "t", "adkim", "aspf", "fo"];
/// Domains that are looked at: as many as the table of domains has.
const DOMAINS: usize = 10;
/// Pairs of a domain and a policy that are asked for, and of a policy and a day of one domain.
const PAIRS: u32 = 1_000;
const BUCKETS: u32 = 8_000;
/// Days up to which a change is told by the day.
const DAYS: i64 = 2 * 366;
/// Changes of a domain that are listed, the latest.
const LISTED: usize = 5;

/// One domain's policy became another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// When the first report begins that saw the new one.
    pub at: UnixSeconds,
    pub domain: Key,
    turns: Vec<Turn>,
}

/// A tag got another value.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Turn {
    tag: &'static str,
    from: String,
    to: String,
}

/// All changes, in order of time.
pub fn changes(desk: &Desk<'_>) -> Vec<Change> {
    let by = (Dimension::Domain, Some(Dimension::Tags));
    let measures = [Measure::Messages, Measure::First, Measure::Last];
    let Some(groups) = desk.groups(most(Table::Aggregate, &desk.filter, by, &measures, PAIRS))
    else {
        return Vec::new();
    };
    let mut changes: Vec<_> = several(groups)
        .into_iter()
        .take(DOMAINS)
        .filter_map(|(domain, (first, last))| {
            Some((domain, desk.groups(seen(desk, domain, last - first))?))
        })
        .flat_map(|(domain, groups)| of_domain(domain, groups))
        .collect();
    changes.sort_by(|a, b| (a.at, &a.domain).cmp(&(b.at, &b.domain)));
    changes
}

/// The value of a tag in a policy, as [`Dimension::Tags`] writes it.
pub fn stated<'a>(policy: &'a str, tag: &str) -> Option<&'a str> {
    let mut tags = policy.split("; ").filter_map(|stated| stated.split_once('='));
    tags.find(|(name, value)| *name == tag && !value.is_empty()).map(|(_, value)| value)
}

/// Domains of which several values of one tag were seen, with the time of their reports.
fn several(groups: &Groups) -> Vec<(&Key, (i64, i64))> {
    let mut domains: Vec<(&Key, Vec<&str>, (i64, i64))> = Vec::new();
    for line in &groups.lines {
        let Some(Some(policy)) = &line.keys.1 else { continue };
        let moment = |at: usize| line.values.get(at).map_or(0, |at| at.cast_signed());
        let (first, last) = (moment(1), moment(2));
        match domains.iter_mut().find(|(domain, ..)| **domain == line.keys.0) {
            Some((_, policies, time)) => {
                policies.push(policy);
                *time = (time.0.min(first), time.1.max(last));
            }
            None => domains.push((&line.keys.0, vec![policy], (first, last))),
        }
    }
    let differs = |policies: &[&str], tag: &str| {
        let mut values = policies.iter().filter_map(|policy| stated(policy, tag));
        values.next().is_some_and(|first| values.any(|other| other != first))
    };
    let several = domains
        .into_iter()
        .filter(|(_, policies, _)| TAGS.iter().any(|tag| differs(policies, tag)));
    several.map(|(domain, _, time)| (domain, time)).collect()
}

/// On which days, or weeks, which policy was seen.
fn seen(desk: &Desk<'_>, domain: &Key, time: i64) -> GroupBy {
    let filter = desk.filter.only(Dimension::Domain, domain);
    let bucket = if time <= DAYS * DAY { Dimension::Day } else { Dimension::Week };
    GroupBy {
        table: Table::Aggregate,
        filter,
        by: (Dimension::Tags, Some(bucket)),
        measures: vec![Measure::Reports, Measure::First],
        sort: Sort { by: None, descending: false },
        window: Window { offset: 0, limit: BUCKETS },
    }
}

/// The changes of one domain, those of one day together.
fn of_domain(domain: &Key, groups: &Groups) -> Vec<Change> {
    let mut days: BTreeMap<i64, Change> = BTreeMap::new();
    for (at, turn) in TAGS.iter().flat_map(|tag| of_tag(tag, groups)) {
        let change = || Change { at, domain: domain.clone(), turns: Vec::new() };
        let change = days.entry(at.day()).or_insert_with(change);
        change.at = change.at.min(at);
        change.turns.push(turn);
    }
    days.into_values().collect()
}

/// When what most reports saw of a tag became something else.
fn of_tag(tag: &'static str, groups: &Groups) -> Vec<(UnixSeconds, Turn)> {
    // By day and value: the reports that state it, and the first moment of them.
    let mut days: BTreeMap<&str, BTreeMap<&str, (u64, u64)>> = BTreeMap::new();
    for line in &groups.lines {
        let (Some(policy), Some(Some(day))) = (&line.keys.0, &line.keys.1) else { continue };
        let Some(value) = stated(policy, tag) else { continue };
        let number = |at: usize| line.values.get(at).copied().unwrap_or_default();
        let seen = days.entry(day).or_default().entry(value).or_insert((0, u64::MAX));
        *seen = (seen.0 + number(0), seen.1.min(number(1)));
    }
    let mut turns = Vec::new();
    let mut before = None;
    for values in days.values() {
        // While as many see the one as the other, nothing has changed yet.
        let weight =
            |(value, (reports, _)): &(&&str, &(u64, u64))| (*reports, before == Some(**value));
        let Some((value, (_, at))) = values.iter().max_by_key(weight) else { continue };
        if let Some(from) = before.filter(|from| from != value) {
            let turn = Turn { tag, from: from.to_owned(), to: (*value).to_owned() };
            turns.push((UnixSeconds(at.cast_signed()), turn));
        }
        before = Some(*value);
    }
    turns
}

/// For the drawing: a line at each.
pub fn marks(desk: &Desk<'_>, changes: &[Change]) -> Vec<Mark> {
    let turn = |Turn { tag, from, to }: &Turn| {
        let values = [("from", format!("{tag}={from}")), ("to", format!("{tag}={to}"))];
        desk.words().fill_all("policies.turn", &values)
    };
    let mark = |change: &Change| {
        let turns: Vec<_> = change.turns.iter().map(turn).collect();
        let domain = change.domain.as_deref().unwrap_or_default();
        let values = [("domain", domain), ("turns", &turns.join(", "))];
        Mark { at: change.at, words: desk.fill("policies.mark", &values) }
    };
    changes.iter().map(mark).collect()
}

/// The changes of each domain, the latest first: what became what, and what that asks for.
pub fn card(desk: &Desk<'_>, changes: &[Change]) -> Node {
    let mut domains: Vec<(&Key, Vec<&Change>)> = Vec::new();
    for change in changes.iter().rev() {
        match domains.iter_mut().find(|(domain, _)| **domain == change.domain) {
            Some((_, changes)) => changes.push(change),
            None => domains.push((&change.domain, vec![change])),
        }
    }
    if domains.is_empty() {
        return text("");
    }
    let mut content = vec![paragraph("policies__about", desk.text("policies.about"))];
    content.extend(domains.iter().map(|(domain, changes)| of_one(desk, domain, changes)));
    parts::card("policies", desk.text("policies.title"), content)
}

fn of_one(desk: &Desk<'_>, domain: &Key, changes: &[&Change]) -> Node {
    let name = value(desk, Dimension::Domain, domain);
    let lines = changes.iter().take(LISTED).map(|change| line(desk, change));
    let mut content = vec![
        element(Tag::H3, "policies__domain", vec![name]),
        element(Tag::Ul, "policies__changes", lines.collect()),
    ];
    let more = changes.len().saturating_sub(LISTED) as u64;
    if more > 0 {
        content.push(paragraph("timeline__undated", desk.count("count.more", more)));
    }
    element(Tag::Div, "policies__of", content)
}

/// The day, as a link to the time from then on, and what became what.
fn line(desk: &Desk<'_>, change: &Change) -> Node {
    let mut filter = desk.filter.only(Dimension::Domain, &change.domain);
    filter.since = Some(UnixSeconds(change.at.day() * DAY));
    let day = vec![text(desk.language.day(change.at))];
    let code = |tag: &str, value: &str| {
        let value = element(Tag::Bdi, "", vec![text(value)]);
        element(Tag::Code, "", vec![text(tag), text("="), value])
    };
    let turn = |Turn { tag, from, to }: &Turn| {
        let words = explained(tag, to, desk.words());
        let content = vec![
            code(tag, from),
            text(" → "),
            code(tag, to),
            text(" "),
            span("policies__words", words),
        ];
        element(Tag::Li, "", content)
    };
    let turns = change.turns.iter().map(turn).collect();
    let content = vec![
        link(&desk.route.filtered(&filter), "link", day),
        element(Tag::Ul, "policies__turns", turns),
    ];
    element(Tag::Li, "", content)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::GroupLine;

    /// Lines of a policy, a day, and how many reports saw it.
    fn groups(lines: &[(&str, &str, u64)]) -> Groups {
        let line = |(policy, day, reports): &(&str, &str, u64)| GroupLine {
            keys: (Some((*policy).to_owned()), Some(Some((*day).to_owned()))),
            values: vec![*reports, day[8..].parse::<u64>().expect("a day") * 86_400],
        };
        let lines: Vec<_> = lines.iter().map(line).collect();
        Groups { total: lines.len() as u32, offset: 0, lines, totals: Vec::new() }
    }

    /// Each change as its day and its turns.
    fn told(lines: &[(&str, &str, u64)]) -> Vec<String> {
        let turn = |it: &Turn| format!("{}={}>{}", it.tag, it.from, it.to);
        let changes = of_domain(&None, &groups(lines)).into_iter();
        let told = changes.map(|it| {
            let turns: Vec<_> = it.turns.iter().map(turn).collect();
            format!("{} {}", it.at.0 / 86_400, turns.join(" "))
        });
        told.collect()
    }

    #[test]
    fn there_and_back_are_two_changes() {
        let lines = [
            ("p=none", "2026-01-01", 3),
            ("p=none", "2026-01-02", 3),
            ("p=none", "2026-01-04", 3),
            ("p=reject", "2026-01-03", 3),
        ];
        assert_eq!(told(&lines), ["3 p=none>reject", "4 p=reject>none"]);
    }

    #[test]
    fn a_reporter_who_is_late_makes_no_change() {
        let lines = [
            ("p=none", "2026-01-01", 3),
            ("p=none", "2026-01-02", 1),
            ("p=none", "2026-01-03", 3),
            ("p=quarantine", "2026-01-02", 3),
            ("p=quarantine", "2026-01-03", 3),
        ];
        assert_eq!(told(&lines), ["2 p=none>quarantine"]);
        assert!(told(&[]).is_empty());
    }

    #[test]
    fn every_tag_has_its_history() {
        let lines = [
            ("p=none; adkim=r; pct=100; fo=0", "2026-01-01", 1),
            ("p=none; adkim=s; pct=20; fo=0", "2026-01-02", 1),
            ("p=none; adkim=s; pct=20; fo=1:d", "2026-01-03", 1),
        ];
        assert_eq!(told(&lines), ["2 pct=100>20 adkim=r>s", "3 fo=0>1:d"]);
    }

    #[test]
    fn what_a_reporter_leaves_out_has_not_changed() {
        let lines = [
            ("p=none; sp=reject", "2026-01-01", 1),
            ("p=none", "2026-01-02", 5),
            ("p=none; sp=; discovery_method=psl", "2026-01-03", 5),
            ("p=none; sp=reject; np=none", "2026-01-04", 1),
        ];
        assert!(told(&lines).is_empty());
        let lines = lines.map(|(policy, ..)| GroupLine {
            keys: (None, Some(Some(policy.to_owned()))),
            values: vec![1, 1, 2],
        });
        let groups = Groups { total: 4, offset: 0, lines: lines.into(), totals: Vec::new() };
        assert!(several(&groups).is_empty(), "no days are asked for");
    }
}
