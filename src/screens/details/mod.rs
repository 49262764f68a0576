//! Everything that one line of a table says.

mod file;
mod findings;
mod policy;
mod record;
mod report;
mod standing;

pub use file::draw as file;
pub use findings::sighting;
pub use record::draw as record;
pub use report::draw as report;
