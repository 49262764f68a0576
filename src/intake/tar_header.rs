//! A header in a tar archive (POSIX.1-2017, pax, "ustar Interchange Format"), with the numbers and
//! kinds of member that GNU tar has added.

use std::ops::Range;

pub(super) const BLOCK: usize = 512;

const NAME: Range<usize> = 0..100;
const SIZE: Range<usize> = 124..136;
const CHECKSUM: Range<usize> = 148..156;
const KIND: usize = 156;
const MARK: Range<usize> = 257..262;
const VERSION: Range<usize> = 262..265;
const PREFIX: Range<usize> = 345..500;

/// What stands behind a header.
pub(super) enum Member {
    File,
    /// The name of the next member, as GNU tar writes long ones.
    LongName,
    /// Fields of the next member, as POSIX has them.
    Fields,
    Other,
}

pub(super) struct Header<'a>(pub(super) &'a [u8; BLOCK]);

impl Header<'_> {
    /// POSIX and GNU archives carry a mark; older ones only the checksum.
    pub(super) fn is_sound(&self) -> bool {
        let Self(block) = self;
        let sum = block.iter().enumerate().map(|(at, byte)| match CHECKSUM.contains(&at) {
            true => u64::from(b' '),
            false => u64::from(*byte),
        });
        &block[MARK] == b"ustar"
            || block[0].is_ascii_graphic() && octal(&block[CHECKSUM]) == Some(sum.sum())
    }

    pub(super) fn member(&self) -> Member {
        match self.0[KIND] {
            // Regular; contiguous; with holes, of which the size does not speak.
            0 | b'0' | b'7' | b'S' => Member::File,
            b'L' => Member::LongName,
            b'x' => Member::Fields,
            _ => Member::Other,
        }
    }

    pub(super) fn size(&self) -> Option<u64> {
        match self.0[SIZE] {
            // What octal digits have no room for: the last eight bytes are enough here.
            [first, .., a, b, c, d, e, f, g, h] if first & 0x80 != 0 => {
                Some(u64::from_be_bytes([a, b, c, d, e, f, g, h]))
            }
            _ => octal(&self.0[SIZE]),
        }
    }

    pub(super) fn name(&self) -> String {
        let name = text(&self.0[NAME]);
        match text(&self.0[PREFIX]) {
            prefix if !prefix.is_empty() && &self.0[VERSION] == b"\x0000" => {
                format!("{prefix}/{name}")
            }
            _ => name,
        }
    }
}

fn octal(field: &[u8]) -> Option<u64> {
    u64::from_str_radix(text(field).trim(), 8).ok()
}

/// A field's text: up to its first zero.
pub(super) fn text(field: &[u8]) -> String {
    let text = field.split(|byte| *byte == 0).next().unwrap_or_default();
    String::from_utf8_lossy(text).into_owned()
}
