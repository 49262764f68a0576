//! `dns`: tables of cases, properties of all texts, words in both languages.

mod cases;
mod policies;
mod properties;
mod records;
mod words;
