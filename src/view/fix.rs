//! What to fix first: mail that fails DMARC, by who sends it and by what it
//! lacks. Each message is of one cause; what a receiver knows to be forwarded is
//! left aside, since nobody can fix it.

use crate::query::{
    Dimension, Filter, GroupBy, GroupLine, Groups, Measure, Rank, Sort, Table, Term, Window,
};

/// Lines asked for of each cause, and shown of all.
const MOST: u32 = 6;

/// Reasons of receivers that mean forwarding (RFC 7489 App. C, RFC 9990 App. A).
const FORWARDED: [&str; 3] = ["forwarded", "mailing_list", "trusted_forwarder"];

/// What the mail has to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// SPF passes, for a domain that does not align.
    Spf,
    /// SPF does not pass; DKIM does, for a domain that does not align.
    Dkim,
    /// Neither passes.
    Neither,
    /// By the results that the reporter lists itself, it passes.
    Misjudged,
}

/// One sender of failing mail in the name of one domain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fix<'a> {
    pub cause: Cause,
    /// The domain that passes, or the address.
    pub source: Option<&'a str>,
    /// The policy domain.
    pub domain: Option<&'a str>,
    pub messages: u64,
    /// Of these, rejected.
    pub rejected: u64,
    pub addresses: u64,
}

impl Cause {
    pub const ALL: [Self; 4] = [Self::Spf, Self::Dkim, Self::Neither, Self::Misjudged];

    /// What the sender is known by.
    pub const fn dimension(self) -> Dimension {
        match self {
            Self::Spf => Dimension::SpfDomain,
            Self::Dkim => Dimension::DkimDomain,
            Self::Neither => Dimension::SourceIp,
            Self::Misjudged => Dimension::Reporter,
        }
    }

    /// The failing records that it is the cause of.
    fn records(self, filter: &Filter) -> Filter {
        let word = |on, word: &str| Term::is(on, Some(word.to_owned()));
        let mut filter = filter.clone();
        filter.add(word(Dimension::Verdict, "fail"));
        for reason in FORWARDED {
            filter.add(word(Dimension::Reason, reason).negated());
        }
        let misjudged = word(Dimension::Agreement, "reporter-fails");
        filter.add(if self == Self::Misjudged { misjudged } else { misjudged.negated() });
        let (spf, dkim) = (word(Dimension::SpfResult, "pass"), word(Dimension::DkimResult, "pass"));
        match self {
            Self::Spf => filter.add(spf),
            Self::Dkim => {
                filter.add(spf.negated());
                filter.add(dkim);
            }
            Self::Neither => {
                filter.add(spf.negated());
                filter.add(dkim.negated());
            }
            Self::Misjudged => {}
        }
        filter
    }

    /// Its senders, those with the most messages first.
    pub fn question(self, filter: &Filter) -> GroupBy {
        GroupBy {
            table: Table::Aggregate,
            filter: self.records(filter),
            by: (self.dimension(), Some(Dimension::Domain)),
            measures: vec![Measure::Messages, Measure::Rejected, Measure::SourceIps],
            sort: Sort { by: Some(Rank::Amount(Measure::Messages)), descending: true },
            window: Window { offset: 0, limit: MOST },
        }
    }

    fn fix(self, line: &GroupLine) -> Fix<'_> {
        let value = |at: usize| line.values.get(at).copied().unwrap_or_default();
        Fix {
            cause: self,
            source: line.keys.0.as_deref(),
            domain: line.keys.1.as_ref().and_then(Option::as_deref),
            messages: value(0),
            rejected: value(1),
            addresses: value(2),
        }
    }
}

impl Fix<'_> {
    /// The records behind it.
    pub fn records(&self, filter: &Filter) -> Filter {
        let key = |text: Option<&str>| text.map(str::to_owned);
        let mut filter = self.cause.records(filter);
        filter.add(Term::is(self.cause.dimension(), key(self.source)));
        filter.add(Term::is(Dimension::Domain, key(self.domain)));
        filter
    }
}

/// The answers to the questions of all causes as one list, the most messages
/// first; and how many senders there are in all.
pub fn fixes<'a>(answers: [&'a Groups; 4]) -> (Vec<Fix<'a>>, u64) {
    let of =
        |(cause, groups): (Cause, &'a Groups)| groups.lines.iter().map(move |line| cause.fix(line));
    let mut fixes: Vec<_> = Cause::ALL.into_iter().zip(answers).flat_map(of).collect();
    let seen = fixes.len();
    // A record may count no message.
    fixes.retain(|fix| fix.messages > 0);
    let idle = (seen - fixes.len()) as u64;
    fixes.sort_by_key(|fix| std::cmp::Reverse(fix.messages));
    fixes.truncate(MOST as usize);
    (fixes, answers.iter().map(|groups| u64::from(groups.total)).sum::<u64>() - idle)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups(lines: &[(&str, u64)]) -> Groups {
        let line = |(source, messages): &(&str, u64)| GroupLine {
            keys: (Some((*source).to_owned()), Some(Some("example.com".to_owned()))),
            values: vec![*messages, 1, 2],
        };
        let lines: Vec<_> = lines.iter().map(line).collect();
        Groups { total: lines.len() as u32 + 10, offset: 0, lines, totals: vec![0, 0, 0] }
    }

    #[test]
    fn the_most_messages_first() {
        let answers = [
            groups(&[("bounce.test", 30), ("b.test", 2)]),
            groups(&[]),
            groups(&[
                ("192.0.2.1", 40),
                ("192.0.2.2", 2),
                ("192.0.2.3", 1),
                ("192.0.2.4", 1),
                ("192.0.2.5", 1),
            ]),
            groups(&[]),
        ];
        let (fixes, all) = fixes(answers.each_ref());
        assert_eq!((fixes.len(), all), (6, 47));
        let first: Vec<_> = fixes.iter().take(3).map(|fix| (fix.source, fix.cause)).collect();
        assert_eq!(
            first,
            [
                (Some("192.0.2.1"), Cause::Neither),
                (Some("bounce.test"), Cause::Spf),
                (Some("b.test"), Cause::Spf),
            ]
        );
    }

    #[test]
    fn causes_share_no_record() {
        let lines = Cause::ALL.map(|cause| cause.records(&Filter::parse("org:x")).to_string());
        let common =
            "org:x result:fail -reason:forwarded -reason:mailing_list -reason:trusted_forwarder";
        let rest = [
            "-agreement:reporter-fails spf:pass",
            "-agreement:reporter-fails -spf:pass dkim:pass",
            "-agreement:reporter-fails -spf:pass -dkim:pass",
            "agreement:reporter-fails",
        ];
        for (line, rest) in lines.iter().zip(rest) {
            assert_eq!(Filter::parse(line), Filter::parse(&format!("{common} {rest}")));
        }
    }

    #[test]
    fn the_records_behind_one() {
        let groups = groups(&[("b.test", 3)]);
        let none = Groups { lines: Vec::new(), ..groups.clone() };
        let (fixes, _) = fixes([&groups, &none, &none, &none]);
        let records = fixes[0].records(&Filter::default());
        let is = |on, text: &str| Term::is(on, Some(text.to_owned()));
        assert!(records.has(&is(Dimension::SpfDomain, "b.test")));
        assert!(records.has(&is(Dimension::Domain, "example.com")));
    }
}
