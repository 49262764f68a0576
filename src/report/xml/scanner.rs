//! The scanner: from a window on the document to events.

use std::borrow::Cow;
use std::io::BufRead;

use memchr::{memchr2, memmem};

use super::Event;
use super::doctype::DoctypeScan;
use super::reference::{Reference, reference};
use super::tag::Tag;
use super::window::Window;
use crate::base::{Context, Kind, Whereabouts};

/// Markup is looked at whole up to this size. A longer tag is none; a longer
/// comment, CDATA section or document type declaration is passed through in
/// pieces, and if it never ends, so is all that follows.
pub const MARKUP_BYTES: usize = 256 << 10;

/// What the scanner is in the middle of.
#[derive(Clone, Copy, Debug)]
pub(super) enum Mode {
    Content,
    /// The next bytes are text, whatever they look like.
    Literal(usize),
    /// In a comment, CDATA section or declaration too long to be looked at whole.
    LongComment,
    LongCdata,
    LongDoctype(DoctypeScan),
}

/// Endings that are known not to come any more, so that a million openings
/// without one cost no more than one.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Missing {
    pub comment: bool,
    pub cdata: bool,
    pub instruction: bool,
    /// None ends before this offset.
    pub instruction_before: u64,
    pub doctype: bool,
}

/// Where something is that was searched for.
pub(super) enum Found {
    At(usize),
    /// Not before the document's end.
    Nowhere,
    /// Not within [`MARKUP_BYTES`].
    TooFar,
}

/// Reads a document as a sequence of [`Event`]s.
pub struct Scanner<'b> {
    pub(super) window: Window<'b>,
    pub(super) mode: Mode,
    pub(super) missing: Missing,
    /// Bytes of the last event, to be consumed before the next.
    taken: usize,
    /// Where the last event stands, if it is not where the window's rest begins.
    fault_at: Option<u64>,
    character: [u8; 4],
}

impl<'b> Scanner<'b> {
    pub fn new(source: &'b mut dyn BufRead, context: Context<'b>) -> Self {
        Self {
            window: Window::new(source, context),
            mode: Mode::Content,
            missing: Missing::default(),
            taken: 0,
            fault_at: None,
            character: [0; 4],
        }
    }

    /// The last event's offset.
    pub fn offset(&self) -> u64 {
        self.fault_at.unwrap_or(self.window.offset())
    }

    /// Where the last event stands. Counting lines costs: for findings only.
    pub fn whereabouts(&mut self) -> Whereabouts {
        let offset = self.offset();
        self.window.whereabouts(offset)
    }

