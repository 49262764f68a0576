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
    index: Index,
}

/// Where each sequence has its number. Tables grow without a look at the arena, which is seldom in a
/// processor's cache, and most sequences are found without one.
#[derive(Clone, Debug, Default)]
struct Index {
    single: HashTable<Single>,
    short: HashTable<Short>,
    long: HashTable<Long>,
    /// Sequences that were put into one of them, or were there: all before this one.
    indexed: u32,
    hasher: RandomState,
}

/// A sequence of four bytes, as an address of IPv4 is: of those there may be many.
#[derive(Clone, Copy, Debug)]
struct Single {
    word: u32,
    id: u32,
}

/// A sequence of up to sixteen bytes, which stands in the table itself.
#[derive(Clone, Copy, Debug)]
struct Short {
    words: [u64; 2],
    bytes: u32,
    id: u32,
}

/// One that stands in the arena.
#[derive(Clone, Copy, Debug)]
struct Long {
    hash: u32,
    id: u32,
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
    #[inline(always)]
    fn number(&mut self, sequence: &[T]) -> u32 {
        let Self { items, ends, index } = self;
        // Who fills one stops long before the arena ends: then nothing is lost here.
        let Ok(end) = u32::try_from(items.len() + sequence.len()) else { return 0 };
        let arena = Arena { bytes: bytemuck::cast_slice(items), ends, unit: size_of::<T>() };
        let id = index.number(arena, bytemuck::cast_slice(sequence));
        if id as usize == ends.len() {
            items.extend_from_slice(sequence);
            ends.push(end);
        }
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
        (self.items.capacity() * size_of::<T>() + self.ends.capacity() * size_of::<u32>()) as u64
            + self.index.bytes()
    }

    /// Whether the ends fit the arena: what was decoded may come from anywhere.
    pub fn is_sound(&self) -> bool {
        self.ends.is_sorted()
            && self.ends.last().copied().unwrap_or_default() as usize == self.items.len()
    }
}

/// All sequences as bytes, whatever they are of.
#[derive(Clone, Copy)]
struct Arena<'a> {
    bytes: &'a [u8],
    ends: &'a [u32],
    /// Bytes of an item.
    unit: usize,
}

impl<'a> Arena<'a> {
    fn get(self, id: u32) -> &'a [u8] {
        let (start, end) = span(self.ends, id);
        self.bytes.get(start * self.unit..end * self.unit).unwrap_or_default()
    }
}

impl Index {
    fn bytes(&self) -> u64 {
        let Self { single, short, long, .. } = self;
        (single.allocation_size() + short.allocation_size() + long.allocation_size()) as u64
    }

    /// The number of a sequence; of a new one that which it shall have, the next.
    fn number(&mut self, arena: Arena<'_>, bytes: &[u8]) -> u32 {
        let next = arena.ends.len() as u32;
        // Of those that were decoded none is indexed yet.
        for id in self.indexed..next {
            self.find_or_insert(arena, arena.get(id), id);
        }
        let id = self.find_or_insert(arena, bytes, next);
        self.indexed = next + u32::from(id == next);
        id
    }

    /// The number of a sequence, `id` if it has none yet.
    #[inline(never)]
    fn find_or_insert(&mut self, arena: Arena<'_>, bytes: &[u8], id: u32) -> u32 {
        let Self { single, short, long, hasher, .. } = self;
        match (<[u8; 4]>::try_from(bytes), words(bytes)) {
            (Ok(word), _) => {
                let new = Single { word: u32::from_le_bytes(word), id };
                let hash = |it: &Single| hash(hasher, [it.word.into(), 0]);
                let is_it = |it: &Single| it.word == new.word;
                single.entry(hash(&new), is_it, hash).or_insert(new).get().id
            }
            (_, Some(words)) => {
                let new = Short { words, bytes: bytes.len() as u32, id };
                let hash = |it: &Short| hash(hasher, it.words);
                let is_it = |it: &Short| it.words == new.words && it.bytes == new.bytes;
                short.entry(hash(&new), is_it, hash).or_insert(new).get().id
            }
            (_, None) => {
                // Without the length, which `hash_one` would add: there is nothing beside the sequence.
                let mut hasher = hasher.build_hasher();
                hasher.write(bytes);
                let new = Long { hash: hasher.finish() as u32, id };
                let hash = |it: &Long| spread(it.hash);
                let is_it = |it: &Long| it.hash == new.hash && same(arena.get(it.id), bytes);
                long.entry(hash(&new), is_it, hash).or_insert(new).get().id
            }
        }
    }
}

