//! Pivot tables: what is asked for them, and what they are as text for
//! spreadsheets.

use crate::base::spreadsheet::field;
use crate::query::{Dimension, Groups, Measure};

/// The columns of the pivot table, in their order.
pub const MEASURES: [Measure; 9] = [
    Measure::Messages,
    Measure::Passed,
    Measure::SpfAligned,
    Measure::DkimAligned,
    Measure::Quarantined,
    Measure::Rejected,
    Measure::SourceIps,
    Measure::Reporters,
    Measure::Reports,
];

/// Their names: of the table's columns, and in what is saved of it.
pub const NAMES: [&str; 9] = [
    "messages",
    "passed",
    "spf-aligned",
    "dkim-aligned",
    "quarantined",
    "rejected",
    "source-ips",
    "reporters",
    "reports",
];

/// All lines as CSV (RFC 4180), with a line of names. What is not stated is empty.
pub fn csv(dimension: Dimension, names: &[&str], groups: &Groups) -> String {
    let mut text = std::iter::once(dimension.code())
        .chain(names.iter().copied())
        .collect::<Vec<_>>()
        .join(",");
    text.push_str("\r\n");
    for line in &groups.lines {
        text.push_str(&field(line.keys.0.as_deref().unwrap_or_default()));
        for value in &line.values {
            text.push(',');
            text.push_str(&value.to_string());
        }
        text.push_str("\r\n");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::GroupLine;

    #[test]
    fn lines_as_they_are_with_formulas_disarmed() {
        let line = |key: Option<&str>, value| GroupLine {
            keys: (key.map(str::to_owned), None),
            values: vec![value, 0],
        };
        let lines = vec![line(Some("=cmd()"), 3), line(Some("a, b"), 2), line(None, 1)];
        let groups = Groups { total: 3, offset: 0, lines, totals: vec![6, 0] };
        assert_eq!(
            csv(Dimension::Reporter, &["messages", "passed"], &groups),
            "org,messages,passed\r\n'=cmd(),3,0\r\n\"a, b\",2,0\r\n,1,0\r\n"
        );
    }
}
