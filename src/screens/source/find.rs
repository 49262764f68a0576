//! Where a text stands in a source, whatever the case of its letters in ASCII.

use super::Source;

/// Places that are counted.
pub const MOST: usize = 10_000;

/// The places of a text: each the number of its line, and where in the source it begins. What
/// runs over the end of a line is not found.
pub fn find(source: &Source, wanted: &str) -> Vec<(u32, u32)> {
    let wanted = wanted.as_bytes();
    let Some(first) = wanted.first() else { return Vec::new() };
    let (small, large) = (first.to_ascii_lowercase(), first.to_ascii_uppercase());
    let mut found = Vec::new();
    for (number, line) in (0..).zip(&source.lines) {
        let bytes = source.line(line).as_bytes();
        let mut at = 0;
        while let Some(next) = memchr::memchr2(small, large, bytes.get(at..).unwrap_or_default()) {
            at += next;
            let here = bytes.get(at..at + wanted.len());
            if here.is_some_and(|here| here.eq_ignore_ascii_case(wanted)) {
                found.push((number, line.start + at as u32));
                if found.len() == MOST {
                    return found;
                }
                at += wanted.len();
            } else {
                at += 1;
            }
        }
    }
    found
}
