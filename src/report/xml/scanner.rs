//! The scanner: from a window on the document to events.

use std::borrow::Cow;
use std::io::BufRead;

use memchr::{memchr, memchr2, memmem};

use super::doctype::DoctypeScan;
use super::reference::{Reference, reference};
use super::tag::{Tag, TagEnd, TagScan};
use super::window::Window;
use super::{Event, local_name};
use crate::base::{Context, Kind, Whereabouts};

/// Markup is looked at whole up to this size. A longer tag is none; a longer
/// comment, CDATA section or document type declaration is passed through in
/// pieces, and if it never ends, so is all that follows.
pub const MARKUP_BYTES: usize = 256 << 10;

/// What the scanner is in the middle of.
#[derive(Clone, Copy, Debug)]
enum Mode {
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
struct Missing {
    comment: bool,
    cdata: bool,
    instruction: bool,
    doctype: bool,
}

/// Where something is that was searched for.
enum Found {
    At(usize),
    /// Not before the document's end.
    Nowhere,
    /// Not within [`MARKUP_BYTES`].
    TooFar,
}

/// Reads a document as a sequence of [`Event`]s.
pub struct Scanner<'b> {
    window: Window<'b>,
    mode: Mode,
    missing: Missing,
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
    fn content(&mut self) -> Step {
        let rest = self.window.rest();
        match memchr2(b'<', b'&', rest.as_bytes()) {
            None => Step::Text(rest.len()),
            Some(0) if rest.starts_with('<') => self.markup(),
            Some(0) => self.reference(),
            Some(at) => Step::Text(at),
        }
    }

