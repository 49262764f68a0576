//! Bytes of any encoding → UTF-8, piece by piece.
//!
//! What rules, in this order: a byte order mark, the declared encoding, valid
//! UTF-8, windows-1252. The last two are judged run by run (a run ends at `<`
//! or `>`), because reporters glue names in one encoding into documents in
//! another: one bad name spoils nothing else.

mod detect;
mod run;
mod wide;

use std::borrow::Cow;
use std::char::REPLACEMENT_CHARACTER;

use memchr::memchr2;
use vitrail_kernels::text;

use crate::base::{Decode, Kind};

use detect::{Encoding, by_mark, by_zeros, declared_label, letters_and_digits};
use run::run_boundary;
use wide::{push_utf16, push_utf32};

/// What a run is decoded as when it is not what it should be.
const FALLBACK: &str = "windows-1252";

/// So many bytes at the start are enough to know the encoding.
pub const HEAD_BYTES: usize = 1024;

/// Something odd about the encoding, at an offset of the decoded text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EncodingFault {
    pub kind: Kind,
    pub offset: u64,
    pub detail: String,
}

/// Turns bytes into UTF-8 as they come.
#[derive(Debug)]
pub struct Transcoder {
    encoding: Encoding,
    /// The label in the document, for findings.
    declared: Option<String>,
    decode: Decode,
    /// Bytes of a run or a character that is not complete yet.
    held: Vec<u8>,
    /// Bytes that may be held for [`Encoding::Whole`].
    whole_bytes: u64,
    /// Bytes of UTF-8 given out so far.
    given: u64,
    ascii_declared: bool,
    /// All faults, and how many of them are told.
    faults: Vec<EncodingFault>,
    told: usize,
}

impl Transcoder {
    /// Judges by the first bytes ([`HEAD_BYTES`] or all there are). Returns how
    /// many of them are a byte order mark, to be left out.
    pub fn new(head: &[u8], decode: Decode, whole_bytes: u64) -> (Self, usize) {
        let mut transcoder = Self {
            encoding: Encoding::Utf8,
            declared: None,
            decode,
            held: Vec::new(),
            whole_bytes,
            given: 0,
            ascii_declared: false,
            faults: Vec::new(),
            told: 0,
        };
        let declared = declared_label(head);
        if let Some((encoding, mark)) = by_mark(head) {
            if let Some(label) = declared.filter(|label| letters_and_digits(label) != "utf8") {
                transcoder.fault(Kind::EncodingMismatch, format!("{label}, {}", encoding.label()));
            }
            transcoder.encoding = encoding;
            return (transcoder, mark);
        }
        if let Some(encoding) = by_zeros(head) {
            // What has no mark and can be read as no declaration is UTF-8, says XML.
            transcoder.fault(Kind::EncodingMismatch, format!("utf-8, {}", encoding.label()));
            transcoder.encoding = encoding;
        } else if let Some(label) = declared {
            transcoder.declare(label);
        }
        (transcoder, 0)
    }

    /// Follows the declaration as far as the bytes can be that encoding.
    fn declare(&mut self, label: &str) {
        let spellings = [
            Cow::Borrowed(label),
            label.replace('_', "-").into(),
            letters_and_digits(label).into(),
        ];
        let plain = letters_and_digits(label);
        self.declared = Some(label.to_owned());
        if plain == "utf8" {
            return;
        }
        if matches!(plain.as_str(), "ascii" | "usascii" | "ansix341968") {
            self.ascii_declared = true;
            return;
        }
        const PROBE: &str = "<a>";
        let known = spellings.iter().find_map(|spelling| {
            (self.decode)(spelling, PROBE.as_bytes()).map(|decoded| (spelling, decoded == PROBE))
        });
        match known {
            Some((label, true)) if plain.ends_with("iso2022jp") => {
                self.encoding = Encoding::Whole(label.to_string());
            }
            Some((label, true)) => self.encoding = Encoding::Legacy(label.to_string()),
            // The declaration itself could be read, so this is not UTF-16.
            Some((_, false)) => {
                self.fault(Kind::EncodingMismatch, format!("{label}, utf-8"));
            }
            None => self.fault(Kind::EncodingUnknown, label.to_owned()),
        }
    }

