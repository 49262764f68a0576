//! The screens that the page draws itself.

mod start;

pub use start::Start;
