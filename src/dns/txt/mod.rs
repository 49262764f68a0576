//! TXT records as texts: what people paste, and how zone files have them.

mod read;
mod write;

pub use read::read;
pub use write::{strings, zone_line};

use super::diagnostic::Position;

/// The longest string of a TXT record, in octets (RFC 1035 §3.3).
pub const STRING_LIMIT: usize = 255;

/// One TXT record, its strings joined without anything between.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Txt {
    /// The name that it stands at, where the text says so.
    pub owner: Option<String>,
    pub text: String,
    /// Where in the text one string ends and the next begins, in bytes.
    pub joins: Vec<usize>,
    /// Whether something was forgiven: the record is not written as it should be.
    pub forgiven: bool,
    /// Where each run of the text stands in what was pasted: its byte offset, its place.
    runs: Vec<(usize, Position)>,
    /// The place behind the last character.
    end: Position,
}

impl Txt {
    /// A record that is the whole text.
    pub fn plain(text: &str) -> Self {
        let mut txt = Self::begin(None);
        txt.push(text, Position::START);
        txt
    }

    /// The whole record that stands at a name.
    pub fn at_name(name: &str, text: &str) -> Self {
        Self { owner: Some(name.to_owned()), ..Self::plain(text) }
    }

    fn begin(owner: Option<String>) -> Self {
        Self {
            owner,
            text: String::new(),
            joins: Vec::new(),
            forgiven: false,
            runs: Vec::new(),
            end: Position::START,
        }
    }

    fn push(&mut self, run: &str, at: Position) {
        if self.runs.is_empty() || self.end != at {
            self.runs.push((self.text.len(), at));
        }
        self.text.push_str(run);
        self.end = at.right(run.chars().count());
    }

    /// The place of a byte offset of the text.
    pub fn at(&self, offset: usize) -> Position {
        let before = self.runs.partition_point(|(start, _)| *start <= offset);
        let Some((start, place)) = before.checked_sub(1).and_then(|index| self.runs.get(index))
        else {
            return Position::START;
        };
        place.right(self.text.get(*start..offset).map_or(0, |run| run.chars().count()))
    }
}
