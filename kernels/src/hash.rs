//! Maps and sets without an order.

use std::hash::{BuildHasher, RandomState};
use std::sync::OnceLock;

use foldhash::SharedSeed;
use foldhash::fast::{FoldHasher, SeedableRandomState};

pub type Map<K, V> = hashbrown::HashMap<K, V, State>;
pub type Set<K> = hashbrown::HashSet<K, State>;

static SEED: OnceLock<(u64, SharedSeed)> = OnceLock::new();

/// How keys are hashed: for each process otherwise. Reports could be written else whose addresses all
/// meet in one place of a table.
#[derive(Clone, Debug)]
pub struct State(SeedableRandomState);

/// Chooses it, before the first table is made: WebAssembly has no chance of its own.
pub fn sow(seed: u64) {
    let _ = SEED.set(grown(seed));
}

fn grown(seed: u64) -> (u64, SharedSeed) {
    (seed, SharedSeed::from_u64(seed))
}

impl Default for State {
    fn default() -> Self {
        let (hasher, shared) = SEED.get_or_init(|| {
            grown(if cfg!(target_arch = "wasm32") { 0 } else { RandomState::new().hash_one(0) })
        });
        Self(SeedableRandomState::with_seed(*hasher, shared))
    }
}

impl BuildHasher for State {
    type Hasher = FoldHasher<'static>;

    #[inline(always)]
    fn build_hasher(&self) -> Self::Hasher {
        self.0.build_hasher()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_depends_on_the_seed_in_all_of_a_key() {
        let hash = |seed: u64, key: [u64; 2]| {
            let shared = Box::leak(Box::new(grown(seed).1));
            let state = State(SeedableRandomState::with_seed(seed, shared));
            let mut hasher = state.build_hasher();
            std::hash::Hasher::write(&mut hasher, bytemuck::bytes_of(&key));
            std::hash::Hasher::finish(&hasher)
        };
        // Keys that meet under one seed, since a factor of theirs is zero, do not under another.
        for seed in 1..50 {
            let mut hashes: Vec<_> = (0..100).map(|key| hash(seed, [key, key * key])).collect();
            assert_ne!(hash(seed, [1, 2]), hash(seed + 1, [1, 2]));
            hashes.sort_unstable();
            hashes.dedup();
            assert_eq!(hashes.len(), 100);
        }
    }
}
