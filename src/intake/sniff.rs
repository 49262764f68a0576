//! What a run of bytes is, by its first bytes alone.

use super::header;
use super::inflate;
use super::markup;
use super::{base64, separator};
use crate::base::Format;

/// Bytes looked at: enough for a tar's header and a mail's odd beginning.
pub(super) const WINDOW: usize = 8 << 10;

/// Decoded bytes enough to tell what a compressed text is.
const TRIAL: usize = 256;

/// The format of the bytes that begin with `window` (all of them, if they are
/// fewer than 8 KiB). Text that only looks like base64, and binary data that
/// only looks like bare deflate, are told by decoding a little of them.
pub fn sniff(window: &[u8]) -> Format {
    refined(window, sniff_decoded(window))
}

/// Like [`sniff`] for a part of a mail: what is quoted in a text is no mail
/// attached to it, so that a mail begins at the first line or not at all.
pub(super) fn sniff_part(window: &[u8]) -> Format {
    match sniff(window) {
        Format::Mail if !header::begins_field(window) => {
            refined(window, markup::buried(window).unwrap_or(Format::Text))
        }
        other => other,
    }
}

fn refined(window: &[u8], format: Format) -> Format {
    match format {
        Format::Text if base64::find(window).is_some() => Format::Base64,
        Format::Binary if is_deflated_report(window) => Format::Deflate,
        other => other,
    }
}

/// Like [`sniff`] without the formats that have no mark of their own.
pub(super) fn sniff_decoded(window: &[u8]) -> Format {
    if window.is_empty() {
        return Format::Empty;
    }
    magic(window)
        .or_else(|| wide_text(window))
        .or_else(|| markup::begins(without_mark(window)))
        .or_else(|| letters(without_mark(window)))
        .unwrap_or_else(|| if is_text(window) { text(window) } else { Format::Binary })
}

fn magic(window: &[u8]) -> Option<Format> {
    let format = match window {
        [0x1f, 0x8b, ..] => Format::Gzip,
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] | [b'P', b'K', 7, 8, b'P', b'K', ..] => {
            Format::Zip
        }
        [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ..] => Format::Msg,
        _ if is_tar(window) => Format::Tar,
        _ if is_zlib(window) => Format::Zlib,
        _ => return None,
    };
    Some(format)
}

/// POSIX and GNU archives carry a mark; older ones only the header's checksum.
fn is_tar(window: &[u8]) -> bool {
    let Some(block) = window.first_chunk::<512>() else { return false };
    if &block[257..262] == b"ustar" {
        return true;
    }
    let header = tar::Header::from_byte_slice(block);
    let sum = block.iter().enumerate().map(|(at, byte)| match at {
        148..156 => u32::from(b' '),
        _ => u32::from(*byte),
    });
    block[0].is_ascii_graphic() && header.cksum().is_ok_and(|stated| stated == sum.sum::<u32>())
}

/// RFC 1950 §2.2, and that it inflates: `x^2` has a right checksum, too.
fn is_zlib(window: &[u8]) -> bool {
    let [method, flags, deflated @ ..] = window else { return false };
    method & 0x8f == 8
        && flags & 0x20 == 0
        && u16::from_be_bytes([*method, *flags]).is_multiple_of(31)
        && inflate::trial(deflated, TRIAL).is_some()
}

fn is_deflated_report(window: &[u8]) -> bool {
    inflate::trial(window, TRIAL)
        .is_some_and(|bytes| matches!(sniff_decoded(&bytes), Format::Xml | Format::Json))
}

/// UTF-16, with a byte order mark or told by the zeros beside the first sign.
fn wide_text(window: &[u8]) -> Option<Format> {
    let big_endian = match window {
        [0xfe, 0xff, ..] | [0, b'<' | b'{' | b'[', 0, ..] => true,
        [0xff, 0xfe, ..] | [b'<' | b'{' | b'[', 0, _, 0, ..] => false,
        _ => return None,
    };
    let narrow: Vec<u8> = window
        .chunks_exact(2)
        .map(|unit| if big_endian { (unit[0], unit[1]) } else { (unit[1], unit[0]) })
        .map(|(high, low)| if high == 0 { low } else { b'?' })
        .collect();
    let narrow = narrow.strip_prefix(b"?").unwrap_or(&narrow); // the mark itself
    Some(markup::begins(narrow).or_else(|| markup::buried(narrow)).unwrap_or(Format::Text))
}

/// Hardly any control characters: some reporters let one slip in.
fn is_text(window: &[u8]) -> bool {
    let controls =
        window.iter().filter(|byte| matches!(byte, 0..=8 | 14..=26 | 28..=31 | 127)).count();
    controls * 20 <= window.len()
}

/// A mail or a mailbox. What is attached to it need not be encoded, and then is
/// no text (RFC 3030).
fn letters(text: &[u8]) -> Option<Format> {
    if separator::begins(text) {
        Some(Format::Mbox)
    } else {
        header::begins_mail(text).then_some(Format::Mail)
    }
}

fn text(window: &[u8]) -> Format {
    markup::buried(without_mark(window)).unwrap_or(Format::Text)
}

/// UTF-8 without its byte order mark.
fn without_mark(window: &[u8]) -> &[u8] {
    window.strip_prefix(b"\xef\xbb\xbf").unwrap_or(window)
}

/// A word for what a part is that is no report, for the finding's detail.
pub(super) fn describe(window: &[u8], format: Format) -> &'static str {
    match window {
        [b'%', b'P', b'D', b'F', ..] => "PDF",
        [0x89, b'P', b'N', b'G', ..] => "PNG",
        [0xff, 0xd8, 0xff, ..] => "JPEG",
        [b'G', b'I', b'F', b'8', ..] => "GIF",
        _ => match format {
            Format::Text if markup::is_html(window) => "HTML",
            Format::Text => "text",
            Format::Mail => "mail",
            Format::Zip => "zip",
            Format::Gzip => "gzip",
            Format::Xml => "XML",
            Format::Json => "JSON",
            _ => "binary",
        },
    }
}
