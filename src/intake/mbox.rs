//! Mailboxes in one file (RFC 4155 and its relatives), one mail at a time: a
//! mailbox of any size is never whole in memory.
//!
//! All four variants are read alike. A `From ` line begins a mail if it has a
//! date and fields below it; so bodies with bare `From ` lines (mboxcl2, and
//! writers that forgot to quote) stay whole. A `Content-Length` that leads to
//! such a line is believed. `>From ` is unquoted (mboxo, mboxrd, mboxcl).

use std::borrow::Cow;

use memchr::memmem;

use super::Step;
use super::header;
use super::input::{Input, Limited, Slice, Window};
use super::lines;
use super::separator::{LINE_BYTES, begins, has_date, is_separator};
use super::walk::Walk;
use crate::base::{Findings, Format, Kind, Piece};

/// UTF-8's byte order mark, which some editors put before a mailbox.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// A header is searched so far for `Content-Length`.
const HEADER_BYTES: usize = 64 << 10;

impl Walk<'_> {
    /// Walks the mails of a mailbox.
    pub(super) fn mbox(&mut self, input: &mut dyn Input, mut own: Findings) {
        let step =
            |index, range| Step { format: Format::Mbox, index, range: Some(range), name: None };
        if let Some((start, end)) = self.target_step().and_then(|step| step.range) {
            input.skip(start);
            let index = self.target_step().map_or(0, |step| step.index);
            let mut mail = Limited::new(input, end.saturating_sub(start));
            return self.enter(step(index, (start, end)), |walk| {
                walk.stream(&mut Window::new(&mut mail), None, Findings::default());
            });
        }
        let most = self.meter.holdable();
        // What stands behind a piece is looked at, as it is in a whole, but not walked.
        let piece = self.piece.take();
        let end = piece.map_or(u64::MAX, |piece| piece.range.1);
        let mut index = piece.map_or(0, |piece| piece.before);
        let mut mailbox = match piece.filter(|piece| piece.range.0 > 0) {
            Some(piece) => Mailbox::resumed(input, &piece, most),
            None => Mailbox::new(input, most),
        };
        while mailbox.at() < end
            && let Some(entry) = mailbox.next()
        {
            if self.is_full(index, self.meter.limits().parts_per_file, &mut own) {
                break;
            }
            self.begin_member(entry.mail.len() as u64);
            let mut pending = Findings::default();
            if entry.cut {
                let most = self.meter.limits().buffered_bytes;
                self.add(&mut pending, Kind::BufferLimit, most);
            }
            self.meter.settle(&mut pending);
            let (range, mail) = (entry.range, entry.mail);
            self.enter(step(index, range), |walk| {
                // A mailbox holds mails, however odd their beginnings.
                if walk.format(&mut Slice(&mail), Some(Format::Mail)).is_some() {
                    walk.parts += 1;
                    walk.mail(mail, pending);
                }
            });
            index += 1;
        }
        self.tell_container(Format::Mbox, own);
    }
}

/// A mail found in a mailbox.
#[derive(Debug)]
pub(super) struct Entry<'a> {
    /// The mail without its `From ` line, quotation undone.
    pub(super) mail: Cow<'a, [u8]>,
    /// Where it stands in the mailbox's bytes.
    pub(super) range: (u64, u64),
    /// Longer than may be held: only its beginning is here.
    pub(super) cut: bool,
}

/// Where a mail is buffered, and how that was found.
pub(super) struct Extent {
    begin: usize,
    end: usize,
    /// By its `Content-Length`.
    is_stated: bool,
    cut: bool,
}

/// Reads a mailbox from front to back.
pub(super) struct Mailbox<'r> {
    input: &'r mut dyn Input,
    /// Bytes read and not given out yet begin at `start`.
    buf: Vec<u8>,
    start: usize,
    /// Where in the mailbox `buf` begins.
    base: u64,
    ended: bool,
    /// The most bytes of one mail.
    most: usize,
    /// Lines end in a lone CR.
    in_cr: bool,
    /// The first `From ` line has a date: so have the others.
    dated: bool,
    /// No `Content-Length` has been wrong yet.
    trusts_length: bool,
    /// The rest of a mail that was cut is still to be passed over.
    within_cut: bool,
}

