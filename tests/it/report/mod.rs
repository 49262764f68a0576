//! The readers of the three formats.

mod aggregate;
mod failure;
mod golden;
mod reading;
mod tls;
mod tls_sums;
mod xml;
