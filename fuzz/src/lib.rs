//! Fuzz targets for every reader of foreign bytes. The ways in are those of the
//! seeded mutator in the ordinary tests.

#[path = "../../tests/it/entries.rs"]
pub mod entries;
