//! The store by its properties: order, splits, removal, transport.

mod facts;
mod lines;
mod measures;
mod merge;
mod oracle;
mod periods;
mod pivots;
mod queries;
mod ranked;
mod sieve;
mod transport;
