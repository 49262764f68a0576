//! Seeded randomness for property tests: a failing case comes back with its seed.

/// xorshift64*: small, and the same everywhere.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        // Any seed but zero will do; neighbouring ones are mixed far apart.
        Self(seed.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// A number less than `bound`, which is not 0.
    pub fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }

    /// True in so many cases of a hundred.
    pub fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for end in (1..items.len()).rev() {
            items.swap(end, self.below(end + 1));
        }
    }

    /// So many of something, up to `most`.
    pub fn several<T>(&mut self, most: usize, mut make: impl FnMut(&mut Self) -> T) -> Vec<T> {
        (0..self.below(most + 1)).map(|_| make(self)).collect()
    }

    /// Something, or in so many cases of a hundred nothing.
    pub fn unless<T>(&mut self, percent: usize, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.percent(percent) { None } else { Some(make(self)) }
    }
}

/// Runs a property on many seeds; where it fails, the seed is told.
pub fn for_seeds(seeds: std::ops::Range<u64>, property: impl Fn(&mut Random)) {
    for seed in seeds {
        let run = std::panic::AssertUnwindSafe(|| property(&mut Random::new(seed)));
        if let Err(cause) = std::panic::catch_unwind(run) {
            eprintln!("fails with seed {seed}");
            std::panic::resume_unwind(cause);
        }
    }
}
