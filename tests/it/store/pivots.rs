//! Sums, groups, facets and timelines against those of a naive engine.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use vitrail::base::{Limits, UnixSeconds};
use vitrail::derive::Judge;
use vitrail::query::{
    Answer, Bar, Bucket, Dimension, Facet, Facets, Filter, GroupBy, GroupLine, Groups, Histogram,
    Key, Kind, Measure, Orders, Question, Rank, Sort, Sums, Table, Task, Test, Timeline, Window,
    answer,
};
use vitrail::report::model::Header;
use vitrail::store::Store;

use super::facts;
use super::measures::{by_rank, measure, random_rank};
use super::oracle::Oracle;
use super::sieve::{self, Row, date, keys};
use crate::random::{Random, for_seeds};

type Keys = (Key, Option<Key>);

/// The pairs of values that a row is of, each once.
fn pairs(row: Row<'_>, by: (Dimension, Option<Dimension>)) -> BTreeSet<Keys> {
    let first = keys(row, by.0);
    let Some(other) = by.1 else { return first.into_iter().map(|key| (key, None)).collect() };
    let second = keys(row, other);
    let signature = [Dimension::DkimDomain, Dimension::Selector, Dimension::DkimResult];
    let check = [Dimension::SpfDomain, Dimension::SpfResult];
    let same = |of: &[Dimension]| of.contains(&by.0) && of.contains(&other);
    if same(&signature) || same(&check) || by.0 == other {
        return first.into_iter().zip(second.into_iter().map(Some)).collect();
    }
    let each = |key: Key| second.iter().map(move |other| (key.clone(), Some(other.clone())));
    first.into_iter().flat_map(each).collect()
}

/// What is not stated comes last in either direction.
fn by_key(kind: Kind, a: &Key, b: &Key, descending: bool) -> Ordering {
    let (Some(one), Some(two)) = (a, b) else { return a.is_none().cmp(&b.is_none()) };
    let text = |text: &String| (text.to_lowercase(), text.clone());
    let ip = |text: &String| text.parse::<std::net::IpAddr>().ok();
    let order = match kind {
        Kind::Address => {
            (ip(one).is_none(), ip(one), text(one)).cmp(&(ip(two).is_none(), ip(two), text(two)))
        }
        _ => text(one).cmp(&text(two)),
    };
    if descending { order.reverse() } else { order }
}

fn by_keys(by: (Dimension, Option<Dimension>), a: &Keys, b: &Keys, descending: bool) -> Ordering {
    by_key(by.0.kind(), &a.0, &b.0, descending).then_with(|| match (by.1, &a.1, &b.1) {
        (Some(by), Some(a), Some(b)) => by_key(by.kind(), a, b, descending),
        _ => Ordering::Equal,
    })
}

/// The rows that count, with the number of their report.
pub fn chosen<'a>(oracle: &'a Oracle<'_>, table: Table, filter: &Filter) -> Vec<(usize, Row<'a>)> {
    oracle.rows(table).into_iter().filter(|(_, row)| sieve::passes_of_table(filter, *row)).collect()
}

