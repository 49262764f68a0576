//! What every other module stands on: ids, time, limits, findings, terms.
//! Knows nothing above it.

pub mod calendar;
mod case;
pub mod catalogue;
pub mod context;
pub mod domain;
pub mod field;
pub mod finding;
pub mod idn;
pub mod ids;
pub mod lenient;
pub mod limits;
pub mod locus;
pub mod mail;
pub mod network;
pub mod outcome;
pub mod percent;
mod piece;
pub mod reference;
pub mod spreadsheet;
pub mod template;

pub use case::lower_case;
pub use context::{Context, Decode};
pub use finding::{Findings, Kind, Severity, Sighting, Tally, Whereabouts};
pub use ids::{FileId, JobId, UnixSeconds};
pub use limits::Limits;
pub use locus::{Locus, Step};
pub use mail::{Feedback, MailHeader, Sample};
pub use network::Network;
pub use outcome::{Format, Outcome, ReportKind};
pub use piece::Piece;
