//! Groups of records: added up, put in order, shown a page at a time.

use std::rc::Rc;

use vitrail_kernels::hash::Set;
use vitrail_kernels::order::bring_forward;
use vitrail_kernels::rows::marked;

use super::axes::Axes;
use super::index::Data;
use super::order::{share, sort};
use super::pass::Pass;
use super::selection::{Selection, passing};
use super::values::Values;
use super::{
    Dimension, Facet, Facets, Filter, GroupBy, GroupLine, Groups, Measure, Rank, Sort, Table, Test,
    Window,
};

/// One group in so many is few: those are put in order without the others.
const FEW: usize = 8;

/// What decides which groups there are and their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    pub table: Table,
    pub filter: Filter,
    pub by: (Dimension, Option<Dimension>),
    pub sort: Sort<Option<Rank>>,
}

impl Layout {
    pub fn of(question: &GroupBy) -> Self {
        let GroupBy { table, filter, by, sort, .. } = question;
        Self { table: *table, filter: filter.clone(), by: *by, sort: *sort }
    }

    /// Most messages first; of TLS reports, most reports.
    pub fn of_facet(facets: &Facets, dimension: Dimension) -> Self {
        let table = facets.table;
        let sort = Sort { by: Some(Rank::Amount(table.measure())), descending: true };
        Self { table, filter: facets.filter.without(dimension), by: (dimension, None), sort }
    }

    /// What the first pass adds up of all groups.
    fn measures(&self) -> Vec<Measure> {
        match self.sort.by {
            None => vec![self.table.measure()],
            Some(Rank::Amount(measure)) => vec![measure],
            Some(Rank::Share(part, whole)) => vec![part, whole],
        }
    }

    /// The measure that stays known of all groups; of shares, neither of both does.
    fn known(&self) -> Option<Measure> {
        match self.measures()[..] {
            [measure] => Some(measure),
            _ => None,
        }
    }
}

/// All groups of a layout. Their lines are worked out when they are asked for.
pub struct Pivot {
    pub layout: Layout,
    selection: Rc<Selection>,
    values: Vec<Values>,
    /// With the pass, while one is under way.
    axes: Axes,
    /// By group: the measure that is known, or what puts the shares in order.
    sums: Vec<u64>,
    /// The groups in order, but for those of the same rank, as far as they were asked for.
    order: Vec<u32>,
    /// How many of the first are in order.
    sorted: usize,
    /// Where runs of the same rank begin that are in order too.
    settled: Set<usize>,
    /// Measures of all rows.
    totals: Vec<(Measure, u64)>,
}

impl Pivot {
    /// A pivot without groups, and the pass that finds them.
    /// `selection` is that of the layout's filter.
    pub fn start(layout: Layout, selection: Rc<Selection>, data: Data<'_>) -> (Self, Pass) {
        let by = [Some(layout.by.0), layout.by.1].into_iter().flatten();
        let values: Vec<_> = by.map(|dimension| Values::of(data, dimension)).collect();
        let axes = Axes::of(&values, data);
        let pass = Pass::new(selection.clone(), axes, None, &layout.measures(), data);
        let pivot = Self {
            layout,
            selection,
            values,
            axes: Axes::none(),
            sums: Vec::new(),
            order: Vec::new(),
            sorted: 0,
            settled: Set::default(),
            totals: Vec::new(),
        };
        (pivot, pass)
    }

