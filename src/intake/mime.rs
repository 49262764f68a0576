//! A mail taken apart (RFC 2046 §5.1): its leaf parts, in the order in which
//! they stand, each with what its header declares and its body as it stands.
//!
//! Parts are wanted as bytes whatever they are declared to be, in linear time
//! and a bounded number, also where a boundary is missing, wrong or never closed.

use std::borrow::Cow;

use super::base64::Base64Reader;
use super::header::{self, Header};
use super::input::{self, Slice, Window};
use super::lines::lines;
use super::sniff;
use crate::base::field::unescaped;
use crate::base::{Decode, Format};

/// How a body is encoded for transport (RFC 2045 §6), as declared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Encoding {
    #[default]
    Identity,
    Base64,
    QuotedPrintable,
}

/// A leaf part.
#[derive(Debug, Default)]
pub(super) struct Part<'a> {
    /// `type/subtype` in lower case; empty where none is declared.
    pub(super) media: String,
    pub(super) charset: Option<String>,
    pub(super) name: Option<String>,
    pub(super) encoding: Encoding,
    pub(super) body: Cow<'a, [u8]>,
    /// What is wrong with its header or its place.
    pub(super) fault: Option<String>,
}

/// The leaves of a mail.
#[derive(Debug, Default)]
pub(super) struct Parts<'a> {
    /// What the mail is declared to be, with the type of report if it is one.
    pub(super) media: String,
    pub(super) leaves: Vec<Part<'a>>,
    /// The first thing wrong with the header or the place of a multipart.
    pub(super) fault: Option<String>,
    /// There are more than the limit allows.
    pub(super) cut: bool,
    /// Multiparts within [`DEPTH`] others were not taken apart.
    pub(super) deep: bool,
}

/// Multiparts within multiparts.
pub(super) const DEPTH: u32 = 32;

/// Takes a mail apart, up to `most` leaves. `header` is its own.
pub(super) fn parts<'a>(
    mail: &'a [u8],
    header: &Header<'a>,
    most: u32,
    decode: Decode,
) -> Parts<'a> {
    let declared = Declared::of(header, decode);
    let parts = Parts { media: declared.title(), ..Parts::default() };
    let mut collector = Collector { parts, most: most as usize, decode };
    collector.collect(declared, &mail[header.body..], DEPTH);
    collector.parts
}

struct Collector<'a> {
    parts: Parts<'a>,
    most: usize,
    decode: Decode,
}

impl<'a> Collector<'a> {
    fn collect(&mut self, mut declared: Declared, body: &'a [u8], depth: u32) {
        let mut fault = declared.fault.take();
        self.parts.deep |= depth == 0 && declared.media.starts_with("multipart/");
        if depth > 0
            && let Some(boundary) = declared.boundary(body, &mut fault)
        {
            self.parts.fault = self.parts.fault.take().or(fault);
            for piece in Pieces::new(body, &boundary) {
                if self.parts.cut {
                    return;
                }
                let header = Header::of_part(piece);
                let declared = Declared::of(&header, self.decode);
                self.collect(declared, &piece[header.body..], depth - 1);
            }
        } else if self.parts.leaves.len() == self.most {
            self.parts.cut = true;
        } else {
            self.parts.leaves.push(Part {
                media: declared.media,
                charset: declared.charset,
                name: declared.name,
                encoding: declared.encoding,
                body: Cow::Borrowed(body),
                fault,
            });
        }
    }
}

/// What a header declares of the body under it.
#[derive(Default)]
struct Declared {
    media: String,
    charset: Option<String>,
    name: Option<String>,
    encoding: Encoding,
    boundary: Option<String>,
    report_type: Option<String>,
    fault: Option<String>,
}

