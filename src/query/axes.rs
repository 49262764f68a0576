//! Which groups a row belongs to, as numbers: worked out once for each distinct
//! id, looked up for each row.

use std::ops::Range;

use vitrail_kernels::hash::Map;
use vitrail_kernels::rows::{self, Rows, look_up};

use super::column::Column;
use super::index::Data;
use super::values::Values;

/// Pairs of values up to this many have a number each, whether they occur or
/// not; of more, only those that occur.
const DENSE: usize = 1 << 20;

/// The codes of the ids of one column.
pub struct Axis {
    column: Column,
    codes: Codes,
    /// Codes are less than this.
    pub len: usize,
}

enum Codes {
    /// The id itself.
    Id,
    One(Vec<u32>),
    /// Those of each id, and where they begin, and one more.
    Several {
        starts: Vec<u32>,
        codes: Vec<u32>,
    },
}

impl Axis {
    /// The ids of a column themselves.
    pub fn ids(column: Column, data: Data<'_>) -> Self {
        Self { column, codes: Codes::Id, len: column.bound(data) }
    }

    /// The values of a dimension, each once for each id.
    pub fn of(values: &Values, data: Data<'_>) -> Self {
        let column = values.dimension().column(data.table);
        if values.are_ids(data) {
            return Self::ids(column, data);
        }
        Self::new(column, column.bound(data), values.len(), |id, to| {
            to.extend_from_slice(values.of_id(id));
        })
    }

    fn new(column: Column, ids: usize, len: usize, of: impl Fn(u32, &mut Vec<u32>)) -> Self {
        let (mut codes, mut starts, mut here) = (Vec::new(), vec![0], Vec::new());
        let mut is_single = true;
        for id in 0..ids as u32 {
            of(id, &mut here);
            if here.len() > 1 {
                here.sort_unstable();
                here.dedup();
                is_single &= here.len() == 1;
            }
            codes.append(&mut here);
            starts.push(codes.len() as u32);
        }
        let codes = if !is_single {
            Codes::Several { starts, codes }
        } else if codes.len() == ids && (0..).zip(&codes).all(|(id, code)| id == *code) {
            Codes::Id
        } else {
            // An id that is not in use has no code, and may have any.
            let one = |start: &u32| codes.get(*start as usize).copied().unwrap_or_default();
            Codes::One(starts.iter().take(ids).map(one).collect())
        };
        Self { column, codes, len }
    }

    /// Whether every row has one code.
    fn is_single(&self) -> bool {
        !matches!(self.codes, Codes::Several { .. })
    }

    /// The codes of rows that have one each.
    pub fn single(&self, data: Data<'_>, rows: Rows<'_>, to: &mut Vec<u32>) {
        let ids = self.column.ids(data);
        match &self.codes {
            Codes::One(codes) => look_up(rows, ids, codes, to),
            _ => rows::ids(rows, ids, to),
        }
    }

    fn of_id<'a>(&'a self, id: &'a u32) -> &'a [u32] {
        let at = *id as usize;
        match &self.codes {
            Codes::Id => std::slice::from_ref(id),
            Codes::One(codes) => codes.get(at..=at).unwrap_or_default(),
            Codes::Several { starts, codes } => {
                let bounds = starts.get(at..at + 2).unwrap_or(&[0, 0]);
                codes.get(bounds[0] as usize..bounds[1] as usize).unwrap_or_default()
            }
        }
    }
}

/// What rows are grouped by: nothing, one axis or two.
pub struct Axes {
    axes: Vec<Axis>,
    numbers: Numbers,
}

/// How pairs of codes, packed into one number, are numbered.
enum Numbers {
    /// Row by row of a matrix; also a single axis.
    Dense,
    Seen {
        groups: Map<u64, u32>,
        pairs: Vec<u64>,
    },
    /// Pairs of one column, which are codes of a single axis.
    Paired(Vec<u64>),
}

impl Axes {
    pub fn none() -> Self {
        Self { axes: Vec::new(), numbers: Numbers::Dense }
    }

    pub fn new(axes: Vec<Axis>) -> Self {
        let size = axes.iter().fold(1, |size: usize, axis| size.saturating_mul(axis.len));
        let numbers = match axes.len() > 1 && size > DENSE {
            true => Numbers::Seen { groups: Map::default(), pairs: Vec::new() },
            false => Numbers::Dense,
        };
        Self { axes, numbers }
    }

    /// The values of one dimension or of two.
    pub fn of(values: &[Values], data: Data<'_>) -> Self {
        let column = |values: &Values| values.dimension().column(data.table);
        match values {
            [one, two] if column(one) == column(two) => Self::paired(one, two, column(one), data),
            _ => Self::new(values.iter().map(|values| Axis::of(values, data)).collect()),
        }
    }

