//! Questions that add rows up, answered pass by pass: a task can be left and
//! gone on with between any two pieces of a pass.

use std::rc::Rc;

use super::axes::Axes;
use super::histogram;
use super::index::Data;
use super::pass::{Pass, seconds};
use super::periods;
use super::pivot::{Layout, Pivot};
use super::selection::Selection;
use super::{Answer, Facet, Facets, Filter, GroupBy, Measure, Question, Sums};
use crate::base::UnixSeconds;
use crate::store::ReportId;

/// A question on the way to its answer.
pub struct Task {
    pub(super) question: Question,
    /// Of the store that the walk is through.
    pub(super) generation: u64,
    pub(super) walk: Option<Box<Walk>>,
}

/// A pass, and what is done with what it finds.
pub struct Walk {
    pub pass: Pass,
    then: Then,
}

enum Then {
    Arrange(Pivot),
    Total(Pivot),
    /// Answer with these groups.
    Page(Pivot, Vec<u32>),
    /// The next facet after those done.
    Facet(Pivot, Faceted),
    Timeline(histogram::Run),
    Periods,
    Sums,
}

/// Facets under way.
#[derive(Default)]
struct Faceted {
    done: Vec<Facet>,
    /// The whole filter, which counts for all dimensions that it asks nothing of.
    whole: Option<Rc<Selection>>,
}

/// What comes after a piece of work.
pub enum Next {
    Walk(Box<Walk>),
    Answer(Answer),
}

impl Task {
    pub fn new(question: Question) -> Self {
        Self { question, generation: 0, walk: None }
    }

    /// The pivot that a task has put in order, if it is that far.
    pub(super) fn into_pivot(self) -> Option<Pivot> {
        let Walk { mut pass, then } = *self.walk?;
        match then {
            Then::Total(pivot) => Some(pivot),
            Then::Page(mut pivot, _) => {
                pivot.take_back(&mut pass);
                Some(pivot)
            }
            _ => None,
        }
    }
}

fn walk(pass: Pass, then: Then) -> Next {
    Next::Walk(Box::new(Walk { pass, then }))
}

/// The first pass for a question that adds rows up; `None` for any other. The
/// pivot that was kept is taken where it is the one asked for.
pub fn begin(question: &Question, data: Data<'_>, kept: &mut Option<Pivot>) -> Option<Next> {
    Some(match question {
        Question::Group(group) => {
            let layout = Layout::of(group);
            match kept.take_if(|pivot| pivot.layout == layout) {
                Some(pivot) => total(group, pivot, data, kept),
                None => {
                    // The old one goes first: two need not be there at once.
                    *kept = None;
                    let selection = Rc::new(Selection::of(&layout.filter, data));
                    let (pivot, pass) = Pivot::start(layout, selection, data);
                    walk(pass, Then::Arrange(pivot))
                }
            }
        }
        Question::Facets(facets) => facet(facets, Faceted::default(), data),
        Question::Timeline(timeline) => {
            let (run, pass) = histogram::Run::start(timeline, data);
            walk(pass, Then::Timeline(run))
        }
        Question::Periods(filter) => walk(periods::pass(filter, data), Then::Periods),
        Question::Totals(_, filter) => walk(all(filter, data), Then::Sums),
        Question::Records { .. }
        | Question::Reports { .. }
        | Question::PlaceOfReport { .. }
        | Question::Failures { .. }
        | Question::Files { .. }
        | Question::Parts { .. }
        | Question::FindingKinds
        | Question::Losses => return None,
    })
}

