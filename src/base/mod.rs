//! What every other module stands on: ids, time, limits, findings, terms.
//! Knows nothing above it.

pub mod calendar;
pub mod context;
pub mod finding;
pub mod ids;
pub mod limits;
pub mod outcome;

pub use context::{Context, Decode};
pub use finding::{Findings, Kind, Severity, Sighting, Tally, Whereabouts};
pub use ids::{FileId, JobId, PartId, UnixSeconds};
pub use limits::Limits;
pub use outcome::{Format, Outcome, ReportKind};