    /// Takes what the first pass found; of facets, only values that contain
    /// some text.
    pub fn arrange(&mut self, pass: Pass, containing: &str, data: Data<'_>) {
        self.sums = match self.layout.sort {
            Sort { by: Some(Rank::Share(part, whole)), descending } => {
                let both = pass.sums(part).iter().zip(pass.sums(whole));
                both.map(|(part, whole)| place(*part, *whole, descending)).collect()
            }
            _ => self.layout.measures().first().map_or(&[][..], |of| pass.sums(*of)).to_vec(),
        };
        self.order = marked(&pass.seen);
        self.axes = pass.axes;
        if self.axes.is_single()
            && let Some(measure) = self.layout.known().filter(|measure| measure.is_sum())
        {
            let total = self.sums.iter().fold(0, |all: u64, sum| all.saturating_add(*sum));
            self.totals.push((measure, total));
        }
        if !containing.is_empty()
            && let Some(values) = self.values.first()
        {
            let contains = passing(values, data, &Test::Has(containing.to_owned()));
            let axes = &self.axes;
            self.order.retain(|group| contains[axes.codes(*group).0 as usize]);
        }
        if self.layout.sort.by.is_none() {
            let groups = std::mem::take(&mut self.order);
            self.order = self.by_key(groups, self.layout.sort.descending, data);
            self.sorted = self.order.len();
        }
    }

    /// Puts the first so many groups in order: a few of many are picked out before.
    fn sort(&mut self, first: usize) {
        if first <= self.sorted {
            return;
        }
        let Self { order, sums, layout, .. } = self;
        let descending = layout.sort.descending;
        let mut rest = Vec::new();
        if first < order.len() / FEW {
            let front = bring_forward(order, sums, descending, first);
            rest = order.split_off(front);
        }
        let sum = |group: u32| sums.get(group as usize).copied();
        *order = sort(std::mem::take(order), descending, &sum);
        self.sorted = order.len();
        order.append(&mut rest);
    }

    /// The pass that adds up the totals that are not known yet, if any.
    pub fn totals(&self, measures: &[Measure], data: Data<'_>) -> Option<Pass> {
        let missing: Vec<_> =
            measures.iter().copied().filter(|measure| self.total(*measure).is_none()).collect();
        let pass = || Pass::new(self.selection.clone(), Axes::none(), None, &missing, data);
        (!missing.is_empty()).then(pass)
    }

    /// Takes what that pass found.
    pub fn take_totals(&mut self, measures: &[Measure], pass: &Pass) {
        for measure in measures {
            if self.total(*measure).is_none() {
                let total = pass.sums(*measure).first().copied().unwrap_or_default();
                self.totals.push((*measure, total));
            }
        }
    }

    fn total(&self, measure: Measure) -> Option<u64> {
        self.totals.iter().find(|(other, _)| *other == measure).map(|(_, total)| *total)
    }

    /// The groups of a window, in their final order.
    fn window(&mut self, window: Window, data: Data<'_>) -> Vec<u32> {
        let len = self.order.len();
        let start = (window.offset as usize).min(len);
        let end = start.saturating_add(window.limit as usize).min(len);
        self.sort(end);
        if self.layout.sort.by.is_some() && start < end {
            let sum = |order: &[u32], at: usize| {
                order.get(at).and_then(|group| self.sums.get(*group as usize)).copied()
            };
            let mut at = start;
            while at > 0 && sum(&self.order, at - 1) == sum(&self.order, start) {
                at -= 1;
            }
            while at < end {
                let here = sum(&self.order, at);
                let more = self.order.iter().skip(at);
                let run = more.take_while(|group| self.sums.get(**group as usize).copied() == here);
                let until = at + run.count();
                if until - at > 1 && self.settled.insert(at) {
                    let tied = self.order.get(at..until).unwrap_or_default().to_vec();
                    let settled = self.by_key(tied, false, data);
                    self.order.splice(at..until, settled);
                }
                at = until.max(at + 1);
            }
        }
        self.order.get(start..end).unwrap_or_default().to_vec()
    }

