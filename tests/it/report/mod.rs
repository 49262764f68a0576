//! The readers of the three formats.

mod aggregate;
mod golden;
mod reading;
mod tls;
