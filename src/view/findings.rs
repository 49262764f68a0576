//! The findings of all files, arranged for reading.

use std::rc::Rc;

use crate::base::Kind;
use crate::query::FindingLine;

/// By kind: the gravest first, then the most often seen.
pub fn by_kind(lines: &[FindingLine]) -> Vec<(Kind, Rc<Vec<FindingLine>>)> {
    let mut lines = lines.to_vec();
    lines.sort_by_key(|line| line.kind);
    let mut groups: Vec<_> = lines
        .chunk_by(|a, b| a.kind == b.kind)
        .map(sorted)
        .map(|group| (group[0].kind, group))
        .collect();
    groups.sort_by_key(|(kind, lines)| std::cmp::Reverse((kind.severity(), sightings(lines))));
    groups
}

/// By reporter: the one with most sightings first. What no reporter is known of comes last.
pub fn by_reporter(lines: &[FindingLine]) -> Vec<Rc<Vec<FindingLine>>> {
    let mut lines = lines.to_vec();
    lines.sort_by(|a, b| a.reporter.cmp(&b.reporter));
    let mut groups: Vec<_> = lines.chunk_by(|a, b| a.reporter == b.reporter).map(sorted).collect();
    groups.sort_by_key(|lines| (lines[0].reporter.is_none(), std::cmp::Reverse(sightings(lines))));
    groups
}

/// Sightings of all lines together.
pub fn sightings(lines: &[FindingLine]) -> u64 {
    lines.iter().map(|line| line.sightings).sum()
}

fn sorted(lines: &[FindingLine]) -> Rc<Vec<FindingLine>> {
    let mut lines = lines.to_vec();
    lines.sort_by_key(|line| std::cmp::Reverse((line.kind.severity(), line.sightings)));
    Rc::new(lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(kind: Kind, reporter: &str, sightings: u64) -> FindingLine {
        FindingLine {
            kind,
            reporter: (!reporter.is_empty()).then(|| reporter.to_owned()),
            contact: None,
            extra_contact_info: None,
            reports: 1,
            sightings,
            examples: Vec::new(),
        }
    }

    #[test]
    fn what_matters_first() {
        let lines = [
            line(Kind::LineTooLong, "b.test", 90),
            line(Kind::BadNumber, "a.test", 1),
            line(Kind::LineTooLong, "a.test", 100),
            line(Kind::NoReport, "", 500),
        ];
        let kinds: Vec<_> =
            by_kind(&lines).into_iter().map(|(kind, group)| (kind, group.len())).collect();
        assert_eq!(kinds, [(Kind::BadNumber, 1), (Kind::LineTooLong, 2), (Kind::NoReport, 1)]);
        assert_eq!(by_kind(&lines)[1].1[0].reporter.as_deref(), Some("a.test"));
        let reporters: Vec<_> = by_reporter(&lines)
            .into_iter()
            .map(|group| (group[0].reporter.clone(), sightings(&group)))
            .collect();
        assert_eq!(
            reporters,
            [(Some("a.test".to_owned()), 101), (Some("b.test".to_owned()), 90), (None, 500)]
        );
    }
}
