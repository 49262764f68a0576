//! The raw source of a report, read again from its file: laid out in lines, coloured, searched,
//! beside what the report says. It is text and nothing else: what would hide or turn it is shown
//! by name.

mod beside;
mod colour;
mod draw;
mod find;
mod lines;
mod listing;
mod search;
mod text;

use std::cell::RefCell;
use std::rc::Rc;

use crate::base::{Format, Locus, UnixSeconds};
pub use draw::{drawn, link, way};
use lines::{Line, lines};
pub(super) use text::{shown, text};

/// What was read, as bytes; of an Outlook message, which is no text itself, what is to be read
/// of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raw {
    /// The beginning: not more than [`MOST`].
    pub bytes: Vec<u8>,
    /// Of the whole.
    pub size: u64,
    /// The beginning of the message that a failure report is about, if it has one.
    pub sample: Option<Vec<u8>>,
}

/// Bytes that are shown of one source; all of it can be saved.
pub const MOST: u64 = 64_000_000;

/// Names a report among all of this session: where it stands, and its digest.
pub fn key(locus: &Locus) -> String {
    let places: Vec<_> = locus.steps.iter().map(|step| step.index.to_string()).collect();
    format!("{}.{}.{:x}", locus.file.0, places.join("."), locus.digest)
}

/// What the file of a saved source is called.
pub fn name(domain: Option<&str>, at: Option<UnixSeconds>, format: Format) -> String {
    let is_plain =
        |letter: &char| letter.is_ascii_alphanumeric() || *letter == '.' || *letter == '-';
    let domain: String = domain.unwrap_or_default().chars().filter(is_plain).take(100).collect();
    let date = at.map(|at| at.rfc3339());
    let date = date.as_deref().and_then(|at| at.get(..10)).unwrap_or_default();
    let end = match format {
        Format::Xml => "xml",
        Format::Json => "json",
        Format::Msg => "msg",
        _ => "eml",
    };
    let parts = ["report", domain.as_str(), date].into_iter().filter(|part| !part.is_empty());
    format!("{}.{end}", parts.collect::<Vec<_>>().join("-"))
}

/// One source, ready to be shown.
#[derive(Debug)]
pub struct Source {
    pub format: Format,
    pub text: String,
    pub lines: Vec<Line>,
    /// Bytes that were read, and bytes there are.
    pub read: u64,
    pub size: u64,
    pub sample: Option<String>,
    /// Letters in the longest line, as far as bytes tell.
    pub widest: usize,
    /// What was looked for last, and where it begins.
    found: RefCell<(String, Rc<[u32]>)>,
}

impl Source {
    pub fn new(format: Format, raw: Raw) -> Self {
        let (read, size) = (raw.bytes.len() as u64, raw.size);
        let text = text(raw.bytes);
        let lines = lines(&text, format);
        let widest = lines.iter().map(Line::width).max().unwrap_or_default();
        let (sample, found) = (raw.sample.map(self::text), RefCell::default());
        Self { format, text, lines, read, size, sample, widest, found }
    }

    /// A line as it came.
    pub fn line(&self, line: &Line) -> &str {
        self.text.get(line.range()).unwrap_or_default()
    }

    /// Where a text begins; looked for once.
    pub fn find(&self, wanted: &str) -> Rc<[u32]> {
        let mut found = self.found.borrow_mut();
        if found.0 != wanted {
            *found = (wanted.to_owned(), find::find(&self.text, wanted).into());
        }
        found.1.clone()
    }

    /// The number of the line that something stands in.
    pub fn line_of(&self, at: u32) -> usize {
        let before = self.lines.partition_point(|line| line.end <= at);
        before.min(self.lines.len().saturating_sub(1))
    }
}

/// The source that was read last; and which one must be.
#[derive(Debug, Default)]
pub struct Sources {
    held: Option<(Locus, Option<Source>)>,
    wanted: RefCell<Option<Locus>>,
}

impl Sources {
    /// The source, if it is read: `Some(None)` where it could not be. If it could be read,
    /// it is wanted.
    pub fn get(&self, locus: &Locus) -> Option<Option<&Source>> {
        match &self.held {
            Some((held, source)) if held == locus => Some(source.as_ref()),
            _ => {
                *self.wanted.borrow_mut() = Some(locus.clone());
                None
            }
        }
    }

    /// What was found wanting since the last call.
    pub fn wanted(&mut self) -> Option<Locus> {
        self.wanted.get_mut().take()
    }

    pub fn learn(&mut self, locus: Locus, raw: Option<Raw>) {
        let source = raw.map(|raw| Source::new(locus.format, raw));
        self.held = Some((locus, source));
    }

    /// A file that could not be read may be there the next time.
    pub fn forget_failure(&mut self) {
        self.held.take_if(|(_, source)| source.is_none());
    }
}