    /// The next fault that was not asked for yet.
    pub fn next_fault(&mut self) -> Option<EncodingFault> {
        let fault = self.faults.get(self.told)?.clone();
        self.told += 1;
        Some(fault)
    }

    /// Whether there is one.
    pub fn has_fault(&self) -> bool {
        self.told < self.faults.len()
    }

    fn fault(&mut self, kind: Kind, detail: String) {
        self.faults.push(EncodingFault { kind, offset: self.given, detail });
    }

    /// Decodes more bytes; `last` when there are no more. Appends whole
    /// characters only.
    pub fn push(&mut self, mut bytes: &[u8], last: bool, out: &mut String) {
        // Twice: once a run has ended with the start of a tag, that is held.
        bytes = self.end_run(bytes, out);
        bytes = self.end_run(bytes, out);
        self.push_on(bytes, last, out);
    }

    /// Decodes the run that is held, if it ends here, so that what follows need not be copied behind
    /// it. Returns what follows.
    fn end_run<'b>(&mut self, bytes: &'b [u8], out: &mut String) -> &'b [u8] {
        match memchr2(b'<', b'>', bytes) {
            Some(at) if self.has_runs() && !self.held.is_empty() => {
                let (end, rest) = bytes.split_at(at + 1);
                self.push_on(end, false, out);
                rest
            }
            _ => bytes,
        }
    }

    /// Whether its texts are judged run by run.
    fn has_runs(&self) -> bool {
        matches!(self.encoding, Encoding::Utf8 | Encoding::Legacy(_))
    }

    fn push_on(&mut self, bytes: &[u8], last: bool, out: &mut String) {
        let before = out.len();
        if matches!(self.encoding, Encoding::Whole(_)) && !last {
            let room = self.whole_bytes.saturating_sub(self.held.len() as u64);
            self.held.extend(bytes.iter().take(usize::try_from(room).unwrap_or(usize::MAX)));
            return;
        }
        let joined;
        let bytes = if self.held.is_empty() {
            bytes
        } else {
            self.held.extend_from_slice(bytes);
            joined = std::mem::take(&mut self.held);
            &joined
        };
        let ready = match (self.has_runs(), last) {
            (true, _) => run_boundary(bytes, last),
            (false, true) => bytes.len(),
            (false, false) => bytes.len() & !3,
        };
        let (ready, rest) = bytes.split_at(ready);
        let kept = match self.encoding.clone() {
            Encoding::Utf8 => {
                let is_cut = rest.first() != Some(&b'<');
                self.push_utf8(ready, is_cut, last, out)
            }
            Encoding::Legacy(label) => {
                match str::from_utf8(ready) {
                    Ok(text) if ready.is_ascii() => out.push_str(text),
                    _ => out.push_str(&self.decoded(&label, ready)),
                }
                0
            }
            Encoding::Whole(label) => {
                out.push_str(&self.decoded(&label, ready));
                0
            }
            Encoding::Utf16 { big_endian } => push_utf16(ready, big_endian, last, out),
            Encoding::Utf32 { big_endian } => {
                push_utf32(ready, big_endian, out);
                0
            }
        };
        self.held.extend_from_slice(&ready[ready.len() - kept..]);
        self.held.extend_from_slice(rest);
        self.given += (out.len() - before) as u64;
    }

    fn decoded(&self, label: &str, bytes: &[u8]) -> String {
        (self.decode)(label, bytes).unwrap_or_else(|| String::from_utf8_lossy(bytes).into_owned())
    }

    /// `is_cut` where the last run may go on. Returns how many bytes at the end wait for the rest of
    /// their character.
    fn push_utf8(&mut self, bytes: &[u8], is_cut: bool, last: bool, out: &mut String) -> usize {
        let before = out.len();
        if let Some(text) = text::utf8(bytes) {
            self.push_run(bytes, Some(text), before, out);
            return 0;
        }
        // The document, or what is looked at of a long run, breaks off within a character.
        if is_cut
            && let Err(error) = str::from_utf8(bytes)
            && error.error_len().is_none()
        {
            let (valid, broken) = bytes.split_at(error.valid_up_to());
            out.push_str(&String::from_utf8_lossy(valid));
            if !last {
                return broken.len();
            }
            out.push(REPLACEMENT_CHARACTER);
            return 0;
        }
        let mut rest = bytes;
        while !rest.is_empty() {
            let end = memchr2(b'<', b'>', rest).map_or(rest.len(), |at| at.max(1));
            let (run, after) = rest.split_at(end);
            self.push_run(run, str::from_utf8(run).ok(), before, out);
            rest = after;
        }
        0
    }

    /// Runs that are this text, or one that is not UTF-8. A mismatch is where the first character is
    /// that shows it.
    fn push_run(&mut self, run: &[u8], text: Option<&str>, before: usize, out: &mut String) {
        if (text.is_none() || self.ascii_declared)
            && let Some(at) = run.iter().position(|byte| !byte.is_ascii())
        {
            let used = text.map_or(FALLBACK, |_| "utf-8");
            self.mismatch((out.len() - before + at) as u64, used);
        }
        match text {
            Some(text) => out.push_str(text),
            None => out.push_str(&self.decoded(FALLBACK, run)),
        }
    }

    /// Counts a run in another encoding than declared; told once, as a reporter
    /// with one such name has thousands.
    fn mismatch(&mut self, ahead: u64, used: &str) {
        let declared = self.declared.as_deref().unwrap_or("utf-8");
        let detail = format!("{declared}, {used}");
        if self.faults.iter().all(|fault| fault.detail != detail) {
            let offset = self.given + ahead;
            self.faults.push(EncodingFault { kind: Kind::EncodingMismatch, offset, detail });
        }
    }
}

