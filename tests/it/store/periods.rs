//! The periods of reports against those of a naive engine.

use std::collections::BTreeMap;

use vitrail::query::{Answer, Dimension, Filter, Key, Measure, Question, Table, answer};

use super::measures::measure;
use super::oracle::Oracle;
use super::pivots::{chosen, period, random_filter, with_store};
use super::sieve::{Row, keys};
use crate::random::for_seeds;

/// Beginning, end and messages, by reporter and domain.
type Told = BTreeMap<(Key, Key), Vec<(i64, i64, u64)>>;

/// The periods of the reports that have rows of a filter or are let through without any, by
/// reporter and domain.
fn periods(oracle: &Oracle<'_>, filter: &Filter) -> Told {
    let mut reports: BTreeMap<usize, (Row<'_>, u64)> = BTreeMap::new();
    for (report, row) in chosen(oracle, Table::Aggregate, filter) {
        let sum = &mut reports.entry(report).or_insert((row, 0)).1;
        *sum = sum.saturating_add(measure(Measure::Messages, &[(report, row)]));
    }
    let mut all: BTreeMap<_, Vec<_>> = BTreeMap::new();
    let empty = oracle.empty(filter).into_iter().map(|row| (row, 0));
    for (row, sum) in reports.into_values().chain(empty) {
        let Some((begin, end)) = period(row.header) else { continue };
        let key = |on| keys(row, on).swap_remove(0);
        let of = (key(Dimension::Reporter), key(Dimension::Domain));
        all.entry(of).or_default().push((begin, end, sum));
    }
    all.values_mut().for_each(|periods| periods.sort_unstable());
    all
}

#[test]
fn periods_are_those_of_the_naive_engine() {
    for_seeds(0..150, |random| {
        with_store(random, |random, store, oracle| {
            let filter = random_filter(random, oracle);
            let Answer::Periods(found) = answer(store, &Question::Periods(filter.clone())) else {
                panic!("another answer");
            };
            let mut all: BTreeMap<_, Vec<_>> = BTreeMap::new();
            for of in found {
                assert!(of.periods.is_sorted_by_key(|it| (it.begin, it.end, it.messages)));
                let periods = of.periods.iter().map(|it| (it.begin.0, it.end.0, it.messages));
                all.entry((of.reporter, of.domain)).or_default().extend(periods);
            }
            // Names in other letters are told apart.
            all.values_mut().for_each(|periods| periods.sort_unstable());
            assert_eq!(all, periods(oracle, &filter), "{filter:?}");
        });
    });
}
