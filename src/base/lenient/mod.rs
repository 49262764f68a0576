//! Numbers, addresses and dates as reporters really write them.
//!
//! Each reader gives the value and whether it stood in the form that the
//! specification asks for; `None` is "no such value in this text". Nothing is
//! guessed: where two readings are possible, there is none.

mod address;
mod date;
mod mail_date;
mod number;
mod timestamp;

pub use address::address;
pub use date::epoch;
pub use mail_date::{mail_date, without_comments};
pub use number::number;
pub use timestamp::timestamp;

/// How a value was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// As the specification has it; white space around it is no fault.
    Plain,
    /// In another notation, with the same meaning.
    Odd,
}