/// A whole text at once, for formats that are held whole and are UTF-8 by their
/// specification, without its byte order mark; and the label of the encoding
/// that it is really in.
pub fn decode(bytes: &[u8], decode: Decode) -> (Cow<'_, str>, Cow<'static, str>) {
    const UTF_8: Cow<'static, str> = Cow::Borrowed("utf-8");
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if let Some(text) = str::from_utf8(bytes).ok().filter(|_| by_zeros(bytes).is_none()) {
        return (Cow::Borrowed(text), UTF_8);
    }
    let (mut transcoder, mark) = Transcoder::new(bytes, decode, u64::MAX);
    let mut out = String::with_capacity(bytes.len());
    transcoder.push(bytes.get(mark..).unwrap_or_default(), true, &mut out);
    let used = match transcoder.encoding {
        Encoding::Utf8 if transcoder.faults.is_empty() => UTF_8,
        Encoding::Utf8 => Cow::Borrowed(FALLBACK),
        other => Cow::Owned(other.label().to_owned()),
    };
    (Cow::Owned(out), used)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::context::decode_natively;

    /// Decodes in pieces of some sizes, and as a whole, which must not matter.
    fn check(bytes: &[u8], expected: &str, faults: &[(Kind, &str)]) {
        let mut told = None;
        for size in (1..=5).chain([bytes.len()]) {
            let (mut transcoder, mark) = Transcoder::new(bytes, decode_natively, 1 << 20);
            let mut out = String::new();
            for piece in bytes[mark..].chunks(size) {
                transcoder.push(piece, false, &mut out);
            }
            transcoder.push(&[], true, &mut out);
            assert_eq!(out, expected);
            let found: Vec<_> =
                transcoder.faults.iter().map(|f| (f.kind, f.detail.as_str())).collect();
            assert_eq!(found, faults, "{expected}");
            let faults = transcoder.faults.clone();
            assert_eq!(*told.get_or_insert_with(|| faults.clone()), faults, "{expected}");
        }
    }

    fn utf16(text: &str, big_endian: bool) -> Vec<u8> {
        let bytes = |unit: u16| if big_endian { unit.to_be_bytes() } else { unit.to_le_bytes() };
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn marks_rule() {
        check(b"\xef\xbb\xbf<a>\xc3\xa9</a>", "<a>é</a>", &[]);
        for big_endian in [false, true] {
            let text = "\u{feff}<a>é🦀</a>";
            check(&utf16(text, big_endian), &text[3..], &[]);
        }
        check(b"\0\0\xfe\xff\0\0\0<\0\x01\xf9\x80", "<🦀", &[]);
    }

    #[test]
    fn wide_characters_without_a_mark() {
        let found = |label| [(Kind::EncodingMismatch, label)];
        check(&utf16("<a>é</a>", false), "<a>é</a>", &found("utf-8, utf-16le"));
        check(&utf16("<a>é</a>", true), "<a>é</a>", &found("utf-8, utf-16be"));
        check(b"<\0\0\0a\0\0\0", "<a", &found("utf-8, utf-32le"));
    }

    #[test]
    fn a_run_is_judged_as_a_whole_wherever_pieces_end() {
        check(
            b"<a>\xc3\xa9 \xc3</a>",
            "<a>Ã© Ã</a>",
            &[(Kind::EncodingMismatch, "utf-8, windows-1252")],
        );
        let head = "<?xml encoding='us-ascii'?>";
        let bytes = [head.as_bytes(), b"<a>e\xc3\xa9</a><b>\xff</b>"].concat();
        let found = ["us-ascii, utf-8", "us-ascii, windows-1252"];
        let found = found.map(|detail| (Kind::EncodingMismatch, detail));
        check(&bytes, &format!("{head}<a>eé</a><b>ÿ</b>"), &found);
    }

    #[test]
    fn the_declaration_rules_over_the_bytes() {
        let head = "<?xml version='1.0' encoding='ISO-8859-1'?>";
        let mut bytes = head.as_bytes().to_vec();
        bytes.extend(b"<a>Sue\xf1o \x93</a>");
        check(&bytes, &format!("{head}<a>Sueño “</a>"), &[]);
        let head = "<?xml version=\"1.0\" encoding=\"Shift_JIS\" ?>";
        let mut bytes = head.as_bytes().to_vec();
        bytes.extend(b"<a>\x93\xfa\x96\x7b</a>");
        check(&bytes, &format!("{head}<a>日本</a>"), &[]);
        let head = "<?xml encoding=ISO-2022-JP?>";
        let mut bytes = head.as_bytes().to_vec();
        bytes.extend(b"<a>\x1b$BF|K\\\x1b(B</a>");
        check(&bytes, &format!("{head}<a>日本</a>"), &[]);
    }

    #[test]
    fn valid_utf8_then_windows_1252_run_by_run() {
        check(
            b"<a>\xe9</a><b>\xc3\xa9</b>",
            "<a>é</a><b>é</b>",
            &[(Kind::EncodingMismatch, "utf-8, windows-1252")],
        );
        check(b"<a>caf\xc3", "<a>caf\u{fffd}", &[]);
    }

    #[test]
    fn whole_texts() {
        for (bytes, text, label) in [
            (&b"{\"a\"}"[..], "{\"a\"}", "utf-8"),
            (b"\xef\xbb\xbf[1]", "[1]", "utf-8"),
            (b"\xff\xfe[\0]\0", "[]", "utf-16le"),
            (b"\0[\0]", "[]", "utf-16be"),
            (b"[\"caf\xe9\"]", "[\"café\"]", "windows-1252"),
            (b"[\"caf\xc3", "[\"caf\u{fffd}", "utf-8"),
        ] {
            assert_eq!(decode(bytes, decode_natively), (text.into(), label.into()));
        }
    }

    #[test]
    fn declarations_that_cannot_be() {
        for (label, kind, used) in [
            ("utf-16", Kind::EncodingMismatch, "utf-16, utf-8"),
            ("klingon", Kind::EncodingUnknown, "klingon"),
            ("us-ascii", Kind::EncodingMismatch, "us-ascii, utf-8"),
        ] {
            let text = format!("<?xml encoding=\"{label}\"?><a>é</a>");
            check(text.as_bytes(), &text, &[(kind, used)]);
        }
        for label in ["UTF-8", "utf8", "UTF_8"] {
            let text = format!("<?xml encoding='{label}'?><a>é</a>");
            check(text.as_bytes(), &text, &[]);
        }
    }
}
