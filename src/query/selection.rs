//! A filter worked out for one store: for each column that it asks about, which
//! of the column's ids pass. Each condition is put to each distinct value once;
//! what is left for the rows is to look their ids up.

use vitrail_kernels::rows::{extend, keep, passing as passing_rows};

use super::column::Column;
use super::dimension::{Dimension, name};
use super::filter::{Filter, Term, Test};
use super::index::Data;
use super::values::Values;
use crate::base::UnixSeconds;
use crate::base::lower_case;
use crate::store::{HeaderRow, ReportId, Span};

/// Which ids of a column pass, 1 or 0: added up rather than branched on.
type Passes = Vec<u8>;

/// See the module's text.
pub struct Selection {
    /// All must pass.
    columns: Vec<(Column, Passes)>,
    /// Of each, one must pass.
    words: Vec<Vec<(Column, Passes)>>,
    /// Whether something is asked for that only rows can have.
    asks_rows: bool,
    /// Whether something is asked for that nothing has.
    is_empty: bool,
}

impl Selection {
    /// What the filter asks of the table in hand.
    pub fn of(filter: &Filter, data: Data<'_>) -> Self {
        Self::strict(&filter.on_table(data.table), data)
    }

    /// The same, but nothing has what the table knows nothing of: for questions that are put
    /// to all tables.
    pub fn strict(filter: &Filter, data: Data<'_>) -> Self {
        let mut selection =
            Self { columns: Vec::new(), words: Vec::new(), asks_rows: false, is_empty: false };
        for column in Column::ALL {
            let on = |dimension: &Dimension| {
                dimension.column(data.table) == column
                    && filter.on(Some(*dimension)).next().is_some()
            };
            let asked = Dimension::every().filter(on);
            let (whole, entries): (Vec<_>, Vec<_>) = asked.partition(|on| on.is_of_list());
            // What is asked of one entry, and each thing that is asked of all of them.
            let together = whole.chunks(1).chain(entries.chunks(entries.len().max(1)));
            for asked in together {
                let used = data.used(column);
                selection.require(column, on_column(filter, data, used, asked));
                let asks = |term: &Term| !term.not && term.on.is_some_and(|on| asked.contains(&on));
                selection.asks_rows |= column != Column::Report && filter.terms().iter().any(asks);
            }
        }
        if filter.since.is_some() || filter.until.is_some() {
            let ids = (0..data.tables().reports.len() as u32).map(ReportId);
            let in_time =
                |id| data.tables().header_of(id).is_some_and(|header| is_of(header, filter));
            selection.require(Column::Report, ids.map(|id| in_time(id).into()).collect());
        }
        for term in filter.on(None) {
            selection.word(term, data);
        }
        selection
    }

    fn require(&mut self, column: Column, passes: Passes) {
        match self.columns.iter_mut().find(|(other, _)| *other == column) {
            Some((_, all)) => all.iter_mut().zip(passes).for_each(|(all, one)| *all &= one),
            None => self.columns.push((column, passes)),
        }
    }

    /// A word that may stand in any dimension that is searched.
    fn word(&mut self, term: &Term, data: Data<'_>) {
        let mut found: Vec<(Column, Passes)> = Vec::new();
        for column in Column::ALL {
            let used = data.used(column);
            let mut hits = vec![0; used.len()];
            for dimension in Dimension::ALL {
                let is_there = !dimension.is_foreign(data.table);
                if is_there && dimension.column(data.table) == column && dimension.is_searched() {
                    let values = Values::of(data, dimension);
                    let passing = passing(&values, data, &term.test);
                    let has = |id: u32| values.of_id(id).iter().any(|code| passing[*code as usize]);
                    (0..).zip(&mut hits).for_each(|(id, hit)| *hit |= u8::from(has(id)));
                }
            }
            if hits.contains(&1) {
                found.push((column, hits));
            }
        }
        if term.not {
            for (column, hits) in found {
                self.require(column, hits.into_iter().map(|hit| 1 - hit).collect());
            }
        } else if found.len() > 1 {
            self.asks_rows |= found.iter().all(|(column, _)| *column != Column::Report);
            self.words.push(found);
        } else if let Some((column, hits)) = found.pop() {
            self.asks_rows |= column != Column::Report;
            self.require(column, hits);
        } else {
            self.is_empty = true;
        }
    }

    /// Whether all rows count.
    pub fn is_all(&self) -> bool {
        self.columns.is_empty() && self.words.is_empty() && !self.is_empty
    }

    /// The rows of this range that count.
    pub fn rows(&self, data: Data<'_>, range: std::ops::Range<u32>, to: &mut Vec<u32>) {
        to.clear();
        if self.is_empty {
            return;
        }
        match self.columns.split_first() {
            None => extend(to, range),
            Some(((column, passes), others)) => {
                passing_rows(range, column.ids(data), passes, to);
                for (column, passes) in others {
                    keep(to, column.ids(data), passes);
                }
            }
        }
        for word in &self.words {
            let columns: Vec<_> =
                word.iter().map(|(column, hits)| (column.ids(data), hits)).collect();
            let hit = |(ids, hits): &(&[u32], &Passes), row: u32| hits[ids[row as usize] as usize];
            to.retain(|row| columns.iter().any(|column| hit(column, *row) == 1));
        }
    }

