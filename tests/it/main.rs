//! Native integration tests: one binary, a module for each module of the crate.

#[cfg(feature = "cli")]
mod cli;
mod derive;
mod dns;
mod engine;
mod entries;
mod expected;
mod hostile;
mod ingest;
mod intake;
mod knowledge;
mod locales;
mod mutate;
mod random;
mod report;
mod screens;
mod shared_corpus;
mod store;
mod tidy;
mod wire;