    fn reference(&mut self) -> Step {
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

    /// What stands at a `<`.
    fn markup(&mut self) -> Step {
        while self.window.rest().len() < DOCTYPE.len() && self.window.more() {}
        let rest = self.window.rest();
        let second = rest[1..].chars().next();
        match second {
            Some('/') => self.end_tag(),
            Some('?') => self.instruction(),
            Some('!') if rest.starts_with(COMMENT) => self.comment(),
            Some('!') if rest.starts_with(CDATA) => self.cdata(),
            Some('!') if starts_with_doctype(rest) => self.doctype(),
            Some(first) if is_name_start(first) => self.start_tag(),
            _ => BARE,
        }
    }

    fn start_tag(&mut self) -> Step {
        let mut scan = TagScan::new();
        loop {
            let bytes = self.window.rest().as_bytes();
            let too_long = bytes.len() >= MARKUP_BYTES;
            match scan.feed(bytes, too_long) {
                TagEnd::Closed(bytes) => return Step::Start { bytes, broken: false },
                TagEnd::Open if self.window.more() => continue,
                TagEnd::Open => {}
                TagEnd::Broken(bytes) if too_long && bytes >= MARKUP_BYTES => return BARE,
                TagEnd::Broken(bytes) => return self.broken_tag(bytes),
            }
            // The document ends here.
            return match scan.feed(self.window.rest().as_bytes(), true) {
                TagEnd::Closed(bytes) => Step::Start { bytes, broken: false },
                TagEnd::Broken(bytes) => self.broken_tag(bytes),
                TagEnd::Open => BARE,
            };
        }
    }

    /// A tag that another breaks off is still one if it is but a name.
    fn broken_tag(&self, bytes: usize) -> Step {
        let rest = self.window.rest();
        let breaks_off = bytes < rest.len();
        if breaks_off && is_name(rest[1..bytes].trim_ascii_end()) {
            Step::Start { bytes, broken: true }
        } else {
            BARE
        }
    }

    fn end_tag(&mut self) -> Step {
        let mut from = 2;
        loop {
            let rest = self.window.rest();
            match memchr2(b'<', b'>', &rest.as_bytes()[from..]) {
                Some(at) => {
                    let at = from + at;
                    return self.end_tag_at(at, rest.as_bytes()[at] == b'>');
                }
                None if rest.len() >= MARKUP_BYTES => return BARE,
                None => from = rest.len(),
            }
            if !self.window.more() {
                return self.end_tag_at(from, false);
            }
        }
    }

    /// An end tag whose name ends at this place, with or without its `>`.
    fn end_tag_at(&self, at: usize, closed: bool) -> Step {
        let inner = &self.window.rest()[2..at];
        let name = inner.trim_ascii();
        let from = 2 + (inner.len() - inner.trim_ascii_start().len());
        let name_range = (from, from + name.len());
        if closed && !name.is_empty() {
            return Step::End { name: name_range, bytes: at + 1 };
        }
        if !closed && is_name(name) {
            return Step::End { name: name_range, bytes: at };
        }
        BARE
    }

    fn instruction(&mut self) -> Step {
        if !self.missing.instruction {
            match self.find(2, b"?>") {
                Found::At(at) if !self.is_unclosed_declaration(at) => return Step::Skip(at + 2),
                Found::At(_) => {}
                Found::Nowhere => self.missing.instruction = true,
                Found::TooFar => {}
            }
        }
        let rest = self.window.rest();
        match memchr2(b'<', b'>', &rest.as_bytes()[1..]) {
            Some(at) if rest.as_bytes()[at + 1] == b'>' => {
                Step::Passed { kind: Kind::XmlMalformed, detail: at + 2, bytes: at + 2 }
            }
            _ => BARE,
        }
    }

    /// `<?xml version="1.0">`: a declaration holds no `>`, so that the `?>`
    /// found belongs to something else.
    fn is_unclosed_declaration(&self, end: usize) -> bool {
        let text = &self.window.rest()[..end];
        let declaration = text
            .strip_prefix("<?xml")
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_whitespace()));
        declaration && memchr(b'>', text.as_bytes()).is_some()
    }

    fn comment(&mut self) -> Step {
        if !self.missing.comment {
            match self.find(COMMENT.len(), b"-->") {
                Found::At(at) => return Step::Skip(at + 3),
                Found::Nowhere => self.missing.comment = true,
                Found::TooFar => {
                    self.mode = Mode::LongComment;
                    return Step::Skip(COMMENT.len());
                }
            }
        }
        Step::opening(COMMENT)
    }

    fn cdata(&mut self) -> Step {
        if !self.missing.cdata {
            match self.find(CDATA.len(), b"]]>") {
                Found::At(at) => return Step::Cdata(at + 3),
                Found::Nowhere => self.missing.cdata = true,
                Found::TooFar => {
                    self.mode = Mode::LongCdata;
                    return Step::Skip(CDATA.len());
                }
            }
        }
        Step::opening(CDATA)
    }

    fn doctype(&mut self) -> Step {
        if self.missing.doctype {
            return Step::opening(DOCTYPE);
        }
        let mut scan = DoctypeScan::new(DOCTYPE.len());
        loop {
            let rest = self.window.rest();
            if let Some(bytes) = scan.feed(rest.as_bytes(), false) {
                return Step::Passed { kind: Kind::XmlDoctype, detail: DOCTYPE.len(), bytes };
            }
            if rest.len() >= MARKUP_BYTES {
                self.mode = Mode::LongDoctype(scan);
                return Step::Passed { kind: Kind::XmlDoctype, detail: DOCTYPE.len(), bytes: 0 };
            }
            if !self.window.more() {
                self.missing.doctype = true;
                return Step::opening(DOCTYPE);
            }
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
    fn find(&mut self, from: usize, wanted: &[u8]) -> Found {
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

const COMMENT: &str = "<!--";
const CDATA: &str = "<![CDATA[";
const DOCTYPE: &str = "<!DOCTYPE";

/// What to do with the start of the rest. Numbers are bytes of it.
enum Step {
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
const BARE: Step = Step::Literal { kind: Kind::XmlBareCharacter, bytes: 1 };

impl Step {
    /// An opening without its ending: what follows is read as if it were not there.
    fn opening(opening: &str) -> Self {
        Step::Passed { kind: Kind::XmlMalformed, detail: opening.len(), bytes: opening.len() }
    }
}

fn starts_with_doctype(text: &str) -> bool {
    text.get(..DOCTYPE.len()).is_some_and(|start| start.eq_ignore_ascii_case(DOCTYPE))
}

/// Whether a name can begin so (XML 1.0 §2.3, without the fine print beyond ASCII).
fn is_name_start(character: char) -> bool {
    character.is_ascii_alphabetic() || matches!(character, '_' | ':') || !character.is_ascii()
}

fn is_name(text: &str) -> bool {
    text.starts_with(is_name_start)
        && text.chars().all(|c| is_name_start(c) || c.is_ascii_digit() || matches!(c, '-' | '.'))
        && !local_name(text).is_empty()
}
