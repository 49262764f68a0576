//! The screens.

mod files;
mod records;
mod reports;
mod start;

pub use files::Files;
pub use records::Records;
pub use reports::Reports;
pub use start::Start;
