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

/// Rows in hand.
#[derive(Clone, Copy, Debug)]
pub enum Rows<'a> {
    /// From one on, up to another: there is no list of them, nor need for one.
    Run(u32, u32),
    Listed(&'a [u32]),
}

impl Rows<'_> {
    pub fn len(self) -> usize {
        match self {
            Self::Run(start, end) => end.saturating_sub(start) as usize,
            Self::Listed(rows) => rows.len(),
        }
    }

    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// Hands out what stands in two columns for each row, and the row's group.
    fn each<A: Copy + Default, B: Copy + Default>(
        self,
        (one, two): (&[A], &[B]),
        groups: &[u32],
        mut to: impl FnMut(A, B, u32),
    ) {
        match self {
            Self::Run(start, end) => {
                let (one, two) = (run(one, start, end), run(two, start, end));
                let pairs = one.iter().zip(two).zip(groups);
                pairs.for_each(|((one, two), group)| to(*one, *two, *group));
            }
            Self::Listed(rows) => {
                let pairs = rows.iter().zip(groups);
                pairs.for_each(|(row, group)| to(of(one, *row), of(two, *row), *group));
            }
        }
    }
}

/// The ids of rows in a column.
pub fn ids(rows: Rows<'_>, ids: &[u32], to: &mut Vec<u32>) {
    to.clear();
    match rows {
        Rows::Run(start, end) => to.extend_from_slice(run(ids, start, end)),
        Rows::Listed(rows) => to.extend(rows.iter().map(|row| of(ids, *row))),
    }
}

/// What stands in a table for the ids of rows in a column.
pub fn look_up(rows: Rows<'_>, ids: &[u32], table: &[u32], to: &mut Vec<u32>) {
    to.clear();
    match rows {
        Rows::Run(start, end) => to.extend(run(ids, start, end).iter().map(|id| of(table, *id))),
        Rows::Listed(rows) => to.extend(rows.iter().map(|row| of(table, of(ids, *row)))),
    }
}

/// Keeps the rows whose group has a place, and the places for the groups.
pub fn place(rows: &mut Vec<u32>, groups: &mut Vec<u32>, places: &[u32], nowhere: u32) {
    let mut kept = 0;
    for at in 0..rows.len().min(groups.len()) {
        // invariant: `kept` never passes `at`.
        let (row, place) = (rows[at], of(places, groups[at]));
        (rows[kept], groups[kept]) = (row, place);
        kept += usize::from(place != nowhere);
    }
    rows.truncate(kept);
    groups.truncate(kept);
}

/// Appends what stands in a table for each id.
pub fn translate(ids: &[u32], table: &[u32], to: &mut Vec<u32>) {
    to.extend(ids.iter().map(|id| of(table, *id)));
}

/// What a table has for ids that have no number in it yet, and for those that are about to get one.
/// Numbers are less.
pub const UNSEEN: u32 = u32::MAX;
pub const MET: u32 = u32::MAX - 1;

/// Finds ids that are unseen, each once: from then on they are met.
pub fn unseen(ids: &[u32], table: &mut [u32], found: &mut Vec<u32>) {
    for id in ids {
        match table.get_mut(*id as usize) {
            Some(entry) if *entry == UNSEEN => {
                *entry = MET;
                found.push(*id);
            }
            _ => {}
        }
    }
}

/// Whether all ids are less than this.
pub fn are_below(ids: &[u32], bound: usize) -> bool {
    // Without an early end, so that many are compared at once.
    ids.is_empty() || (ids.iter().fold(0, |most, id| *id.max(&most)) as usize) < bound
}

/// Marks the groups that there are.
pub fn mark(groups: &[u32], seen: &mut [bool]) {
    for group in groups {
        if let Some(seen) = seen.get_mut(*group as usize) {
            *seen = true;
        }
    }
}

/// The groups that are marked.
pub fn marked(seen: &[bool]) -> Vec<u32> {
    (0..).zip(seen).filter(|(_, seen)| **seen).map(|(group, _)| group).collect()
}

/// Adds to each row's group what the row counts.
pub fn add(rows: Rows<'_>, groups: &[u32], counts: &[u64], sums: &mut [u64]) {
    rows.each((counts, counts), groups, |count, _, group| add_to(sums, group, count));
}

