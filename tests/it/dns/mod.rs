//! `dns`: tables of cases, properties of all texts, words in both languages.

pub mod cases;
mod domains;
mod errors;
mod lookups;
mod policies;
mod properties;
mod records;
mod words;
