//! Sorting by small numbers: no comparison, only counting. Always stable.

use std::collections::BinaryHeap;

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

/// Brings those to the front of ids that the `first` of them will be among, once they are in the
/// order of their keys: they and all with the same key as the last of them. How many that are.
/// Each part stays in the order given.
pub fn bring_forward(ids: &mut Vec<u32>, keys: &[u64], descending: bool, first: usize) -> usize {
    let key = |id: u32| {
        let key = keys.get(id as usize).copied().unwrap_or_default();
        if descending { !key } else { key }
    };
    // The least keys so far, the greatest of them on top.
    let mut least: BinaryHeap<u64> = ids.iter().take(first).map(|id| key(*id)).collect();
    for id in ids.iter().skip(first) {
        if let Some(mut last) = least.peek_mut()
            && key(*id) < *last
        {
            *last = key(*id);
        }
    }
    let Some(last) = least.peek().copied() else { return 0 };
    let (mut front, mut rest) = (Vec::with_capacity(first), Vec::with_capacity(ids.len()));
    for id in ids.iter() {
        let to = if key(*id) <= last { &mut front } else { &mut rest };
        to.push(*id);
    }
    let count = front.len();
    front.append(&mut rest);
    *ids = front;
    count
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
    fn the_first_and_all_like_the_last_of_them_come_forward() {
        let keys = [5, 9, 5, 7, 0, 9, 5];
        for descending in [false, true] {
            for first in 0..=8 {
                let mut ids: Vec<u32> = vec![6, 0, 1, 3, 4, 5, 2];
                let count = bring_forward(&mut ids, &keys, descending, first);
                let mut sorted = vec![6, 0, 1, 3, 4, 5, 2];
                let place = |id: &u32| keys[*id as usize] ^ if descending { u64::MAX } else { 0 };
                sorted.sort_by_key(place);
                let last = first.min(7).checked_sub(1).map(|at| place(&sorted[at]));
                assert_eq!(count, sorted.iter().filter(|id| Some(place(id)) <= last).count());
                ids[..count].sort_by_key(place);
                assert_eq!(ids[..count], sorted[..count]);
                ids[count..].sort_by_key(place);
                assert_eq!(ids, sorted);
            }
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
