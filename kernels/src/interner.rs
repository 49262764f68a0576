//! Distinct short sequences, each kept once in one arena and named by a number.

use bytemuck::Pod;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::hash::{BuildHasher, Hasher};

use crate::hash::State;
use crate::packed;
use crate::rows::MET;
use crate::text::{same, utf8};

/// So many to begin with.
const LEAST_SLOTS: usize = 64;

/// So many are found again without a look at the table.
const RECENT: usize = 32;

/// So many are looked up side by side.
const TOGETHER: usize = 32;

/// Numbers distinct sequences of `T` from 0, in the order of first sight.
///
/// Only the arena and the ends travel; the index is made anew when a decoded
/// interner is first written to, which the store never does to a batch.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(bound = "T: Pod")]
pub struct Interner<T> {
    #[serde(with = "packed")]
    items: Vec<T>,
    /// Where each sequence ends in `items`; it begins where the one before ends.
    #[serde(with = "packed")]
    ends: Vec<u32>,
    #[serde(skip)]
    index: Index,
    /// Some that were asked for lately; each may be any.
    #[serde(skip)]
    recent: [u32; RECENT],
}

/// Sequences that are to be numbered together.
#[derive(Clone, Debug, Default)]
pub struct Many {
    /// End to end.
    words: Vec<u32>,
    ends: Vec<u32>,
    /// The numbers of those before; kept for its memory.
    ids: Vec<u32>,
}

impl Many {
    /// More words of the sequence that is written.
    #[inline(never)]
    pub fn write(&mut self, words: &[u32]) {
        // They are few: to call what copies many would take longer.
        self.words.reserve(words.len());
        words.iter().for_each(|word| self.words.push(*word));
    }

    /// Ends the sequence that is written: it is one of those to be numbered.
    #[inline(never)]
    pub fn end(&mut self) {
        self.ends.push(self.words.len() as u32);
    }

    /// One more sequence.
    pub fn push(&mut self, sequence: &[u32]) {
        self.write(sequence);
        self.end();
    }

    /// One more sequence, of what a table has for these ids; unless one of them has no number there.
    #[inline(never)]
    pub fn push_from(&mut self, ids: &[u32], table: &[u32]) -> bool {
        self.words.reserve(ids.len());
        for id in ids {
            match table.get(*id as usize) {
                Some(number) if *number < MET => self.words.push(*number),
                _ => {
                    self.forget_written();
                    return false;
                }
            }
        }
        self.end();
        true
    }

    /// The sequence that is written.
    pub fn written(&self) -> &[u32] {
        let start = self.ends.last().copied().unwrap_or_default();
        self.words.get(start as usize..).unwrap_or_default()
    }

    /// Leaves out the sequence that is written.
    pub fn forget_written(&mut self) {
        let start = self.ends.last().copied().unwrap_or_default();
        self.words.truncate(start as usize);
    }

    pub fn len(&self) -> usize {
        self.ends.len()
    }

    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Memory held.
    pub fn bytes(&self) -> u64 {
        ((self.words.capacity() + self.ends.capacity() + self.ids.capacity()) * size_of::<u32>())
            as u64
    }
}

/// Where each sequence has its number: in a table at the place that its hash says, or at the next one
/// that is free. Tables grow without a look at the arena, which is seldom in a processor's cache.
#[derive(Clone, Debug, Default)]
struct Index {
    /// A power of two of them, a quarter at least empty. One that is not holds the hash of a sequence
    /// and, in the lower half, its number plus one.
    slots: Vec<u64>,
    /// Sequences that are in it: all before this one.
    indexed: u32,
    hasher: State,
}

impl Interner<u8> {
    /// The number of a text plus one; 0 of what is not stated.
    #[inline(never)]
    pub fn intern_text(&mut self, text: &Option<Cow<'_, str>>) -> u32 {
        text.as_deref().map_or(0, |text| self.intern(text.as_bytes()) + 1)
    }

    /// The number of this sequence, new or old.
    #[inline(never)]
    pub fn intern(&mut self, sequence: &[u8]) -> u32 {
        // Most texts are among those that were said a moment ago.
        let place = match sequence {
            [first, .., last] => usize::from(*first ^ last) ^ sequence.len(),
            _ => 0,
        } % RECENT;
        let recent = self.recent[place];
        if (recent as usize) < self.len() && same(self.get(recent), sequence) {
            return recent;
        }
        let id = self.number(sequence);
        self.recent[place] = id;
        id
    }

