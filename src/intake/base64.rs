//! Base64 (RFC 2045 §6.8) of any line length and with any noise in it, and
//! text that somebody pasted or saved without decoding it.

use base64::Engine;

use super::Step;
use super::input::{Input, Raw, Window};
use super::meter::Meter;
use super::sniff;
use super::walk::Walk;
use crate::base::field::BASE64;
use crate::base::{Findings, Format, Kind, Whereabouts};

/// Characters decoded at a time: a multiple of 4.
const CHUNK: usize = 16 << 10;

impl Walk<'_> {
    /// Walks what a text in base64 holds.
    pub(super) fn base64(&mut self, input: &mut dyn Input, mut pending: Findings) {
        let start = find(input.peek(sniff::WINDOW)).unwrap_or(0);
        if self.letter.is_some() {
            self.add(&mut pending, Kind::MimeMalformed, "base64, but not declared");
        }
        input.skip(start as u64);
        let step = Step { format: Format::Base64, index: 0, range: None, name: None };
        let meter = self.meter;
        self.enter(step, |walk| {
            let mut decoded = Base64Reader::new(input, Some(meter));
            walk.stream(&mut Window::new(&mut decoded), None, pending);
        });
    }
}

/// Decodes what is base64 in a run of bytes and passes over what is not.
pub(super) struct Base64Reader<'r, 'm> {
    input: &'r mut dyn Input,
    /// Told of noise, if anybody is.
    meter: Option<&'m Meter<'m>>,
    /// Characters of the alphabet, not decoded yet.
    text: Vec<u8>,
    decoded: Vec<u8>,
    /// Bytes of `decoded` handed out.
    given: usize,
    junk: u64,
    ended: bool,
}

impl<'r, 'm> Base64Reader<'r, 'm> {
    pub(super) fn new(input: &'r mut dyn Input, meter: Option<&'m Meter<'m>>) -> Self {
        Self {
            input,
            meter,
            text: Vec::new(),
            decoded: Vec::new(),
            given: 0,
            junk: 0,
            ended: false,
        }
    }

    /// Takes characters until there is a chunk of them, a `=`, or the end; decodes them.
    fn refill(&mut self) {
        self.decoded.clear();
        self.given = 0;
        let mut padded = false;
        while self.text.len() < CHUNK && !padded {
            let bytes = self.input.fill_buf().unwrap_or_default();
            if bytes.is_empty() {
                self.ended = true;
                break;
            }
            let mut taken = 0;
            for byte in bytes {
                if self.text.len() == CHUNK {
                    break;
                }
                taken += 1;
                match byte {
                    b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'+' | b'/' => self.text.push(*byte),
                    b' ' | b'\t' | b'\r' | b'\n' => {}
                    b'=' => {
                        padded = true;
                        break;
                    }
                    // The alphabet for URLs (RFC 4648 §5), as some programming interfaces give it.
                    b'-' => self.text.push(b'+'),
                    b'_' => self.text.push(b'/'),
                    _ => self.junk += 1,
                }
            }
            self.input.consume(taken);
        }
        if self.text.len() % 4 == 1 {
            // Six bits are no byte: what is left of a cut group.
            self.text.pop();
            self.junk += 1;
        }
        // invariant: nothing but characters of the alphabet, and no group of one.
        let decoded = BASE64.decode_vec(&self.text, &mut self.decoded);
        debug_assert!(decoded.is_ok());
        self.text.clear();
        if self.ended
            && self.junk > 0
            && let Some(meter) = self.meter
        {
            meter.fault(Kind::Base64Junk, Whereabouts::Whole, self.junk);
        }
    }
}

impl Raw for Base64Reader<'_, '_> {
    fn read(&mut self, to: &mut [u8]) -> usize {
        while self.given == self.decoded.len() {
            if self.ended {
                return 0;
            }
            self.refill();
        }
        let left = &self.decoded[self.given..];
        let n = left.len().min(to.len());
        to[..n].copy_from_slice(&left[..n]);
        self.given += n;
        n
    }
}

/// Lines looked at for the beginning of the base64, quotation marks and all.
const LINES: usize = 16;

/// The shortest first line that is taken for base64.
const LINE: usize = 16;

/// Where base64 begins in a text that is nothing else, if it decodes to
/// something that is worth it: ordinary words are base64, too, by their letters.
pub(super) fn find(window: &[u8]) -> Option<usize> {
    let mut at = 0;
    let mut tried = 0;
    for line in window.split_inclusive(|byte| matches!(byte, b'\n' | b'\r')) {
        let around = line.iter().take_while(|byte| is_around(**byte)).count();
        if around < line.len() {
            let start = at + around + after_data_url(&line[around..]);
            if begins_here(&window[start..]) {
                return Some(start);
            }
            tried += 1;
            if tried == LINES {
                return None;
            }
        }
        at += line.len();
    }
    None
}

/// What may stand before base64 in its line: quotation marks of mails and of
/// programs, and a byte order mark.
fn is_around(byte: u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, b'>' | b'"' | b'\'' | 0xef | 0xbb | 0xbf)
}

/// The length of `data:…;base64,` (RFC 2397) at the beginning of a line.
fn after_data_url(line: &[u8]) -> usize {
    const SCHEME: &[u8] = b"data:";
    const MARK: &[u8] = b";base64";
    let is = |text: &[u8], word: &[u8]| text.eq_ignore_ascii_case(word);
    let comma = memchr::memchr(b',', line).filter(|comma| {
        let media = &line[..*comma];
        media.get(..SCHEME.len()).is_some_and(|start| is(start, SCHEME))
            && media.len().checked_sub(MARK.len()).is_some_and(|at| is(&media[at..], MARK))
    });
    comma.map_or(0, |comma| comma + 1)
}

fn begins_here(text: &[u8]) -> bool {
    let is_letter =
        |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'-' | b'_');
    let letters = text.iter().take_while(|byte| is_letter(byte)).count();
    let ends = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'=' | b'"' | b'\'');
    if letters < LINE || !text.get(letters).is_none_or(ends) {
        return false;
    }
    let mut head: Vec<u8> = text
        .iter()
        .take_while(|byte| **byte != b'=')
        .filter(|byte| is_letter(byte))
        .map(|byte| match byte {
            b'-' => b'+',
            b'_' => b'/',
            other => *other,
        })
        .collect();
    head.truncate(head.len() / 4 * 4);
    BASE64.decode(head).is_ok_and(|bytes| match sniff::sniff_decoded(&bytes) {
        // Base64 again, at its very beginning: to try each line of each level would
        // take time beyond all bounds.
        Format::Text => begins_here(&bytes),
        Format::Binary | Format::Empty => false,
        _ => true,
    })
}
