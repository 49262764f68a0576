//! When the published policies changed, as the reports saw it: on each day, what most of them saw.

use std::collections::BTreeMap;

use crate::base::UnixSeconds;
use crate::base::calendar::DAY;
use crate::query::{Dimension, GroupBy, Groups, Key, Measure, Sort, Table, Term, Window};
use crate::screens::Desk;
use crate::screens::bars::Mark;
use crate::screens::desk::most;
use crate::screens::markup::{Attribute, Node, Tag, element, text};
use crate::screens::parts::{link, paragraph, value};

/// Domains that are looked at: as many as the table of domains has.
const DOMAINS: usize = 10;
/// Pairs of a domain and a policy that are asked for, and days of one domain.
const PAIRS: u32 = 200;
const BUCKETS: u32 = 4_000;
/// Days up to which a change is told by the day.
const DAYS: i64 = 2 * 366;
/// Changes that are listed, the latest.
const LISTED: usize = 8;

/// One domain's policy became another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// When the first report begins that saw the new one.
    pub at: UnixSeconds,
    pub domain: Key,
    pub from: String,
    pub to: String,
}

/// All changes, in order of time.
pub fn changes(desk: &Desk<'_>) -> Vec<Change> {
    let by = (Dimension::Domain, Some(Dimension::Published));
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

/// Domains of which more than one policy was seen, with the time of their reports.
fn several(groups: &Groups) -> Vec<(&Key, (i64, i64))> {
    let mut domains: Vec<(&Key, usize, (i64, i64))> = Vec::new();
    for line in groups.lines.iter().filter(|line| matches!(line.keys.1, Some(Some(_)))) {
        let moment = |at: usize| line.values.get(at).map_or(0, |at| at.cast_signed());
        let (first, last) = (moment(1), moment(2));
        match domains.iter_mut().find(|(domain, ..)| **domain == line.keys.0) {
            Some((_, policies, time)) => {
                *policies += 1;
                *time = (time.0.min(first), time.1.max(last));
            }
            None => domains.push((&line.keys.0, 1, (first, last))),
        }
    }
    let several = domains.into_iter().filter(|(_, policies, _)| *policies > 1);
    several.map(|(domain, _, time)| (domain, time)).collect()
}

/// On which days, or weeks, which policy was seen.
fn seen(desk: &Desk<'_>, domain: &Key, time: i64) -> GroupBy {
    let mut filter = desk.filter.without(Dimension::Domain);
    filter.add(Term::is(Dimension::Domain, domain.clone()));
    let bucket = if time <= DAYS * DAY { Dimension::Day } else { Dimension::Week };
    GroupBy {
        table: Table::Aggregate,
        filter,
        by: (Dimension::Published, Some(bucket)),
        measures: vec![Measure::Reports, Measure::First],
        sort: Sort { by: None, descending: false },
        window: Window { offset: 0, limit: BUCKETS },
    }
}

/// Where what most reports saw became something else.
fn of_domain(domain: &Key, groups: &Groups) -> Vec<Change> {
    // By day: the reports of the policy that most of them saw, it, and its first moment.
    let mut days: BTreeMap<&str, (u64, &str, u64)> = BTreeMap::new();
    for line in &groups.lines {
        let (Some(policy), Some(Some(day))) = (&line.keys.0, &line.keys.1) else { continue };
        let number = |at: usize| line.values.get(at).copied().unwrap_or_default();
        let (reports, policy) = (number(0), policy.as_str());
        let most = days.entry(day).or_insert((reports, policy, number(1)));
        if reports > most.0 {
            *most = (reports, policy, number(1));
        }
    }
    let mut days = days.into_values();
    let Some((_, mut before, _)) = days.next() else { return Vec::new() };
    let mut changes = Vec::new();
    for (_, policy, at) in days.filter(|(_, _, at)| *at > 0) {
        if policy != before {
            changes.push(Change {
                at: UnixSeconds(at.cast_signed()),
                domain: domain.clone(),
                from: before.to_owned(),
                to: policy.to_owned(),
            });
        }
        before = policy;
    }
    changes
}

/// For the drawing: a line at each.
pub fn marks(desk: &Desk<'_>, changes: &[Change]) -> Vec<Mark> {
    let mark = |change: &Change| Mark {
        at: change.at,
        words: desk.fill(
            "policies.mark",
            &[
                ("domain", change.domain.as_deref().unwrap_or_default()),
                ("from", &change.from),
                ("to", &change.to),
            ],
        ),
    };
    changes.iter().map(mark).collect()
}

/// The latest of them, each with its day as a link to the time from then on.
pub fn list(desk: &Desk<'_>, changes: &[Change]) -> Vec<Node> {
    if changes.is_empty() {
        return Vec::new();
    }
    let line = |change: &Change| {
        let mut filter = desk.filter.without(Dimension::Domain);
        filter.add(Term::is(Dimension::Domain, change.domain.clone()));
        filter.since = Some(UnixSeconds(change.at.day() * DAY));
        let day = vec![text(desk.language.day(change.at))];
        let code = |p: &str| element(Tag::Code, "", vec![text(format!("p={p}"))]);
        let content = vec![
            link(&desk.route.filtered(&filter), "link", day),
            text(" "),
            value(desk, Dimension::Domain, &change.domain),
            text(": "),
            code(&change.from),
            text(" → "),
            code(&change.to),
        ];
        element(Tag::Li, "", content)
    };
    let lines = changes.iter().rev().take(LISTED).map(line).collect();
    let title = element(Tag::H3, "policies__title", vec![text(desk.text("policies.title"))]);
    let list = element(Tag::Ul, "policies", lines);
    let mut content = vec![title, list.with(Attribute::Label, desk.text("policies.title"))];
    let more = changes.len().saturating_sub(LISTED) as u64;
    if more > 0 {
        content.push(paragraph("timeline__undated", desk.count("count.more", more)));
    }
    content
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

    fn told(lines: &[(&str, &str, u64)]) -> Vec<(i64, String)> {
        let changes = of_domain(&None, &groups(lines)).into_iter();
        changes.map(|it| (it.at.0 / 86_400, format!("{}>{}", it.from, it.to))).collect()
    }

    #[test]
    fn there_and_back_are_two_changes() {
        let lines = [
            ("none", "2026-01-01", 3),
            ("none", "2026-01-02", 3),
            ("none", "2026-01-04", 3),
            ("reject", "2026-01-03", 3),
        ];
        assert_eq!(told(&lines), [(3, "none>reject".into()), (4, "reject>none".into())]);
    }

    #[test]
    fn a_reporter_who_is_late_makes_no_change() {
        let lines = [
            ("none", "2026-01-01", 3),
            ("none", "2026-01-02", 1),
            ("none", "2026-01-03", 1),
            ("quarantine", "2026-01-02", 3),
            ("quarantine", "2026-01-03", 3),
        ];
        assert_eq!(told(&lines), [(2, "none>quarantine".into())]);
        assert_eq!(told(&[]), []);
    }
}
