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
    /// By the results that the reporter lists itself, it passes.
    Misjudged,
    /// Something passes that aligns but for strict alignment.
    Strict,
    /// It is signed in the author's name, and that signature does not pass.
    Broken(Passing),
    /// Nothing is done in the author's name.
    Lacking(Passing),
}

/// What passes, though not in the author's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Passing {
    Spf,
    /// And SPF does not.
    Dkim,
    Nothing,
}

/// One sender of failing mail in the name of one domain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fix<'a> {
    pub cause: Cause,
    /// What the sender is known by: see [`Cause::dimension`].
    pub source: Option<&'a str>,
    /// The author's domain; the policy domain where that is what the sender is known by.
    pub domain: Option<&'a str>,
    pub messages: u64,
    /// Of these, rejected.
    pub rejected: u64,
    pub addresses: u64,
}

impl Cause {
    /// Each message is of one.
    pub const ALL: [Self; 8] = [
        Self::Misjudged,
        Self::Strict,
        Self::Broken(Passing::Spf),
        Self::Broken(Passing::Dkim),
        Self::Broken(Passing::Nothing),
        Self::Lacking(Passing::Spf),
        Self::Lacking(Passing::Dkim),
        Self::Lacking(Passing::Nothing),
    ];

    /// What the sender is known by. Each record has one value of it, and so is counted once.
    pub const fn dimension(self) -> Dimension {
        match self {
            Self::Misjudged => Dimension::Reporter,
            // Of several domains that pass, nothing says which one is near the author's.
            Self::Strict => Dimension::HeaderFrom,
            Self::Broken(Passing::Spf) | Self::Lacking(Passing::Spf) => Dimension::PassingSpf,
            Self::Broken(Passing::Dkim) | Self::Lacking(Passing::Dkim) => Dimension::PassingDkim,
            Self::Broken(Passing::Nothing) | Self::Lacking(Passing::Nothing) => Dimension::SourceIp,
        }
    }

    /// In whose name it sends. What aligns with a name below the policy domain is for that name to
    /// say, where alignment is strict.
    pub const fn author(self) -> Dimension {
        match self {
            Self::Strict => Dimension::Domain,
            Self::Misjudged | Self::Broken(_) | Self::Lacking(_) => Dimension::HeaderFrom,
        }
    }

    /// The failing records that it is the cause of.
    fn records(self, filter: &Filter) -> Filter {
        let word = |on, word: &str| Term::is(on, Some(word.to_owned()));
        let nothing = |on| Term::is(on, None);
        let mut filter = filter.clone();
        also(&mut filter, word(Dimension::Verdict, "fail"));
        for reason in FORWARDED {
            filter.add(word(Dimension::Reason, reason).negated());
        }
        let fits = [
            word(Dimension::Agreement, "reporter-fails"),
            word(Dimension::Relaxed, "pass"),
            word(Dimension::OwnSignature, "fail"),
            nothing(Dimension::PassingSpf).negated(),
            nothing(Dimension::PassingDkim).negated(),
        ];
        for (fits, is_wanted) in fits.into_iter().zip(self.fits()) {
            also(&mut filter, if *is_wanted { fits } else { fits.negated() });
        }
        filter
    }

