//! A column of a table: its name, and what it says of a line.

use crate::screens::markup::Node;
use crate::screens::words::Words;

/// One column of a table of these lines.
pub struct Column<L> {
    /// The key of its heading, `table.code`.
    pub key: &'static str,
    /// What is in the cell of a line.
    pub cell: fn(&L, Words) -> Node,
    /// Right-aligned.
    pub is_numeric: bool,
    /// Sorted from the greatest or latest first.
    pub is_greatest_first: bool,
    /// The row's header, which opens its details.
    pub is_header: bool,
}

impl<L> Column<L> {
    pub const fn text(key: &'static str, cell: fn(&L, Words) -> Node) -> Self {
        Self { key, cell, is_numeric: false, is_greatest_first: false, is_header: false }
    }

    pub const fn number(key: &'static str, cell: fn(&L, Words) -> Node) -> Self {
        Self { is_numeric: true, is_greatest_first: true, ..Self::text(key, cell) }
    }

    pub const fn date(key: &'static str, cell: fn(&L, Words) -> Node) -> Self {
        Self { is_greatest_first: true, ..Self::text(key, cell) }
    }

    pub const fn header(key: &'static str, cell: fn(&L, Words) -> Node) -> Self {
        Self { is_header: true, ..Self::text(key, cell) }
    }

    /// Names it in the address; the code of the query's column.
    pub fn code(&self) -> &'static str {
        self.key.split_once('.').map_or(self.key, |(_, code)| code)
    }

    /// Of its cells.
    pub fn class(&self) -> String {
        let number = if self.is_numeric { " table__cell--number" } else { "" };
        format!("table__cell {}{number}", self.key.replacen('.', "__", 1))
    }
}
