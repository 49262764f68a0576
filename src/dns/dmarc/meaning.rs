//! What a record asks for, as a list of facts to be put into words.

use super::{Alignment, FailureOption, Policy, Record, Suffix};
use crate::dns::message::{Message, codes};

codes! {
    /// One thing that a DMARC record says.
    pub enum Fact in "dmarc" {
        /// Deliver as usual, and report.
        PolicyNone = "policy-none";
        /// Treat failing mail with suspicion.
        PolicyQuarantine = "policy-quarantine";
        /// Do not deliver failing mail.
        PolicyReject = "policy-reject";
        /// `t=y`: one level lower, by receivers that know RFC 9989.
        Testing = "testing" ["applied"];
        /// `pct`: a part of the mail, by receivers that follow RFC 7489.
        Percent = "percent" ["percent"];
        /// Subdomains as the domain.
        SubdomainsSame = "subdomains-same" ["policy"];
        /// Subdomains otherwise.
        SubdomainsOther = "subdomains-other" ["policy"];
        /// Subdomains that do not exist, otherwise.
        NonexistentOther = "nonexistent-other" ["policy"];
        /// DKIM: the same organization is enough.
        DkimRelaxed = "dkim-relaxed";
        /// DKIM: the very domain.
        DkimStrict = "dkim-strict";
        /// SPF: the same organization is enough.
        SpfRelaxed = "spf-relaxed";
        /// SPF: the very domain.
        SpfStrict = "spf-strict";
        /// An address for aggregate reports.
        AggregateTo = "aggregate-to" ["uri"];
        /// No aggregate reports.
        AggregateNone = "aggregate-none";
        /// An address for failure reports.
        FailureTo = "failure-to" ["uri"];
        /// No failure reports.
        FailureNone = "failure-none";
        /// Failure reports when nothing passed.
        FailureAll = "failure-all";
        /// Failure reports when something did not pass.
        FailureAny = "failure-any";
        /// Failure reports on DKIM.
        FailureDkim = "failure-dkim";
        /// Failure reports on SPF.
        FailureSpf = "failure-spf";
        /// A public suffix: the record speaks for the domains below.
        SuffixYes = "suffix-yes";
        /// An Organizational Domain: receivers look no further up.
        SuffixNo = "suffix-no";
        /// A tag of the past.
        Historic = "historic" ["tag"];
        /// A tag that nobody knows.
        Unknown = "unknown" ["tag"];
    }
}

/// What the record says, in the order in which one would tell it.
pub fn meaning(record: &Record) -> Vec<Message<Fact>> {
    let effective = record.effective();
    let mut facts = vec![Message::new(match effective.policy {
        Policy::None => Fact::PolicyNone,
        Policy::Quarantine => Fact::PolicyQuarantine,
        Policy::Reject => Fact::PolicyReject,
    })];
    let lower = match effective.policy {
        Policy::Reject => Some(Policy::Quarantine),
        Policy::Quarantine => Some(Policy::None),
        Policy::None => None,
    };
    if let Some(lower) = lower.filter(|_| effective.testing) {
        facts.push(Message::new(Fact::Testing).arg("applied", lower.token()));
    }
    if let Some(percent) = record.percent.filter(|percent| *percent < 100) {
        facts.push(Message::new(Fact::Percent).arg("percent", percent));
    }
    let subdomains = effective.subdomains.token();
    let fact = if effective.subdomains == effective.policy {
        Fact::SubdomainsSame
    } else {
        Fact::SubdomainsOther
    };
    facts.push(Message::new(fact).arg("policy", subdomains));
    if effective.nonexistent != effective.subdomains {
        let nonexistent = effective.nonexistent.token();
        facts.push(Message::new(Fact::NonexistentOther).arg("policy", nonexistent));
    }
    facts.push(Message::new(match effective.dkim {
        Alignment::Relaxed => Fact::DkimRelaxed,
        Alignment::Strict => Fact::DkimStrict,
    }));
    facts.push(Message::new(match effective.spf {
        Alignment::Relaxed => Fact::SpfRelaxed,
        Alignment::Strict => Fact::SpfStrict,
    }));
    reports(record, &mut facts);
    match effective.suffix {
        Suffix::Yes => facts.push(Fact::SuffixYes.into()),
        Suffix::No => facts.push(Fact::SuffixNo.into()),
        Suffix::Unknown => {}
    }
    let historic = [("ri", record.interval.is_some()), ("rf", record.format.is_some())];
    let historic = historic.into_iter().filter(|(_, stands)| *stands);
    facts.extend(historic.map(|(tag, _)| Message::new(Fact::Historic).arg("tag", tag)));
    let unknown = record.unknown.iter();
    facts.extend(unknown.map(|(tag, _)| Message::new(Fact::Unknown).arg("tag", tag)));
    facts
}

fn reports(record: &Record, facts: &mut Vec<Message<Fact>>) {
    if record.aggregate.is_empty() {
        facts.push(Fact::AggregateNone.into());
    }
    let aggregate = record.aggregate.iter();
    facts.extend(aggregate.map(|uri| Message::new(Fact::AggregateTo).arg("uri", uri)));
    if record.failure.is_empty() {
        facts.push(Fact::FailureNone.into());
        return;
    }
    let failure = record.failure.iter();
    facts.extend(failure.map(|uri| Message::new(Fact::FailureTo).arg("uri", uri)));
    let options: &[FailureOption] = match record.failure_options.as_slice() {
        [] => &[FailureOption::All],
        options => options,
    };
    facts.extend(options.iter().map(|option| {
        Message::new(match option {
            FailureOption::All => Fact::FailureAll,
            FailureOption::Any => Fact::FailureAny,
            FailureOption::Dkim => Fact::FailureDkim,
            FailureOption::Spf => Fact::FailureSpf,
        })
    }));
}

#[cfg(test)]
mod tests {
    use super::{Fact, meaning};
    use crate::dns::dmarc::{Place, read};
    use crate::dns::txt::Txt;

    fn check(text: &str, expected: &[Fact]) {
        let record =
            read(&Txt::plain(text), Place::of_owner(None, &|_| None)).value.unwrap_or_default();
        let facts: Vec<_> = meaning(&record).into_iter().map(|message| message.code).collect();
        assert_eq!(facts, expected, "{text}");
    }

    #[test]
    fn says_what_the_record_says() {
        use Fact::{
            AggregateNone, AggregateTo, DkimRelaxed, DkimStrict, FailureAll, FailureNone,
            FailureTo, NonexistentOther, PolicyNone, PolicyReject, SpfRelaxed, SubdomainsOther,
            SubdomainsSame, Testing,
        };
        check(
            "v=DMARC1; p=none",
            &[PolicyNone, SubdomainsSame, DkimRelaxed, SpfRelaxed, AggregateNone, FailureNone],
        );
        check(
            "v=DMARC1; p=reject; sp=quarantine; np=reject; t=y; adkim=s; \
             rua=mailto:a@example.com; ruf=mailto:a@example.com",
            &[
                PolicyReject,
                Testing,
                SubdomainsOther,
                NonexistentOther,
                DkimStrict,
                SpfRelaxed,
                AggregateTo,
                FailureTo,
                FailureAll,
            ],
        );
    }
}
