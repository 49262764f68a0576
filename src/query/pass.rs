//! One walk over all rows: those that a filter lets through, added up by group.
//! It goes in pieces, so that whoever waits can change their mind.

use std::rc::Rc;

use vitrail_kernels::hash::Set;
use vitrail_kernels::rows::{self, Rows, mark};

use super::axes::{Axes, Axis};
use super::column::Column;
use super::dimension::Dimension;
use super::index::Data;
use super::measure::Measure;
use super::selection::Selection;
use super::values::Values;
use crate::base::UnixSeconds;
use crate::store::{ListId, ReportId, ReportRow};

/// Rows looked at together: what is known of them stays in the processor's cache.
const CHUNK: u32 = 1 << 10;

/// Bits up to which distinct pairs are counted in a matrix.
const MATRIX: usize = 1 << 26;

/// The place of a group that is not wanted.
const NOWHERE: u32 = u32::MAX;

/// See the module's text.
pub struct Pass {
    selection: Rc<Selection>,
    pub axes: Axes,
    /// By group, its place among those wanted; its own number where all are.
    places: Option<Vec<u32>>,
    counters: Vec<Counter>,
    /// By place: whether there is a row.
    pub seen: Vec<bool>,
    /// All rows count, once each, and all groups are wanted: rows need not be listed, nor groups
    /// marked one by one.
    is_whole: bool,
    next: u32,
    rows: Vec<u32>,
    groups: Vec<u32>,
}

/// One measure under way.
struct Counter {
    measure: Measure,
    /// By place.
    sums: Vec<u64>,
    way: Way,
}

enum Way {
    /// The table has no such thing.
    Nothing,
    /// One for each row.
    Rows,
    /// What the rows count.
    Counts,
    /// The same, or else one, of those rows whose id in a column has all bits set.
    Masked(Column, Vec<u64>),
    /// The earliest of the moments that the rows' reports have, 0 for none; or the
    /// latest.
    Moments(Vec<u64>, bool),
    /// Codes that were not met in that place.
    Distinct(Axis, Met),
}

/// Pairs of a place and a code.
enum Met {
    Matrix(Vec<u64>),
    Set(Set<u64>),
}

impl Pass {
    /// Adds up these measures of the groups `wanted`, each at its place there; of
    /// all groups, each at its number, where it is `None`.
    pub fn new(
        selection: Rc<Selection>,
        axes: Axes,
        wanted: Option<&[u32]>,
        measures: &[Measure],
        data: Data<'_>,
    ) -> Self {
        let places = wanted.map(|wanted| {
            let mut places = vec![NOWHERE; axes.len()];
            for (place, group) in (0..).zip(wanted) {
                if let Some(slot) = places.get_mut(*group as usize) {
                    *slot = place;
                }
            }
            places
        });
        let len = wanted.map_or(axes.len(), <[u32]>::len);
        let is_final = wanted.is_some() || axes.is_final();
        let counter = |measure: &Measure| {
            let room = is_final.then_some(len);
            let way = Way::of(*measure, room, data);
            Counter { measure: *measure, sums: vec![0; len], way }
        };
        let counters = measures.iter().map(counter).collect();
        let is_whole = wanted.is_none() && selection.is_all() && axes.is_column();
        let seen = if is_whole { axes.seen(data) } else { vec![false; len] };
        Self {
            selection,
            axes,
            places,
            counters,
            seen,
            is_whole,
            next: 0,
            rows: Vec::new(),
            groups: Vec::new(),
        }
    }

    /// Goes on for at least so many rows; whether that was the last of them.
    pub fn step(&mut self, data: Data<'_>, rows: u32) -> bool {
        let all = data.rows();
        let end = self.next.saturating_add(rows).min(all);
        while self.next < end {
            let range = self.next..self.next.saturating_add(CHUNK).min(all);
            self.next = range.end;
            if self.is_whole {
                self.axes.all(data, range.clone(), &mut self.groups);
                let rows = Rows::Run(range.start, range.end);
                self.counters.iter_mut().for_each(|counter| counter.add(data, rows, &self.groups));
            } else {
                self.selection.rows(data, range, &mut self.rows);
                self.add(data);
            }
        }
        self.next >= all
    }

    /// The sums of a measure, by place.
    pub fn sums(&self, measure: Measure) -> &[u64] {
        let counter = self.counters.iter().find(|counter| counter.measure == measure);
        counter.map_or(&[], |counter| &counter.sums)
    }

    /// Whether a distinct count came upon this id in the first place.
    pub fn has_met(&self, measure: Measure, id: u32) -> bool {
        let counter = self.counters.iter().find(|counter| counter.measure == measure);
        match counter.map(|counter| &counter.way) {
            Some(Way::Distinct(_, Met::Set(set))) => set.contains(&u64::from(id)),
            Some(Way::Distinct(_, Met::Matrix(bits))) => {
                let word = bits.get(id as usize / 64).copied().unwrap_or_default();
                word & 1 << (id % 64) != 0
            }
            _ => false,
        }
    }

    /// Whether a report has no row in the table, and passes.
    pub fn is_passed_empty(&self, report: ReportId, data: Data<'_>) -> bool {
        let row = data.tables().reports.get(report.index());
        let is_empty = |row: &ReportRow| data.table.rows_of(row).range().is_empty();
        row.is_some_and(is_empty) && self.selection.passes(report, data)
    }

