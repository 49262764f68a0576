//! Where one large file can be cut, so that its pieces are read side by side. What the pieces hold
//! together is what the file holds: members, numbers, places and findings are the same.

use std::ops::RangeInclusive;

use super::Source;
use super::input::{self, Input, Window};
use super::mbox::Mailbox;
use super::meter::Meter;
use super::zip_directory::Listing;
use super::{Progress, sniff, zip};
use crate::base::{Context, Format, Piece};

/// A file is cut into about so many pieces, as long as they are neither too small nor too large.
const PIECES: u64 = 64;

/// Bytes of a piece at least, or it would not be worth a job, and of most of them at most, or progress
/// and cancelling would be coarse.
const PIECE_BYTES: RangeInclusive<u64> = 1 << 20..=32 << 20;

/// No archive with more bytes of names is cut: its directory is read, and held, for each piece.
const NAMES_BYTES: usize = 16 << 20;

/// So many bytes should a piece of a file of `size` bytes have at least.
pub fn worth_a_piece(size: u64) -> u64 {
    (size / PIECES).clamp(*PIECE_BYTES.start(), *PIECE_BYTES.end())
}

/// Cuts a mailbox, or an archive whose directory can be relied on, into pieces of at least so many
/// bytes. Each is told as soon as it is found; of a file to be read as a whole there is none.
pub fn cut(
    source: &mut dyn Source,
    size: u64,
    least: u64,
    cx: &Context<'_>,
    progress: Progress<'_>,
    found: &mut dyn FnMut(Piece),
) {
    let meter = Meter::new(cx.limits, size, progress);
    let mut file = input::File::new(source, size, &meter);
    let mut window = Window::for_bytes(&mut file, size);
    let format = sniff::sniff(window.peek(sniff::WINDOW));
    let is_archive = format == Format::Zip;
    let whole = Piece { is_archive, range: (0, size), before: 0, trusts_length: true };
    let cuts = Cuts { whole, piece: whole, least, found };
    match format {
        Format::Mbox => cuts.mailbox(Mailbox::new(&mut window, meter.holdable())),
        Format::Zip => cuts.archive(Listing::of_directory(&mut file, cx.limits.members)),
        _ => {}
    }
}

struct Cuts<'a> {
    whole: Piece,
    /// The one in hand, as if all that is left were in it.
    piece: Piece,
    least: u64,
    found: &'a mut dyn FnMut(Piece),
}

impl Cuts<'_> {
    fn mailbox(mut self, mut mailbox: Mailbox<'_>) {
        if !mailbox.can_be_cut() {
            return;
        }
        for before in 0.. {
            let at = mailbox.at();
            if self.is_enough(at) && mailbox.begins_anew() {
                self.at(at, before, mailbox.trusts_length());
            }
            if mailbox.pass_next().is_none() {
                break;
            }
        }
        self.end();
    }

    /// Without a directory the whole is searched for members, once.
    fn archive(mut self, listing: Option<Listing>) {
        let Some(listing) = listing.filter(|listing| !listing.cut && !zip::is_package(listing))
        else {
            return;
        };
        let names: usize = listing.members.iter().map(|member| member.name.len()).sum();
        if names > NAMES_BYTES {
            return;
        }
        let members = listing.members.iter().filter(|member| zip::is_relevant(member));
        let mut starts: Vec<u64> = members.map(|member| member.start).collect();
        starts.sort_unstable();
        if starts.last().is_none_or(|last| *last >= self.whole.range.1) {
            return;
        }
        for at in starts {
            if self.is_enough(at) {
                self.at(at, 0, true);
            }
        }
        self.end();
    }

    fn is_enough(&self, at: u64) -> bool {
        at >= self.piece.range.0 + self.least && at < self.whole.range.1
    }

    fn at(&mut self, at: u64, before: u32, trusts_length: bool) {
        let (start, end) = self.piece.range;
        (self.found)(Piece { range: (start, at), ..self.piece });
        self.piece = Piece { range: (at, end), before, trusts_length, ..self.piece };
    }

    /// The last piece, unless it is all there is.
    fn end(self) {
        if self.piece != self.whole {
            (self.found)(self.piece);
        }
    }
}
