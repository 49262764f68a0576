//! The policies as senders saw them: which is the newest, who still has another one, and
//! in which lines they differ.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::data::{Row, rows, with};
use super::history::{came, held, newest};
use crate::base::UnixSeconds;
use crate::dns::name::normal;
use crate::query::{Dimension, Filter, Measure};
use crate::screens::Desk;

/// A policy text, with what was seen of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    pub text: String,
    pub first: Option<UnixSeconds>,
    pub last: Option<UnixSeconds>,
    /// When it came: once, or again after another one.
    pub came: Vec<UnixSeconds>,
    pub successful: u64,
    pub failed: u64,
    /// Reporters, and the last day on which each had it; the latest first.
    pub by: Vec<(String, Option<UnixSeconds>)>,
    /// Of those, how many had it after the newest one had been seen.
    pub still: usize,
}

/// The policies that a filter lets through; `None` as long as they are not known.
pub fn policies(desk: &Desk<'_>, filter: &Filter) -> Option<Vec<Seen>> {
    let filter = with(filter, Dimension::PolicyType, "sts");
    let by = |other| (Dimension::PolicyText, Some(other));
    let reporters = rows(desk, &filter, by(Dimension::Reporter), Measure::Last);
    let days = rows(desk, &filter, by(Dimension::Day), Measure::Last);
    Some(seen(&reporters?, &days?))
}

/// The policies of a pivot by text and reporter, and of one by text and day: the newest first,
/// the others by when they were seen last. Texts without a difference are one policy: not all
/// reporters keep the order.
fn seen(reporters: &[Row], days: &[Row]) -> Vec<Seen> {
    let mut all: Vec<Seen> = Vec::new();
    let mut known: BTreeMap<BTreeSet<Meaning>, usize> = BTreeMap::new();
    for row in reporters {
        let Some(text) = row.key.clone() else { continue };
        let at = *known.entry(meanings(&text)).or_insert(all.len());
        if at == all.len() {
            all.push(Seen { text, ..Seen::default() });
        }
        all.get_mut(at).into_iter().for_each(|seen| seen.add(row));
    }
    let mut held = held(days, |text| known.get(&meanings(text)).copied());
    for (at, seen) in all.iter_mut().enumerate() {
        seen.order();
        let own = held.remove(&at).unwrap_or_default();
        let mut others: Vec<_> = held.values().flatten().copied().collect();
        others.sort_by_key(|held| held.first);
        seen.came = came(&own, &others);
        held.insert(at, own);
    }
    let newest = newest(&all).map(|at| all.remove(at));
    let since = newest.as_ref().and_then(Seen::began);
    for seen in &mut all {
        seen.still = seen.by.iter().filter(|(_, last)| *last > since).count();
    }
    all.sort_by_key(|seen| Reverse((seen.last, seen.first)));
    newest.into_iter().chain(all).collect()
}

impl Seen {
    fn add(&mut self, row: &Row) {
        self.first = [self.first, row.first].into_iter().flatten().min();
        self.last = self.last.max(row.last);
        self.successful = self.successful.saturating_add(row.successful);
        self.failed = self.failed.saturating_add(row.lost());
        self.by.push((row.other.clone().unwrap_or_default(), row.last));
    }

    /// Each reporter once, whatever spellings of the policy it reports.
    fn order(&mut self) {
        self.by.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| b.1.cmp(&a.1)));
        self.by.dedup_by(|a, b| a.0 == b.0);
        self.by.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    }

    /// Since when it has been there: when it came last.
    pub fn began(&self) -> Option<UnixSeconds> {
        self.came.last().copied().or(self.first)
    }

    /// The names of the mail servers in it, or patterns for them.
    pub fn mx(&self) -> Vec<&str> {
        lines(&self.text).filter_map(|line| value(line, "mx")).collect()
    }

    pub fn mode(&self) -> Option<&str> {
        lines(&self.text).find_map(|line| value(line, "mode"))
    }
}

/// The lines that only one of two policies has, in the order of each; `true` for the second.
/// The order of lines has no meaning (RFC 8461 §3.2), nor has the spelling of a host's name.
pub fn difference<'a>(one: &'a str, two: &'a str, second: Spelling) -> Vec<(bool, &'a str)> {
    let only = |(of, how): (&'a str, Spelling), (other, its): (&'a str, Spelling)| {
        let other: BTreeSet<_> = lines(other).map(|line| its.meaning(line)).collect();
        lines(of).filter(move |line| !other.contains(&how.meaning(line)))
    };
    let (one, two) = ((one, Spelling::Lenient), (two, second));
    let gone = only(one, two).map(|line| (false, line));
    gone.chain(only(two, one).map(|line| (true, line))).collect()
}

/// How the names of fields are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spelling {
    /// Of reports: these may not tell a policy as it was read.
    Lenient,
    /// Of a file: senders know a name only as RFC 8461 §3.2 writes it, and no space before its
    /// colon.
    Strict,
}

impl Spelling {
    fn meaning(self, line: &str) -> Meaning {
        let (name, said) = meaning(line);
        let is_known = ["version", "mode", "mx", "max_age"].contains(&name.as_str());
        match (self, line.split_once(':')) {
            (Self::Strict, Some((as_written, _))) if is_known => (as_written.to_owned(), said),
            _ => (name, said),
        }
    }
}

/// Whether no line differs.
pub fn are_same(one: &str, two: &str) -> bool {
    meanings(one) == meanings(two)
}

