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
    /// Where its own header stands, or should.
    pub(super) start: u64,
    /// Stated, and not to be relied on: bytes in the archive, bytes and
    /// checksum of the content.
    pub(super) compressed: Option<u64>,
    pub(super) size: Option<u64>,
    pub(super) crc: Option<u32>,
}

/// The members of an archive: in the order of the directory, then those it does not know.
#[derive(Debug, Default)]
pub(super) struct Listing {
    pub(super) members: Vec<Member>,
    /// There are more members than the limit allows.
    pub(super) cut: bool,
    /// The members' own headers were scanned for.
    scanned: bool,
}

/// A local header without its name (APPNOTE.TXT §4.3.7).
const LOCAL: usize = 30;
const LOCAL_MARK: &[u8; 4] = b"PK\x03\x04";

impl Listing {
    /// Lists up to `most` members: by the directory, and where it is broken by
    /// their own headers.
    pub(super) fn of(archive: &mut dyn Source, most: u32) -> Self {
        let mut listing = Self::default();
        if listing.by_directory(archive, most).is_none() {
            listing.scan(archive, most);
        }
        listing
    }

    /// Whether the directory could not be relied on.
    pub(super) fn is_damaged(&self) -> bool {
        self.scanned
    }

    /// `None` where the directory is missing or breaks off.
    fn by_directory(&mut self, archive: &mut dyn Source, most: u32) -> Option<()> {
        let mut zip = ZipIterable::try_new(archive, Config::default()).ok()?;
        for entry in zip.files().ok()? {
            if self.members.len() == most as usize {
                self.cut = true;
                break;
            }
            self.members.push(by_entry(&entry.ok()?));
        }
        Some(())
    }

    /// Adds the members that the directory does not know of, by scanning for
    /// their headers.
    pub(super) fn scan(&mut self, archive: &mut dyn Source, most: u32) {
        self.scanned = true;
        let known: HashSet<u64> = self.members.iter().map(|member| member.start).collect();
        let mut at = 0;
        while let Some(start) = find_mark(archive, at) {
            let Some((member, data)) = local_header(archive, start) else {
                at = start + LOCAL_MARK.len() as u64;
                continue;
            };
            // Past the data where its length is stated; else a mark is looked for within it.
            at = data.saturating_add(member.compressed.unwrap_or(0));
            if known.contains(&start) {
                continue;
            }
            if self.members.len() == most as usize {
                self.cut = true;
                return;
            }
            self.members.push(member);
        }
    }
}

/// Whether a directory stands at the end of the archive and has entries.
pub(super) fn has_members(archive: &mut dyn Source) -> bool {
    ZipIterable::try_new(archive, Config::default()).is_ok_and(|zip| !zip.is_empty())
}

/// What the directory says of a member.
fn by_entry(entry: &ZipFileEntry<'_>) -> Member {
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
        start: entry.header_start(),
        compressed: Some(entry.compressed_size()),
        size: Some(entry.size()),
        crc: Some(entry.crc32()),
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

/// Where the data of the member begins whose own header stands at `start`.
pub(super) fn data_start(archive: &mut dyn Source, start: u64) -> Option<u64> {
    local_header(archive, start).map(|(_, data)| data)
}

/// The member whose own header stands at `start`, if one does, and where its
/// data begins.
fn local_header(archive: &mut dyn Source, start: u64) -> Option<(Member, u64)> {
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
    let data = start + LOCAL as u64 + u64::from(name_length) + u64::from(extra_length);
    let member = Member {
        method: match method {
            0 => Method::Stored,
            8 => Method::Deflated,
            other => Method::Other(other.to_string()),
        },
        is_directory: name.ends_with('/'),
        is_encrypted: flags & 1 != 0,
        start,
        compressed: stated(long(18)),
        size: stated(long(22)),
        crc: (flags & (1 << 3) == 0).then_some(long(14)),
        name,
    };
    Some((member, data))
}
