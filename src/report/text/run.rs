//! Runs of text: what stands between two tags, or is one.

use memchr::{memrchr2, memrchr3};

/// A run that goes on for so long is judged in pieces.
const RUN_BYTES: usize = 64 << 10;

/// Where the last complete run ends: after `>` or before `<`.
pub(super) fn run_boundary(bytes: &[u8], last: bool) -> usize {
    if last {
        return bytes.len();
    }
    let boundary = match memrchr2(b'<', b'>', bytes) {
        Some(at) if bytes.get(at) == Some(&b'>') => at + 1,
        Some(at) => at,
        None => 0,
    };
    if bytes.len() - boundary <= RUN_BYTES {
        return boundary;
    }
    // Neither is white space ever a part of a character.
    let space = memrchr3(b' ', b'\n', b'\t', bytes).map_or(0, |at| at + 1);
    if bytes.len() - space <= RUN_BYTES { space } else { bytes.len() }
}
