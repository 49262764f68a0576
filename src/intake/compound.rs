//! Compound files ([MS-CFB]): streams in storages in one file. Only for
//! reading, from bytes that are there whole, and past damage: a chain of
//! sectors that breaks ends its stream, an entry that leads nowhere is none.
//!
//! The crate `cfb`, which the tests write with, also writes, validates and explains:
//! a tenth of all that the worker weighs, for one format in a thousand files.

use std::iter;

/// The offsets of the header's fields ([MS-CFB] §2.2).
const SECTOR_SHIFT: usize = 30;
const FIRST_DIRECTORY_SECTOR: usize = 48;
const MINI_STREAM_CUTOFF: usize = 56;
const FIRST_MINI_FAT_SECTOR: usize = 60;
const FIRST_DIFAT_SECTOR: usize = 68;
const DIFAT: usize = 76;
const HEADER: usize = 512;

/// Bytes of a sector in the mini stream, as a power of two.
const MINI_SHIFT: u32 = 6;

/// Bytes of a directory entry.
const ENTRY: usize = 128;

/// The outermost storage.
pub(super) const ROOT: usize = 0;

/// A compound file.
pub(super) struct Compound {
    sectors: Sectors,
    /// The sector after each, in chains.
    fat: Vec<u32>,
    mini_fat: Vec<u32>,
    /// The sectors of the stream that holds the mini sectors.
    mini_stream: Vec<u32>,
    /// Streams shorter than this are in the mini stream.
    cutoff: u64,
    entries: Vec<Entry>,
}

/// A stream or a storage.
struct Entry {
    name: String,
    is_storage: bool,
    start: u32,
    size: u64,
    /// Of a storage: what is in it, in the order of the names.
    children: Vec<usize>,
    /// Neighbours and first child in the directory's tree.
    left: u32,
    right: u32,
    child: u32,
}

struct Sectors {
    bytes: Vec<u8>,
    shift: u32,
}

impl Compound {
    /// `None` where there is no directory.
    pub(super) fn of(bytes: Vec<u8>) -> Option<Self> {
        let shift = u32::from(u16::from_le_bytes(*bytes.get(SECTOR_SHIFT..)?.first_chunk()?));
        // 512 bytes or 4096, by the specification.
        if !(9..=16).contains(&shift) {
            return None;
        }
        let header = words(bytes.get(..HEADER)?);
        let field = |offset: usize| header.get(offset / 4).copied().unwrap_or(u32::MAX);
        let cutoff = u64::from(field(MINI_STREAM_CUTOFF));
        let sectors = Sectors { bytes, shift };
        let fat = sectors.fat(header.get(DIFAT / 4..)?.to_vec(), field(FIRST_DIFAT_SECTOR));
        let joined = |start| chain(&fat, start).flat_map(|n| sectors.get(n)).collect::<Vec<_>>();
        let directory = joined(field(FIRST_DIRECTORY_SECTOR)).concat();
        let mini_fat = words(&joined(field(FIRST_MINI_FAT_SECTOR)).concat());
        // Files of the small sectors have sizes of 32 bits, and anything behind them.
        let size_mask = if shift == 9 { u32::MAX.into() } else { u64::MAX };
        let (entries, _) = directory.as_chunks();
        let mut entries: Vec<_> = entries.iter().map(|bytes| Entry::of(bytes, size_mask)).collect();
        let mini_stream = chain(&fat, entries.first()?.start).collect();
        plant(&mut entries);
        Some(Self { sectors, fat, mini_fat, mini_stream, cutoff, entries })
    }

    /// What is in a storage.
    pub(super) fn children(&self, storage: usize) -> &[usize] {
        self.entries.get(storage).map_or(&[], |entry| &entry.children)
    }

    /// The entry of this name in a storage.
    pub(super) fn child(&self, storage: usize, name: &str) -> Option<usize> {
        let mut children = self.children(storage).iter().copied();
        children.find(|child| self.name(*child).eq_ignore_ascii_case(name))
    }

    pub(super) fn name(&self, entry: usize) -> &str {
        self.entries.get(entry).map_or("", |entry| &entry.name)
    }

    pub(super) fn is_storage(&self, entry: usize) -> bool {
        self.entries.get(entry).is_some_and(|entry| entry.is_storage)
    }

    /// At most `most` bytes of a stream.
    pub(super) fn stream(&self, entry: usize, most: u64) -> Option<Vec<u8>> {
        let entry = self.entries.get(entry).filter(|entry| !entry.is_storage)?;
        let length = usize::try_from(entry.size.min(most)).unwrap_or(usize::MAX);
        let mut bytes = Vec::new();
        let mut take = |piece: &[u8]| {
            bytes.extend_from_slice(&piece[..piece.len().min(length - bytes.len())]);
            bytes.len() < length
        };
        if entry.size < self.cutoff {
            chain(&self.mini_fat, entry.start).map_while(|n| self.mini_sector(n)).all(&mut take);
        } else {
            chain(&self.fat, entry.start).map_while(|n| self.sectors.get(n)).all(&mut take);
        }
        Some(bytes)
    }

