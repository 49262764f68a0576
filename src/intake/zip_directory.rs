//! Which members a zip has: as its directory says (read by the zip crate), and
//! as the members' own headers say where the directory is missing or wrong.

use std::collections::HashSet;
use std::io::SeekFrom;

use memchr::memmem;
use zip::CompressionMethod;
use zip::read::{Config, ZipFileEntry};
use zip::unstable::read::ZipIterable;

use super::Source;

/// APPNOTE.TXT §4.4.5.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Method {
    Stored,
    Deflated,
    /// Its number or name.
    Other(String),
}

/// A member, by whichever header told of it.
#[derive(Clone, Debug)]
pub(super) struct Member {
    pub(super) name: String,
    pub(super) method: Method,
    pub(super) is_directory: bool,
    pub(super) is_encrypted: bool,
    /// Where its data begins.
    pub(super) data: u64,
    /// Stated, and not to be relied on: bytes in the archive, bytes and
    /// checksum of the content.
    pub(super) compressed: Option<u64>,
    pub(super) size: Option<u64>,
    pub(super) crc: Option<u32>,
}

#[derive(Debug, Default)]
pub(super) struct Listing {
    pub(super) members: Vec<Member>,
    /// The directory is broken or leads astray.
    pub(super) damaged: bool,
    /// There are more members than the limit allows.
    pub(super) cut: bool,
}

/// A local header without its name (APPNOTE.TXT §4.3.7).
const LOCAL: usize = 30;
const LOCAL_MARK: &[u8; 4] = b"PK\x03\x04";

/// Lists up to `most` members, in the order of the directory, then those it does not know.
pub(super) fn list(archive: &mut dyn Source, most: u32) -> Listing {
    let mut listing = Listing::default();
    let mut known = HashSet::new();
    listing.damaged = by_directory(archive, most, &mut listing, &mut known).is_none();
    if listing.damaged {
        by_headers(archive, most, &mut listing, &known);
    }
    listing
}

/// Whether a directory stands at the end of the archive and has entries.
pub(super) fn has_members(archive: &mut dyn Source) -> bool {
    ZipIterable::try_new(archive, Config::default()).is_ok_and(|zip| !zip.is_empty())
}

/// `None` where the directory breaks off or one of its entries leads nowhere.
fn by_directory(
    archive: &mut dyn Source,
    most: u32,
    listing: &mut Listing,
    known: &mut HashSet<u64>,
) -> Option<()> {
    let mut sound = Some(());
    let mut zip = ZipIterable::try_new(&mut *archive, Config::default()).ok()?;
    let entries = zip.files().ok()?;
    while let Some(entry) = entries.next() {
        let Ok(entry) = entry else { return None };
        if listing.members.len() == most as usize {
            listing.cut = true;
            return sound;
        }
        let start = entry.header_start();
        match local_header(entries.reader_mut(), start) {
            Some(local) => {
                known.insert(start);
                listing.members.push(by_entry(&entry, local.data));
            }
            None => sound = None,
        }
    }
    sound
}

fn by_entry(entry: &ZipFileEntry<'_>, data: u64) -> Member {
    let name = match entry.name() {
        Ok(name) => name.into_owned(),
        Err(_) => String::from_utf8_lossy(entry.name_raw()).into_owned(),
    };
    Member {
        name,
        method: match entry.compression() {
            CompressionMethod::STORE => Method::Stored,
            CompressionMethod::DEFLATE => Method::Deflated,
            other => Method::Other(other.to_string()),
        },
        is_directory: entry.is_dir(),
        is_encrypted: entry.encrypted(),
        data,
        compressed: Some(entry.compressed_size()),
        size: Some(entry.size()),
        crc: Some(entry.crc32()),
    }
}

/// Adds the members that the directory does not know of, by scanning for their headers.
fn by_headers(
    archive: &mut dyn Source,
    most: u32,
    listing: &mut Listing,
    known: &HashSet<u64>,
) -> Option<()> {
    let mut at = 0;
    loop {
        let start = find_mark(archive, at)?;
        let Some(member) = local_header(archive, start) else {
            at = start + LOCAL_MARK.len() as u64;
            continue;
        };
        // Past the data where its length is stated; else a mark is looked for within it.
        at = member.data.saturating_add(member.compressed.unwrap_or(0));
        if known.contains(&start) {
            continue;
        }
        if listing.members.len() == most as usize {
            listing.cut = true;
            return Some(());
        }
        listing.members.push(member);
    }
}

/// The first mark of a local header at or after `from`.
fn find_mark(archive: &mut dyn Source, from: u64) -> Option<u64> {
    archive.seek(SeekFrom::Start(from)).ok()?;
    let finder = memmem::Finder::new(LOCAL_MARK);
    let mut chunk = vec![0; 64 << 10];
    let (mut start, mut filled) = (from, 0);
    loop {
        let n = archive.read(&mut chunk[filled..]).ok().filter(|n| *n > 0)?;
        filled += n;
        if let Some(found) = finder.find(&chunk[..filled]) {
            return Some(start + found as u64);
        }
        // The mark may lie across the end of what was read.
        let kept = filled.min(LOCAL_MARK.len() - 1);
        chunk.copy_within(filled - kept..filled, 0);
        start += (filled - kept) as u64;
        filled = kept;
    }
}

/// The member whose local header stands at `start`, if one does.
fn local_header(archive: &mut dyn Source, start: u64) -> Option<Member> {
    let mut header = [0; LOCAL];
    archive.seek(SeekFrom::Start(start)).ok()?;
    archive.read_exact(&mut header).ok()?;
    let short = |at: usize| u16::from_le_bytes([header[at], header[at + 1]]);
    let long = |at: usize| {
        u32::from_le_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]])
    };
    let (flags, method, name_length, extra_length) = (short(6), short(8), short(26), short(28));
    if header[..4] != *LOCAL_MARK || short(4) & 0xff > 63 {
        return None;
    }
    let mut name = vec![0; usize::from(name_length)];
    archive.read_exact(&mut name).ok()?;
    let name = String::from_utf8_lossy(&name).into_owned();
    // With a data descriptor (bit 3) or in ZIP64 the sizes stand elsewhere.
    let stated =
        |value: u32| (flags & 1 << 3 == 0 && value != u32::MAX).then_some(u64::from(value));
    Some(Member {
        method: match method {
            0 => Method::Stored,
            8 => Method::Deflated,
            other => Method::Other(other.to_string()),
        },
        is_directory: name.ends_with('/'),
        is_encrypted: flags & 1 != 0,
        data: start + LOCAL as u64 + u64::from(name_length) + u64::from(extra_length),
        compressed: stated(long(18)),
        size: stated(long(22)),
        crc: (flags & 1 << 3 == 0).then_some(long(14)),
        name,
    })
}