/// Whether a text is a policy of MTA-STS, by its version.
pub fn is_sts(text: &str) -> bool {
    lines(text).any(|line| value(line, "version") == Some("STSv1"))
}

/// White space, and what some editors begin a file with.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}'
}

/// The lines that say something. Some reporters send a policy as one line.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split(['\n', '\r', ';'])
        .map(|line| line.trim_matches(is_blank))
        .filter(|line| !line.is_empty())
}

/// The name of a field and what it says, in one spelling of all that mean the same.
type Meaning = (String, String);

fn meanings(text: &str) -> BTreeSet<Meaning> {
    lines(text).map(meaning).collect()
}

fn meaning(line: &str) -> Meaning {
    let (name, said) = line.split_once(':').unwrap_or((line, ""));
    let name = name.trim().to_ascii_lowercase();
    let said = if name == "mx" { normal(said.trim()) } else { said.trim().to_owned() };
    (name, said)
}

fn value<'a>(line: &'a str, name: &str) -> Option<&'a str> {
    let (field, value) = line.split_once(':')?;
    field.trim().eq_ignore_ascii_case(name).then(|| value.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: &str = "version: STSv1\nmode: testing\nmx: mail.example.com\nmax_age: 86400";
    const NEW: &str = "version: STSv1\nmode: testing\nmx: mx1.example.com\nmax_age: 86400";

    fn row(text: &str, reporter: &str, first: i64, last: i64) -> Row {
        Row {
            key: Some(text.to_owned()),
            other: Some(reporter.to_owned()),
            first: Some(UnixSeconds(first)),
            last: Some(UnixSeconds(last)),
            successful: 5,
            ..Row::default()
        }
    }

    #[test]
    fn who_still_has_an_old_policy() {
        const DAYS: i64 = 86_400;
        let rows = [
            row(OLD, "A", 0, 10 * DAYS),
            row(OLD, "B", 0, 30 * DAYS),
            row(NEW, "A", 12 * DAYS, 30 * DAYS),
        ];
        let seen = seen(&rows, &[]);
        assert_eq!(seen.iter().map(|seen| seen.text.as_str()).collect::<Vec<_>>(), [NEW, OLD]);
        assert_eq!((seen[0].still, seen[1].still), (0, 1));
        assert_eq!(seen[1].by[0].0, "B");
        assert_eq!(seen[1].successful, 10);
        assert_eq!((seen[0].mx(), seen[0].mode()), (vec!["mx1.example.com"], Some("testing")));
    }

    #[test]
    fn a_policy_in_another_order_is_no_other_policy() {
        let turned = "max_age: 86400\r\nmx: MX1.example.com\r\nversion: STSv1\r\nmode: testing";
        let seen = seen(&[row(NEW, "A", 0, 10), row(turned, "B", 5, 20)], &[]);
        let [one] = seen.as_slice() else { panic!("one policy: {seen:?}") };
        assert_eq!((one.first, one.last), (Some(UnixSeconds(0)), Some(UnixSeconds(20))));
        assert_eq!((one.by.len(), one.still, one.successful), (2, 0, 10));
        assert!(are_same(NEW, turned) && !are_same(NEW, OLD));
    }

    #[test]
    fn lines_that_differ() {
        let differences = [(false, "mx: mail.example.com"), (true, "mx: mx1.example.com")];
        assert_eq!(difference(OLD, NEW, Spelling::Lenient), differences);
        assert_eq!(
            difference(OLD, &format!(" {} ;", OLD.replace('\n', "; \r\n")), Spelling::Lenient),
            []
        );
        let crlf = format!("\u{feff}{}\r\n", OLD.replace('\n', "\r\n"));
        assert_eq!(
            difference(OLD, &crlf, Spelling::Lenient),
            [],
            "line ends and the mark of an editor"
        );
    }

    #[test]
    fn order_and_spelling_are_no_difference_but_values_and_unknown_fields_are() {
        let one = "version: STSv1\nmode: enforce\nmx: a.test\nmx: *.b.test\nmax_age: 86400";
        let two = "max_age:86400\nMX: *.B.test.\nmx:a.test\nMode: enforce\nversion: STSv1";
        assert_eq!(difference(one, two, Spelling::Lenient), []);
        let three = format!("{one}\nmx: c.test\nfuture: yes").replace("86400", "604800");
        let found = [
            (false, "max_age: 86400"),
            (true, "max_age: 604800"),
            (true, "mx: c.test"),
            (true, "future: yes"),
        ];
        assert_eq!(difference(one, &three, Spelling::Lenient), found);
        let (known, unknown) = (difference(one, two, Spelling::Strict), "Future: yes");
        assert_eq!(
            known,
            [
                (false, "mode: enforce"),
                (false, "mx: *.b.test"),
                (true, "MX: *.B.test."),
                (true, "Mode: enforce")
            ],
            "senders do not know these of a file"
        );
        assert_eq!(difference(two, one, Spelling::Strict), [], "but reports may have them");
        assert_eq!(difference(unknown, unknown, Spelling::Strict), []);
        assert_eq!(difference("mode: none", "mode : none", Spelling::Strict).len(), 2);
        assert_eq!(difference("", "", Spelling::Lenient), []);
        assert_eq!(difference("mode", "mode:", Spelling::Lenient), [], "no value is none");
        assert_eq!(
            difference("mode: Enforce", "mode: enforce", Spelling::Lenient).len(),
            2,
            "values have a case"
        );
    }
}
