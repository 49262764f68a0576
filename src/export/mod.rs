//! Facts → flat tables in files: CSV, JSON, NDJSON.
//!
//! A table is a fixed list of columns and a function that turns a fact into
//! cells in that order ([`aggregate`], [`tls`], [`failure`]); [`Table`] writes them, one row at a
//! time, in any of the forms. What a cell says never depends on the form, but
//! for one thing: in CSV a text that a spreadsheet would run is disarmed.

pub mod aggregate;
mod cells;
pub mod failure;
pub mod table;
pub mod tls;

pub use table::{Cell, Form, Table};