/// What comes after a pass that has walked through all rows. `None` if it was
/// for another question, which is never so.
pub fn go_on(
    question: &Question,
    walked: Walk,
    data: Data<'_>,
    kept: &mut Option<Pivot>,
) -> Option<Next> {
    let Walk { mut pass, then } = walked;
    Some(match (then, question) {
        (Then::Arrange(mut pivot), Question::Group(group)) => {
            pivot.arrange(pass, "", data);
            total(group, pivot, data, kept)
        }
        (Then::Total(mut pivot), Question::Group(group)) => {
            pivot.take_totals(&group.measures, &pass);
            page(group, pivot, data, kept)
        }
        (Then::Page(mut pivot, groups), Question::Group(group)) => {
            pivot.take_back(&mut pass);
            let answer = pivot.answer(group, &groups, Some(&pass), data);
            *kept = Some(pivot);
            Next::Answer(Answer::Group(answer))
        }
        (Then::Facet(mut pivot, mut so_far), Question::Facets(facets)) => {
            pivot.arrange(pass, &facets.containing, data);
            so_far.done.push(pivot.facet(&facets.filter, facets.limit, data));
            facet(facets, so_far, data)
        }
        (Then::Timeline(run), Question::Timeline(timeline)) => {
            Next::Answer(Answer::Timeline(run.answer(timeline, &pass, data)))
        }
        (Then::Periods, Question::Periods(_)) => {
            Next::Answer(Answer::Periods(periods::answer(&pass, data)))
        }
        (Then::Sums, Question::Totals(..)) => Next::Answer(Answer::Totals(sums(&pass, data))),
        (_, _) => return None,
    })
}

fn total(group: &GroupBy, pivot: Pivot, data: Data<'_>, kept: &mut Option<Pivot>) -> Next {
    match pivot.totals(&group.measures, data) {
        Some(pass) => walk(pass, Then::Total(pivot)),
        None => page(group, pivot, data, kept),
    }
}

fn page(group: &GroupBy, mut pivot: Pivot, data: Data<'_>, kept: &mut Option<Pivot>) -> Next {
    match pivot.page(group, data) {
        (groups, Some(pass)) => walk(pass, Then::Page(pivot, groups)),
        (groups, None) => {
            let answer = pivot.answer(group, &groups, None, data);
            *kept = Some(pivot);
            Next::Answer(Answer::Group(answer))
        }
    }
}

fn facet(facets: &Facets, mut so_far: Faceted, data: Data<'_>) -> Next {
    let Some(dimension) = facets.of.get(so_far.done.len()) else {
        return Next::Answer(Answer::Facets(so_far.done));
    };
    let layout = Layout::of_facet(facets, *dimension);
    let select = || Rc::new(Selection::of(&layout.filter, data));
    let selection = match layout.filter == facets.filter {
        true => so_far.whole.get_or_insert_with(select).clone(),
        false => select(),
    };
    let (pivot, pass) = Pivot::start(layout, selection, data);
    walk(pass, Then::Facet(pivot, so_far))
}

/// The pass over everything that a filter lets through.
fn all(filter: &Filter, data: Data<'_>) -> Pass {
    let selection = Rc::new(Selection::of(filter, data));
    // The moments are read of the reports that were met.
    let measures = Measure::ALL.into_iter();
    let measures: Vec<_> =
        measures.filter(|of| !matches!(of, Measure::First | Measure::Last)).collect();
    Pass::new(selection, Axes::none(), None, &measures, data)
}

fn sums(pass: &Pass, data: Data<'_>) -> Sums {
    let reports =
        (0..data.tables().reports.len() as u32).filter(|id| pass.has_met(Measure::Reports, *id));
    let headers = || reports.clone().filter_map(|id| data.tables().header_of(ReportId(id)));
    let end = headers().filter_map(periods::dated).map(|(_, end)| end).max();
    let sum = |measure: Measure| match measure {
        Measure::First => {
            let moments = headers().map(|header| seconds(header.begin));
            moments.filter(|at| *at > 0).min().unwrap_or_default()
        }
        Measure::Last => seconds(headers().filter_map(|header| header.end).max()),
        _ => pass.sums(measure).first().copied().unwrap_or_default(),
    };
    Sums { values: Measure::ALL.map(sum).to_vec(), end: end.map(UnixSeconds) }
}