    /// Whether all sequences are UTF-8: all together are, and none ends within a character.
    #[inline(never)]
    pub fn are_texts(&self) -> bool {
        let all = utf8(&self.items);
        all.is_some_and(|all| self.ends.iter().all(|end| all.is_char_boundary(*end as usize)))
    }
}

impl Interner<u32> {
    /// The number of this sequence, new or old.
    #[inline(never)]
    pub fn intern(&mut self, sequence: &[u32]) -> u32 {
        self.number(sequence)
    }

    /// Numbers this sequence; whether it is new.
    pub fn insert(&mut self, sequence: &[u32]) -> bool {
        let next = self.len();
        self.intern(sequence) as usize == next
    }

    /// The numbers of many; none is left in it. Step by step for some at a time: what is looked at
    /// for one need not wait until that of another has come from memory.
    #[inline(never)]
    pub fn intern_all<'m>(&mut self, Many { words, ends, ids }: &'m mut Many) -> &'m [u32] {
        self.catch_up();
        ids.clear();
        let mut start = 0;
        for ends in ends.chunks(TOGETHER) {
            self.index.reserve(TOGETHER);
            let (mut sought, mut hashes, mut first) =
                ([&[] as &[u32]; TOGETHER], [0; TOGETHER], [0; TOGETHER]);
            for ((end, sequence), hash) in ends.iter().zip(&mut sought).zip(&mut hashes) {
                *sequence = words.get(start as usize..*end as usize).unwrap_or_default();
                *hash = self.index.hash(bytemuck::cast_slice(sequence));
                start = *end;
            }
            let first = &mut first[..ends.len()];
            for (hash, first) in hashes.iter().zip(first.iter_mut()) {
                *first = self.index.slots[self.index.place(*hash)];
            }
            for ((first, hash), sequence) in first.iter_mut().zip(hashes).zip(sought) {
                let id = (*first as u32).checked_sub(1).filter(|_| (*first >> 32) as u32 == hash);
                let is_it = |id: &u32| {
                    same(bytemuck::cast_slice(self.get(*id)), bytemuck::cast_slice(sequence))
                };
                *first = id.filter(is_it).map_or(u64::MAX, u64::from);
            }
            // The others are new, or stand behind another.
            for ((first, hash), sequence) in first.iter().zip(hashes).zip(sought) {
                ids.push(u32::try_from(*first).unwrap_or_else(|_| self.number_of(sequence, hash)));
            }
        }
        words.clear();
        ends.clear();
        ids
    }
}

impl<T: Pod> Interner<T> {
    #[inline(always)]
    fn number(&mut self, sequence: &[T]) -> u32 {
        self.catch_up();
        let hash = self.index.hash(bytemuck::cast_slice(sequence));
        self.number_of(sequence, hash)
    }

    /// The number of a sequence of this hash.
    #[inline(always)]
    fn number_of(&mut self, sequence: &[T], hash: u32) -> u32 {
        let Self { items, ends, index, .. } = self;
        // Who fills one stops long before the arena ends: then nothing is lost here.
        let Ok(end) = u32::try_from(items.len() + sequence.len()) else { return 0 };
        let arena = Arena { bytes: bytemuck::cast_slice(items), ends, unit: size_of::<T>() };
        let id = index.number(arena, bytemuck::cast_slice(sequence), hash);
        if id as usize == ends.len() {
            items.extend_from_slice(sequence);
            ends.push(end);
        }
        id
    }

    /// Of those that were decoded none is indexed yet.
    fn catch_up(&mut self) {
        let Self { items, ends, index, .. } = self;
        let arena = Arena { bytes: bytemuck::cast_slice(items), ends, unit: size_of::<T>() };
        for id in index.indexed..ends.len() as u32 {
            let bytes = arena.get(id);
            index.find_or_insert(arena, bytes, index.hash(bytes), id);
            index.indexed = id + 1;
        }
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
    // Browsers compile a function anew, all of it, once it runs for long: so this is one of its own.
    #[inline(never)]
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
        (self.slots.capacity() * size_of::<u64>()) as u64
    }

    #[inline(always)]
    fn hash(&self, bytes: &[u8]) -> u32 {
        // Without the length, which `hash_one` would add: there is nothing beside the sequence.
        let mut hasher = self.hasher.build_hasher();
        hasher.write(bytes);
        hasher.finish() as u32
    }

    /// The number of a sequence; of a new one that which it shall have, the next.
    #[inline(always)]
    fn number(&mut self, arena: Arena<'_>, bytes: &[u8], hash: u32) -> u32 {
        let next = arena.ends.len() as u32;
        let id = self.find_or_insert(arena, bytes, hash, next);
        self.indexed = next + u32::from(id == next);
        id
    }