/// The same, but of those rows only whose id in a column has all bits set in the masks.
pub fn add_masked(
    rows: Rows<'_>,
    groups: &[u32],
    counts: &[u64],
    (ids, masks): (&[u32], &[u64]),
    sums: &mut [u64],
) {
    let add = |count, id, group| add_to(sums, group, count & of(masks, id));
    rows.each((counts, ids), groups, add);
}

/// Adds one to each row's group, of those rows only whose id in a column has all bits set in the
/// masks.
pub fn count_masked(
    rows: Rows<'_>,
    groups: &[u32],
    (ids, masks): (&[u32], &[u64]),
    sums: &mut [u64],
) {
    let add = |id, _: u32, group| add_to(sums, group, 1 & of(masks, id));
    rows.each((ids, ids), groups, add);
}

fn add_to(sums: &mut [u64], group: u32, more: u64) {
    if let Some(sum) = sums.get_mut(group as usize) {
        *sum = sum.saturating_add(more);
    }
}

fn run<T>(column: &[T], start: u32, end: u32) -> &[T] {
    column.get(start as usize..end as usize).unwrap_or_default()
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
        let listed = Rows::Listed(&rows);
        ids(listed, &column, &mut to);
        assert_eq!(to, [0, 1, 1, 0]);
        look_up(listed, &column, &[7, 5], &mut to);
        assert_eq!(to, [7, 5, 5, 7]);
        let (groups, counts) = ([0, 1, 1, 0], [1, 2, 4, 8, 16]);
        let mut sums = [0; 2];
        add(listed, &groups, &counts, &mut sums);
        assert_eq!(sums, [17, 10]);
        add_masked(listed, &groups, &counts, (&column, &[0, u64::MAX]), &mut sums);
        assert_eq!(sums, [17, 20]);
        count_masked(listed, &groups, (&column, &[u64::MAX]), &mut sums);
        assert_eq!(sums, [19, 20]);
        let mut seen = [false; 3];
        mark(&groups, &mut seen);
        assert_eq!(seen, [true, true, false]);
        translate(&[1, 0, 3], &[5, 6], &mut to);
        assert_eq!(to, [7, 5, 5, 7, 6, 5, 0]);
        let mut table = [UNSEEN, 7, UNSEEN];
        to.clear();
        unseen(&[2, 1, 2, 0, 3], &mut table, &mut to);
        assert_eq!((table, to.as_slice()), ([MET, 7, MET], [2, 0].as_slice()));
        assert_eq!(
            (are_below(&[], 0), are_below(&[1, 0], 1), are_below(&[1], 2)),
            (true, false, true)
        );
        assert_eq!(marked(&[false, true, true]), [1, 2]);
    }

    #[test]
    fn a_run_is_the_list_of_its_rows() {
        let (column, table) = ([3, 1, 2, 1, 0], [7, 5, 6, 4]);
        let (counts, masks) = ([1, 2, 4, 8, u64::MAX], [0, u64::MAX, 0, u64::MAX]);
        let all = [Rows::Run(1, 5), Rows::Listed(&[1, 2, 3, 4])].map(|rows| {
            let (mut groups, mut codes, mut sums) = (Vec::new(), Vec::new(), [[0; 4]; 3]);
            ids(rows, &column, &mut groups);
            look_up(rows, &column, &table, &mut codes);
            add(rows, &groups, &counts, &mut sums[0]);
            add_masked(rows, &groups, &counts, (&column, &masks), &mut sums[1]);
            count_masked(rows, &groups, (&column, &masks), &mut sums[2]);
            (rows.len(), groups, codes, sums)
        });
        assert_eq!(all[0], all[1]);
        assert_eq!(all[0].3, [[u64::MAX, 10, 4, 0], [0, 10, 0, 0], [0, 2, 0, 0]]);
    }

    #[test]
    fn groups_without_a_place_are_left_out() {
        let (mut rows, mut groups) = (vec![4, 5, 6], vec![1, 0, 2]);
        place(&mut rows, &mut groups, &[9, 0, 1], 9);
        assert_eq!((rows, groups), (vec![4, 6], vec![0, 1]));
    }
}
