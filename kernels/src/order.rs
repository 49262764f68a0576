//! Sorting by small numbers: no comparison, only counting. Always stable.

/// Places up to this many, and not many more than ids, are counted at once: their counters fit a
/// processor's cache.
const COUNTED: usize = 1 << 16;

/// Bits of a place that one pass sorts by, where there are more.
const DIGIT: u32 = 11;

/// Ids in the order of their places, which stand beside them and are at most `last`.
pub fn by_places(ids: Vec<u32>, places: &[u32], last: u32) -> Vec<u32> {
    if (last as usize) < COUNTED.min(ids.len().saturating_mul(4)) {
        return by_counting(&ids, places, last);
    }
    let packed = |(id, place): (&u32, &u32)| u64::from(*place) << 32 | u64::from(*id);
    let mut from: Vec<u64> = ids.iter().zip(places).map(packed).collect();
    drop(ids);
    let mut to = vec![0; from.len()];
    let mut shift = u32::BITS;
    while shift < u64::BITS - last.leading_zeros() {
        by_digit(&from, &mut to, shift);
        std::mem::swap(&mut from, &mut to);
        shift += DIGIT;
    }
    from.into_iter().map(|packed| packed as u32).collect()
}

fn by_counting(ids: &[u32], places: &[u32], last: u32) -> Vec<u32> {
    let mut next = vec![0; last as usize + 1];
    for place in places {
        // invariant: no place is greater than the last.
        next[*place as usize] += 1;
    }
    to_starts(&mut next);
    let mut to = vec![0; ids.len()];
    for (id, place) in ids.iter().zip(places) {
        let next = &mut next[*place as usize];
        to[*next as usize] = *id;
        *next += 1;
    }
    to
}

/// Sorts by the digit that begins at this bit.
fn by_digit(from: &[u64], to: &mut [u64], shift: u32) {
    let digit = |packed: u64| (packed >> shift) as usize & ((1 << DIGIT) - 1);
    let mut next = [0_u32; 1 << DIGIT];
    for packed in from {
        next[digit(*packed)] += 1;
    }
    to_starts(&mut next);
    for packed in from {
        let next = &mut next[digit(*packed)];
        to[*next as usize] = *packed;
        *next += 1;
    }
}

/// From how many there are of each, to where those of each begin.
fn to_starts(counts: &mut [u32]) {
    let mut start = 0;
    for count in counts {
        start += std::mem::replace(count, start);
    }
}

/// The least and the greatest of what rows count.
pub fn bounds(rows: &[u32], counts: &[u64]) -> (u64, u64) {
    let count = |row: &u32| counts.get(*row as usize).copied().unwrap_or_default();
    rows.iter().map(count).fold((u64::MAX, 0), |(min, max), count| (min.min(count), max.max(count)))
}

/// How far the counts of rows are from the least, `min`; or from the greatest, where `max` is given.
pub fn distances(rows: &[u32], counts: &[u64], min: u64, max: Option<u64>) -> Vec<u32> {
    let count = |row: &u32| counts.get(*row as usize).copied().unwrap_or_default();
    let place = |row: &u32| match max {
        Some(max) => max.wrapping_sub(count(row)) as u32,
        None => count(row).wrapping_sub(min) as u32,
    };
    rows.iter().map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_a_stable_comparison_would() {
        for last in [0, 1, 2_047, 2_048, 65_535, 65_536, 1 << 24, u32::MAX] {
            let ids: Vec<u32> = (0..5_000).rev().collect();
            let mixed = |id: u32| u64::from(id).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32;
            let places: Vec<u32> =
                ids.iter().map(|id| (mixed(*id) % (u64::from(last) + 1)) as u32).collect();
            let mut pairs: Vec<_> = places.iter().zip(&ids).collect();
            pairs.sort_by_key(|(place, _)| **place);
            let sorted: Vec<u32> = pairs.into_iter().map(|(_, id)| *id).collect();
            assert_eq!(by_places(ids, &places, last), sorted, "{last}");
        }
    }

    #[test]
    fn counts_by_their_distance() {
        let (rows, counts) = ([2, 0, 1], [7, 3, 5]);
        assert_eq!(bounds(&rows, &counts), (3, 7));
        assert_eq!(distances(&rows, &counts, 3, None), [2, 4, 0]);
        assert_eq!(distances(&rows, &counts, 3, Some(7)), [2, 0, 4]);
    }
}
