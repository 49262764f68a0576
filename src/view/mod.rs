//! What the page draws, as plain data: words, numbers and dates in a language,
//! which rows of a table are in view, what a row means. Knows no browser.

pub mod chart;
pub mod code;
pub mod complete;
pub mod coverage;
pub mod date;
pub mod drill;
pub mod fix;
pub mod language;
pub mod messages;
pub mod number;
pub mod pivot;
pub mod route;
pub mod tone;
pub mod verdict;
pub mod window;
pub mod zone;

pub use code::Code;
pub use language::Language;
pub use route::{Route, Screen, SortKey};
pub use zone::Zone;
