//! Everything that one line of a table says.

mod alone;
mod asked;
mod failure;
mod file;
mod findings;
mod policy;
mod record;
mod report;
mod standing;

pub use alone::{messages_of, of_report};
pub use failure::draw as failure;
pub use file::draw as file;
pub use findings::sighting;
pub use policy::explained;
pub use record::draw as record;
pub use report::{draw as report, passed};
