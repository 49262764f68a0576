//! Distinct short sequences, each kept once in one arena and named by a number.

use bytemuck::Pod;
use foldhash::fast::RandomState;
use hashbrown::HashTable;
use serde::{Deserialize, Serialize};
use std::hash::{BuildHasher, Hasher};

use crate::raw;
use crate::text::same;

/// Numbers distinct sequences of `T` from 0, in the order of first sight.
///
/// Only the arena and the ends travel; the index is made anew when a decoded
/// interner is first written to, which the store never does to a batch.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(bound = "T: Pod")]
pub struct Interner<T> {
    #[serde(with = "raw")]
    items: Vec<T>,
    /// Where each sequence ends in `items`; it begins where the one before ends.
    #[serde(with = "raw")]
    ends: Vec<u32>,
    #[serde(skip)]
    index: HashTable<u32>,
    #[serde(skip)]
    hasher: RandomState,
}

impl Interner<u8> {
    /// The number of this sequence, new or old.
    #[inline(never)]
    pub fn intern(&mut self, sequence: &[u8]) -> u32 {
        self.number(sequence)
    }
}

impl Interner<u32> {
    /// The number of this sequence, new or old.
    #[inline(never)]
    pub fn intern(&mut self, sequence: &[u32]) -> u32 {
        self.number(sequence)
    }
}

impl<T: Pod> Interner<T> {
    fn number(&mut self, sequence: &[T]) -> u32 {
        if self.index.len() != self.ends.len() {
            self.make_index();
        }
        let Self { items, ends, index, hasher } = self;
        let hash = hash(hasher, sequence);
        if let Some(&id) = index.find(hash, |&id| is_same(slice(items, ends, id), sequence)) {
            return id;
        }
        // Who fills one stops long before the arena ends: then nothing is lost here.
        let Ok(end) = u32::try_from(items.len() + sequence.len()) else { return 0 };
        let id = ends.len() as u32;
        items.extend_from_slice(sequence);
        ends.push(end);
        index.insert_unique(hash, id, |&id| self::hash(hasher, slice(items, ends, id)));
        id
    }

    /// The sequence of this number; empty where there is none.
    pub fn get(&self, id: u32) -> &[T] {
        slice(&self.items, &self.ends, id)
    }

    pub fn len(&self) -> usize {
        self.ends.len()
    }

    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Everything that was interned, end to end.
    pub fn items(&self) -> &[T] {
        &self.items
    }

    /// Memory held.
    pub fn bytes(&self) -> u64 {
        (self.items.capacity() * size_of::<T>()
            + self.ends.capacity() * size_of::<u32>()
            + self.index.allocation_size()) as u64
    }

    /// Whether the ends fit the arena: what was decoded may come from anywhere.
    pub fn is_sound(&self) -> bool {
        self.ends.is_sorted()
            && self.ends.last().copied().unwrap_or_default() as usize == self.items.len()
    }

    fn make_index(&mut self) {
        let Self { items, ends, index, hasher } = self;
        index.clear();
        for id in 0..ends.len() as u32 {
            let of = |&id: &u32| hash(hasher, slice(items, ends, id));
            index.insert_unique(of(&id), id, of);
        }
    }
}

/// Two interners are equal if they number the same sequences the same way.
impl<T: PartialEq> PartialEq for Interner<T> {
    fn eq(&self, other: &Self) -> bool {
        self.items == other.items && self.ends == other.ends
    }
}

impl<T: Eq> Eq for Interner<T> {}

/// Without the length, which `hash_one` would add: there is nothing beside the sequence.
fn hash<T: Pod>(hasher: &RandomState, sequence: &[T]) -> u64 {
    let mut hasher = hasher.build_hasher();
    hasher.write(bytemuck::cast_slice(sequence));
    hasher.finish()
}

fn is_same<T: Pod>(one: &[T], other: &[T]) -> bool {
    same(bytemuck::cast_slice(one), bytemuck::cast_slice(other))
}

fn slice<'a, T>(items: &'a [T], ends: &[u32], id: u32) -> &'a [T] {
    let id = id as usize;
    let start = if id == 0 { 0 } else { ends.get(id - 1).copied().unwrap_or(u32::MAX) };
    let end = ends.get(id).copied().unwrap_or_default();
    items.get(start as usize..end as usize).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_each_sequence_once() {
        let mut interner = Interner::<u8>::default();
        let words = ["", "a", "ab", "b", "", "ab"];
        let ids: Vec<_> = words.iter().map(|word| interner.intern(word.as_bytes())).collect();
        assert_eq!(ids, [0, 1, 2, 3, 0, 2]);
        assert_eq!(interner.get(2), b"ab");
        assert_eq!(interner.get(4), b"");
        assert!(interner.is_sound());
    }

    #[test]
    fn a_copy_without_its_index_goes_on_where_it_was() {
        let mut interner = Interner::<u32>::default();
        interner.intern(&[1, 2]);
        let bytes = postcard::to_allocvec(&interner).unwrap();
        let mut copy: Interner<u32> = postcard::from_bytes(&bytes).unwrap();
        assert_eq!(copy, interner);
        assert_eq!((copy.intern(&[3]), copy.intern(&[1, 2])), (1, 0));
    }
}