#[inline(always)]
fn hash(hasher: &RandomState, words: [u64; 2]) -> u64 {
    let mut hasher = hasher.build_hasher();
    words.into_iter().for_each(|word| hasher.write_u64(word));
    hasher.finish()
}

/// A hash whose upper bits say as much as its lower ones, as tables want it.
fn spread(hash: u32) -> u64 {
    u64::from(hash) << 32 | u64::from(hash)
}

/// Up to sixteen bytes as two words, with zeros behind them.
#[inline(always)]
fn words(bytes: &[u8]) -> Option<[u64; 2]> {
    let word = |bytes: &[u8; 8]| u64::from_le_bytes(*bytes);
    match (bytes.first_chunk(), bytes.last_chunk()) {
        _ if bytes.len() > 16 => None,
        (Some(first), Some(last)) => {
            // The last eight bytes, less those that are among the first.
            let again = 8 * (16 - bytes.len() as u32);
            Some([word(first), word(last).checked_shr(again).unwrap_or_default()])
        }
        _ => Some([few(bytes), 0]),
    }
}

/// Fewer than eight bytes as a word.
#[inline(always)]
fn few(bytes: &[u8]) -> u64 {
    let word = |bytes: &[u8; 4]| u64::from(u32::from_le_bytes(*bytes));
    match (bytes.first_chunk(), bytes.last_chunk()) {
        // Where the two overlap, they are the same.
        (Some(first), Some(last)) => word(first) | word(last) << (8 * (bytes.len() - 4)),
        _ => bytes.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte)),
    }
}

/// Two interners are equal if they number the same sequences the same way.
impl<T: PartialEq> PartialEq for Interner<T> {
    fn eq(&self, other: &Self) -> bool {
        self.items == other.items && self.ends == other.ends
    }
}

impl<T: Eq> Eq for Interner<T> {}

fn slice<'a, T>(items: &'a [T], ends: &[u32], id: u32) -> &'a [T] {
    let (start, end) = span(ends, id);
    items.get(start..end).unwrap_or_default()
}

/// Where a sequence begins and ends; nowhere where there is none.
fn span(ends: &[u32], id: u32) -> (usize, usize) {
    let id = id as usize;
    let start = if id == 0 { 0 } else { ends.get(id - 1).copied().unwrap_or(u32::MAX) };
    (start as usize, ends.get(id).copied().unwrap_or_default() as usize)
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
    fn sequences_of_any_length_are_told_apart() {
        let texts: Vec<_> = (0..40)
            .flat_map(|length| [vec![0; length], vec![b'a'; length]].map(|text| (length, text)))
            .flat_map(|(length, text)| {
                let mut other = text.clone();
                other.iter_mut().skip(length / 2).take(1).for_each(|byte| *byte ^= 1);
                [text, other]
            })
            .collect();
        let distinct: std::collections::BTreeSet<_> = texts.iter().collect();
        let mut interner = Interner::<u8>::default();
        let ids: Vec<_> = texts.iter().map(|text| interner.intern(text)).collect();
        assert_eq!(interner.len(), distinct.len());
        for (id, text) in ids.iter().zip(&texts) {
            assert_eq!(interner.intern(text), *id);
            assert_eq!(interner.get(*id), text);
        }
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