    /// The rows of a report that count.
    pub fn rows_of(&self, report: ReportId, data: Data<'_>) -> Vec<u32> {
        let mut rows = Vec::new();
        if let Some(report) = data.tables().reports.get(report.index()) {
            let Span { start, end } = data.table.rows_of(report);
            self.rows(data, start..end, &mut rows);
        }
        rows
    }

    /// Whether a report counts: if one of its rows does; or if it has none, and
    /// all holds that can be asked of such a one.
    pub fn passes(&self, report: ReportId, data: Data<'_>) -> bool {
        let row = data.tables().reports.get(report.index());
        let rows = row.map(|report| data.table.rows_of(report).range());
        if rows.is_some_and(|rows| !rows.is_empty()) {
            return !self.rows_of(report, data).is_empty();
        }
        let passes = |(column, passes): &(Column, Passes)| {
            *column == Column::Report && passes.get(report.index()) == Some(&1)
        };
        let others = |column: &(Column, Passes)| column.0 != Column::Report || passes(column);
        !self.is_empty
            && !self.asks_rows
            && self.columns.iter().all(others)
            && self.words.iter().all(|word| word.iter().any(passes))
    }
}

/// Whether a report's period and the time asked for overlap.
fn is_of(header: &HeaderRow, filter: &Filter) -> bool {
    let (Some(begin), Some(end)) = (header.begin.or(header.end), header.end.or(header.begin))
    else {
        return false;
    };
    // The end is not part of the period, but the beginning always is.
    let last = UnixSeconds(end.0.saturating_sub(1)).max(begin);
    filter.since.is_none_or(|since| since <= last) && filter.until.is_none_or(|until| begin < until)
}

/// Which ids of a column pass all conditions on these dimensions of it.
fn on_column(filter: &Filter, data: Data<'_>, used: &[bool], asked: &[Dimension]) -> Passes {
    let conditions: Vec<_> = asked
        .iter()
        .map(|dimension| {
            let values = Values::of(data, *dimension);
            let (wanted, ruled_out) = judged(&values, data, filter.on(Some(*dimension)));
            (values, wanted, ruled_out)
        })
        .collect();
    let passes = |id: u32| {
        let any = |codes: &[u32], of: &[bool]| codes.iter().any(|code| of[*code as usize]);
        let count = conditions.first().map_or(0, |(values, ..)| values.of_id(id).len());
        // The n-th signature has the n-th value of each dimension.
        let alike = conditions.iter().all(|(values, ..)| values.of_id(id).len() == count);
        let has_wanted = match alike {
            true => (0..count).any(|at| {
                conditions.iter().all(|(values, wanted, _)| wanted[values.of_id(id)[at] as usize])
            }),
            false => conditions.iter().all(|(values, wanted, _)| any(values.of_id(id), wanted)),
        };
        has_wanted && !conditions.iter().any(|(values, _, out)| any(values.of_id(id), out))
    };
    // Of most ids, other columns have the rows.
    (0..).zip(used).map(|(id, used)| (*used && passes(id)).into()).collect()
}

/// By code, whether a value is asked for (all are where none is), and whether
/// it is ruled out.
fn judged<'a>(
    values: &Values,
    data: Data<'_>,
    terms: impl Iterator<Item = &'a Term>,
) -> (Vec<bool>, Vec<bool>) {
    let mut wanted = None;
    let mut ruled_out = vec![false; values.len()];
    for term in terms {
        let to = match term.not {
            true => &mut ruled_out,
            false => wanted.get_or_insert_with(|| vec![false; values.len()]),
        };
        to.iter_mut().zip(passing(values, data, &term.test)).for_each(|(all, one)| *all |= one);
    }
    (wanted.unwrap_or_else(|| vec![true; values.len()]), ruled_out)
}

/// By code, whether a value passes a test.
pub fn passing(values: &Values, data: Data<'_>, test: &Test) -> Vec<bool> {
    let codes = 0..values.len() as u32;
    match test {
        Test::Is(key) => codes.map(|code| values.key(data, code) == *key).collect(),
        Test::Has(text) => {
            let text = lower_case(text);
            // Whole labels of a name, as people type them and as they are stored.
            let labels = (!text.is_ascii()).then(|| name(&text));
            let has = |key: String| {
                let key = lower_case(&key);
                key.contains(&text) || labels.as_ref().is_some_and(|labels| key.contains(labels))
            };
            codes.map(|code| values.key(data, code).is_some_and(has)).collect()
        }
        Test::In(network) => {
            let lies = |code| values.address(data, code).is_some_and(|ip| network.contains(ip));
            codes.map(lies).collect()
        }
    }
}