    /// Groups in the order of their values; what is not stated last.
    fn by_key(&self, groups: Vec<u32>, descending: bool, data: Data<'_>) -> Vec<u32> {
        let codes = |group: u32| self.axes.codes(group);
        let ranks: Vec<_> = (0..)
            .zip(&self.values)
            .map(|(axis, values)| {
                let code = |group: &u32| if axis == 0 { codes(*group).0 } else { codes(*group).1 };
                values.ranks(data, &mut groups.iter().map(code))
            })
            .collect();
        let lens = [0, 1].map(|axis| {
            let ranks = ranks.get(axis).map_or(&[][..], Vec::as_slice);
            ranks.iter().flatten().count() as u64
        });
        let place = |axis: usize, code: u32| {
            let rank =
                ranks.get(axis).and_then(|ranks| ranks.get(code as usize)).copied().flatten();
            match rank {
                Some(rank) if descending => lens[axis] - 1 - u64::from(rank),
                Some(rank) => rank.into(),
                None => lens[axis],
            }
        };
        let key = |group: u32| {
            let (one, two) = codes(group);
            place(0, one) * (lens[1] + 1) + place(1, two)
        };
        sort(groups, false, &|group| Some(key(group)))
    }

    /// The pass that adds up what the lines of a window say, and its groups.
    pub fn page(&mut self, question: &GroupBy, data: Data<'_>) -> (Vec<u32>, Option<Pass>) {
        let groups = self.window(question.window, data);
        let known = self.layout.known();
        let missing: Vec<_> =
            question.measures.iter().copied().filter(|measure| Some(*measure) != known).collect();
        if missing.is_empty() || groups.is_empty() {
            return (groups, None);
        }
        let axes = std::mem::replace(&mut self.axes, Axes::none());
        let pass = Pass::new(self.selection.clone(), axes, Some(&groups), &missing, data);
        (groups, Some(pass))
    }

    /// Takes back what a pass was lent.
    pub fn take_back(&mut self, pass: &mut Pass) {
        self.axes = std::mem::replace(&mut pass.axes, Axes::none());
    }

    /// The answer, once all is added up.
    pub fn answer(
        &self,
        question: &GroupBy,
        groups: &[u32],
        pass: Option<&Pass>,
        data: Data<'_>,
    ) -> Groups {
        let known = self.layout.known();
        let value = |place: usize, group: u32, measure: Measure| {
            let found = match pass.filter(|_| Some(measure) != known) {
                Some(pass) => pass.sums(measure).get(place),
                None => self.sums.get(group as usize),
            };
            found.copied().unwrap_or_default()
        };
        let line = |(place, group): (usize, &u32)| GroupLine {
            keys: self.keys(*group, data),
            values: question.measures.iter().map(|of| value(place, *group, *of)).collect(),
        };
        Groups {
            total: self.order.len() as u32,
            offset: question.window.offset,
            lines: groups.iter().enumerate().map(line).collect(),
            totals: question
                .measures
                .iter()
                .map(|of| self.total(*of).unwrap_or_default())
                .collect(),
        }
    }

    fn keys(&self, group: u32, data: Data<'_>) -> (super::Key, Option<super::Key>) {
        let (one, two) = self.axes.codes(group);
        let key = |axis: usize, code| self.values.get(axis).map(|values| values.key(data, code));
        (key(0, one).flatten(), key(1, two))
    }

    /// The most frequent values, and those that the filter names.
    pub fn facet(mut self, filter: &Filter, limit: u32, data: Data<'_>) -> Facet {
        let groups = self.window(Window { offset: 0, limit }, data);
        let sum = |group: u32| self.sums.get(group as usize).copied().unwrap_or_default();
        let choice = |group: &u32| (self.keys(*group, data).0, sum(*group));
        let mut choices: Vec<_> = groups.iter().map(choice).collect();
        let dimension = self.layout.by.0;
        for term in filter.on(Some(dimension)) {
            let Test::Is(key) = &term.test else { continue };
            if choices.iter().all(|(other, _)| other != key) {
                let group =
                    (0..self.sums.len() as u32).find(|group| self.keys(*group, data).0 == *key);
                choices.push((key.clone(), group.map_or(0, sum)));
            }
        }
        Facet { dimension, total: self.order.len() as u32, choices }
    }
}

/// A number for a part of a whole, in the order of such parts; a part of nothing comes last.
fn place(part: u64, whole: u64, descending: bool) -> u64 {
    let none = if descending { 0 } else { u64::MAX };
    share(part, whole).map_or(none, |key| key + 1)
}
