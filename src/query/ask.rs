//! Questions that add rows up, and their answers.

use serde::{Deserialize, Serialize};

use super::{Dimension, Filter, Key, Measure, Sort, Table, Window};
use crate::base::UnixSeconds;

/// A pivot table: rows under each value of a dimension, or of two.
///
/// A record with several values (two signatures of different domains) counts
/// once under each; in the totals each record counts once. Of two dimensions
/// that are read of the same signature or SPF check, the values that stand
/// together are paired; of any others, each with each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupBy {
    pub table: Table,
    pub filter: Filter,
    pub by: (Dimension, Option<Dimension>),
    /// What each line says, in this order; only what is shown should be asked for.
    pub measures: Vec<Measure>,
    /// `None`: by the values of the first dimension, then of the second. Texts
    /// without regard to letter case, addresses and dates by number, what is not
    /// stated last in both directions. Lines of the same rank are in that order,
    /// ascending.
    pub sort: Sort<Option<Rank>>,
    pub window: Window,
}

/// What puts the lines of a pivot table in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Rank {
    Amount(Measure),
    /// The first measure as a part of the second; lines without any of that come last
    /// in both directions.
    Share(Measure, Measure),
}

/// The answer to [`GroupBy`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Groups {
    /// Lines there are in all.
    pub total: u32,
    pub offset: u32,
    pub lines: Vec<GroupLine>,
    /// The measures of all records that the filter lets through.
    pub totals: Vec<u64>,
}

/// One line of a pivot table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupLine {
    pub keys: (Key, Option<Key>),
    /// As many as there are measures in the question.
    pub values: Vec<u64>,
}

/// Messages over time. Those of a report that spans buckets are spread evenly
/// over its period; the sum stays what it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timeline {
    pub table: Table,
    pub filter: Filter,
    /// A sum, such as messages: "messages" in the answer are what it counts.
    pub measure: Measure,
    /// Reports that begin before or after are only counted, unless there are no others: one date
    /// that is a mistake would leave no room for all that are none. `None`: all have bars.
    pub within: Option<(UnixSeconds, UnixSeconds)>,
    /// `None`: whichever suits the time that is there.
    pub bucket: Option<Bucket>,
    /// One with few values for each record, such as the verdict.
    pub split: Option<Dimension>,
}

/// A length of time in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bucket {
    Day,
    /// From Monday on.
    Week,
    Month,
}

/// The answer to [`Timeline`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Histogram {
    pub bucket: Bucket,
    /// The values of the split in their order; one that is absent where there is
    /// no split.
    pub series: Vec<Key>,
    /// Messages of each bucket that has some reports, in order of time.
    pub bars: Vec<Bar>,
    /// When the first report that has bars begins, and when the last of them ends.
    pub ends: Option<(UnixSeconds, UnixSeconds)>,
    /// Messages whose reports state no time.
    pub undated: u64,
    /// Messages of reports that begin before the time that was asked for, and after it.
    pub outside: [u64; 2],
}

/// One bucket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bar {
    pub start: UnixSeconds,
    /// Messages, a number for each series.
    pub values: Vec<u64>,
}

/// The reports of one reporter on one domain: a part of the answer to `Question::Periods`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Periods {
    pub reporter: Key,
    pub domain: Key,
    /// Of each report that states a time, in order of their beginnings.
    pub periods: Vec<Period>,
}

/// What one report was written for: no more than a timeline spreads it over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    pub begin: UnixSeconds,
    /// The first moment after it.
    pub end: UnixSeconds,
    /// Those that the filter lets through.
    pub messages: u64,
}

/// The values of some dimensions with the messages behind them (of TLS reports, the
/// reports), most messages first: the choices of a filter bar, and what completes a word half typed.
/// The counts of a dimension follow the conditions on all others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facets {
    pub table: Table,
    pub filter: Filter,
    pub of: Vec<Dimension>,
    /// Only values that contain this text, whatever the case of letters.
    pub containing: String,
    /// Values a dimension.
    pub limit: u32,
}

/// One dimension of the answer to [`Facets`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facet {
    pub dimension: Dimension,
    /// Values there are in all.
    pub total: u32,
    /// Values and messages.
    pub choices: Vec<(Key, u64)>,
}

/// What a filter lets through, in all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sums {
    /// One for each of [`Measure::ALL`].
    pub values: Vec<u64>,
    /// When the last of the reports that count ends, by the rule of the timelines.
    pub end: Option<UnixSeconds>,
}

impl Sums {
    pub fn get(&self, measure: Measure) -> u64 {
        self.values.get(measure as usize).copied().unwrap_or_default()
    }
}
