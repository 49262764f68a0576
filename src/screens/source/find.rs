//! Where a text stands in a source, whatever the case of its letters in ASCII.

/// Places that are counted.
pub const MOST: usize = 1_000_000;

/// Where in the source a text begins, in order; places do not overlap.
pub fn find(source: &str, wanted: &str) -> Vec<u32> {
    let (source, wanted) = (source.as_bytes(), wanted.as_bytes());
    let Some(first) = wanted.first() else { return Vec::new() };
    let (small, large) = (first.to_ascii_lowercase(), first.to_ascii_uppercase());
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(next) = memchr::memchr2(small, large, source.get(at..).unwrap_or_default()) {
        at += next;
        let here = source.get(at..at + wanted.len());
        if here.is_some_and(|here| here.eq_ignore_ascii_case(wanted)) {
            found.push(at as u32);
            if found.len() == MOST {
                break;
            }
            at += wanted.len();
        } else {
            at += 1;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_found_whatever_the_case_and_over_the_ends_of_lines() {
        for (source, wanted, places) in [
            ("<a>\n<b>A</b>", "A", vec![1, 7]),
            ("aaaa", "AA", vec![0, 2]),
            ("one\ntwo", "e\nt", vec![2]),
            ("É é", "é", vec![3]),
            ("abc", "", vec![]),
            ("ab", "abc", vec![]),
        ] {
            assert_eq!(find(source, wanted), places, "{wanted}");
        }
    }
}
