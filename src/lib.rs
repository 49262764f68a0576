//! Vitrail opens the report mails that receivers send to domain owners — DMARC
//! aggregate reports, DMARC failure reports, SMTP TLS reports — in the browser
//! and on the command line, and shows them as tables.
//!
//! # The map
//!
//! Modules stand in the order of the data's path, which has one direction:
//!
//! ```text
//! files ─► intake ─► report ─► store ─► query ─► screens ─► ui
//!          unwrap    bytes →   columns,  sort,    words,     puts them on
//!          by        facts +   merge,    page     numbers,   the screen
//!          content   findings  dedup              elements
//! ```
//!
//! | module | duty |
//! |---|---|
//! | [`base`] | ids, time, limits, findings: what all others stand on |
//! | [`intake`] | a file → its leaves: containers unwrapped by content, under limits |
//! | [`report`] | a leaf's bytes → facts, pushed into a sink; one reader a format |
//! | [`knowledge`] | facts shipped with the program: public suffixes |
//! | [`store`] | facts in columns and dictionaries; batches merged, each report once |
//! | [`derive`] | facts that follow from others, kept beside the rows: alignment |
//! | [`query`] | questions to the store and their answers, a page at a time |
//! | [`view`] | what is drawn, as plain data: words, numbers, table windows |
//! | [`dns`] | records and policy files: read, checked, written, explained |
//! | [`screens`] | screens as trees of elements, from an address, what was typed, and answers |
//! | [`export`] | records as flat rows: CSV, JSON, NDJSON |
//! | [`wire`] | what page, engine and parsers say to one another |
//! | [`ingest`] | a file → a batch: intake, readers and store in one function |
//! | [`schedule`] | which parser gets which files, as a pure state machine |
//! | [`engine`] | deliveries in, answers out: the store behind the page |
//! | [`rehearsal`] | an import of made-up reports, for browsers that compile what runs often |
//! | `web` | wasm only: the raw browser code, workers above all |
//! | `ui` | wasm only: the page, in Yew: contexts, hooks, components, screens |
//!
//! What is done for every byte, every record and every value of a report stands in a package
//! of its own, `kernels/`, so that it is built for speed where all else is built for size:
//! the reader of plain records, the dictionary, the checksum. It names none of the above.
//!
//! Page, engine and parsers are threads: the page holds what is on screen, the
//! engine all rows, each parser the file in its hands. A parser sends its batch
//! straight to the engine. The screens are drawn by one more program, in a worker of
//! its own, from the answers of the engine: the page receives no more rows than it
//! shows, and hands on questions and answers unread.
//!
//! # Invariants
//!
//! Written as what is absent; `tests/it/tidy.rs` keeps what the compiler cannot.
//!
//! - Parsing never fails and never panics: it reports. A fault costs the value it
//!   stands in, never the report, and is a [`base::finding`].
//! - No reader builds a tree, and no byte of a report is kept: memory is bounded by
//!   the rows it yields and by [`base::Limits`].
//! - `report` knows no containers, `intake` no reports, `store` no bytes, `query`
//!   no readers.
//! - No answer depends on the order in which files were read.
//! - Nothing outside of `web` and `ui` can reach the browser; all else runs, and is
//!   tested, natively.
//! - No module reaches the network, and report data never becomes markup, nor a link or
//!   a navigation but to a fragment of this page (`#/records?filter=…`, percent-encoded),
//!   which no browser sends to anybody.

// In the order of the map: the empty lines keep rustfmt from sorting them.

pub mod base;

pub mod intake;

pub mod report;

pub mod knowledge;

pub mod store;

pub mod derive;

pub mod query;

pub mod view;

pub mod dns;

pub mod screens;

pub mod export;

pub mod wire;

pub mod ingest;

pub mod schedule;

pub mod engine;

pub mod rehearsal;

#[cfg(target_arch = "wasm32")]
pub mod web;

#[cfg(target_arch = "wasm32")]
pub mod ui;
