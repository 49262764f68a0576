//! Sorting ids: by a key of each, absent keys last in either direction, or by
//! comparison. Always stable.

use std::cmp::Ordering;

/// Fewer ids than this are not worth the counting.
const FEW: usize = 1 << 10;
/// Bits of a key that one pass sorts by.
const DIGIT: u32 = 11;

/// Sorts ids by their keys; those with the same key stay in the order given,
/// those without one come last.
///
/// Keys that span less than 32 bits, which is all but the oddest, are packed
/// beside their ids and sorted digit by digit: no comparison, no look-up.
pub fn sort(mut ids: Vec<u32>, descending: bool, key: impl Fn(u32) -> Option<u64>) -> Vec<u32> {
    let (mut min, mut max) = (u64::MAX, 0);
    for key in ids.iter().filter_map(|id| key(*id)) {
        (min, max) = (min.min(key), max.max(key));
    }
    if min > max {
        return ids;
    }
    // Absent keys get one past the last.
    let place = |id: u32| match key(id) {
        Some(key) if descending => max - key,
        Some(key) => key - min,
        None => (max - min).saturating_add(1),
    };
    match u32::try_from(max - min) {
        Ok(span) if span < u32::MAX && ids.len() >= FEW => {
            let packed = ids.iter().map(|id| place(*id) << 32 | u64::from(*id)).collect();
            by_digits(packed, span + 1).into_iter().map(|packed| packed as u32).collect()
        }
        _ => {
            sort_by(&mut ids, &|a, b| {
                (key(a).is_none(), place(a)).cmp(&(key(b).is_none(), place(b)))
            });
            ids
        }
    }
}

/// Sorts ids by comparison. One function for all: each order that is compiled
/// into a sort of its own adds eight kilobytes to the site.
pub fn sort_by(ids: &mut [u32], order: &dyn Fn(u32, u32) -> Ordering) {
    ids.sort_by(|a, b| order(*a, *b));
}

/// Sorts by the upper halves, which are at most `max`, from the last digit on.
fn by_digits(mut from: Vec<u64>, max: u32) -> Vec<u64> {
    let mut to = vec![0; from.len()];
    let mut shift = 0;
    while shift < u32::BITS - max.leading_zeros() {
        let digit = |packed: u64| (packed >> (32 + shift)) as usize & ((1 << DIGIT) - 1);
        let mut next = [0u32; 1 << DIGIT];
        for packed in &from {
            next[digit(*packed)] += 1;
        }
        let mut start = 0;
        for count in &mut next {
            start += std::mem::replace(count, start);
        }
        for packed in &from {
            let place = &mut next[digit(*packed)];
            to[*place as usize] = *packed;
            *place += 1;
        }
        std::mem::swap(&mut from, &mut to);
        shift += DIGIT;
    }
    from
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Keys of all widths, one in eight absent.
    fn key(id: u32, bits: u32) -> Option<u64> {
        let mixed = u64::from(id).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        (mixed % 8 != 0).then_some((mixed >> 3) & ((1 << bits) - 1))
    }

    #[test]
    fn as_a_stable_comparison_would() {
        for bits in [1, 11, 12, 31, 32, 40, 60] {
            for len in [10, FEW as u32 * 3] {
                let ids: Vec<u32> = (0..len).rev().collect();
                let mut up = ids.clone();
                up.sort_by_key(|id| (key(*id, bits).is_none(), key(*id, bits)));
                assert_eq!(sort(ids.clone(), false, |id| key(id, bits)), up);
                let mut down = ids.clone();
                down.sort_by_key(|id| (key(*id, bits).is_none(), key(*id, bits).map(|key| !key)));
                assert_eq!(sort(ids, true, |id| key(id, bits)), down);
            }
        }
    }

    #[test]
    fn nothing_to_go_by_changes_nothing() {
        assert_eq!(sort(vec![3, 1, 2], true, |_| None), [3, 1, 2]);
        assert_eq!(sort(vec![], false, |_| Some(1)), [0; 0]);
    }
}