    /// Which of the conditions above must hold, and which must not; the rest is all one.
    const fn fits(self) -> &'static [bool] {
        match self {
            Self::Misjudged => &[true],
            Self::Strict => &[false, true],
            Self::Broken(Passing::Spf) => &[false, false, true, true],
            Self::Broken(Passing::Dkim) => &[false, false, true, false, true],
            Self::Broken(Passing::Nothing) => &[false, false, true, false, false],
            Self::Lacking(Passing::Spf) => &[false, false, false, true],
            Self::Lacking(Passing::Dkim) => &[false, false, false, false, true],
            Self::Lacking(Passing::Nothing) => &[false, false, false, false, false],
        }
    }

    /// Its senders, those with the most messages first.
    pub fn question(self, filter: &Filter) -> GroupBy {
        GroupBy {
            table: Table::Aggregate,
            filter: self.records(filter),
            by: (self.dimension(), Some(self.author())),
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
    /// In whose name it sends, where the report names somebody.
    pub fn author(&self) -> Option<&str> {
        self.domain.filter(|domain| !domain.is_empty())
    }

    /// The records behind it.
    pub fn records(&self, filter: &Filter) -> Filter {
        let key = |text: Option<&str>| text.map(str::to_owned);
        let filter = self.cause.records(filter);
        let filter = filter.only(self.cause.dimension(), &key(self.source));
        filter.only(self.cause.author(), &key(self.domain))
    }
}

/// Asks for this, too: what is asked for of one dimension is one or the other elsewhere.
fn also(filter: &mut Filter, term: Term) {
    if !term.not {
        let asked = filter.on(term.on).filter(|other| !other.not);
        let asked: Vec<_> = asked.cloned().collect();
        if !asked.is_empty() && !asked.contains(&term) {
            // Nothing is both.
            filter.add(term.clone().negated());
        }
        asked.iter().for_each(|other| filter.remove(other));
    }
    filter.add(term);
}

/// The answers to the questions of all causes as one list, the most messages
/// first, and last where there is nothing to mend; and how many senders there are in all.
pub fn fixes<'a>(answers: &[&'a Groups]) -> (Vec<Fix<'a>>, u64) {
    let of = |(cause, groups): (Cause, &&'a Groups)| {
        groups.lines.iter().map(move |line| cause.fix(line))
    };
    let mut fixes: Vec<_> = Cause::ALL.into_iter().zip(answers).flat_map(of).collect();
    let seen = fixes.len();
    // A record may count no message.
    fixes.retain(|fix| fix.messages > 0);
    let idle = (seen - fixes.len()) as u64;
    fixes.sort_by_key(|fix| (fix.cause == Cause::Misjudged, std::cmp::Reverse(fix.messages)));
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
            groups(&[("reporter.test", 50)]),
            groups(&[]),
            groups(&[]),
            groups(&[]),
            groups(&[]),
            groups(&[("bounce.test", 30), ("b.test", 2)]),
            groups(&[]),
            groups(&[
                ("192.0.2.1", 40),
                ("192.0.2.2", 2),
                ("192.0.2.3", 1),
                ("192.0.2.4", 1),
                ("192.0.2.5", 1),
            ]),
        ];
        let (fixes, all) = fixes(&answers.each_ref());
        assert_eq!((fixes.len(), all), (6, 88));
        let first: Vec<_> = fixes.iter().take(3).map(|fix| (fix.source, fix.cause)).collect();
        assert_eq!(
            first,
            [
                (Some("192.0.2.1"), Cause::Lacking(Passing::Nothing)),
                (Some("bounce.test"), Cause::Lacking(Passing::Spf)),
                (Some("b.test"), Cause::Lacking(Passing::Spf)),
            ]
        );
    }

    #[test]
    fn causes_share_no_record() {
        let lines = Cause::ALL.map(|cause| cause.records(&Filter::parse("org:x")).to_string());
        let common =
            "org:x result:fail -reason:forwarded -reason:mailing_list -reason:trusted_forwarder";
        let judged = "-agreement:reporter-fails -relaxed:pass";
        let rest = [
            "agreement:reporter-fails".to_owned(),
            "-agreement:reporter-fails relaxed:pass".to_owned(),
            format!("{judged} own-signature:fail -spf-passing:="),
            format!("{judged} own-signature:fail spf-passing:= -dkim-passing:="),
            format!("{judged} own-signature:fail spf-passing:= dkim-passing:="),
            format!("{judged} -own-signature:fail -spf-passing:="),
            format!("{judged} -own-signature:fail spf-passing:= -dkim-passing:="),
            format!("{judged} -own-signature:fail spf-passing:= dkim-passing:="),
        ];
        for (line, rest) in lines.iter().zip(rest) {
            assert_eq!(Filter::parse(line), Filter::parse(&format!("{common} {rest}")));
        }
    }

    #[test]
    fn what_is_asked_already_is_not_widened() {
        let records =
            |line: &str| Cause::Lacking(Passing::Dkim).records(&Filter::parse(line)).to_string();
        let fail = records("result:fail");
        assert_eq!(records(""), fail);
        assert_eq!(records("result:pass"), records("-result:fail"), "nothing fails and passes");
        assert!(records("spf-passing:=a.test").contains("-spf-passing:= "), "nobody is of both");
        assert!(!records("spf-passing:=a.test").contains("a.test"));
    }

    #[test]
    fn the_records_behind_one() {
        let groups = groups(&[("b.test", 3)]);
        let none = Groups { lines: Vec::new(), ..groups.clone() };
        let (fixes, _) = fixes(&[&none, &none, &none, &none, &none, &groups, &none, &none]);
        let records = fixes[0].records(&Filter::parse("domain:example ip:192.0.2.1"));
        let asked = "spf-passing:=b.test domain:example from:=example.com ip:192.0.2.1 result:fail \
             -relaxed:pass -own-signature:fail -agreement:reporter-fails -reason:forwarded -reason:mailing_list \
             -reason:trusted_forwarder";
        assert_eq!(records, Filter::parse(asked));
    }
}
