//! The findings of all files, arranged for reading.

use std::cmp::Reverse;

use crate::query::FindingLine;

/// Lines that are read together, those that matter most first; never empty.
pub type Group = Vec<FindingLine>;

/// What makes a line or a group come first: a rank, then how often it was seen.
type Weight = (u8, u64);

/// By kind: the gravest first, then the most often seen.
pub fn by_kind(lines: &[FindingLine]) -> Vec<Group> {
    let weigh = |group: &[FindingLine]| (group[0].kind.severity() as u8, sightings(group));
    grouped(lines, |line| Some(line.kind.code()), weigh)
}

/// By reporter: the one with most sightings first. What no reporter is known of comes last.
pub fn by_reporter(lines: &[FindingLine]) -> Vec<Group> {
    let weigh = |group: &[FindingLine]| (group[0].reporter.is_some().into(), sightings(group));
    grouped(lines, |line| line.reporter.as_deref(), weigh)
}

/// Sightings of all lines together.
pub fn sightings(lines: &[FindingLine]) -> u64 {
    lines.iter().map(|line| line.sightings).sum()
}

/// Lines of one name together, in order of weight within a group and among groups.
fn grouped(
    lines: &[FindingLine],
    name: fn(&FindingLine) -> Option<&str>,
    weigh: fn(&[FindingLine]) -> Weight,
) -> Vec<Group> {
    let by_name = sorted(lines.iter().map(|line| {
        let gravity = (line.kind.severity() as u8, line.sightings);
        (name(line), gravity)
    }));
    let by_name: Vec<FindingLine> = by_name.map(|index| lines[index].clone()).collect();
    let groups: Vec<Group> =
        by_name.chunk_by(|a, b| name(a) == name(b)).map(<[_]>::to_vec).collect();
    let order = sorted(groups.iter().map(|group| (None, weigh(group))));
    order.map(|index| groups[index].clone()).collect()
}

/// Where they stand now, in order of name, the heaviest of a name first.
fn sorted<'a>(
    keys: impl Iterator<Item = (Option<&'a str>, Weight)>,
) -> impl Iterator<Item = usize> {
    let mut keys: Vec<_> =
        keys.enumerate().map(|(at, (name, weight))| (name, Reverse(weight), at)).collect();
    keys.sort_unstable();
    keys.into_iter().map(|(.., at)| at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Kind;

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
            by_kind(&lines).into_iter().map(|group| (group[0].kind, group.len())).collect();
        assert_eq!(kinds, [(Kind::BadNumber, 1), (Kind::LineTooLong, 2), (Kind::NoReport, 1)]);
        assert_eq!(by_kind(&lines)[1][0].reporter.as_deref(), Some("a.test"));
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