    fn mini_sector(&self, number: u32) -> Option<&[u8]> {
        let offset = u64::from(number) << MINI_SHIFT;
        let at = usize::try_from(offset >> self.sectors.shift).ok()?;
        let sector = self.sectors.get(*self.mini_stream.get(at)?)?;
        let start = offset as usize & ((1 << self.sectors.shift) - 1);
        sector.get(start..)?.get(..1 << MINI_SHIFT)
    }
}

impl Sectors {
    /// A sector, which the end of the file may cut.
    fn get(&self, number: u32) -> Option<&[u8]> {
        let start = usize::try_from((u64::from(number) + 1) << self.shift).ok()?;
        let rest = self.bytes.get(start..).filter(|rest| !rest.is_empty())?;
        Some(&rest[..rest.len().min(1 << self.shift)])
    }

    /// The allocation table, of the sectors that are listed in the header and
    /// in a chain of sectors ([MS-CFB] §2.5).
    fn fat(&self, mut listed: Vec<u32>, mut next: u32) -> Vec<u32> {
        let most = self.bytes.len() >> self.shift;
        while listed.len() < most
            && let Some(sector) = self.get(next)
        {
            listed.extend(words(sector));
            next = listed.pop().unwrap_or(u32::MAX);
        }
        let mut fat = Vec::new();
        for sector in listed.into_iter().filter_map(|number| self.get(number)) {
            if fat.len() >= most {
                break;
            }
            fat.extend(words(sector));
        }
        fat.truncate(most);
        fat
    }
}

/// The sectors of a chain. One that bites its tail ends.
fn chain(fat: &[u32], start: u32) -> impl Iterator<Item = u32> {
    let next = |number: &u32| fat.get(*number as usize).copied();
    iter::successors(Some(start), next)
        .take_while(|number| (*number as usize) < fat.len())
        .take(fat.len())
}

fn words(bytes: &[u8]) -> Vec<u32> {
    let (words, _) = bytes.as_chunks();
    words.iter().map(|word| u32::from_le_bytes(*word)).collect()
}

impl Entry {
    /// [MS-CFB] §2.6.1.
    fn of(bytes: &[u8; ENTRY], size_mask: u64) -> Self {
        let long = |at: usize| {
            u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
        };
        // Behind the name stands its length in bytes, the zero at its end included.
        let (units, _) = bytes[..usize::from(bytes[64]).min(64)].as_chunks();
        let units = units.iter().map(|unit| u16::from_le_bytes(*unit));
        let name = char::decode_utf16(units.take_while(|unit| *unit != 0));
        Self {
            name: name.map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect(),
            is_storage: bytes[66] != 2,
            start: long(116),
            size: (u64::from(long(124)) << 32 | u64::from(long(120))) & size_mask,
            children: Vec::new(),
            left: long(68),
            right: long(72),
            child: long(76),
        }
    }
}

/// Puts each entry into its storage: the directory keeps them as trees.
fn plant(entries: &mut [Entry]) {
    let mut seen = vec![false; entries.len()];
    // An entry, its storage, and whether what stands before it is done.
    let mut open = vec![(ROOT as u32, ROOT, false)];
    while let Some((number, storage, is_due)) = open.pop() {
        let at = number as usize;
        let Some(Entry { left, right, child, is_storage, .. }) = entries.get(at) else { continue };
        let (left, right, child, is_storage) = (*left, *right, *child, *is_storage);
        if is_due {
            if at != ROOT {
                entries[storage].children.push(at);
            }
            if is_storage {
                open.push((child, at, false));
            }
        } else if !std::mem::replace(&mut seen[at], true) {
            open.extend([(right, storage, false), (number, storage, true), (left, storage, false)]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Cursor, Write};

    /// Bytes in which no sector is like another.
    fn bytes(size: u32) -> Vec<u8> {
        (0..size).map(|at| (at.wrapping_mul(0x9E37_79B9) >> 24) as u8).collect()
    }

    #[test]
    fn streams_of_all_sizes_in_sectors_of_both() {
        // Around a mini sector, a sector, the mini stream's cut-off, and what
        // needs a second level of sectors for its allocation table.
        let sizes = [0, 1, 64, 65, 512, 513, 4095, 4096, 4097, 100_000, 8 << 20];
        for version in [cfb::Version::V3, cfb::Version::V4] {
            let mut file =
                cfb::CompoundFile::create_with_version(version, Cursor::new(Vec::new())).unwrap();
            file.create_storage("/Outer").unwrap();
            for size in sizes {
                let mut stream = file.create_stream(format!("/Outer/{size}")).unwrap();
                stream.write_all(&bytes(size)).unwrap();
            }
            file.flush().unwrap();
            let compound = Compound::of(file.into_inner().into_inner()).unwrap();
            let outer = compound.child(ROOT, "outer").unwrap();
            assert!(compound.is_storage(outer));
            assert_eq!(compound.children(outer).len(), sizes.len());
            for size in sizes {
                let stream = compound.child(outer, &size.to_string()).unwrap();
                assert!(compound.stream(stream, u64::MAX).unwrap() == bytes(size), "{size}");
                assert_eq!(compound.stream(stream, 70).unwrap().len(), size.min(70) as usize);
            }
        }
    }
}
