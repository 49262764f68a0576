//! Deflate in its wrappers: gzip of any number of members (RFC 1952), zlib
//! (RFC 1950), bare (RFC 1951), and a zip's member.
//!
//! The wrappers are read here rather than by the decoder so that a wrong
//! checksum, bytes behind the end or a cut stream cost nothing that was
//! readable: each is a fault, and what came before it was delivered.

use flate2::{Decompress, FlushDecompress, Status};

use vitrail_kernels::crc::Crc;

use super::Step;
use super::input::{Input, Raw, Window};
use super::meter::Meter;
use super::walk::Walk;
use crate::base::{Findings, Format, Kind, Whereabouts};

/// The name in a gzip header is cut here; the header is read to its end.
const NAME_BYTES: usize = 1024;

/// What stands around the deflate stream.
#[derive(Clone, Copy)]
pub(super) enum Wrapper {
    Gzip,
    Zlib,
    None,
    /// Of a zip's member: what its headers state, where they do.
    Member {
        crc: Option<u32>,
        size: Option<u64>,
    },
}

impl Walk<'_> {
    /// Walks what a compressed run holds.
    pub(super) fn inflate(
        &mut self,
        input: &mut dyn Input,
        format: Format,
        wrapper: Wrapper,
        pending: Findings,
    ) {
        let mut inflate = Inflate::new(input, wrapper, self.meter);
        let name = inflate.take_name().filter(|name| !name.is_empty()).map(String::into_boxed_str);
        let step = Step { format, index: 0, range: None, name };
        self.enter(step, |walk| walk.stream(&mut Window::new(&mut inflate), None, pending));
    }
}

/// The decoded bytes of one compressed run. Never fails: see [`Input`].
pub(super) struct Inflate<'r, 'm> {
    input: &'r mut dyn Input,
    meter: &'m Meter<'m>,
    wrapper: Wrapper,
    core: Decompress,
    /// The checksums of the gzip member or stream in hand.
    crc: Crc,
    adler: Adler32,
    /// Compressed and decoded bytes of the whole run.
    consumed: u64,
    produced: u64,
    ended: bool,
    name: Option<String>,
}

impl<'r, 'm> Inflate<'r, 'm> {
    /// Reads the wrapper's header.
    pub(super) fn new(input: &'r mut dyn Input, wrapper: Wrapper, meter: &'m Meter<'m>) -> Self {
        let mut inflate = Self {
            input,
            meter,
            wrapper,
            core: Decompress::new(false),
            crc: Crc::default(),
            adler: Adler32::default(),
            consumed: 0,
            produced: 0,
            ended: false,
            name: None,
        };
        let header = match wrapper {
            Wrapper::Gzip => inflate.gzip_header(),
            Wrapper::Zlib => inflate.array::<2>().map(|_| ()),
            Wrapper::None | Wrapper::Member { .. } => Some(()),
        };
        if header.is_none() {
            inflate.fault(Kind::StreamDamaged, "header");
            inflate.ended = true;
        }
        inflate
    }

    /// The file name in the gzip header (ISO 8859-1, as the RFC asks).
    pub(super) fn take_name(&mut self) -> Option<String> {
        self.name.take()
    }

    fn fault(&self, kind: Kind, detail: impl ToString) {
        self.meter.fault(kind, Whereabouts::Offset(self.produced), detail);
    }

    fn byte(&mut self) -> Option<u8> {
        self.array::<1>().map(|[byte]| byte)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let mut bytes = [0; N];
        self.input.read_exact(&mut bytes).ok()?;
        self.consumed += N as u64;
        Some(bytes)
    }

    /// RFC 1952 §2.3. `None` where it breaks off or is of another method.
    fn gzip_header(&mut self) -> Option<()> {
        const HCRC: u8 = 1 << 1;
        const EXTRA: u8 = 1 << 2;
        const NAME: u8 = 1 << 3;
        const COMMENT: u8 = 1 << 4;
        let [0x1f, 0x8b, 8, flags, ..] = self.array::<10>()? else { return None };
        if flags & EXTRA != 0 {
            let length = u64::from(u16::from_le_bytes(self.array()?));
            self.consumed += self.input.skip(length);
        }
        if flags & NAME != 0 {
            let name = self.text()?;
            self.name.get_or_insert(name);
        }
        if flags & COMMENT != 0 {
            self.text()?;
        }
        if flags & HCRC != 0 {
            self.array::<2>()?;
        }
        Some(())
    }

    /// A zero-terminated text.
    fn text(&mut self) -> Option<String> {
        let mut text = String::new();
        loop {
            match self.byte()? {
                0 => return Some(text),
                byte if text.len() < NAME_BYTES => text.push(char::from(byte)),
                _ => {}
            }
        }
    }

