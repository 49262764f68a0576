//! Which members a zip has: as its directory says (read by rawzip), and as the
//! members' own headers say where the directory is missing or wrong.

use std::cell::RefCell;
use std::io::{self, Read, SeekFrom};

use memchr::memmem;
use rawzip::{RECOMMENDED_BUFFER_SIZE, ReaderAt, ZipArchive, ZipFileHeaderRecord, ZipLocator};
use vitrail_kernels::hash::Set;

use super::Source;

/// APPNOTE.TXT §4.4.5.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Method {
    Stored,
    Deflated,
    /// Its number.
    Other(u16),
}

impl Method {
    fn numbered(number: u16) -> Self {
        match number {
            0 => Self::Stored,
            8 => Self::Deflated,
            other => Self::Other(other),
        }
    }
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

/// Where in it the version needed to extract stands, and the newest there is
/// (APPNOTE.TXT §4.4.3).
const VERSION: usize = 4;
const NEWEST: u8 = 63;

/// Bytes in which the directory's end is looked for: its record, with the longest
/// comment there can be (APPNOTE.TXT §4.3.16).
const END_BYTES: u64 = 22 + 0xffff;

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

    /// As the directory says, if it is whole.
    pub(super) fn of_directory(archive: &mut dyn Source, most: u32) -> Option<Self> {
        let mut listing = Self::default();
        listing.by_directory(archive, most)?;
        Some(listing)
    }

    /// Whether the directory could not be relied on.
    pub(super) fn is_damaged(&self) -> bool {
        self.scanned
    }

    /// `None` where the directory is missing or breaks off.
    fn by_directory(&mut self, archive: &mut dyn Source, most: u32) -> Option<()> {
        let mut buffer = vec![0; RECOMMENDED_BUFFER_SIZE];
        let zip = directory(archive, &mut buffer)?;
        let mut entries = zip.entries(&mut buffer);
        while let Some(entry) = entries.next_entry().ok()? {
            if self.members.len() == most as usize {
                self.cut = true;
                break;
            }
            self.members.push(by_entry(&entry));
        }
        Some(())
    }

    /// Adds the members that the directory does not know of, by scanning for
    /// their headers.
    pub(super) fn scan(&mut self, archive: &mut dyn Source, most: u32) {
        self.scanned = true;
        let known: Set<u64> = self.members.iter().map(|member| member.start).collect();
        let mut marks = Marks::default();
        let mut at = 0;
        while let Some(start) = marks.find(archive, at) {
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
    let mut buffer = vec![0; RECOMMENDED_BUFFER_SIZE];
    directory(archive, &mut buffer)
        .is_some_and(|zip| matches!(zip.entries(&mut buffer).next_entry(), Ok(Some(_))))
}

/// The directory, if one stands at the end of the archive.
fn directory<'s>(archive: &'s mut dyn Source, buffer: &mut [u8]) -> Option<ZipArchive<Places<'s>>> {
    let end = archive.seek(SeekFrom::End(0)).ok()?;
    ZipLocator::new()
        .max_search_space(END_BYTES)
        .locate_in_reader(Places(RefCell::new(archive)), buffer, end)
        .ok()
}

/// An archive as rawzip reads it: at places, through a shared reference.
struct Places<'s>(RefCell<&'s mut dyn Source>);

impl ReaderAt for Places<'_> {
    fn read_at(&self, buf: &mut [u8], offset: u64) -> io::Result<usize> {
        let mut archive = self.0.borrow_mut();
        archive.seek(SeekFrom::Start(offset))?;
        archive.read(buf)
    }
}

/// What the directory says of a member.
fn by_entry(entry: &ZipFileHeaderRecord<'_>) -> Member {
    let name = name(entry.file_path().as_bytes());
    Member {
        method: Method::numbered(entry.compression_method().as_u16()),
        is_directory: name.ends_with('/'),
        is_encrypted: entry.flags().is_encrypted(),
        start: entry.local_header_offset(),
        compressed: Some(entry.compressed_size_hint()),
        size: Some(entry.uncompressed_size_hint()),
        crc: Some(entry.crc32()),
        name,
    }
}

/// A member's name: UTF-8, or else in the code page of the first PCs (APPNOTE.TXT
/// appendix D). The flag that tells them apart is not to be relied on.
fn name(bytes: &[u8]) -> String {
    let in_code_page = |byte: &u8| match byte.checked_sub(0x80) {
        None => char::from(*byte),
        Some(at) => CODE_PAGE_437.chars().nth(at.into()).unwrap_or_default(),
    };
    match str::from_utf8(bytes) {
        Ok(name) => name.to_owned(),
        Err(_) => bytes.iter().map(in_code_page).collect(),
    }
}

/// Code page 437 from 0x80 on.
const CODE_PAGE_437: &str = "\
    ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐\
    └┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";

/// Looks for marks of local headers from front to back, each byte once, however
/// close together they stand.
#[derive(Default)]
struct Marks {
    chunk: Vec<u8>,
    /// Where in the archive the chunk begins.
    start: u64,
}

impl Marks {
    const CHUNK: usize = 64 << 10;

    /// The first at or after `from` that may be one of a header.
    fn find(&mut self, archive: &mut dyn Source, from: u64) -> Option<u64> {
        let finder = memmem::Finder::new(LOCAL_MARK);
        let mut from = from.max(self.start);
        loop {
            let here = usize::try_from(from - self.start).unwrap_or(usize::MAX);
            let ahead = self.chunk.get(here..).unwrap_or_default();
            match finder.find(ahead) {
                Some(at) if ahead.get(at + VERSION).is_some_and(|by| *by > NEWEST) => {
                    from += (at + LOCAL_MARK.len()) as u64;
                }
                Some(at) if at + VERSION < ahead.len() => return Some(from + at as u64),
                // The mark, or what tells of it, may lie across the end of what was read.
                Some(at) => {
                    from += at as u64;
                    self.refill(archive, from, VERSION + 1)?;
                }
                None => {
                    let kept = ahead.len().min(LOCAL_MARK.len() - 1);
                    from += (ahead.len() - kept) as u64;
                    self.refill(archive, from, kept + 1)?;
                }
            }
        }
    }

    /// Reads the chunk that begins at `start`; `None` where it has not `least` bytes.
    fn refill(&mut self, archive: &mut dyn Source, start: u64, least: usize) -> Option<()> {
        archive.seek(SeekFrom::Start(start)).ok()?;
        self.start = start;
        self.chunk.clear();
        Read::take(&mut *archive, Self::CHUNK as u64).read_to_end(&mut self.chunk).ok()?;
        (self.chunk.len() >= least).then_some(())
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
    if header[..4] != *LOCAL_MARK || header[VERSION] > NEWEST {
        return None;
    }
    let mut name = vec![0; usize::from(name_length)];
    archive.read_exact(&mut name).ok()?;
    let name = self::name(&name);
    // With a data descriptor (bit 3) or in ZIP64 the sizes stand elsewhere.
    let stated =
        |value: u32| (flags & 1 << 3 == 0 && value != u32::MAX).then_some(u64::from(value));
    let data = start + LOCAL as u64 + u64::from(name_length) + u64::from(extra_length);
    let member = Member {
        method: Method::numbered(method),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_the_first_pcs() {
        assert_eq!(CODE_PAGE_437.chars().count(), 128);
        assert_eq!(name("grün.xml".as_bytes()), "grün.xml");
        assert_eq!(name(b"gr\x81n\xff.xml"), "grün\u{a0}.xml");
    }
}
