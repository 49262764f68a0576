//! A table of any length as the page takes it: the page scrolls it and walks it by keyboard
//! without knowing what it says. Only the rows of a window are in it.

use serde::{Deserialize, Serialize};

use super::markup::Node;

/// The table that stands where [`Node::Table`] is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing {
    /// Which lines there are, and how they are sorted: another table is read from its top.
    pub order: String,
    /// Rows in all.
    pub total: u32,
    /// The first of `rows`, counted from zero.
    pub offset: u32,
    /// What is in the cells of a row, in the order of `columns`.
    pub rows: Vec<Vec<Node>>,
    /// The caption and the row of heads.
    pub head: Vec<Node>,
    /// The class of a column's cells.
    pub columns: Vec<String>,
    /// The place of the column that is the row's header: a button, which opens its details.
    /// Without one, rows are read and no more.
    pub header: Option<u32>,
    /// The row whose details are shown, or that is pointed out.
    pub open: Option<u32>,
    /// Where it is another one than before, that row is to be seen again.
    pub turn: u64,
}

impl Listing {
    /// The cells of a row, or `None` while they have not come.
    pub fn row(&self, row: u32) -> Option<&[Node]> {
        self.rows.get(row.checked_sub(self.offset)? as usize).map(Vec::as_slice)
    }
}
