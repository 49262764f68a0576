//! TXT records as people enter them: a name and a value each, or lines of a zone file.

use super::pen::Pen;
use super::{Block, Remark, Section};
use crate::dns::RecordKind;
use crate::dns::check;
use crate::dns::txt::{STRING_LIMIT, Txt, strings, zone_line};

/// Seconds that others may keep a record: an hour, so that a mistake does not stay long.
pub const TTL: u32 = 3_600;

/// More records than these are only shown as lines of a zone file.
const FEW: usize = 3;

impl Pen<'_> {
    /// The record that was made for these domains, at the name where its kind belongs, with
    /// what a check says of it: in full, and in a word.
    pub fn made(self, kind: RecordKind, domains: &[String], text: &str) -> (Section, Remark) {
        let name = |domain: &String| kind.name(domain);
        let first = domains.first().map(name).unwrap_or_default();
        let found =
            check::record(Txt::at_name(&first, text), &|name| self.organization(name)).diagnostics;
        let records: Vec<_> = domains.iter().map(|it| (name(it), text.to_owned())).collect();
        let mut blocks = self.records(&records);
        blocks.extend(self.diagnostics(&found));
        (self.section("tool.record.made", blocks), self.summary(&found))
    }

    /// Records to publish, as name and text.
    pub fn records(self, records: &[(String, String)]) -> Vec<Block> {
        let mut blocks = Vec::new();
        if records.len() <= FEW {
            for (name, text) in records {
                blocks.push(self.copy("tool.record.name", name));
                blocks.push(self.copy("tool.record.value", value(text)));
            }
        }
        if records.iter().any(|(_, text)| text.len() > STRING_LIMIT) {
            blocks.push(self.paragraph("tool.record.split"));
        }
        let lines: String =
            records.iter().map(|(name, text)| zone_line(name, TTL, text) + "\n").collect();
        blocks.push(self.copy("tool.record.zone", lines));
        blocks
    }
}

/// The value as web forms take it: quoted strings only where there must be several.
fn value(text: &str) -> String {
    match strings(text).as_slice() {
        [_] => text.to_owned(),
        several => {
            several.iter().map(|string| format!("\"{string}\"")).collect::<Vec<_>>().join(" ")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::value;

    #[test]
    fn long_values_are_split() {
        assert_eq!(value("v=DMARC1; p=none"), "v=DMARC1; p=none");
        let long = format!("v=DMARC1; p=none; rua={}", "mailto:a@example.com,".repeat(20));
        let split = value(&long);
        assert!(split.starts_with("\"v=DMARC1; ") && split.contains("\" \""), "{split}");
        assert_eq!(split.replace("\" \"", "").trim_matches('"'), long);
    }
}
