//! Sorting ids: by a key of each, absent keys last in either direction, or by
//! comparison. Always stable.

use std::cmp::Ordering;

use vitrail_kernels::order::{bounds, by_places, distances};
use vitrail_kernels::rows::{Rows, look_up};

/// Sorts ids by their keys; those with the same key stay in the order given,
/// those without one come last.
pub fn sort(mut ids: Vec<u32>, descending: bool, key: &dyn Fn(u32) -> Option<u64>) -> Vec<u32> {
    let keys: Vec<_> = ids.iter().map(|id| key(*id)).collect();
    match places(&keys, descending) {
        Some((places, last)) => by_places(ids, &places, last),
        None => {
            sort_by(&mut ids, &|a, b| {
                let (a, b) = (key(a), key(b));
                let order = if descending { b.cmp(&a) } else { a.cmp(&b) };
                a.is_none().cmp(&b.is_none()).then(order)
            });
            ids
        }
    }
}

/// Sorts rows by what they count.
pub fn sort_by_counts(rows: Vec<u32>, descending: bool, counts: &[u64]) -> Vec<u32> {
    let (min, max) = bounds(&rows, counts);
    match u32::try_from(max.saturating_sub(min)) {
        Ok(last) => {
            let places = distances(&rows, counts, min, descending.then_some(max));
            by_places(rows, &places, last)
        }
        Err(_) => sort(rows, descending, &|row| counts.get(row as usize).copied()),
    }
}

/// Sorts rows by the keys of their ids in a column.
pub fn sort_by_ids(
    rows: Vec<u32>,
    descending: bool,
    ids: &[u32],
    keys: &[Option<u64>],
) -> Vec<u32> {
    let Some((table, last)) = places(keys, descending) else {
        return sort(rows, descending, &|row| *keys.get(*ids.get(row as usize)? as usize)?);
    };
    let mut places = Vec::with_capacity(rows.len());
    look_up(Rows::Listed(&rows), ids, &table, &mut places);
    by_places(rows, &places, last)
}

/// The place of each key, and the last of all, which is that of absent keys. `None` where keys span
/// more than numbers of 32 bits, which only the oddest do.
fn places(keys: &[Option<u64>], descending: bool) -> Option<(Vec<u32>, u32)> {
    let (min, max) =
        keys.iter().flatten().fold((u64::MAX, 0), |(min, max), key| (min.min(*key), max.max(*key)));
    let last = u32::try_from(max.saturating_sub(min)).ok()?.checked_add(1)?;
    let place = |key: &Option<u64>| match key {
        Some(key) if descending => (max - key) as u32,
        Some(key) => (key - min) as u32,
        None => last,
    };
    Some((keys.iter().map(place).collect(), last))
}

/// A key for a part of a whole, in the order of such parts; a part of nothing has none.
pub fn share(part: u64, whole: u64) -> Option<u64> {
    // What floating points stand for has the order of their bits, below zero apart.
    (whole > 0).then(|| (part as f64 / whole as f64).to_bits())
}

/// Sorts ids by comparison. One function for all: each order that is compiled
/// into a sort of its own adds eight kilobytes to the site.
pub fn sort_by(ids: &mut [u32], order: &dyn Fn(u32, u32) -> Ordering) {
    ids.sort_by(|a, b| order(*a, *b));
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
            for len in [10, 3_000] {
                let ids: Vec<u32> = (0..len).rev().collect();
                let mut up = ids.clone();
                up.sort_by_key(|id| (key(*id, bits).is_none(), key(*id, bits)));
                assert_eq!(sort(ids.clone(), false, &|id| key(id, bits)), up);
                let mut down = ids.clone();
                down.sort_by_key(|id| (key(*id, bits).is_none(), key(*id, bits).map(|key| !key)));
                assert_eq!(sort(ids.clone(), true, &|id| key(id, bits)), down);
                // As rows whose ids in a column are they themselves.
                let keys: Vec<_> = (0..len).map(|id| key(id, bits)).collect();
                assert_eq!(sort_by_ids(ids.clone(), false, &Vec::from_iter(0..len), &keys), up);
                assert_eq!(sort_by_ids(ids, true, &Vec::from_iter(0..len), &keys), down);
            }
        }
    }

    #[test]
    fn counts_of_any_size() {
        for most in [1, u32::MAX.into(), u64::MAX] {
            let counts = [0, most, 1, most - 1];
            let by = |descending| sort_by_counts(vec![3, 1, 2, 0], descending, &counts);
            let mut up = vec![3, 1, 2, 0];
            up.sort_by_key(|row: &u32| counts[*row as usize]);
            let mut down = vec![3, 1, 2, 0];
            down.sort_by_key(|row: &u32| u64::MAX - counts[*row as usize]);
            assert_eq!((by(false), by(true)), (up, down), "{most}");
        }
    }

    #[test]
    fn nothing_to_go_by_changes_nothing() {
        assert_eq!(sort(vec![3, 1, 2], true, &|_| None), [3, 1, 2]);
        assert_eq!(sort(vec![], false, &|_| Some(1)), [0; 0]);
    }
}
