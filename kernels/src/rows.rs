//! Loops over rows, which are numbers of entries in columns.
//!
//! A row that has no entry in a column, and an id without an entry in a table, cannot be in a sound
//! store; here they count as the first of all rather than panic, which also keeps the loops short.

use std::ops::Range;

/// Appends all rows of a range.
pub fn extend(rows: &mut Vec<u32>, range: Range<u32>) {
    rows.extend(range);
}

/// Keeps the rows whose id in a column passes, 1 or 0: added up rather than branched on.
pub fn keep(rows: &mut Vec<u32>, ids: &[u32], passes: &[u8]) {
    let mut kept = 0;
    for at in 0..rows.len() {
        // invariant: `kept` never passes `at`.
        let row = rows[at];
        rows[kept] = row;
        kept += usize::from(of(passes, of(ids, row)));
    }
    rows.truncate(kept);
}

/// The rows of a range whose id in a column passes.
pub fn passing(range: Range<u32>, ids: &[u32], passes: &[u8], to: &mut Vec<u32>) {
    to.clear();
    to.resize(range.len(), 0);
    let mut kept = 0;
    for row in range {
        // invariant: `kept` is at most the number of rows before this one.
        to[kept] = row;
        kept += usize::from(of(passes, of(ids, row)));
    }
    to.truncate(kept);
}

/// The ids of rows in a column.
pub fn ids(rows: &[u32], ids: &[u32], to: &mut Vec<u32>) {
    to.clear();
    to.extend(rows.iter().map(|row| of(ids, *row)));
}

/// What stands in a table for the ids of rows in a column.
pub fn look_up(rows: &[u32], ids: &[u32], table: &[u32], to: &mut Vec<u32>) {
    to.clear();
    to.extend(rows.iter().map(|row| of(table, of(ids, *row))));
}

/// Marks the groups that there are.
pub fn mark(groups: &[u32], seen: &mut [bool]) {
    for group in groups {
        if let Some(seen) = seen.get_mut(*group as usize) {
            *seen = true;
        }
    }
}

/// Adds to each row's group what the row counts.
pub fn add(rows: &[u32], groups: &[u32], counts: &[u64], sums: &mut [u64]) {
    for (row, group) in rows.iter().zip(groups) {
        if let Some(sum) = sums.get_mut(*group as usize) {
            *sum = sum.saturating_add(of(counts, *row));
        }
    }
}

/// The same, but of those rows only whose id in a column has all bits set in the masks.
pub fn add_masked(
    rows: &[u32],
    groups: &[u32],
    counts: &[u64],
    (ids, masks): (&[u32], &[u64]),
    sums: &mut [u64],
) {
    for (row, group) in rows.iter().zip(groups) {
        if let Some(sum) = sums.get_mut(*group as usize) {
            *sum = sum.saturating_add(of(counts, *row) & of(masks, of(ids, *row)));
        }
    }
}

fn of<T: Copy + Default>(column: &[T], at: u32) -> T {
    column.get(at as usize).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_kept_looked_up_and_added() {
        let column = [0, 1, 2, 1, 0];
        let mut rows = vec![4, 3];
        extend(&mut rows, 0..3);
        rows.sort_by(|a, b| b.cmp(a));
        keep(&mut rows, &column, &[1, 1, 0]);
        assert_eq!(rows, [4, 3, 1, 0]);
        let mut to = vec![9];
        passing(1..5, &column, &[1, 0, 1], &mut to);
        assert_eq!(to, [2, 4]);
        ids(&rows, &column, &mut to);
        assert_eq!(to, [0, 1, 1, 0]);
        look_up(&rows, &column, &[7, 5], &mut to);
        assert_eq!(to, [7, 5, 5, 7]);
        let (groups, counts) = ([0, 1, 1, 0], [1, 2, 4, 8, 16]);
        let mut sums = [0; 2];
        add(&rows, &groups, &counts, &mut sums);
        assert_eq!(sums, [17, 10]);
        add_masked(&rows, &groups, &counts, (&column, &[0, u64::MAX]), &mut sums);
        assert_eq!(sums, [17, 20]);
        let mut seen = [false; 3];
        mark(&groups, &mut seen);
        assert_eq!(seen, [true, true, false]);
    }
}
