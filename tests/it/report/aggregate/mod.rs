//! Aggregate reports: what no golden fixture can say.

mod corpus;
