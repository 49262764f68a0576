//! The one XML reader for reports: a pull scanner that never fails.
//!
//! It tells start tags, end tags and text as they stand, and where the markup
//! is broken it says so and goes on: what cannot be markup is text. It matches
//! no tags and knows no schema; [`aggregate`](super) does. Memory is
//! bounded whatever the input: texts come in pieces, and markup that does not
//! end within [`MARKUP_BYTES`] is passed over as it streams by.
//!
//! # Design
//!
//! On every document that is well-formed, the events are those of quick-xml
//! (tests/it/report/xml.rs). Beyond that they are chosen for what reporters
//! break: a `<` inside a tag breaks the tag off (quick-xml reads on to the next
//! `>`), a quote that never closes is no quote, and an XML declaration ends at
//! its first `>`.

mod attributes;
mod doctype;
mod markup;
mod reference;
mod scanner;
mod tag;
mod window;

pub use attributes::{Attribute, Attributes};
pub use scanner::{MARKUP_BYTES, Scanner};
pub use tag::Tag;

use std::borrow::Cow;

use crate::base::Kind;

/// What the scanner comes upon. Names are as written, with their prefix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event<'s> {
    /// A start tag, or one that is its own end.
    Start(Tag<'s>),
    /// An end tag's name.
    End(&'s str),
    /// A piece of text, references resolved; the next event may be its
    /// continuation.
    Text(&'s str),
    /// Something odd at this place. What it is about follows, or was passed over.
    Fault { kind: Kind, detail: Cow<'s, str> },
    /// The end of the document.
    Eof,
}

/// A name without its prefix.
pub fn local_name(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// A name's prefix, or the empty string.
pub fn prefix(name: &str) -> &str {
    name.rsplit_once(':').map_or("", |(prefix, _)| prefix)
}