impl<'r> Mailbox<'r> {
    pub(super) fn new(input: &'r mut dyn Input, most: u64) -> Self {
        let in_cr = lines::end_in_cr(input.peek(LINE_BYTES));
        let mut mailbox = Self { in_cr, ..Self::at_mail(input, 0, most) };
        let head = mailbox.ahead(LINE_BYTES);
        let mark = if head.starts_with(MARK) { MARK.len() } else { 0 };
        let first = lines::lines(&head[mark..]).find(|(_, line)| line.starts_with(b"From "));
        let (at, dated) = first.map_or((0, true), |(at, line)| (at, has_date(line)));
        mailbox.start = mark + at;
        mailbox.dated = dated;
        mailbox
    }

    /// From a piece on, with whose first byte `input` begins.
    pub(super) fn resumed(input: &'r mut dyn Input, piece: &Piece, most: u64) -> Self {
        let trusts_length = piece.trusts_length;
        Self { trusts_length, ..Self::at_mail(input, piece.range.0, most) }
    }

    /// At the `From ` line of a mail, which stands at this byte of the mailbox.
    fn at_mail(input: &'r mut dyn Input, base: u64, most: u64) -> Self {
        Self {
            input,
            buf: Vec::new(),
            start: 0,
            base,
            ended: false,
            most: usize::try_from(most).unwrap_or(usize::MAX),
            in_cr: false,
            dated: true,
            trusts_length: true,
            within_cut: false,
        }
    }

    /// The next mail, or `None` at the end.
    pub(super) fn next(&mut self) -> Option<Entry<'_>> {
        let Extent { begin, end, is_stated, cut } = self.pass_next()?;
        let bytes = &self.buf[begin..end];
        let is_bare = is_stated && memmem::find(bytes, b"\nFrom ").is_some();
        Some(Entry {
            mail: if is_bare { Cow::Borrowed(bytes) } else { unquoted(bytes) },
            range: (self.base + begin as u64, self.base + end as u64),
            cut,
        })
    }

    /// Where the next mail begins, or the end is.
    pub(super) fn at(&mut self) -> u64 {
        if std::mem::take(&mut self.within_cut) {
            self.pass_rest();
        }
        self.base + self.start as u64
    }

    /// Whether it is taken for a mailbox from there on, too.
    pub(super) fn begins_anew(&mut self) -> bool {
        begins(self.ahead(LINE_BYTES))
    }

    /// Whether a part of it can be read without what is before: by its own beginning.
    pub(super) fn can_be_cut(&self) -> bool {
        self.dated && !self.in_cr
    }

    /// No `Content-Length` has been wrong yet.
    pub(super) fn trusts_length(&self) -> bool {
        self.trusts_length
    }

    /// Passes over the next mail; `None` at the end.
    pub(super) fn pass_next(&mut self) -> Option<Extent> {
        self.at();
        let line = self.ahead(LINE_BYTES);
        if line.is_empty() {
            return None;
        }
        let line = line.get(..LINE_BYTES).unwrap_or(line);
        let begin = line_after(line).unwrap_or(line.len());
        let stated = self.stated_end(begin);
        let (end, next) =
            stated.or_else(|| self.found_end(begin)).unwrap_or((begin + self.most, None));
        self.within_cut = next.is_none();
        let cut = self.within_cut;
        // invariant: both ends were found in, or before the end of, what is buffered.
        let at = self.start;
        self.start = at + next.unwrap_or(end);
        Some(Extent { begin: at + begin, end: at + end, is_stated: stated.is_some(), cut })
    }

    /// At least `n` bytes from `start` on, or all there are.
    fn ahead(&mut self, n: usize) -> &[u8] {
        while self.buf.len() - self.start < n && !self.ended {
            self.fill();
        }
        &self.buf[self.start..]
    }

    fn fill(&mut self) {
        // Moving what is left costs no more than reading what is gone did.
        if self.start >= self.buf.len() - self.start {
            self.base += self.start as u64;
            self.buf.drain(..self.start);
            self.start = 0;
        }
        let bytes = self.input.fill_buf().unwrap_or_default();
        let (n, filled) = (bytes.len(), self.buf.len());
        self.buf.extend_from_slice(bytes);
        self.input.consume(n);
        self.ended = n == 0;
        if self.in_cr {
            lines::to_lf(&mut self.buf[filled..]);
        }
    }

    /// Where the mail ends by its `Content-Length`, and where the next begins,
    /// both from `start` on, if a `From ` line or the end stands there.
    fn stated_end(&mut self, begin: usize) -> Option<(usize, Option<usize>)> {
        if !self.trusts_length {
            return None;
        }
        let head = &self.ahead(begin + HEADER_BYTES)[begin..];
        let (body, length) = content_length(&head[..head.len().min(HEADER_BYTES)])?;
        let end = (begin + body).checked_add(length).filter(|end| end - begin <= self.most)?;
        let (dated, rest) = (self.dated, self.ahead(end + LINE_BYTES));
        let after = rest
            .get(end..)
            .map(|after| after.get(..LINE_BYTES).unwrap_or(after))
            .map(|after| (after, after.iter().take_while(|b| matches!(b, b'\n' | b'\r')).count()));
        let is_end = |after: &[u8], blank| after.len() == blank && blank < LINE_BYTES;
        match after {
            Some((after, blank))
                if is_end(after, blank) || is_separator(&after[blank..], true, dated) =>
            {
                Some((end, Some(end + blank)))
            }
            _ => {
                self.trusts_length = false;
                None
            }
        }
    }

    /// Where the mail ends and the next begins by the next `From ` line, or
    /// the end of the mailbox; `None` where that is further than a mail may go.
    fn found_end(&mut self, begin: usize) -> Option<(usize, Option<usize>)> {
        let finder = memmem::Finder::new(b"\nFrom ");
        let dated = self.dated;
        // From the end of the `From ` line on: a mail may be empty.
        let mut from = begin.saturating_sub(1);
        loop {
            self.ahead(from);
            let ended = self.ended;
            let rest = &self.buf[self.start..];
            if let Some(found) = finder.find(&rest[from..]) {
                let line = from + found + 1;
                if line - begin.min(line) > self.most {
                    return None;
                }
                let rest = self.ahead(line + LINE_BYTES);
                let blank_before =
                    rest[..line].ends_with(b"\n\n") || rest[..line].ends_with(b"\n\r\n");
                if is_separator(&rest[line..], blank_before, dated) {
                    return Some((line.max(begin), Some(line)));
                }
                from = line;
            } else if ended {
                let end = rest.len();
                return (end - begin.min(end) <= self.most).then_some((end, Some(end)));
            } else {
                // The mark may lie across the end of what is here.
                from = from.max(rest.len().saturating_sub(6));
                if from - begin.min(from) > self.most {
                    return None;
                }
                self.fill();
            }
        }
    }

    /// Passes over a cut mail's rest, holding little of it.
    fn pass_rest(&mut self) {
        let finder = memmem::Finder::new(b"\nFrom ");
        loop {
            let dated = self.dated;
            let rest = self.ahead(LINE_BYTES);
            if let Some(found) = finder.find(rest) {
                self.start += found + 1;
                if is_separator(self.ahead(LINE_BYTES), true, dated) {
                    return;
                }
            } else if self.ended {
                self.start = self.buf.len();
                return;
            } else {
                self.start = self.buf.len().saturating_sub(6).max(self.start);
                self.fill();
            }
        }
    }
}

