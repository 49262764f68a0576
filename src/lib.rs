//! Vitrail opens DMARC aggregate, DMARC failure and SMTP TLS reports in the
//! browser and on the command line.

pub mod base;
pub mod engine;
pub mod export;
pub mod ingest;
pub mod intake;
pub mod query;
pub mod report;
pub mod schedule;
pub mod store;
pub mod wire;

#[cfg(target_arch = "wasm32")]
pub mod web;
