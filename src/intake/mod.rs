//! Bytes → leaves: containers unwrapped by content, never by name or declared
//! type, nested in any order, under [`Limits`](crate::base::Limits).
//!
//! One file per container. [`open`] walks one file; the [`Visitor`] is handed
//! each leaf as a stream and says what became of it. Intake knows nothing of
//! reports: it only knows that text which starts like XML or JSON is a leaf
//! worth handing over.

mod base64;
mod compound;
mod feedback;
mod header;
mod html;
mod inflate;
mod input;
mod lines;
mod mail;
mod markup;
mod mbox;
mod meter;
mod mime;
mod msg;
mod pieces;
mod separator;
mod sniff;
mod tar;
mod walk;
mod zip;
mod zip_directory;

use std::io::{BufRead, Read, Seek};

pub use crate::base::Step;
use crate::base::{Context, Feedback, Findings, Format, MailHeader, Outcome, Piece};

pub use feedback::read as read_feedback;
pub use msg::readable as readable_message;
pub use pieces::{cut, worth_a_piece};
pub use sniff::sniff;

use meter::Meter;
use walk::{Purpose, Target, Walk};

/// A file: a zip's directory stands at its end, hence `Seek`.
pub trait Source: Read + Seek {}

impl<T: Read + Seek> Source for T {}

/// What is known of a leaf before it is read.
#[derive(Clone, Copy, Debug)]
pub struct Leaf<'a> {
    /// From the file (no step) inwards.
    pub steps: &'a [Step],
    pub format: Format,
    /// The innermost name there is, the file's own included.
    pub name: Option<&'a str>,
    /// The innermost mail it stands in.
    pub mail: Option<&'a MailHeader>,
}

/// Takes what [`open`] finds in one file, in the order in which it stands.
pub trait Visitor {
    /// A leaf that starts like XML or JSON. Reads as much of `bytes` as it wants;
    /// reading the rest is intake's business. `bytes` ends early, and never
    /// fails, where a stream is damaged or a limit is reached: that finding is
    /// intake's. `findings` holds what intake found on it so far.
    ///
    /// Leaves of other formats are not handed over: intake tells what they are
    /// through [`Visitor::part`].
    fn leaf(
        &mut self,
        leaf: &Leaf<'_>,
        bytes: &mut dyn BufRead,
        findings: &mut Findings,
    ) -> Outcome;

    /// A mail with a feedback part, or one in which no leaf was a report and
    /// whose text may be a text-only failure report. Anything but
    /// [`Outcome::NotAReport`] claims the mail: its other leaves are not visited.
    fn feedback(
        &mut self,
        leaf: &Leaf<'_>,
        feedback: &Feedback<'_>,
        findings: &mut Findings,
    ) -> Outcome;

    /// A part is done. Containers (`outcome` is `None`) are told only where
    /// they have findings, after everything inside them.
    fn part(&mut self, leaf: &Leaf<'_>, outcome: Option<Outcome>, findings: Findings);
}

/// Told how many bytes of the file have been read, about every megabyte and
/// at each member. No method of [`Visitor`]: it is called from below the
/// reader that a visitor holds while it reads a leaf.
pub type Progress<'a> = &'a dyn Fn(u64);

/// So many pieces of a file may be read before the first says what it cost: each may have the share of
/// one in what decoders make of a file.
const PIECES_AT_ONCE: u64 = 8;

/// Walks one file of `size` bytes, or a piece of it, and everything in it. Says which share it took of
/// what the limits allow one file: 1 where nothing more would be walked.
///
/// Never fails and never panics on what the file holds: damage and limits are
/// findings on the part where they stand. Every part has one outcome, told by
/// [`Visitor::part`]; a file in which nothing was found has one, too.
pub fn open(
    source: &mut dyn Source,
    name: &str,
    size: u64,
    piece: Option<Piece>,
    cx: &Context<'_>,
    progress: Progress<'_>,
    visitor: &mut dyn Visitor,
) -> f64 {
    let bytes = piece.map_or(size, |piece| piece.bytes());
    let mut limits = cx.limits.clone();
    let most = limits.output_bytes_per_file;
    if piece.is_some() {
        limits.output_bytes_per_file /= PIECES_AT_ONCE;
    }
    let meter = Meter::new(&limits, bytes, progress);
    let mut walk = Walk::new(name, cx, &meter, Purpose::Visit(visitor));
    match piece {
        Some(piece) => walk.piece(source, size, piece),
        None => walk.file(source, size),
    }
    let decoded = meter.all_decoded() as f64 / most as f64;
    decoded.max(f64::from(walk.parts) / f64::from(cx.limits.parts_per_file))
}

/// Goes straight to the part that `steps` lead to and hands its bytes to
/// `take`, decoded: a mail's source, a report's text, an attachment. `false`
/// where no such part is there any more.
pub fn reopen(
    source: &mut dyn Source,
    steps: &[Step],
    size: u64,
    cx: &Context<'_>,
    take: &mut dyn FnMut(&mut dyn BufRead),
) -> bool {
    let meter = Meter::new(cx.limits, size, &|_| ());
    let target = Target { steps, take, reached: false };
    let mut walk = Walk::new("", cx, &meter, Purpose::Reopen(target));
    walk.file(source, size);
    matches!(&walk.purpose, Purpose::Reopen(target) if target.reached)
}
