//! Facts shipped with the program, read in place from the form they travel in:
//! nothing here knows reports.

pub mod suffix;

pub use suffix::Suffixes;