impl Declared {
    fn of(header: &Header<'_>, decode: Decode) -> Self {
        let mut declared = Self::default();
        if header.has_odd_line {
            declared.fault = Some("a line without a colon".to_owned());
        }
        if let Some(value) = declared.field(header, "Content-Type") {
            let content = header::content(value, decode);
            declared.charset = content.get("charset", decode);
            declared.boundary = content.get("boundary", decode);
            declared.report_type = content.get("report-type", decode);
            declared.name = content.get("name", decode);
            declared.media = content.word;
        }
        if let Some(value) = declared.field(header, "Content-Disposition") {
            let name = header::content(value, decode).get("filename", decode);
            declared.name = name.or(declared.name.take());
        }
        if let Some(value) = declared.field(header, "Content-Transfer-Encoding") {
            let value = value.trim_ascii().to_ascii_lowercase();
            declared.encoding = if memchr::memmem::find(&value, b"base64").is_some() {
                Encoding::Base64
            } else if memchr::memmem::find(&value, b"quoted").is_some() {
                Encoding::QuotedPrintable
            } else {
                Encoding::Identity
            };
        }
        declared.name = declared.name.take().filter(|name| !name.trim().is_empty());
        declared
    }

    /// The type, and that of a report.
    fn title(&self) -> String {
        match &self.report_type {
            Some(report_type) => format!("{}; report-type={report_type}", self.media),
            None => self.media.clone(),
        }
    }

    fn field<'a>(&mut self, header: &Header<'a>, name: &str) -> Option<&'a [u8]> {
        let (value, mistyped) = header.get_mime(name)?;
        if mistyped {
            self.fault = Some(format!("no {name}, but nearly"));
        }
        Some(value)
    }

    /// The boundary between the parts of `body`, if it is a multipart: the
    /// declared one, or the one that stands there.
    fn boundary(&self, body: &[u8], fault: &mut Option<String>) -> Option<Vec<u8>> {
        let declared = self.boundary.as_ref().map(|boundary| boundary.trim_end().as_bytes());
        if !self.media.starts_with("multipart/") && !self.media.is_empty() {
            return None;
        }
        match declared.filter(|boundary| !boundary.is_empty()) {
            Some(boundary) if next_delimiter(body, 0, boundary).is_some() => {
                Some(boundary.to_vec())
            }
            _ => {
                let boundary = standing_boundary(body)?.to_vec();
                *fault = Some("boundary not as declared".to_owned());
                Some(boundary)
            }
        }
    }
}

/// A line `--x` with a MIME field right below it makes `x` a boundary.
fn standing_boundary(body: &[u8]) -> Option<&[u8]> {
    /// Preambles are short.
    const LINES: usize = 200;
    let mut boundary: Option<&[u8]> = None;
    for (_, line) in lines(body).take(LINES) {
        if let Some(boundary) = boundary
            && header::field_name(line).is_some_and(|(name, _)| {
                name.get(..7).is_some_and(|start| start.eq_ignore_ascii_case(b"content"))
            })
        {
            return Some(boundary);
        }
        boundary =
            line.strip_prefix(b"--").map(<[u8]>::trim_ascii_end).filter(|rest| !rest.is_empty());
    }
    None
}

/// The pieces between the delimiters of one multipart.
struct Pieces<'a> {
    body: &'a [u8],
    boundary: Vec<u8>,
    /// Where the next piece begins, if there is one.
    next: Option<usize>,
}

impl<'a> Pieces<'a> {
    fn new(body: &'a [u8], boundary: &[u8]) -> Self {
        let next = next_delimiter(body, 0, boundary).and_then(|delimiter| delimiter.next);
        Self { body, boundary: boundary.to_vec(), next }
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        let start = self.next?;
        match next_delimiter(self.body, start, &self.boundary) {
            Some(delimiter) => {
                self.next = delimiter.next;
                Some(&self.body[start..delimiter.start.max(start)])
            }
            None => {
                self.next = None;
                Some(&self.body[start..])
            }
        }
    }
}

/// A delimiter line.
struct Delimiter {
    /// Where the line end before it stands, which belongs to it.
    start: usize,
    /// Where the next piece begins; `None` where this one closes the multipart.
    next: Option<usize>,
}

