//! Pivot tables: their columns, and what they are as text for spreadsheets.

use crate::base::UnixSeconds;
use crate::base::spreadsheet::field;
use crate::query::{Dimension, Filter, GroupLine, Key, Measure, PARTS, Rank, Table, Term};

/// A column of a pivot table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    pub measure: Measure,
    /// Of the column, in addresses and in what is saved of it.
    pub name: &'static str,
    pub cell: Cell,
}

impl Column {
    /// What lines are in order of where they are sorted by it: what is shown.
    pub fn rank(&self) -> Rank {
        match self.cell {
            Cell::Share => Rank::Share(self.measure, WHOLE),
            _ => Rank::Amount(self.measure),
        }
    }
}

/// What shares are parts of.
pub const WHOLE: Measure = Measure::Judged;

/// How a measure is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// The number, with a bar as long as its part of the total.
    Amount,
    /// The part of [`WHOLE`], as a bar and a percentage.
    Share,
    Number,
    /// The day of a moment.
    Day,
}

const fn column(measure: Measure, name: &'static str, cell: Cell) -> Column {
    Column { measure, name, cell }
}

/// Of records of aggregate reports.
const RECORDS: &[Column] = &[
    column(Measure::Messages, "messages", Cell::Amount),
    column(Measure::Passed, "passed", Cell::Share),
    column(Measure::SpfAligned, "spf-aligned", Cell::Share),
    column(Measure::DkimAligned, "dkim-aligned", Cell::Share),
    column(Measure::Quarantined, "quarantined", Cell::Number),
    column(Measure::Rejected, "rejected", Cell::Number),
    column(Measure::SourceIps, "source-ips", Cell::Number),
    column(Measure::Reporters, "reporters", Cell::Number),
    column(Measure::Reports, "reports", Cell::Number),
];

/// Of TLS reports, summaries and failure details together.
const SESSIONS: &[Column] = &[
    column(Measure::Successful, "successful", Cell::Amount),
    column(Measure::Failed, "failed", Cell::Amount),
    column(Measure::Detailed, "detailed", Cell::Amount),
    column(Measure::Reporters, "reporters", Cell::Number),
    column(Measure::Reports, "reports", Cell::Number),
    column(Measure::Last, "last", Cell::Day),
];

/// Of the failure details of TLS reports alone.
const DETAILS: &[Column] = &[
    column(Measure::Detailed, "detailed", Cell::Amount),
    column(Measure::Details, "details", Cell::Number),
    column(Measure::SourceIps, "source-ips", Cell::Number),
    column(Measure::Reporters, "reporters", Cell::Number),
    column(Measure::Reports, "reports", Cell::Number),
    column(Measure::First, "first", Cell::Day),
    column(Measure::Last, "last", Cell::Day),
];

/// Of the messages of failure reports.
const FAILURES: &[Column] = &[
    column(Measure::Incidents, "incidents", Cell::Amount),
    column(Measure::SourceIps, "source-ips", Cell::Number),
    column(Measure::Reporters, "reporters", Cell::Number),
    column(Measure::Reports, "reports", Cell::Number),
    column(Measure::First, "first", Cell::Day),
    column(Measure::Last, "last", Cell::Day),
];

/// The columns for what a filter lets through of a table, in their order; the first is what
/// lines are sorted by unless something else is asked for.
pub fn columns(table: Table, filter: &Filter) -> &'static [Column] {
    match table {
        Table::Aggregate => RECORDS,
        Table::Tls if filter.has(&details()) => DETAILS,
        Table::Tls => SESSIONS,
        Table::Failure => FAILURES,
    }
}

/// The condition for failure details alone.
pub fn details() -> Term {
    Term::is(Dimension::Part, Some(PARTS[1].to_owned()))
}

/// Whether only failure details have values of this dimension: what has none of it may be the
/// summary of a policy.
pub fn is_of_details(on: Dimension) -> bool {
    let of_details = [
        Dimension::ResultType,
        Dimension::Mx,
        Dimension::ReasonCode,
        Dimension::SourceIp,
        Dimension::ReceivingIp,
    ];
    of_details.contains(&on)
}

/// Lines as CSV (RFC 4180), below one of names, with their values as they are `shown`. What is not
/// stated is empty; what is stated and empty is `empty` in brackets, so that one is not the other.
pub fn csv<'a>(
    dimension: Dimension,
    columns: &[Column],
    lines: impl Iterator<Item = &'a GroupLine>,
    shown: &dyn Fn(&Key) -> Key,
    empty: &str,
) -> String {
    let mut names: Vec<_> = columns.iter().map(|column| column.name).collect();
    // Programs that read it take one of two columns of the same name for the other.
    let is_taken = names.contains(&dimension.code());
    names.insert(0, if is_taken { "value" } else { dimension.code() });
    let mut text = names.join(",");
    text.push_str("\r\n");
    for line in lines {
        match shown(&line.keys.0).as_deref() {
            Some("") => text.push_str(&format!("({empty})")),
            key => text.push_str(&field(key.unwrap_or_default())),
        }
        for (column, value) in columns.iter().zip(&line.values) {
            text.push(',');
            text.push_str(&match column.cell {
                Cell::Day => moment(*value).map(UnixSeconds::rfc3339).unwrap_or_default(),
                _ => value.to_string(),
            });
        }
        text.push_str("\r\n");
    }
    text
}

/// The moment that [`Measure::First`] and [`Measure::Last`] give, if any is known.
pub fn moment(value: u64) -> Option<UnixSeconds> {
    (value > 0).then(|| UnixSeconds(value.cast_signed()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(lines: &[(Option<&str>, [u64; 2])]) -> Vec<GroupLine> {
        let line = |(key, values): &(Option<&str>, [u64; 2])| GroupLine {
            keys: (key.map(str::to_owned), None),
            values: values.to_vec(),
        };
        lines.iter().map(line).collect()
    }

    #[test]
    fn lines_as_they_are_with_formulas_disarmed() {
        let lines = lines(&[
            (Some("=cmd()"), [3, 0]),
            (Some("a, b"), [2, 0]),
            (None, [1, 0]),
            (Some(""), [1, 0]),
        ]);
        assert_eq!(
            csv(Dimension::Reporter, &RECORDS[..2], lines.iter(), &Key::clone, "empty"),
            "org,messages,passed\r\n'=cmd(),3,0\r\n\"a, b\",2,0\r\n,1,0\r\n(empty),1,0\r\n"
        );
    }

    #[test]
    fn no_two_columns_have_one_name() {
        let lines = lines(&[(Some("pass"), [3, 0])]);
        let columns = [column(Measure::SpfAligned, "spf-aligned", Cell::Share)];
        assert_eq!(
            csv(Dimension::SpfAligned, &columns, lines.iter(), &Key::clone, "empty"),
            "value,spf-aligned\r\npass,3\r\n"
        );
    }

    #[test]
    fn moments_are_dates() {
        let lines = lines(&[(Some("x"), [86_400, 0])]);
        let columns = [column(Measure::First, "first", Cell::Day); 2];
        assert_eq!(
            csv(Dimension::Mx, &columns, lines.iter(), &Key::clone, "empty"),
            "mx,first,first\r\nx,1970-01-02T00:00:00Z,\r\n"
        );
    }

    #[test]
    fn every_name_is_that_of_its_measure() {
        for column in [RECORDS, SESSIONS, DETAILS, FAILURES].concat() {
            let key = crate::view::SortKey { column: column.name.to_owned(), descending: true };
            assert_eq!(key.of::<Measure>().map(|sort| sort.by), Some(column.measure));
        }
    }
}
