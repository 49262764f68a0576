//! Native integration tests: one binary, a module for each module of the crate.

mod report;
mod shared_corpus;
mod tidy;
