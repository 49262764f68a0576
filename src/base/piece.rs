//! A part of one large file that is read by itself, beside its other pieces.

use serde::{Deserialize, Serialize};

/// Members of a mailbox or of an archive, as many as stand in a range of its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// Of an archive, else of a mailbox.
    pub is_archive: bool,
    /// From here to there, in bytes of the file. A mailbox is cut where a mail begins; of an
    /// archive these are the members whose own headers stand between.
    pub range: (u64, u64),
    /// Of a mailbox: how many mails stand before the piece.
    pub before: u32,
    /// Of a mailbox: no `Content-Length` before the piece is wrong.
    pub trusts_length: bool,
}

impl Piece {
    /// How many bytes of the file it takes.
    pub fn bytes(&self) -> u64 {
        self.range.1.saturating_sub(self.range.0)
    }

    /// Whether a member that begins at this byte is of the piece.
    pub fn has(&self, at: u64) -> bool {
        (self.range.0..self.range.1).contains(&at)
    }
}
