//! The store by its properties: order, splits, removal, transport.

mod facts;
mod merge;
mod oracle;
mod queries;
mod ranked;
mod transport;
