//! UTF-16 and UTF-32.

use std::char::REPLACEMENT_CHARACTER;

/// Decodes units of 16 bits. Returns how many bytes at the end wait for the
/// second half of a pair.
pub(super) fn push_utf16(bytes: &[u8], big_endian: bool, last: bool, out: &mut String) -> usize {
    let (pairs, odd) = bytes.as_chunks::<2>();
    let unit = |pair: &[u8; 2]| {
        if big_endian { u16::from_be_bytes(*pair) } else { u16::from_le_bytes(*pair) }
    };
    let split = pairs.last().is_some_and(|pair| (0xd800..0xdc00).contains(&unit(pair))) && !last;
    let complete = pairs.len() - usize::from(split);
    let units = pairs.iter().take(complete).map(unit);
    out.extend(char::decode_utf16(units).map(|unit| unit.unwrap_or(REPLACEMENT_CHARACTER)));
    if last && !odd.is_empty() {
        out.push(REPLACEMENT_CHARACTER);
    }
    if split { 2 } else { 0 }
}

pub(super) fn push_utf32(bytes: &[u8], big_endian: bool, out: &mut String) {
    let (units, odd) = bytes.as_chunks::<4>();
    out.extend(units.iter().map(|unit| {
        let code = if big_endian { u32::from_be_bytes(*unit) } else { u32::from_le_bytes(*unit) };
        char::from_u32(code).unwrap_or(REPLACEMENT_CHARACTER)
    }));
    if !odd.is_empty() {
        out.push(REPLACEMENT_CHARACTER);
    }
}