    /// Values of the same signature stand together; of others, each with each.
    fn paired(first: &Values, second: &Values, column: Column, data: Data<'_>) -> Self {
        let ids = column.bound(data);
        let mut groups: Map<u64, u32> = Map::default();
        let mut pairs = Vec::new();
        let mut of = vec![Vec::new(); ids];
        for (id, to) in (0..).zip(&mut of) {
            let (one, two) = (first.of_id(id), second.of_id(id));
            let mut add = |one: u32, two: u32| {
                let pair = packed(one, two);
                to.push(*groups.entry(pair).or_insert_with(|| {
                    pairs.push(pair);
                    pairs.len() as u32 - 1
                }));
            };
            if one.len() == two.len() {
                one.iter().zip(two).for_each(|(one, two)| add(*one, *two));
            } else {
                one.iter().for_each(|one| two.iter().for_each(|two| add(*one, *two)));
            }
        }
        let axis = Axis::new(column, ids, pairs.len(), |id, to| {
            to.extend(of.get(id as usize).into_iter().flatten());
        });
        Self { axes: vec![axis], numbers: Numbers::Paired(pairs) }
    }

    /// Groups that there are numbers for so far.
    pub fn len(&self) -> usize {
        match &self.numbers {
            Numbers::Dense => self.axes.iter().map(|axis| axis.len).product(),
            Numbers::Seen { pairs, .. } | Numbers::Paired(pairs) => pairs.len(),
        }
    }

    /// Whether all numbers there will be are given out.
    pub fn is_final(&self) -> bool {
        !matches!(self.numbers, Numbers::Seen { .. })
    }

    /// Whether every row is in one group.
    pub fn is_single(&self) -> bool {
        self.axes.iter().all(Axis::is_single)
    }

    /// Whether every row's group is one number that its id in a column decides.
    pub fn is_column(&self) -> bool {
        self.axes.len() < 2 && self.is_single()
    }

    /// The groups of all rows of a range, where [`is_column`](Self::is_column).
    pub fn all(&self, data: Data<'_>, range: Range<u32>, groups: &mut Vec<u32>) {
        match self.axes.first() {
            Some(axis) => axis.single(data, Rows::Run(range.start, range.end), groups),
            None => groups.resize(range.len(), 0),
        }
    }

    /// Which groups some row is of, where [`is_column`](Self::is_column).
    pub fn seen(&self, data: Data<'_>) -> Vec<bool> {
        let Some(axis) = self.axes.first() else { return vec![data.rows() > 0] };
        let met = data.met(axis.column);
        let Codes::One(codes) = &axis.codes else { return met.into_owned() };
        let mut seen = vec![false; axis.len];
        for (code, _) in codes.iter().zip(met.iter()).filter(|(_, met)| **met) {
            // invariant: codes are less than their number.
            seen[*code as usize] = true;
        }
        seen
    }

    /// The codes on the axes that a group is of.
    pub fn codes(&self, group: u32) -> (u32, u32) {
        match (&self.numbers, self.axes.as_slice()) {
            (Numbers::Dense, [_, second]) => {
                (group / second.len.max(1) as u32, group % second.len.max(1) as u32)
            }
            (Numbers::Dense, _) => (group, 0),
            (Numbers::Seen { pairs, .. } | Numbers::Paired(pairs), _) => {
                let pair = pairs.get(group as usize).copied().unwrap_or_default();
                ((pair >> 32) as u32, pair as u32)
            }
        }
    }

    /// The groups of these rows: one for each row; or, where some have several,
    /// the rows repeated accordingly.
    pub fn groups(&mut self, data: Data<'_>, rows: &mut Vec<u32>, groups: &mut Vec<u32>) {
        groups.clear();
        match self.axes.as_slice() {
            [] => groups.resize(rows.len(), 0),
            [axis] if axis.is_single() => axis.single(data, Rows::Listed(rows), groups),
            [axis] => {
                let ids = axis.column.ids(data);
                let mut repeated = Vec::with_capacity(rows.len() * 2);
                for row in rows.iter() {
                    for code in axis.of_id(&ids[*row as usize]) {
                        repeated.push(*row);
                        groups.push(*code);
                    }
                }
                *rows = repeated;
            }
            [first, second, ..] => {
                let (ids, others) = (first.column.ids(data), second.column.ids(data));
                let mut repeated = Vec::with_capacity(rows.len());
                for row in rows.iter() {
                    for one in first.of_id(&ids[*row as usize]) {
                        for two in second.of_id(&others[*row as usize]) {
                            repeated.push(*row);
                            groups.push(match &mut self.numbers {
                                Numbers::Seen { groups, pairs } => {
                                    let pair = packed(*one, *two);
                                    *groups.entry(pair).or_insert_with(|| {
                                        pairs.push(pair);
                                        pairs.len() as u32 - 1
                                    })
                                }
                                _ => one * second.len as u32 + two,
                            });
                        }
                    }
                }
                *rows = repeated;
            }
        }
    }
}

fn packed(one: u32, two: u32) -> u64 {
    u64::from(one) << 32 | u64::from(two)
}
