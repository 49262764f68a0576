//! What stands at a `<`: the scanner's one place where markup is told from text.

use memchr::{memchr, memchr2};

use super::doctype::DoctypeScan;
use super::local_name;
use super::scanner::{BARE, CDATA, COMMENT, DOCTYPE, Found, MARKUP_BYTES, Mode, Scanner, Step};
use super::tag::{TagEnd, TagScan};
use crate::base::Kind;

const DECLARATION: &str = "<?xml";

impl Scanner<'_> {
    /// What stands at a `<`.
    pub(super) fn markup(&mut self) -> Step {
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
            // Where it was searched before, it need not be again.
            let offset = self.window.offset();
            let from = usize::try_from(self.missing.instruction_before.saturating_sub(offset));
            match self.find(from.unwrap_or(0).max(2), b"?>") {
                Found::At(at) if !self.is_unclosed_declaration(at) => {
                    return self.whole_instruction(at + 2);
                }
                Found::At(_) => {}
                Found::Nowhere => self.missing.instruction = true,
                Found::TooFar => {
                    let searched = self.window.rest().len().saturating_sub(1);
                    self.missing.instruction_before = offset + searched as u64;
                }
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

    /// An XML declaration must be the first thing there is (XML 1.0 §2.8).
    fn whole_instruction(&self, bytes: usize) -> Step {
        if self.window.offset() > 0 && self.is_declaration() {
            return Step::Passed { kind: Kind::XmlOutsideText, detail: DECLARATION.len(), bytes };
        }
        Step::Skip(bytes)
    }

    fn is_declaration(&self) -> bool {
        let rest = self.window.rest().strip_prefix(DECLARATION);
        rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_whitespace()))
    }

    /// `<?xml version="1.0">`: a declaration holds no `>`, so that the `?>`
    /// found belongs to something else.
    fn is_unclosed_declaration(&self, end: usize) -> bool {
        self.is_declaration() && memchr(b'>', &self.window.rest().as_bytes()[..end]).is_some()
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
