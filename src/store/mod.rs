//! All facts in columns and dictionaries: filled by parsers in [`Batch`]es,
//! merged in any order into one [`Store`].
//!
//! A record is a few small numbers; a text, an address, a list of signatures is
//! kept once and named by a number. The store never parses, and never forgets
//! which part of which file a fact came from.
//!
//! # Design
//!
//! A batch and the store are the same [`Tables`]. Appending copies the kept
//! parts of one into the other; so does removing a file (into a fresh store,
//! leaving the file out), which is why a removal leaves no trace, duplicates
//! included.
//!
//! Two parts are copies of one report if they state the same identity and their
//! decoded bytes have the same digest. Its rows are kept once. Which copy counts
//! is decided by where they stand, never by which came first.

mod addresses;
mod append;
mod batch;
mod check;
mod contents;
mod derived;
mod digest;
mod extras;
mod facts;
mod failure;
mod filler;
pub mod ids;
mod lists;
mod merged;
mod read;
mod remap;
mod rows;
mod tables;
mod terms;
mod tls;
mod words;

pub use addresses::Addresses;
pub use batch::{Batch, Part, Refusal};
pub use derived::{Agreement, Alignment, Derived, Judgement};
pub use extras::Extras;
pub use facts::{Dictionaries, DkimTerms, Evaluated, SpfTerms};
pub use failure::MessageTerms;
pub use filler::{Filled, Filler};
pub use ids::{
    AddressId, FileIndex, HeaderId, JudgementId, ListId, PartId, ReportId, RowId, TermId,
};
pub use lists::Lists;
pub use merged::{Store, Totals};
pub use rows::{FailureRow, FailureRows, Row, Rows, TlsRow, TlsRows};
pub use tables::{
    FileRow, HeaderRow, Identity, PartRow, ReportRow, SightingRow, Span, StepRow, Tables, TallyRow,
};
pub use terms::Terms;
pub use tls::{FailureTerms, PolicyTerms};
pub use vitrail_kernels::interner::Interner;