fn groups(oracle: &Oracle<'_>, question: &GroupBy) -> Groups {
    let rows = chosen(oracle, question.table, &question.filter);
    let mut groups: BTreeMap<Keys, Vec<(usize, Row<'_>)>> = BTreeMap::new();
    for row in &rows {
        for pair in pairs(row.1, question.by) {
            groups.entry(pair).or_default().push(*row);
        }
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    let Sort { by, descending } = question.sort;
    groups.sort_by(|a, b| match by {
        None => by_keys(question.by, &a.0, &b.0, descending),
        Some(by) => {
            let order = by_rank(by, &a.1, &b.1, descending);
            order.then_with(|| by_keys(question.by, &a.0, &b.0, false))
        }
    });
    let values = |rows: &[_]| question.measures.iter().map(|of| measure(*of, rows)).collect();
    let lines = groups.iter().skip(question.window.offset as usize);
    let lines = lines.take(question.window.limit as usize);
    Groups {
        total: groups.len() as u32,
        offset: question.window.offset,
        lines: lines
            .map(|(keys, rows)| GroupLine { keys: keys.clone(), values: values(rows) })
            .collect(),
        totals: values(&rows),
    }
}

fn facet(oracle: &Oracle<'_>, question: &Facets, dimension: Dimension) -> Facet {
    let weight = match question.table {
        Table::Aggregate => Measure::Messages,
        Table::Tls | Table::Failure => Measure::Reports,
    };
    let heaviest = Sort { by: Some(Rank::Amount(weight)), descending: true };
    let all = groups(
        oracle,
        &GroupBy {
            table: question.table,
            filter: question.filter.without(dimension),
            by: (dimension, None),
            measures: vec![weight],
            sort: heaviest,
            window: Window { offset: 0, limit: u32::MAX },
        },
    );
    let all: Vec<_> = all.lines.into_iter().map(|line| (line.keys.0, line.values[0])).collect();
    let containing = &question.containing;
    let contains = |key: &Key| {
        containing.is_empty() || key.as_ref().is_some_and(|key| sieve::contains(key, containing))
    };
    let found: Vec<_> = all.iter().filter(|(key, _)| contains(key)).cloned().collect();
    let mut choices: Vec<_> = found.iter().take(question.limit as usize).cloned().collect();
    for term in question.filter.on(Some(dimension)) {
        let Test::Is(key) = &term.test else { continue };
        if choices.iter().all(|(other, _)| other != key) {
            let count = all.iter().find(|(other, _)| other == key).map_or(0, |(_, count)| *count);
            choices.push((key.clone(), count));
        }
    }
    Facet { dimension, total: found.len() as u32, choices }
}

fn totals(oracle: &Oracle<'_>, table: Table, filter: &Filter) -> Sums {
    let rows = chosen(oracle, table, filter);
    let headers = || rows.iter().map(|(_, row)| row.header);
    Sums {
        values: Measure::ALL.map(|of| measure(of, &rows)).to_vec(),
        end: headers().filter_map(period).map(|(_, end)| UnixSeconds(end)).max(),
    }
}

/// The time that a report counts in: a longer one than there can be is a mistake.
pub fn period(header: &Header<'_>) -> Option<(i64, i64)> {
    let begin = header.begin.or(header.end)?.0;
    let end = header.end.map_or(begin, |end| end.0).max(begin + 1);
    Some((begin, if end - begin > 400 * 86_400 { begin + 1 } else { end }))
}

/// The first day of the bucket that a day is in.
fn first_day(bucket: Bucket, day: i64) -> String {
    let noon = UnixSeconds(day * 86_400 + 43_200);
    match bucket {
        Bucket::Day => date(noon, 0),
        Bucket::Week => date(noon, (day + 3).rem_euclid(7)),
        Bucket::Month => format!("{}-01", &date(noon, 0)[..7]),
    }
}

fn timeline(oracle: &Oracle<'_>, question: &Timeline, bucket: Bucket) -> Histogram {
    let mut sums: BTreeMap<(usize, Key), (Row<'_>, u64)> = BTreeMap::new();
    for (report, row) in chosen(oracle, question.table, &question.filter) {
        let split = question.split.map_or(vec![None], |on| keys(row, on));
        for key in split.into_iter().collect::<BTreeSet<_>>() {
            let sum = &mut sums.entry((report, key)).or_insert((row, 0)).1;
            *sum = sum.saturating_add(measure(question.measure, &[(report, row)]));
        }
    }
    let mut series: Vec<Key> = match question.split {
        None => vec![None],
        Some(_) => {
            sums.keys().map(|(_, key)| key.clone()).collect::<BTreeSet<_>>().into_iter().collect()
        }
    };
    let kind = question.split.map_or(Kind::Word, Dimension::kind);
    series.sort_by(|a, b| by_key(kind, a, b, false));
    let (mut bars, mut undated) = (BTreeMap::<String, Vec<u64>>::new(), 0_u64);
    let (mut outside, mut ends) = ([0_u64; 2], None);
    let begins = || sums.values().filter_map(|(row, _)| row.header.begin.or(row.header.end));
    let within =
        question.within.filter(|(since, until)| begins().any(|at| (*since..*until).contains(&at)));
    for ((_, key), (Row { header, .. }, sum)) in &sums {
        let Some((begin, end)) = period(header) else {
            undated = undated.saturating_add(*sum);
            continue;
        };
        let begin = UnixSeconds(begin);
        if let Some((since, until)) = within
            && !(since..until).contains(&begin)
        {
            let sum_of = &mut outside[usize::from(begin >= until)];
            *sum_of = sum_of.saturating_add(*sum);
            continue;
        }
        ends = Some(
            ends.map_or((begin.0, end), |all: (i64, i64)| (all.0.min(begin.0), all.1.max(end))),
        );
        let mut told = 0;
        for day in begin.day()..=UnixSeconds(end - 1).day() {
            let past = ((day + 1) * 86_400).min(end) - begin.0;
            let by_then = u128::from(*sum) * past as u128 / (end - begin.0) as u128;
            let bar = bars.entry(first_day(bucket, day)).or_insert_with(|| vec![0; series.len()]);
            let value = &mut bar[series.iter().position(|other| other == key).unwrap()];
            *value = value.saturating_add(by_then as u64 - told);
            told = by_then as u64;
        }
    }
    let start = |date: &str| {
        let Filter { since, .. } = Filter::parse(&format!("since:{date}"));
        since.expect("a date")
    };
    let bar = |(date, values): (String, _)| Bar { start: start(&date), values };
    let bars = bars.into_iter().map(bar).collect();
    let ends = ends.map(|(begin, end)| (UnixSeconds(begin), UnixSeconds(end)));
    Histogram { bucket, series, bars, ends, undated, outside }
}

/// As wide as some of the periods of random reports.
fn random_time(random: &mut Random) -> (UnixSeconds, UnixSeconds) {
    let since = random.below(7) as i64 * 80_000 - 86_400;
    (UnixSeconds(since), UnixSeconds(since + 90_000 * (1 + random.below(4)) as i64))
}

/// A store of random files, told in any order, and what it is checked against.
pub fn with_store(random: &mut Random, check: impl Fn(&mut Random, &Store, &Oracle<'_>)) {
    let files = facts::files(random);
    let mut shuffled: Vec<_> = files.iter().collect();
    random.shuffle(&mut shuffled);
    let mut store = Store::new(Limits::default());
    shuffled.into_iter().for_each(|file| store.append(&facts::batch([file])));
    let judged = random.percent(50);
    if judged {
        Judge::new(None).extend(&mut store);
    }
    let mut oracle = Oracle::new(&files);
    oracle.judged = judged;
    check(random, &store, &oracle);
}

pub fn random_filter(random: &mut Random, oracle: &Oracle<'_>) -> Filter {
    let table = *random.pick(&Table::ALL);
    let rows: Vec<_> = oracle.rows(table).into_iter().map(|(_, row)| row).collect();
    sieve::filter(random, &rows)
}

fn random_groups(random: &mut Random, filter: Filter) -> GroupBy {
    let mut measures = Measure::ALL.to_vec();
    random.shuffle(&mut measures);
    measures.truncate(random.below(measures.len() + 1));
    let every: Vec<_> = sieve::every().collect();
    let second = random.unless(50, |random| *random.pick(&every));
    GroupBy {
        table: *random.pick(&Table::ALL),
        filter,
        by: (*random.pick(&every), second),
        measures,
        sort: Sort { by: random.unless(25, random_rank), descending: random.percent(60) },
        window: Window { offset: random.below(4) as u32, limit: random.below(12) as u32 },
    }
}

#[test]
fn groups_are_those_of_the_naive_engine() {
    for_seeds(0..150, |random| {
        with_store(random, |random, store, oracle| {
            let mut orders = Orders::default();
            for _ in 0..6 {
                let filter = random_filter(random, oracle);
                let mut question = random_groups(random, filter);
                // The second time from what was kept of the first.
                for _ in 0..2 {
                    let expected = Answer::Group(groups(oracle, &question));
                    let found = orders.answer(store, &Question::Group(question.clone()));
                    assert_eq!(found, expected, "{question:?} {}", question.filter);
                    question.window = Window { offset: 0, limit: u32::MAX };
                }
            }
        });
    });
}

#[test]
fn totals_facets_and_timelines_are_those_of_the_naive_engine() {
    for_seeds(0..150, |random| {
        with_store(random, |random, store, oracle| {
            for _ in 0..4 {
                let filter = random_filter(random, oracle);
                let table = *random.pick(&Table::ALL);
                assert_eq!(
                    answer(store, &Question::Totals(table, filter.clone())),
                    Answer::Totals(totals(oracle, table, &filter)),
                    "{table:?} {filter}"
                );
                let every: Vec<_> = sieve::every().collect();
                let facets = Facets {
                    table,
                    filter: filter.clone(),
                    of: random.several(3, |random| *random.pick(&every)),
                    containing: (*random.pick(&["", "", "a", "Test", "0"])).to_owned(),
                    limit: random.below(6) as u32,
                };
                let expected = facets.of.iter().map(|of| facet(oracle, &facets, *of)).collect();
                assert_eq!(
                    answer(store, &Question::Facets(facets.clone())),
                    Answer::Facets(expected),
                    "{facets:?}"
                );
                let split = [
                    Dimension::Verdict,
                    Dimension::Disposition,
                    Dimension::PolicyType,
                    Dimension::DeliveryResult,
                    Dimension::AuthFailure,
                    Dimension::Mode,
                ];
                let measures = [
                    Measure::Messages,
                    Measure::Passed,
                    Measure::Successful,
                    Measure::Failed,
                    Measure::Detailed,
                    Measure::Incidents,
                ];
                let bucket = *random.pick(&[Bucket::Day, Bucket::Week, Bucket::Month]);
                let question = Timeline {
                    table,
                    filter,
                    measure: *random.pick(&measures),
                    within: random.unless(50, random_time),
                    bucket: Some(bucket),
                    split: random.unless(40, |random| *random.pick(&split)),
                };
                assert_eq!(
                    answer(store, &Question::Timeline(question.clone())),
                    Answer::Timeline(timeline(oracle, &question, bucket)),
                    "{question:?}"
                );
            }
        });
    });
}

#[test]
fn filtered_records_and_reports_are_those_of_the_naive_engine() {
    for_seeds(0..150, |random| {
        with_store(random, |random, store, oracle| {
            for mut question in super::queries::questions() {
                let filter = random_filter(random, oracle);
                match &mut question {
                    Question::Records { filter: to, .. }
                    | Question::Reports { filter: to, .. }
                    | Question::Failures { filter: to, .. } => *to = filter,
                    _ => continue,
                }
                let expected = oracle.answer(&question).expect("an answer");
                assert!(super::queries::answered(store, &question) == expected, "{question:?}");
            }
        });
    });
}

#[test]
fn a_task_done_in_pieces_comes_to_the_same() {
    for_seeds(0..40, |random| {
        with_store(random, |random, store, oracle| {
            let mut orders = Orders::default();
            let filter = random_filter(random, oracle);
            let questions = [
                Question::Group(random_groups(random, filter.clone())),
                Question::Totals(Table::Tls, filter.clone()),
                Question::Timeline(Timeline {
                    table: Table::Aggregate,
                    filter,
                    measure: Measure::Messages,
                    within: None,
                    bucket: None,
                    split: None,
                }),
            ];
            for question in questions {
                // One that is left half-way harms none after it.
                let mut left = Task::new(question.clone());
                for _ in 0..random.below(6) {
                    if orders.step(store, &mut left, 1).is_some() {
                        left = Task::new(question.clone());
                    }
                }
                orders.leave(left);
                let mut task = Task::new(question.clone());
                let found = loop {
                    if let Some(answer) = orders.step(store, &mut task, 1) {
                        break answer;
                    }
                };
                assert_eq!(found, answer(store, &question));
            }
        });
    });
}