    /// The number of a sequence, `id` if it has none yet.
    #[inline(never)]
    fn find_or_insert(&mut self, arena: Arena<'_>, bytes: &[u8], hash: u32, id: u32) -> u32 {
        self.reserve(1);
        let mut at = self.place(hash);
        loop {
            let slot = self.slots[at];
            if slot == 0 {
                self.slots[at] = u64::from(hash) << 32 | (u64::from(id) + 1);
                return id;
            }
            let known = (slot as u32).wrapping_sub(1);
            if (slot >> 32) as u32 == hash && same(arena.get(known), bytes) {
                return known;
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }

    /// Makes room for so many more.
    #[inline(always)]
    fn reserve(&mut self, more: usize) {
        while self.indexed as usize + more > self.slots.len() / 4 * 3 {
            self.grow();
        }
    }

    /// The first place for this hash. invariant: there are slots.
    fn place(&self, hash: u32) -> usize {
        hash as usize & (self.slots.len() - 1)
    }

    /// Twice the slots.
    #[cold]
    #[inline(never)]
    fn grow(&mut self) {
        let more = vec![0; (self.slots.len() * 2).max(LEAST_SLOTS)];
        let before = std::mem::replace(&mut self.slots, more);
        for slot in before.into_iter().filter(|slot| *slot != 0) {
            let mut at = self.place((slot >> 32) as u32);
            while self.slots[at] != 0 {
                at = (at + 1) & (self.slots.len() - 1);
            }
            self.slots[at] = slot;
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
    fn texts_are_utf8_one_by_one() {
        for (parts, are_texts) in [
            (&[b"a", "\u{e9}".as_bytes(), b""][..], true),
            (&[b"a", b"\xff"], false),
            // Together they are a character.
            (&[b"\xc3", b"\xa9"], false),
        ] {
            let mut interner = Interner::<u8>::default();
            parts.iter().for_each(|part| _ = interner.intern(part));
            assert_eq!(interner.are_texts(), are_texts, "{parts:?}");
        }
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
    fn many_have_the_numbers_that_they_have_one_by_one() {
        let (mut together, mut one_by_one) =
            (Interner::<u32>::default(), Interner::<u32>::default());
        let mut many = Many::default();
        for round in 0..40 {
            let sequences: Vec<Vec<u32>> = (0..round * 7)
                .map(|nth| (0..nth % 6).map(|word| nth % (round + 1) / 2 + word / 4).collect())
                .collect();
            sequences.iter().for_each(|sequence| many.push(sequence));
            assert_eq!((many.len(), many.is_empty()), (sequences.len(), sequences.is_empty()));
            let expected: Vec<_> = sequences.iter().map(|it| one_by_one.intern(it)).collect();
            assert_eq!(together.intern_all(&mut many), expected);
            assert!(many.is_empty());
        }
        assert!(one_by_one.len() > LEAST_SLOTS);
        assert_eq!(together, one_by_one);
    }

    #[test]
    fn a_sequence_is_written_from_a_table_whole_or_not_at_all() {
        let table = [5, crate::rows::UNSEEN, 6, MET];
        let (mut many, mut interner) = (Many::default(), Interner::<u32>::default());
        many.write(&[9]);
        many.forget_written();
        let pushed =
            [&[0, 2][..], &[2, 1], &[0, 3], &[4], &[]].map(|ids| many.push_from(ids, &table));
        assert_eq!(pushed, [true, false, false, false, true]);
        many.write(&[7]);
        assert_eq!((many.len(), many.written()), (2, &[7][..]));
        many.forget_written();
        assert_eq!(interner.intern_all(&mut many), [0, 1]);
        assert_eq!((interner.get(0), interner.get(1)), (&[5, 6][..], &[][..]));
    }

    #[test]
    fn a_copy_without_its_index_goes_on_where_it_was() {
        let mut interner = Interner::<u32>::default();
        interner.intern(&[1, 2]);
        let bytes = postcard::to_allocvec(&interner).unwrap();
        let mut copy: Interner<u32> = postcard::from_bytes(&bytes).unwrap();
        assert_eq!(copy, interner);
        let mut other = copy.clone();
        assert_eq!((copy.intern(&[3]), copy.intern(&[1, 2])), (1, 0));
        let mut many = Many::default();
        many.push(&[3]);
        many.push(&[1, 2]);
        assert_eq!(other.intern_all(&mut many), [1, 0]);
    }
}