    /// The next event. After the end, the end again.
    pub fn next_event(&mut self) -> Event<'_> {
        self.window.consume(std::mem::take(&mut self.taken));
        self.fault_at = None;
        loop {
            let ended = self.window.rest().is_empty() && !self.window.more();
            if let Some(fault) = self.window.encoding_fault() {
                self.fault_at = Some(fault.offset);
                return Event::Fault { kind: fault.kind, detail: fault.detail.into() };
            }
            if ended {
                return self.end();
            }
            let step = match self.mode {
                Mode::Content => self.content(),
                Mode::Literal(bytes) => {
                    self.mode = Mode::Content;
                    Step::Text(bytes)
                }
                Mode::LongComment => self.long(b"-->", false),
                Mode::LongCdata => self.long(b"]]>", true),
                Mode::LongDoctype(scan) => self.long_doctype(scan),
            };
            match step {
                Step::Skip(bytes) => self.window.consume(bytes),
                Step::Text(bytes) => {
                    self.taken = bytes;
                    return Event::Text(&self.window.rest()[..bytes]);
                }
                Step::Cdata(bytes) => {
                    self.taken = bytes;
                    return Event::Text(&self.window.rest()[CDATA.len()..bytes - 3]);
                }
                Step::Character(character, bytes) => {
                    self.taken = bytes;
                    return Event::Text(character.encode_utf8(&mut self.character));
                }
                Step::Start { bytes, broken } => {
                    self.taken = bytes;
                    return Event::Start(Tag::new(&self.window.rest()[..bytes], broken));
                }
                Step::End { name, bytes } => {
                    self.taken = bytes;
                    return Event::End(&self.window.rest()[name.0..name.1]);
                }
                Step::Passed { kind, detail, bytes } => {
                    self.taken = bytes;
                    return Event::Fault { kind, detail: self.window.rest()[..detail].into() };
                }
                Step::Literal { kind, bytes } => {
                    self.mode = Mode::Literal(bytes);
                    return Event::Fault { kind, detail: self.window.rest()[..bytes].into() };
                }
            }
        }
    }

    /// What stands after the last event, `wanted` bytes of it or more where there are so many: for
    /// a reader that knows much of it at a glance. `None` where it is not plain content.
    pub fn ahead(&mut self, wanted: usize) -> Option<&str> {
        self.window.consume(std::mem::take(&mut self.taken));
        self.fault_at = None;
        if self.window.rest().len() < wanted {
            self.window.more();
        }
        let is_plain = matches!(self.mode, Mode::Content) && !self.window.has_encoding_fault();
        is_plain.then(|| self.window.rest())
    }

    /// Passes over the first bytes of what is [ahead](Self::ahead).
    pub fn pass(&mut self, bytes: usize) {
        self.window.consume(bytes);
    }

    fn end(&mut self) -> Event<'_> {
        let detail = match self.mode {
            Mode::LongComment => COMMENT,
            Mode::LongCdata => CDATA,
            Mode::LongDoctype(_) => DOCTYPE,
            Mode::Content | Mode::Literal(_) => return Event::Eof,
        };
        self.mode = Mode::Content;
        Event::Fault { kind: Kind::XmlTruncated, detail: Cow::Borrowed(detail) }
    }

    /// What stands at the start of the rest, which is not empty.
    pub(super) fn content(&mut self) -> Step {
        let rest = self.window.rest();
        match memchr2(b'<', b'&', rest.as_bytes()) {
            None => Step::Text(rest.len()),
            Some(0) if rest.starts_with('<') => self.markup(),
            Some(0) => self.reference(),
            Some(at) => Step::Text(at),
        }
    }

    pub(super) fn reference(&mut self) -> Step {
        loop {
            return match reference(self.window.rest()) {
                Reference::Character(character, bytes) => Step::Character(character, bytes),
                Reference::Unknown(bytes) => Step::Literal { kind: Kind::XmlUnknownEntity, bytes },
                Reference::None => Step::Literal { kind: Kind::XmlBareCharacter, bytes: 1 },
                Reference::Incomplete if self.window.more() => continue,
                Reference::Incomplete => Step::Literal { kind: Kind::XmlBareCharacter, bytes: 1 },
            };
        }
    }

    /// Goes on through a comment or CDATA section to its end.
    fn long(&mut self, ending: &[u8], is_text: bool) -> Step {
        let rest = self.window.rest();
        match memmem::find(rest.as_bytes(), ending) {
            Some(0) => {
                self.mode = Mode::Content;
                Step::Skip(ending.len())
            }
            Some(at) if is_text => Step::Text(at),
            Some(at) => Step::Skip(at),
            None => {
                // The ending may have begun.
                let bytes = rest.len().saturating_sub(ending.len() - 1);
                let bytes = rest.floor_char_boundary(bytes);
                if bytes == 0 && self.window.more() {
                    return Step::Skip(0);
                }
                let bytes = if bytes == 0 { self.window.rest().len() } else { bytes };
                if is_text { Step::Text(bytes) } else { Step::Skip(bytes) }
            }
        }
    }

    fn long_doctype(&mut self, mut scan: DoctypeScan) -> Step {
        let rest = self.window.rest();
        if let Some(bytes) = scan.feed(rest.as_bytes(), false) {
            self.mode = Mode::Content;
            return Step::Skip(bytes);
        }
        let passed = rest.floor_char_boundary(scan.passed());
        if passed == 0 && !self.window.more() {
            return Step::Skip(self.window.rest().len());
        }
        scan.shift(passed);
        self.mode = Mode::LongDoctype(scan);
        Step::Skip(passed)
    }

    /// Searches from a place in the rest on, bringing more into view.
    pub(super) fn find(&mut self, from: usize, wanted: &[u8]) -> Found {
        let mut from = from;
        loop {
            let bytes = self.window.rest().as_bytes();
            if let Some(at) = bytes.get(from..).and_then(|bytes| memmem::find(bytes, wanted)) {
                return Found::At(from + at);
            }
            if bytes.len() >= MARKUP_BYTES {
                return Found::TooFar;
            }
            from = from.max((bytes.len() + 1).saturating_sub(wanted.len()));
            if !self.window.more() {
                return Found::Nowhere;
            }
        }
    }
}

pub(super) const COMMENT: &str = "<!--";
pub(super) const CDATA: &str = "<![CDATA[";
pub(super) const DOCTYPE: &str = "<!DOCTYPE";

/// What to do with the start of the rest. Numbers are bytes of it.
pub(super) enum Step {
    /// Pass over it and look again.
    Skip(usize),
    Text(usize),
    Cdata(usize),
    Character(char, usize),
    Start {
        bytes: usize,
        broken: bool,
    },
    End {
        name: (usize, usize),
        bytes: usize,
    },
    /// A fault about its first bytes; all of it is passed over.
    Passed {
        kind: Kind,
        detail: usize,
        bytes: usize,
    },
    /// A fault about it, and it is text.
    Literal {
        kind: Kind,
        bytes: usize,
    },
}

/// A `<` that begins no markup.
pub(super) const BARE: Step = Step::Literal { kind: Kind::XmlBareCharacter, bytes: 1 };

impl Step {
    /// An opening without its ending: what follows is read as if it were not there.
    pub(super) fn opening(opening: &str) -> Self {
        Step::Passed { kind: Kind::XmlMalformed, detail: opening.len(), bytes: opening.len() }
    }
}
