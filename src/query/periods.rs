//! When reports were written for: the period of each report with the messages of it that count.
//! A report without a record is one too: its reporter saw no message in that time.

use std::rc::Rc;

use super::axes::{Axes, Axis};
use super::column::Column;
use super::index::Data;
use super::measure::Measure;
use super::pass::Pass;
use super::selection::Selection;
use super::{Dimension, Filter, Period, Periods, order};
use crate::base::calendar::DAY;
use crate::base::{ReportKind, UnixSeconds};
use crate::store::{HeaderRow, ReportId, TermId};

/// The pass that adds the messages of each report up.
pub fn pass(filter: &Filter, data: Data<'_>) -> Pass {
    let selection = Rc::new(Selection::of(filter, data));
    let reports = Axes::new(vec![Axis::ids(Column::Report, data)]);
    Pass::new(selection, reports, None, &[Measure::Messages], data)
}

/// The answer, once all is added up.
pub fn answer(pass: &Pass, data: Data<'_>) -> Vec<Periods> {
    let header = |id: u32| data.tables().header_of(ReportId(id));
    let messages = |id: u32| pass.sums(Measure::Messages).get(id as usize).copied();
    let terms = &data.tables().dictionaries.terms;
    let is_seen = |id: u32| pass.seen.get(id as usize) == Some(&true);
    let is_aggregate =
        |id: u32| header(id).is_some_and(|header| header.kind == ReportKind::Aggregate);
    let is_found =
        |id: &ReportId| is_seen(id.0) || is_aggregate(id.0) && pass.is_passed_empty(*id, data);
    let found = data.index.reports().iter().filter(|id| is_found(id)).map(|id| id.0);
    let mut ids: Vec<u32> = found.filter(|id| header(*id).and_then(dated).is_some()).collect();
    let key = |id: u32| {
        let of = header(id);
        let reporter = of.and_then(|of| terms.get(of.reporter));
        let domain = of.and_then(|of| terms.get(of.domain));
        (reporter, domain, of.and_then(dated))
    };
    order::sort_by(&mut ids, &|a, b| (key(a), messages(a)).cmp(&(key(b), messages(b))));
    let mut answer: Vec<Periods> = Vec::new();
    let mut last = None;
    for id in ids {
        let Some((header, (begin, end))) = header(id).and_then(|it| Some((it, dated(it)?))) else {
            continue;
        };
        let of = (header.reporter, header.domain);
        if last.replace(of) != Some(of) {
            let key = |on: Dimension, term: TermId| on.key(data, term.0);
            answer.push(Periods {
                reporter: key(Dimension::Reporter, of.0),
                domain: key(Dimension::Domain, of.1),
                periods: Vec::new(),
            });
        }
        let messages = messages(id).unwrap_or_default();
        let [begin, end] = [begin, end].map(UnixSeconds);
        answer
            .last_mut()
            .into_iter()
            .for_each(|it| it.periods.push(Period { begin, end, messages }));
    }
    answer
}

/// Days that one report counts on at most. One with a longer period, which is a mistake, is all of
/// when it begins.
const LONGEST: i64 = 400;

/// Beginning and end of the time that a report counts in, the end not part of it: the period that
/// it states. `None` where no calendar reaches.
pub fn dated(header: &HeaderRow) -> Option<(i64, i64)> {
    let on_calendar = |at: UnixSeconds| at.civil().map(|_| at.0);
    let begin = on_calendar(header.begin.or(header.end)?)?;
    let is_sound = |end: &i64| (begin + 1..=begin + LONGEST * DAY).contains(end);
    let end = header.end.and_then(on_calendar).filter(is_sound);
    Some((begin, end.unwrap_or(begin + 1)))
}
