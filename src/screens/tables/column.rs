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
    /// The row's header, which opens its details. It is always there.
    pub is_header: bool,
    /// Not there until somebody chooses it.
    pub is_rare: bool,
    /// Not there in a table that is narrower, in CSS pixels: one of the rungs in
    /// `static/css/screens/table.css`.
    pub from: u32,
}

impl<L> Column<L> {
    pub const fn text(key: &'static str, cell: fn(&L, Words) -> Node) -> Self {
        Self {
            key,
            cell,
            is_numeric: false,
            is_greatest_first: false,
            is_header: false,
            is_rare: false,
            from: 0,
        }
    }

    /// A column that is there from this width on.
    pub const fn from(width: u32, column: Self) -> Self {
        Self { from: width, ..column }
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

    pub const fn rare(key: &'static str, cell: fn(&L, Words) -> Node) -> Self {
        Self { is_rare: true, ..Self::text(key, cell) }
    }

    /// Names it in the address; the code of the query's column.
    pub fn code(&self) -> &'static str {
        self.key.split_once('.').map_or(self.key, |(_, code)| code)
    }

    /// The class of what is not there in a narrow table.
    pub fn rung(&self) -> Option<String> {
        (self.from > 0).then(|| format!("table__cell--from-{}", self.from))
    }

    /// Of its cells. One that was chosen stays on a narrow screen, too.
    pub fn class(&self, is_chosen: bool) -> String {
        let mut class = format!("table__cell {}", self.key.replacen('.', "__", 1));
        if self.is_numeric {
            class.push_str(" table__cell--number");
        }
        if let Some(rung) = self.rung().filter(|_| !is_chosen) {
            class.extend([" ", &rung]);
        }
        class
    }
}
