//! Zip archives (APPNOTE.TXT): every member, by the directory at the end or,
//! where that is broken, by the members' own headers. No stated size is
//! believed: a member ends where its compressed stream does.

use std::io::{self, Read, SeekFrom};

use vitrail_kernels::crc::Crc;

use super::inflate::{Inflate, Wrapper};
use super::input::{Raw, Window};
use super::meter::Meter;
use super::walk::Walk;
use super::zip_directory::{self, Listing, Member, Method};
use super::{Source, Step};
use crate::base::{Findings, Format, Kind, Outcome, Whereabouts};

/// Members by which an office document or a program is known: what is inside
/// them is not for us.
const PACKAGE_MARKS: &[&str] = &["[Content_Types].xml", "META-INF/MANIFEST.MF", "mimetype"];

impl Walk<'_> {
    /// Walks an archive. `own` is what was found on it outside; it passes on
    /// to the member where there is but one.
    pub(super) fn zip(&mut self, archive: &mut dyn Source, mut own: Findings) {
        let limits = self.meter.limits();
        let mut listing = Listing::of(archive, limits.members);
        let count = listing.members.iter().filter(|member| is_relevant(member)).count();
        let is_package = is_package(&listing);
        if self.target_step().is_none() && (count == 0 || is_package) {
            let (kind, outcome) = match count {
                0 if listing.is_damaged() => (Kind::ArchiveDamaged, Outcome::Damaged),
                0 => (Kind::EmptyPart, Outcome::Empty),
                _ => (Kind::NoReport, Outcome::NotAReport),
            };
            self.add(&mut own, kind, "zip");
            return self.tell(Format::Zip, outcome, own);
        }
        let piece = self.piece.take();
        if listing.is_damaged() {
            self.add(&mut own, Kind::ArchiveDamaged, "directory");
        }
        let mut lost = false; // an entry of the directory led nowhere
        let mut index = 0;
        loop {
            if index == listing.members.len() {
                let unreached = lost || self.target_step().is_some();
                if !unreached || listing.is_damaged() {
                    break;
                }
                if lost {
                    self.add(&mut own, Kind::ArchiveDamaged, "offset");
                }
                // Only the whole is searched: this finding has it read.
                if piece.is_some() {
                    break;
                }
                listing.scan(archive, limits.members);
                continue;
            }
            let number = index as u32; // invariant: no more than `members`
            if self.is_full(number, limits.members, &mut own) {
                break;
            }
            let member = &listing.members[index];
            index += 1;
            let is_here = piece.is_none_or(|piece| piece.has(member.start));
            if !is_here || !is_relevant(member) || !self.wants(number) {
                continue;
            }
            let Some(data) = zip_directory::data_start(archive, member.start) else {
                lost = true;
                continue;
            };
            self.begin_member(0);
            let pending = if count == 1 { std::mem::take(&mut own) } else { Findings::default() };
            let name = Some(member.name.as_str()).filter(|name| !name.is_empty()).map(Box::from);
            let step = Step { format: Format::Zip, index: number, range: None, name };
            self.enter(step, |walk| walk.zip_member(archive, member, data, pending));
        }
        if listing.cut {
            self.add(&mut own, Kind::MemberLimit, limits.members);
        }
        self.tell_container(Format::Zip, own);
    }

    fn zip_member(
        &mut self,
        archive: &mut dyn Source,
        member: &Member,
        data: u64,
        mut pending: Findings,
    ) {
        let meter = self.meter;
        let refused = match member.method {
            _ if member.is_encrypted => Some((Kind::Encrypted, member.name.clone())),
            Method::Other(method) => Some((Kind::UnknownCompression, method.to_string())),
            Method::Stored | Method::Deflated => None,
        };
        if let Some((kind, detail)) = refused {
            self.add(&mut pending, kind, detail);
            return self.tell(Format::Binary, Outcome::Damaged, pending);
        }
        if archive.seek(SeekFrom::Start(data)).is_err() {
            self.add(&mut pending, Kind::ArchiveDamaged, "offset");
            return self.tell(Format::Binary, Outcome::Damaged, pending);
        }
        match member.method {
            Method::Stored => {
                let mut stored = Stored::new(archive, member, meter);
                let length = member.compressed.unwrap_or(u64::MAX);
                self.stream(&mut Window::for_bytes(&mut stored, length), None, pending);
            }
            _ => {
                let wrapper = Wrapper::Member { crc: member.crc, size: member.size };
                let mut whole = Whole(archive);
                let mut compressed = Window::new(&mut whole);
                let mut inflate = Inflate::new(&mut compressed, wrapper, meter);
                self.stream(&mut Window::new(&mut inflate), None, pending);
            }
        }
    }

    /// Whether binary data has a zip at its end: a self-extracting archive.
    pub(super) fn is_behind_a_program(&mut self, archive: &mut dyn Source) -> bool {
        self.target_step().is_none() && zip_directory::has_members(archive)
    }
}