/// The next delimiter at or after `from`. It need not begin a line: base64
/// without a last line end runs into it.
fn next_delimiter(body: &[u8], from: usize, boundary: &[u8]) -> Option<Delimiter> {
    let mut at = from;
    loop {
        let found = at + memchr::memmem::find(&body[at..], boundary)?;
        at = found + boundary.len();
        let Some(dashes) = found.checked_sub(2).filter(|dashes| *dashes >= from) else { continue };
        if !body[dashes..].starts_with(b"--") {
            continue;
        }
        let closes = body[at..].starts_with(b"--");
        let rest = &body[at + 2 * usize::from(closes)..];
        let line = &rest[..memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len())];
        if !line.trim_ascii().is_empty() {
            // The beginning of a longer boundary, of a multipart inside.
            continue;
        }
        let end = body.len() - rest.len() + line.len();
        let end =
            end + if body[end..].starts_with(b"\r\n") { 2 } else { usize::from(end < body.len()) };
        let start = match &body[from..dashes] {
            [.., b'\r', b'\n'] => dashes - 2,
            [.., b'\n' | b'\r'] => dashes - 1,
            _ => dashes,
        };
        return Some(Delimiter { start, next: (!closes).then_some(end) });
    }
}

impl Part<'_> {
    /// The transfer encoding of the body by its looks: what is a report as it
    /// stands was never encoded.
    pub(super) fn real_encoding(&self) -> Encoding {
        let head = &self.body[..self.body.len().min(sniff::WINDOW)];
        let is_plain = match self.encoding {
            Encoding::Identity => true,
            Encoding::Base64 => {
                head.trim_ascii() == b"unused"
                    || matches!(
                        sniff::sniff_decoded(head),
                        Format::Xml | Format::Json | Format::Gzip | Format::Zip | Format::Mail
                    )
            }
            Encoding::QuotedPrintable => {
                matches!(sniff::sniff_decoded(head), Format::Gzip | Format::Zip)
                    || quoted_printable(&self.body).is_none()
            }
        };
        if is_plain { Encoding::Identity } else { self.encoding }
    }

    /// The body, transfer encoding undone.
    pub(super) fn decoded(&self) -> Cow<'_, [u8]> {
        match self.real_encoding() {
            Encoding::Identity => Cow::Borrowed(&self.body),
            Encoding::Base64 => {
                let mut text = Slice(&self.body);
                let mut decoded = Base64Reader::new(&mut text, None);
                let mut window = Window::for_bytes(&mut decoded, self.body.len() as u64);
                Cow::Owned(input::take(&mut window, u64::MAX))
            }
            Encoding::QuotedPrintable => {
                quoted_printable(&self.body).map_or(Cow::Borrowed(&self.body[..]), Cow::Owned)
            }
        }
    }
}

/// Quoted-printable undone (RFC 2045 §6.7); `None` where it is none.
fn quoted_printable(body: &[u8]) -> Option<Vec<u8>> {
    let mut decoded = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some(mark) = memchr::memchr(b'=', rest) {
        decoded.extend_from_slice(&rest[..mark]);
        rest = &rest[mark..];
        let spaces = rest[1..].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let passed = match rest[1 + spaces..] {
            // The line goes on.
            [b'\r', b'\n', ..] => spaces + 3,
            [b'\n', ..] => spaces + 2,
            [] => rest.len(),
            _ => match unescaped(rest.get(..3)?, b'=')[..] {
                [byte] => {
                    decoded.push(byte);
                    3
                }
                _ => return None,
            },
        };
        rest = &rest[passed..];
    }
    decoded.extend_from_slice(rest);
    Some(decoded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_printable_or_not() {
        for (body, decoded) in [
            ("a=3D=C3=a9=\r\n b =\nc= \t\n=", Some("a=é b c")),
            ("plain\r\n", Some("plain\r\n")),
            ("a==3D", None),
            ("a=3", None),
            ("a=3 b", None),
        ] {
            let expected = decoded.map(|text| text.as_bytes().to_vec());
            assert_eq!(quoted_printable(body.as_bytes()), expected, "{body}");
        }
    }
}