    /// Takes the rows in hand.
    fn add(&mut self, data: Data<'_>) {
        let Self { axes, places, counters, seen, rows, groups, .. } = self;
        axes.groups(data, rows, groups);
        if let Some(places) = places {
            rows::place(rows, groups, places, NOWHERE);
        } else if seen.len() < axes.len() {
            seen.resize(axes.len(), false);
        }
        mark(groups, seen);
        for counter in counters {
            counter.sums.resize(seen.len(), 0);
            counter.add(data, Rows::Listed(rows), groups);
        }
    }
}

impl Way {
    /// `room`: the number of places, where it is known.
    fn of(measure: Measure, room: Option<usize>, data: Data<'_>) -> Self {
        let of = match measure {
            _ if measure.is_foreign(data.table) => return Self::Nothing,
            Measure::Records => return Self::Rows,
            Measure::Messages
            | Measure::Successful
            | Measure::Failed
            | Measure::Detailed
            | Measure::Incidents => return Self::Counts,
            Measure::First | Measure::Last => {
                let is_last = measure == Measure::Last;
                let ids = (0..data.tables().reports.len() as u32).map(ReportId);
                let moment = |id| {
                    let header = data.tables().header_of(id)?;
                    if is_last { header.end } else { header.begin }
                };
                return Self::Moments(ids.map(|id| seconds(moment(id))).collect(), is_last);
            }
            Measure::Reports => Axis::ids(Column::Report, data),
            Measure::SourceIps => Axis::ids(Column::Source, data),
            Measure::Reporters => Axis::of(&Values::of(data, Dimension::Reporter), data),
            Measure::Passed
            | Measure::Judged
            | Measure::SpfAligned
            | Measure::DkimAligned
            | Measure::Quarantined
            | Measure::Rejected => {
                let facts = &data.tables().dictionaries;
                let counts = |list| measure.counts(facts.evaluated(ListId(list)));
                return Self::masked(Column::Evaluated, counts, data);
            }
            Measure::Policies | Measure::Details => {
                // Details have a failure's list, summaries the empty one.
                let counts = |list| (list > 0) == (measure == Measure::Details);
                return Self::masked(Column::Failure, counts, data);
            }
        };
        let bits =
            room.and_then(|places| places.checked_mul(of.len)).filter(|bits| *bits <= MATRIX);
        let met = match bits {
            Some(bits) => Met::Matrix(vec![0; bits.div_ceil(64)]),
            None => Met::Set(Set::default()),
        };
        Self::Distinct(of, met)
    }

    fn masked(column: Column, counts: impl Fn(u32) -> bool, data: Data<'_>) -> Self {
        let used = (0..).zip(data.used(column));
        let mask = |(id, used): (u32, &bool)| if *used && counts(id) { u64::MAX } else { 0 };
        Self::Masked(column, used.map(mask).collect())
    }
}

/// A moment as a measure gives it.
pub fn seconds(at: Option<UnixSeconds>) -> u64 {
    at.map_or(0, |at| at.0.max(0).cast_unsigned())
}

impl Counter {
    fn add(&mut self, data: Data<'_>, rows: Rows<'_>, groups: &[u32]) {
        let Self { measure, sums, way } = self;
        let counts = data.table.counts(data.tables(), *measure);
        // invariant: groups are less than their number, and so are codes.
        let mut add = |group: u32, more: u64| {
            let sum = &mut sums[group as usize];
            *sum = sum.saturating_add(more);
        };
        match way {
            Way::Nothing => {}
            Way::Rows => groups.iter().for_each(|group| add(*group, 1)),
            Way::Counts => rows::add(rows, groups, counts.unwrap_or_default(), sums),
            Way::Masked(column, masks) => {
                let masks = (column.ids(data), masks.as_slice());
                match counts {
                    Some(counts) => rows::add_masked(rows, groups, counts, masks, sums),
                    None => rows::count_masked(rows, groups, masks, sums),
                }
            }
            Way::Moments(moments, is_last) => {
                let mut found = Vec::with_capacity(rows.len());
                rows::ids(rows, Column::Report.ids(data), &mut found);
                for (group, report) in groups.iter().zip(found) {
                    let (sum, at) = (&mut sums[*group as usize], moments[report as usize]);
                    let is_better = if *is_last { at > *sum } else { at < *sum || *sum == 0 };
                    if is_better && at > 0 {
                        *sum = at;
                    }
                }
            }
            Way::Distinct(of, met) => {
                let mut codes = Vec::with_capacity(rows.len());
                of.single(data, rows, &mut codes);
                for (group, code) in groups.iter().zip(codes) {
                    let is_new = match met {
                        Met::Set(set) => set.insert(u64::from(*group) << 32 | u64::from(code)),
                        Met::Matrix(bits) => {
                            let at = *group as usize * of.len + code as usize;
                            let (word, bit) = (&mut bits[at / 64], 1 << (at % 64));
                            let is_new = *word & bit == 0;
                            *word |= bit;
                            is_new
                        }
                    };
                    add(*group, is_new.into());
                }
            }
        }
    }
}