    /// The deflate stream has ended: checks what stands behind it, and finds
    /// whether another gzip member follows.
    fn finish_stream(&mut self) {
        match self.wrapper {
            Wrapper::Gzip => self.finish_gzip_member(),
            Wrapper::Zlib => {
                let stated = self.array().map(u32::from_be_bytes);
                self.check(stated, self.adler.sum());
                self.pass_trailing_bytes();
            }
            Wrapper::None => self.pass_trailing_bytes(),
            Wrapper::Member { crc, size } => {
                self.ended = true;
                if size.is_some_and(|size| size != self.produced) {
                    let stated = size.unwrap_or_default();
                    self.fault(Kind::SizeMismatch, format!("{stated}, {}", self.produced));
                }
                if crc.is_some() {
                    self.check(crc, self.crc.sum());
                }
            }
        }
    }

    fn finish_gzip_member(&mut self) {
        let stated = self.array::<8>().map(|[a, b, c, d, e, f, g, h]| {
            (u32::from_le_bytes([a, b, c, d]), u32::from_le_bytes([e, f, g, h]))
        });
        self.check(stated, (self.crc.sum(), self.crc.amount()));
        if self.input.peek(3) == [0x1f, 0x8b, 8] {
            match self.gzip_header() {
                Some(()) => {
                    self.core.reset(false);
                    self.crc.reset();
                }
                None => {
                    self.fault(Kind::StreamDamaged, "header");
                    self.ended = true;
                }
            }
        } else {
            self.pass_trailing_bytes();
        }
    }

    fn check<T: PartialEq>(&self, stated: Option<T>, real: T) {
        match stated {
            None => self.fault(Kind::ChecksumMismatch, "missing"),
            Some(stated) if stated != real => self.fault(Kind::ChecksumMismatch, ""),
            Some(_) => {}
        }
    }

    fn pass_trailing_bytes(&mut self) {
        self.ended = true;
        let trailing = self.input.skip(u64::MAX);
        if trailing > 0 {
            self.fault(Kind::TrailingBytes, trailing);
        }
    }

    /// One step of the decoder: the bytes it put into `buf`.
    fn step(&mut self, buf: &mut [u8]) -> usize {
        let (before_in, before_out) = (self.core.total_in(), self.core.total_out());
        let compressed = self.input.fill_buf().unwrap_or_default();
        let at_end = compressed.is_empty();
        let status = self.core.decompress(compressed, buf, FlushDecompress::None);
        let consumed = self.core.total_in() - before_in;
        let produced = (self.core.total_out() - before_out) as usize;
        // invariant: the decoder takes from and gives to the slices it was handed.
        self.input.consume(consumed as usize);
        self.consumed += consumed;
        self.produced += produced as u64;
        match self.wrapper {
            Wrapper::Gzip | Wrapper::Member { .. } => self.crc.update(&buf[..produced]),
            Wrapper::Zlib => self.adler.update(&buf[..produced]),
            Wrapper::None => {}
        }
        if !self.meter.decoded(produced as u64, self.consumed, self.produced) {
            self.ended = true;
        } else {
            match status {
                Ok(Status::StreamEnd) => self.finish_stream(),
                Ok(_) if produced == 0 && (at_end || consumed == 0) => {
                    self.fault(Kind::StreamDamaged, "breaks off");
                    self.ended = true;
                }
                Ok(_) => {}
                Err(_) => {
                    self.fault(Kind::StreamDamaged, "corrupt");
                    self.ended = true;
                }
            }
        }
        produced
    }
}

impl Raw for Inflate<'_, '_> {
    fn read(&mut self, buf: &mut [u8]) -> usize {
        while !self.ended && !buf.is_empty() {
            let allowed = usize::try_from(self.meter.allowance()).unwrap_or(usize::MAX);
            if allowed == 0 {
                self.fault(Kind::OutputLimit, self.meter.limits().output_bytes_per_file);
                self.ended = true;
                break;
            }
            let room = allowed.min(buf.len());
            let produced = self.step(&mut buf[..room]);
            if produced > 0 {
                return produced;
            }
        }
        0
    }

    fn is_expanded(&self) -> bool {
        self.meter.is_expanded(self.consumed, self.produced)
    }
}

/// Whether the first bytes of a bare deflate stream inflate, and to what: at most `most` bytes.
pub(super) fn trial(window: &[u8], most: usize) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(most);
    let mut core = Decompress::new(false);
    core.decompress_vec(window, &mut out, FlushDecompress::None).ok()?;
    (!out.is_empty()).then_some(out)
}

/// RFC 1950 §9.
struct Adler32 {
    a: u32,
    b: u32,
}

impl Default for Adler32 {
    fn default() -> Self {
        Self { a: 1, b: 0 }
    }
}

impl Adler32 {
    fn update(&mut self, bytes: &[u8]) {
        const MODULUS: u32 = 65_521;
        // 5552: the most bytes whose sums stay within 32 bits.
        for chunk in bytes.chunks(5552) {
            for byte in chunk {
                self.a += u32::from(*byte);
                self.b += self.a;
            }
            self.a %= MODULUS;
            self.b %= MODULUS;
        }
    }

    fn sum(&self) -> u32 {
        self.b << 16 | self.a
    }
}
