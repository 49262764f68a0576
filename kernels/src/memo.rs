//! What was worked out lately for rows that say the same.

/// Columns that decide the number of a row.
pub const COLUMNS: usize = 3;

/// Keys remembered, a power of two: those of a batch are met again and again, and nearly fit a
/// processor's cache.
const ENTRIES: usize = 1 << 14;

/// What rows have in common is less than this.
const COMMON: u32 = 1 << 2;

/// Numbers by key: what stands in some columns, and one thing more that many rows have in common.
/// Of two keys with the same place the later one is remembered.
#[derive(Debug, Default)]
pub struct Memo {
    /// None, or all of them.
    entries: Vec<Entry>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Key([u32; COLUMNS], u32);

/// Sixteen bytes, so that none stands in two lines of a cache.
#[derive(Clone, Copy, Debug)]
#[repr(align(16))]
struct Entry {
    ids: [u32; COLUMNS],
    /// The number, and in the lowest bits what rows have in common.
    number: u32,
}

impl Entry {
    const UNKNOWN: Self = Self { ids: [0; COLUMNS], number: u32::MAX };

    /// The number, if it is that of this key.
    fn of(self, Key([a, b, c], common): Key) -> Option<u32> {
        // All at once, without a branch for each.
        let [x, y, z] = self.ids;
        let differ = (x ^ a) | (y ^ b) | (z ^ c) | ((self.number % COMMON) ^ common);
        (differ == 0 && self.number != u32::MAX).then_some(self.number / COMMON)
    }
}

impl Memo {
    pub fn clear(&mut self) {
        self.entries.clear();
    }

    /// Writes the numbers of rows from `start` on, up to the last or to the first whose number is not
    /// known. Of how many rows. `common` is less than 4.
    #[inline(never)]
    pub fn numbers(
        &self,
        columns: [&[u32]; COLUMNS],
        common: u32,
        start: usize,
        to: &mut [u32],
    ) -> usize {
        let [a, b, c] = columns.map(|column| column.get(start..).unwrap_or_default());
        let rows = to.iter_mut().skip(start).zip(a).zip(b).zip(c);
        let mut known = 0;
        for (((to, a), b), c) in rows {
            let key = Key([*a, *b, *c], common);
            match self.entries.get(key.place()).and_then(|entry| entry.of(key)) {
                Some(number) => *to = number,
                None => break,
            }
            known += 1;
        }
        known
    }

    /// Remembers the number of a row, unless it is among the greatest of all.
    #[inline(never)]
    pub fn learn(&mut self, columns: [&[u32]; COLUMNS], common: u32, row: usize, number: u32) {
        let key = key(columns, common, row);
        if self.entries.is_empty() {
            self.entries.resize(ENTRIES, Entry::UNKNOWN);
        }
        let Key(ids, common) = key;
        if let Some(entry) = self.entries.get_mut(key.place())
            && let Some(number) = number.checked_mul(COMMON)
        {
            *entry = Entry { ids, number: number | common };
        }
    }
}

impl Key {
    fn place(self) -> usize {
        let Self([a, b, c], common) = self;
        // Two products that need not wait for each other; what is mixed best is at their tops.
        let two = |high: u32, low: u32| u64::from(high) << 32 | u64::from(low);
        let mixed = two(a, b).wrapping_mul(0x9E37_79B9_7F4A_7C15)
            ^ two(c, common).wrapping_mul(0xC2B2_AE3D_27D4_EB4F);
        (mixed >> (u64::BITS - ENTRIES.ilog2())) as usize
    }
}

fn key(columns: [&[u32]; COLUMNS], common: u32, row: usize) -> Key {
    Key(columns.map(|column| column.get(row).copied().unwrap_or_default()), common)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_known_as_far_as_they_were_learned() {
        let (same, ids) = ([7; 6], [1, 2, 1, 1, 2, 3]);
        let columns: [&[u32]; COLUMNS] = [&ids, &same, &same];
        let (mut memo, mut to) = (Memo::default(), [0; 6]);
        assert_eq!(memo.numbers(columns, 0, 0, &mut to), 0);
        memo.learn(columns, 0, 0, 10);
        memo.learn(columns, 0, 1, 20);
        assert_eq!(memo.numbers(columns, 0, 1, &mut to), 4);
        assert_eq!(to, [0, 20, 10, 10, 20, 0]);
        assert_eq!(memo.numbers(columns, 0, 0, &mut to), 5);
        assert_eq!(to, [10, 20, 10, 10, 20, 0]);
        assert_eq!(memo.numbers(columns, 1, 0, &mut to), 0);
        assert_eq!(memo.numbers([&[0], &[0], &[0]], 3, 0, &mut [0]), 0);
        memo.learn(columns, 3, 5, u32::MAX / 2);
        assert_eq!(memo.numbers(columns, 3, 5, &mut to), 0);
        memo.clear();
        assert_eq!(memo.numbers(columns, 0, 0, &mut to), 0);
    }

    #[test]
    fn no_key_is_taken_for_another() {
        let ids: Vec<u32> = (0..40_000).collect();
        let few: Vec<u32> = ids.iter().map(|id| id % 3_000).collect();
        let columns = [few.as_slice(), &ids, &ids];
        let (mut memo, mut known) = (Memo::default(), 0);
        ids.iter().for_each(|id| memo.learn(columns, 0, *id as usize, *id));
        for row in 0..ids.len() {
            let one = columns.map(|column| &column[row..=row]);
            let mut to = [u32::MAX];
            known += memo.numbers(one, 0, 0, &mut to);
            assert!([u32::MAX, ids[row]].contains(&to[0]));
        }
        // Nearly every place is taken.
        assert!(known > ENTRIES * 3 / 4);
    }
}