/// Where the body begins, and the value of `Content-Length`, in the header of `mail`.
fn content_length(mail: &[u8]) -> Option<(usize, usize)> {
    let mut length = None;
    let mut all = lines::lines(mail);
    while let Some((_, line)) = all.next() {
        if line.is_empty() {
            return Some((all.offset(), length?));
        }
        if line[0].eq_ignore_ascii_case(&b'c')
            && let Some((name, colon)) = header::field_name(line)
            && name.eq_ignore_ascii_case(b"content-length")
        {
            length = std::str::from_utf8(&line[colon + 1..])
                .ok()
                .and_then(|text| text.trim().parse().ok());
        }
    }
    None
}

/// The offset behind the first line end.
fn line_after(text: &[u8]) -> Option<usize> {
    memchr::memchr(b'\n', text).map(|at| at + 1)
}

/// `>From ` at the beginning of a line is `From `, `>>From ` is `>From `.
pub(super) fn unquoted(mail: &[u8]) -> Cow<'_, [u8]> {
    if memmem::find(mail, b">From ").is_none() {
        return Cow::Borrowed(mail);
    }
    let mut out = Vec::with_capacity(mail.len());
    let mut done = 0;
    for at in memmem::find_iter(mail, b"\n>") {
        let quoted = &mail[at + 1..];
        let marks = quoted.iter().take_while(|byte| **byte == b'>').count();
        if quoted[marks..].starts_with(b"From ") {
            out.extend_from_slice(&mail[done..=at]);
            done = at + 2;
        }
    }
    out.extend_from_slice(&mail[done..]);
    Cow::Owned(out)
}
