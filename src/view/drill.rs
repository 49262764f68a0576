//! Walking down a pivot table: each step asks for one value and groups what is
//! left by something else.

use super::{Route, Screen};
use crate::query::{Dimension, Filter, Key, Table, Term, Test};

/// What to group by next, unless it was asked for already; and by first.
const fn next(table: Table) -> &'static [Dimension] {
    match table {
        Table::Aggregate => &[
            Dimension::Domain,
            Dimension::SourceIp,
            Dimension::SpfDomain,
            Dimension::DkimDomain,
            Dimension::Verdict,
            Dimension::Reporter,
            Dimension::Day,
        ],
        Table::Tls => &[
            Dimension::Domain,
            Dimension::ResultType,
            Dimension::Mx,
            Dimension::SourceIp,
            Dimension::Reporter,
            Dimension::ReasonCode,
            Dimension::Day,
        ],
        Table::Failure => &[
            Dimension::Domain,
            Dimension::AuthFailure,
            Dimension::SourceIp,
            Dimension::EnvelopeFrom,
            Dimension::DkimDomain,
            Dimension::DeliveryResult,
            Dimension::Reporter,
            Dimension::Day,
        ],
    }
}

/// The screen of the lines themselves, once there is nothing left to group by.
const fn end(table: Table) -> Screen {
    match table {
        Table::Aggregate => Screen::Records,
        Table::Tls => Screen::Reports,
        Table::Failure => Screen::Failures,
    }
}

/// What a route groups by; where it does not say, by the first that its filter leaves open.
pub fn grouped_by(route: &Route) -> Dimension {
    let table = route.table();
    let named = route.dimensions().last().copied().filter(|on| !on.is_foreign(table));
    named.or_else(|| open(table, &route.filter(), &[])).unwrap_or(Dimension::Day)
}

/// The first dimension that the filter does not ask one value of, besides those `done`.
fn open(table: Table, filter: &Filter, done: &[Dimension]) -> Option<Dimension> {
    let is_asked = |on: Dimension| {
        let mut terms = filter.on(Some(on));
        terms.any(|term| !term.not && matches!(term.test, Test::Is(_)))
    };
    next(table).iter().copied().find(|on| !done.contains(on) && !is_asked(*on))
}

/// The steps before, with the value asked for in each; a step whose condition
/// was taken out of the filter is none.
pub fn steps(route: &Route) -> Vec<Term> {
    let (by, filter) = (route.dimensions(), route.filter());
    let passed = by.split_last().map_or(&[][..], |(_, passed)| passed);
    passed.iter().filter_map(|on| filter.on(Some(*on)).find(|term| !term.not).cloned()).collect()
}

/// One step down: into the records of a value.
pub fn into(route: &Route, key: Key) -> Route {
    let here = grouped_by(route);
    let filter = route.filter().only(here, &key);
    let mut by: Vec<_> = steps(route).into_iter().filter_map(|term| term.on).collect();
    by.push(here);
    let table = route.table();
    match open(table, &filter, &by) {
        Some(next) => {
            by.push(next);
            Route::explore(table).filtered(&filter).by(&by)
        }
        None => Route::to(end(table)).filtered(&filter),
    }
}

/// Back up to the table in which this many steps were taken.
pub fn back_to(route: &Route, count: usize) -> Route {
    let mut filter = route.filter();
    let mut by = Vec::new();
    for (at, term) in steps(route).into_iter().enumerate() {
        if at <= count {
            by.extend(term.on);
        }
        if at >= count {
            filter.remove(&term);
        }
    }
    Route::explore(route.table()).filtered(&filter).by(&by)
}

/// The same rows on the same screen, grouped by something else.
pub fn regrouped(route: &Route, dimension: Dimension) -> Route {
    let passed = steps(route).into_iter().filter_map(|term| term.on);
    let by: Vec<_> = passed.filter(|on| *on != dimension).chain([dimension]).collect();
    Route { sort: None, lines: None, ..route.clone() }.by(&by)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn down_and_up_again() {
        let start = Route::parse("#/explore?filter=org:x&sort=messages");
        let domain = into(&start, Some("example.com".to_owned()));
        assert_eq!(domain.dimensions(), [Dimension::Domain, Dimension::SourceIp]);
        let source = into(&domain, Some("192.0.2.1".to_owned()));
        assert_eq!(
            source.dimensions(),
            [Dimension::Domain, Dimension::SourceIp, Dimension::SpfDomain]
        );
        assert_eq!(source.filter().terms().len(), 3);
        assert_eq!(steps(&source).len(), 2);
        let up = back_to(&source, 1);
        assert_eq!((&up.filter, &up.by), (&domain.filter, &domain.by));
        let top = back_to(&source, 0);
        assert_eq!((&top.filter, &top.by), (&start.filter, &"domain".to_owned()));
    }

    #[test]
    fn a_step_whose_condition_is_gone_is_none() {
        let mut route = into(&Route::parse("#/explore?by=org"), Some("x".to_owned()));
        assert_eq!(steps(&route).len(), 1);
        route.filter.clear();
        assert!(steps(&route).is_empty());
        assert_eq!(regrouped(&route, Dimension::Day).by, "day");
    }

    #[test]
    fn what_is_not_stated_can_be_stepped_into() {
        let route = into(&Route::parse("#/explore?by=spf-domain"), None);
        assert_eq!(route.filter, "spf-domain:=");
    }

    #[test]
    fn the_end_is_the_records() {
        let mut route = Route::to(Screen::Explore);
        let all = next(Table::Aggregate);
        for _ in all {
            route = into(&route, Some("pass".to_owned()));
        }
        assert_eq!(route.screen, Screen::Records);
        assert_eq!(route.filter().terms().len(), all.len());
    }

    #[test]
    fn each_table_has_a_way_of_its_own() {
        let start = Route::parse("#/tls?filter=domain:=example.com&by=type");
        let down = into(&start, Some("certificate-expired".to_owned()));
        assert_eq!(down.to_string().split('&').nth(1), Some("of=tls"), "{down}");
        assert_eq!(down.dimensions(), [Dimension::ResultType, Dimension::Mx], "one domain");
        assert_eq!(
            back_to(&down, 0).to_string(),
            start.to_string().replace("/tls?", "/explore?").replace("&by", "&of=tls&by")
        );
        assert_eq!(grouped_by(&Route::parse("#/explore?of=tls&by=result")), Dimension::Domain);
        assert_eq!(regrouped(&start, Dimension::Day).screen, Screen::Tls);
    }
}
