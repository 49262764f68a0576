//! Reports that were counted already, in a few bytes each.

use std::collections::HashMap;

use vitrail::report::Header;
use xxhash_rust::xxh3::xxh3_128;

/// What is known of a report that comes now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight<'a> {
    First,
    /// Same identity and content as one in this file.
    Again(&'a str),
    /// Same identity as one in this file, other content.
    Reused(&'a str),
}

/// Identities and contents so far: what the page's store does, without the rows.
#[derive(Debug, Default)]
pub struct Seen {
    /// By the digest of the identity: content digests with the file's number.
    reports: HashMap<u128, Vec<(u128, usize)>>,
    files: Vec<String>,
}

impl Seen {
    /// Reports from now on are in this file.
    pub fn open_file(&mut self, path: &str) {
        self.files.push(path.to_owned());
    }

    /// Notes a report (`digest` is that of its decoded bytes) and says whether it was there.
    pub fn note(&mut self, header: &Header<'_>, digest: u128) -> Sight<'_> {
        let file = self.files.len().saturating_sub(1);
        let known = self.reports.entry(identity(header)).or_default();
        let again = known.iter().find(|(content, _)| *content == digest).copied();
        let other = known.first().copied();
        if again.is_none() {
            known.push((digest, file));
        }
        let path = |(_, file): (u128, usize)| self.files.get(file).map_or("", String::as_str);
        match (again, other) {
            (Some(again), _) => Sight::Again(path(again)),
            // Without an id there is none that could be used twice.
            (None, Some(other)) if header.report_id.as_deref().is_some_and(|id| !id.is_empty()) => {
                Sight::Reused(path(other))
            }
            _ => Sight::First,
        }
    }
}

fn identity(header: &Header<'_>) -> u128 {
    let texts = [&header.reporter, &header.report_id, &header.domain];
    let mut bytes = Vec::new();
    for text in texts {
        // The length keeps one text from running into the next, and absent from empty.
        let length = text.as_deref().map_or(u64::MAX, |text| text.len() as u64);
        bytes.extend(length.to_le_bytes());
        bytes.extend(text.as_deref().unwrap_or_default().as_bytes());
    }
    for at in [header.begin, header.end] {
        bytes.extend(at.map_or(i64::MIN, |at| at.0).to_le_bytes());
    }
    bytes.push(header.kind as u8);
    xxh3_128(&bytes)
}

#[cfg(test)]
mod tests {
    use vitrail::base::{ReportKind, UnixSeconds};

    use super::*;

    fn header(id: Option<&'static str>, begin: i64) -> Header<'static> {
        Header {
            reporter: Some("Example Mail".into()),
            report_id: id.map(Into::into),
            begin: Some(UnixSeconds(begin)),
            ..Header::new(ReportKind::Aggregate)
        }
    }

    #[test]
    fn same_identity_and_content_is_a_duplicate() {
        let mut seen = Seen::default();
        seen.open_file("a.xml");
        assert_eq!(seen.note(&header(Some("1"), 0), 7), Sight::First);
        seen.open_file("b.xml");
        assert_eq!(seen.note(&header(Some("1"), 0), 7), Sight::Again("a.xml"));
        assert_eq!(seen.note(&header(Some("1"), 0), 8), Sight::Reused("a.xml"));
        assert_eq!(seen.note(&header(Some("1"), 86_400), 8), Sight::First);
    }

    #[test]
    fn what_has_no_id_has_not_reused_one() {
        let mut seen = Seen::default();
        seen.open_file("a.xml");
        assert_eq!(seen.note(&header(None, 0), 7), Sight::First);
        assert_eq!(seen.note(&header(None, 0), 8), Sight::First);
        assert_eq!(seen.note(&header(None, 0), 8), Sight::Again("a.xml"));
    }
}
