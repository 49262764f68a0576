//! The readers of the three formats.

mod golden;
mod reading;
mod tls;