/// Whether it is an office document or a program.
pub(super) fn is_package(listing: &Listing) -> bool {
    listing.members.iter().any(|member| PACKAGE_MARKS.contains(&member.name.as_str()))
}

pub(super) fn is_relevant(member: &Member) -> bool {
    !member.is_directory && !is_ignored(&member.name)
}

/// What archivers of some systems add for themselves.
pub(super) fn is_ignored(name: &str) -> bool {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    name.starts_with("__MACOSX/")
        || name.contains("/__MACOSX/")
        || file.starts_with("._")
        || [".DS_Store", "Thumbs.db", "desktop.ini"].contains(&file)
}

/// All bytes of the archive from where it stands.
struct Whole<'a>(&'a mut dyn Source);

impl Raw for Whole<'_> {
    fn read(&mut self, to: &mut [u8]) -> usize {
        self.0.read(to).unwrap_or(0)
    }
}

/// The data of a member that is not compressed. It counts as decoded: many
/// members may share it.
struct Stored<'a> {
    data: io::Take<&'a mut dyn Source>,
    member: &'a Member,
    meter: &'a Meter<'a>,
    crc: Crc,
    given: u64,
    ended: bool,
}

impl<'a> Stored<'a> {
    fn new(archive: &'a mut dyn Source, member: &'a Member, meter: &'a Meter<'a>) -> Self {
        let length = member.compressed.unwrap_or(u64::MAX);
        Self {
            data: archive.take(length),
            member,
            meter,
            crc: Crc::default(),
            given: 0,
            ended: false,
        }
    }

    fn finish(&mut self) {
        self.ended = true;
        let at = Whereabouts::Offset(self.given);
        if let Some(size) = self.member.size.filter(|size| *size != self.given) {
            self.meter.fault(Kind::SizeMismatch, at, format!("{size}, {}", self.given));
        }
        if self.member.crc.is_some_and(|crc| crc != self.crc.sum()) {
            self.meter.fault(Kind::ChecksumMismatch, at, "");
        }
    }
}

impl Raw for Stored<'_> {
    fn read(&mut self, buf: &mut [u8]) -> usize {
        if self.ended || buf.is_empty() {
            return 0;
        }
        let allowed = usize::try_from(self.meter.allowance()).unwrap_or(usize::MAX);
        if allowed == 0 {
            self.ended = true;
            let limit = self.meter.limits().output_bytes_per_file;
            self.meter.fault(Kind::OutputLimit, Whereabouts::Offset(self.given), limit);
            return 0;
        }
        let room = allowed.min(buf.len());
        let n = self.data.read(&mut buf[..room]).unwrap_or(0);
        self.given += n as u64;
        self.crc.update(&buf[..n]);
        if n == 0 {
            self.finish();
        } else if !self.meter.decoded(n as u64, self.given, self.given) {
            self.ended = true;
        }
        n
    }
}
