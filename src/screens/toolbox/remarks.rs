//! Diagnostics in words, by themselves and under the lines that they are about.

use super::pen::Pen;
use super::{Block, Line, Remark, Tone};
use crate::dns::message::{Message, Say};
use crate::dns::{Diagnostic, Severity};

/// Lines that are shown; of a longer text, only those of which something is said.
const MOST_LINES: usize = 300;
/// Characters of a line that are shown.
const LONGEST_LINE: usize = 400;

impl From<Severity> for Tone {
    fn from(severity: Severity) -> Self {
        match severity {
            Severity::Fault => Self::Fault,
            Severity::Warning => Self::Warning,
            Severity::Hint => Self::Hint,
        }
    }
}

impl Pen<'_> {
    /// A remark on the whole.
    pub fn remark(self, tone: Tone, text: String) -> Remark {
        Remark { tone, text, ..Remark::default() }
    }

    /// A remark with its section, in the words of a code.
    pub fn note<C: Say>(self, tone: Tone, message: &Message<C>, rule: &str) -> Block {
        let text = self.words.say(message);
        Block::Remark(Remark { tone, text, rule: rule.to_owned(), ..Remark::default() })
    }

    /// A diagnostic with its place.
    pub fn diagnostic(self, found: &Diagnostic) -> Remark {
        let (line, column) = (found.at.line.to_string(), found.at.column.to_string());
        Remark {
            tone: found.severity().into(),
            text: self.words.say(&found.message()),
            place: self.fill("tool.place", &[("line", &line), ("column", &column)]),
            rule: found.rule.to_owned(),
            mended: found.mended.clone(),
        }
    }

    /// Diagnostics of a text of one line, whose mended text is shown elsewhere.
    pub fn diagnostics(self, all: &[Diagnostic]) -> Vec<Block> {
        let remark = |found| Block::Remark(Remark { mended: None, ..self.diagnostic(found) });
        all.iter().map(remark).collect()
    }

    /// How many of each severity, or that all is well.
    pub fn summary(self, all: &[Diagnostic]) -> Remark {
        let count = |severity| all.iter().filter(|found| found.severity() == severity).count();
        let parts = [Severity::Fault, Severity::Warning, Severity::Hint].map(|severity| {
            let count = count(severity);
            let key = format!("tool.count.{}", severity.code());
            (count > 0).then(|| self.count(&key, count))
        });
        let parts: Vec<_> = parts.into_iter().flatten().collect();
        let worst = all.iter().map(Diagnostic::severity).max();
        let tone = worst.map_or(Tone::Good, Tone::from);
        let text = match parts.is_empty() {
            true => self.text("tool.count.nothing"),
            false => parts.join(", "),
        };
        self.remark(tone, text)
    }

    /// The lines of a text, each with its diagnostics.
    pub fn listing(self, lines: &[String], all: &[Diagnostic]) -> Block {
        let is_long = lines.len() > MOST_LINES;
        let last = lines.len().max(1);
        let mut listed = Vec::new();
        for (number, text) in
            (1_usize..).zip(lines.iter().chain(lines.is_empty().then_some(&String::new())))
        {
            // What is missing at the end stands behind the last line.
            let of_line = |found: &&Diagnostic| (found.at.line as usize).clamp(1, last) == number;
            let found = all.iter().filter(of_line).map(|found| self.diagnostic(found));
            let remarks: Vec<_> = found.collect();
            if remarks.is_empty() && is_long {
                continue;
            }
            let mut shown: String = text.chars().take(LONGEST_LINE).collect();
            if shown.len() < text.len() {
                shown.push('\u{2026}');
            }
            let number = u32::try_from(number).unwrap_or(u32::MAX);
            listed.push(Line { number, text: shown, remarks });
        }
        Block::Listing(listed)
    }
}
