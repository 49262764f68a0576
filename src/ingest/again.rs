//! A report's bytes once more, from the file that it stands in: containers are unwrapped
//! as they were at import, and only those that lead to it.

use std::io::BufRead;

use super::digest::Digest;
use crate::base::{Context, Format, Locus};
use crate::intake::{self, Source};

/// What was found where a report stood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Again {
    /// The message that a failure report is about, transfer encoding undone; `None` in any
    /// other report.
    pub sample: Option<Vec<u8>>,
}

/// Reads a report again, from a file of `size` bytes: `take` is given its bytes, decoded,
/// piece by piece. `None` where they are not what was imported: what was taken then is not
/// to be shown. The mail around a failure report counts as its bytes.
pub fn again(
    source: &mut dyn Source,
    locus: &Locus,
    size: u64,
    cx: &Context<'_>,
    take: &mut dyn FnMut(&[u8]),
) -> Option<Again> {
    let mut found = None;
    intake::reopen(source, &locus.steps, size, cx, &mut |bytes| {
        found = match locus.format {
            Format::Xml | Format::Json => stream(bytes, locus.digest, take),
            _ => mail(bytes, locus, cx, take),
        };
    });
    found
}

fn stream(bytes: &mut dyn BufRead, digest: u128, take: &mut dyn FnMut(&[u8])) -> Option<Again> {
    let mut read = Digest::default();
    // Readers of intake never fail.
    while let Ok(piece) = bytes.fill_buf()
        && !piece.is_empty()
    {
        read.update(piece);
        take(piece);
        let length = piece.len();
        bytes.consume(length);
    }
    (read.finish() == digest).then_some(Again { sample: None })
}

fn mail(
    bytes: &mut dyn BufRead,
    locus: &Locus,
    cx: &Context<'_>,
    take: &mut dyn FnMut(&[u8]),
) -> Option<Again> {
    let mut mail = Vec::new();
    let most = cx.limits.buffered_bytes;
    std::io::Read::read_to_end(&mut std::io::Read::take(bytes, most), &mut mail).ok()?;
    take(&mail);
    let mut again = None;
    intake::read_feedback(&mail, locus.format, cx, &mut |_, feedback| {
        if Digest::of_feedback(feedback) == locus.digest {
            again = Some(Again { sample: feedback.sample.map(|sample| sample.bytes.to_vec()) });
        }
    });
    again
}
