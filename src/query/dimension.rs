//! What rows are filtered and grouped by, each dimension in one place: its
//! name, the column that it is read from, how its values are shown, and how
//! they are read.
//!
//! A dimension has values of one id: a report, an address, a text, or a list of
//! results. So it is worked out once for each distinct id, and a pass over the
//! rows only looks ids up. A row has a value for each entry of its list (a DKIM
//! signature, an SPF check, an override reason), and always at least one: where
//! nothing is stated, the absent one. So does a row of a table that knows nothing
//! of the dimension.

use serde::{Deserialize, Serialize};

use super::column::Column;
use super::days::{civil_day, first_of_month, monday};
use super::index::Data;
use super::table::Table;
use crate::base::UnixSeconds;
use crate::base::calendar::DAY;
use crate::base::domain::comparable;
use crate::base::lower_case;
use crate::store::{AddressId, Agreement, JudgementId, ListId, ReportId, TermId};

/// See the module's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Dimension {
    /// The policy domain; of a DANE policy, the domain whose mail it is for; of a failure
    /// report, the domain that it is about.
    Domain,
    /// The DMARC policy that was published (`p`), as the reporter saw it.
    Published,
    /// All tags of that policy: `p=reject; pct=100`.
    Tags,
    /// `org_name` (RFC 7489 App. C, RFC 9990 §3.1.1.3).
    Reporter,
    ReportId,
    /// Of TLS reports, `sending-mta-ip`.
    SourceIp,
    /// Of failure reports, the domain of the address.
    HeaderFrom,
    /// Of failure reports, the domain of the address.
    EnvelopeFrom,
    /// The reporter's verdict: `pass` where DKIM or SPF passes aligned, else `fail`.
    Verdict,
    /// Aligned, by the reporter.
    SpfAligned,
    /// Aligned, by the reporter.
    DkimAligned,
    Disposition,
    /// The type of each override reason.
    Reason,
    /// Our verdict, from the results listed: `pass` or `fail`.
    OurVerdict,
    /// Whether a listed result passes and aligns, as we see it.
    OurSpf,
    /// Whether a listed signature passes and aligns, as we see it.
    OurDkim,
    /// How our verdict and the reporter's compare: `agree`, `reporter-passes`,
    /// `reporter-fails`.
    Agreement,
    /// Of each SPF check.
    SpfDomain,
    /// Raw, of each SPF check.
    SpfResult,
    /// Of each signature.
    DkimDomain,
    /// Of each signature.
    Selector,
    /// Raw, of each signature.
    DkimResult,
    // ── of TLS reports (RFC 8460 §4.4) ──
    /// What a row is of: `summary` of a policy, or one of its `failure-details`.
    Part,
    /// `sts`, `tlsa`, `no-policy-found`.
    PolicyType,
    /// As stated: a DANE policy may be named after an MX host.
    PolicyDomain,
    /// That an MTA-STS policy states (RFC 8461 §3.2).
    Mode,
    /// The policy itself, all lines or records of it.
    PolicyText,
    /// Each `mx-host`: patterns that the policy allows.
    MxPattern,
    /// `result-type`; none in the summary of a policy.
    ResultType,
    /// `receiving-mx-hostname`
    Mx,
    /// `failure-reason-code`
    ReasonCode,
    ReceivingIp,
    // ── of failure reports ──
    /// What failed (RFC 6591 §3.2.1).
    AuthFailure,
    /// What became of the message (RFC 6591 §3.2.2).
    DeliveryResult,
    Subject,
    // ── of all ──
    /// The UTC day in which the report's period begins: `2026-11-24`.
    Day,
    /// The Monday before it or on it: `2026-11-23`.
    Week,
    /// `2026-11`.
    Month,
    // ── that nobody is offered: what to fix is told by them ──
    /// The first domain whose SPF passes.
    PassingSpf,
    /// The first domain whose signature passes.
    PassingDkim,
    /// Our verdict, were alignment relaxed: `pass` or `fail`.
    Relaxed,
    /// `fail` where a signature aligns, and does not pass.
    OwnSignature,
}

/// A value as text, as filters name it; `None` where nothing is stated.
pub type Key = Option<String>;

/// What the values are, which decides how they are shown, sorted and searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Of a small vocabulary: typed whole.
    Word,
    Text,
    /// Texts of DNS: in small letters, without the dot of the root.
    Name,
    Address,
    Day,
    Month,
}

/// The values of [`Dimension::Part`].
pub const PARTS: [&str; 2] = ["summary", "failure-details"];

/// Days before 1970 are numbers too: no calendar of ours reaches further back.
const DAY_ZERO: i64 = 5_000_000;

impl Dimension {
    /// Those that are offered.
    pub const ALL: [Self; 38] = [
        Self::Domain,
        Self::Published,
        Self::Tags,
        Self::Reporter,
        Self::ReportId,
        Self::SourceIp,
        Self::HeaderFrom,
        Self::EnvelopeFrom,
        Self::Verdict,
        Self::SpfAligned,
        Self::DkimAligned,
        Self::Disposition,
        Self::Reason,
        Self::OurVerdict,
        Self::OurSpf,
        Self::OurDkim,
        Self::Agreement,
        Self::SpfDomain,
        Self::SpfResult,
        Self::DkimDomain,
        Self::Selector,
        Self::DkimResult,
        Self::Part,
        Self::PolicyType,
        Self::PolicyDomain,
        Self::Mode,
        Self::PolicyText,
        Self::MxPattern,
        Self::ResultType,
        Self::Mx,
        Self::ReasonCode,
        Self::ReceivingIp,
        Self::AuthFailure,
        Self::DeliveryResult,
        Self::Subject,
        Self::Day,
        Self::Week,
        Self::Month,
    ];

    /// Those that links ask for, and that are offered nowhere.
    pub const INNER: [Self; 4] =
        [Self::PassingSpf, Self::PassingDkim, Self::Relaxed, Self::OwnSignature];

    pub(super) fn every() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().chain(Self::INNER)
    }

    const fn spec(self) -> (&'static str, Column, Kind) {
        match self {
            Self::Domain => ("domain", Column::Report, Kind::Name),
            Self::Published => ("p", Column::Report, Kind::Word),
            Self::Tags => ("tags", Column::Report, Kind::Word),
            Self::Reporter => ("org", Column::Report, Kind::Text),
            Self::ReportId => ("report", Column::Report, Kind::Text),
            Self::SourceIp => ("ip", Column::Source, Kind::Address),
            Self::HeaderFrom => ("from", Column::HeaderFrom, Kind::Name),
            Self::EnvelopeFrom => ("envelope-from", Column::EnvelopeFrom, Kind::Name),
            Self::Verdict => ("result", Column::Evaluated, Kind::Word),
            Self::SpfAligned => ("spf-aligned", Column::Evaluated, Kind::Word),
            Self::DkimAligned => ("dkim-aligned", Column::Evaluated, Kind::Word),
            Self::Disposition => ("disposition", Column::Evaluated, Kind::Word),
            Self::Reason => ("reason", Column::Evaluated, Kind::Word),
            Self::OurVerdict => ("our-result", Column::Judgement, Kind::Word),
            Self::OurSpf => ("our-spf", Column::Judgement, Kind::Word),
            Self::OurDkim => ("our-dkim", Column::Judgement, Kind::Word),
            Self::Agreement => ("agreement", Column::Judgement, Kind::Word),
            Self::SpfDomain => ("spf-domain", Column::Spf, Kind::Name),
            Self::SpfResult => ("spf", Column::Spf, Kind::Word),
            Self::DkimDomain => ("dkim-domain", Column::Dkim, Kind::Name),
            Self::Selector => ("selector", Column::Dkim, Kind::Name),
            Self::DkimResult => ("dkim", Column::Dkim, Kind::Word),
            Self::Part => ("part", Column::Failure, Kind::Word),
            Self::PolicyType => ("policy", Column::Policy, Kind::Word),
            Self::PolicyDomain => ("policy-domain", Column::Policy, Kind::Name),
            Self::Mode => ("mode", Column::Policy, Kind::Word),
            Self::PolicyText => ("policy-text", Column::Policy, Kind::Text),
            Self::MxPattern => ("mx-host", Column::Policy, Kind::Name),
            Self::ResultType => ("type", Column::Failure, Kind::Word),
            Self::Mx => ("mx", Column::Failure, Kind::Name),
            Self::ReasonCode => ("reason-code", Column::Failure, Kind::Text),
            Self::ReceivingIp => ("receiving-ip", Column::Receiver, Kind::Address),
            Self::AuthFailure => ("auth-failure", Column::Message, Kind::Word),
            Self::DeliveryResult => ("delivery", Column::Message, Kind::Word),
            Self::Subject => ("subject", Column::Message, Kind::Text),
            Self::Day => ("day", Column::Report, Kind::Day),
            Self::Week => ("week", Column::Report, Kind::Day),
            Self::Month => ("month", Column::Report, Kind::Month),
            Self::PassingSpf => ("spf-passing", Column::Spf, Kind::Name),
            Self::PassingDkim => ("dkim-passing", Column::Dkim, Kind::Name),
            Self::Relaxed => ("relaxed", Column::Judgement, Kind::Word),
            Self::OwnSignature => ("own-signature", Column::Judgement, Kind::Word),
        }
    }

    /// The values of one id of its column, in the order stated: as ids of texts
    /// or addresses, or as days counted from long ago. 0 is the absent one, and
    /// so is no value at all.
    pub(super) fn read(self, data: Data<'_>, id: u32, to: &mut Vec<u32>) {
        if self.is_foreign(data.table) {
            return;
        }
        let facts = &data.tables().dictionaries;
        let list = ListId(id);
        let header = || data.tables().header_of(ReportId(id));
        let day = |of: fn(i64) -> Option<i64>| {
            let day = header().and_then(|header| of(header.begin?.day()));
            day.map_or(0, |day| (day + DAY_ZERO) as u32)
        };
        let verdict = |passed: bool| if passed { TermId::PASS.0 } else { TermId::FAIL.0 };
        let judgement = || data.store.derived().judgement(JudgementId(id));
        match self {
            _ if self.column(data.table) == Column::Message => {
                let message = facts.message(list);
                match self {
                    Self::HeaderFrom => to.push(message.from_domain.0),
                    Self::EnvelopeFrom => to.push(message.envelope_domain.0),
                    Self::DkimDomain => to.push(message.dkim_domain.0),
                    Self::Selector => to.push(message.dkim_selector.0),
                    Self::DeliveryResult => to.push(message.delivery_result.0),
                    Self::Subject => to.push(message.subject.0),
                    _ => to.extend(message.auth_failure.iter().map(|id| id.0)),
                }
            }
            Self::Domain if data.table == Table::Tls => to.push(id),
            Self::Domain => to.extend(header().map(|header| header.domain.0)),
            Self::Published => {
                to.extend(header().map(|header| facts.policy_action(header.policy).0));
            }
            Self::Tags => to.extend(header().map(|header| header.policy.0)),
            Self::Reporter => to.extend(header().map(|header| header.reporter.0)),
            Self::ReportId => to.extend(header().map(|header| header.report_id.0)),
            Self::SourceIp | Self::HeaderFrom | Self::EnvelopeFrom | Self::ReceivingIp => {
                to.push(id);
            }
            Self::Verdict => to.extend(facts.evaluated(list).passed().map(verdict)),
            Self::SpfAligned => to.push(facts.evaluated(list).spf.0),
            Self::DkimAligned => to.push(facts.evaluated(list).dkim.0),
            Self::Disposition => to.push(facts.evaluated(list).disposition.0),
            Self::Reason => to.extend(facts.reason_terms(list).map(|[kind, _]| kind.0)),
            Self::OurVerdict => to.extend(judgement().passed().map(verdict)),
            Self::OurSpf => to.extend(judgement().spf.map(verdict)),
            Self::OurDkim => to.extend(judgement().dkim.map(verdict)),
            Self::Agreement => to.push(judgement().agreement as u32),
            Self::SpfDomain => to.extend(facts.spf_terms(list).map(|spf| spf.domain.0)),
            Self::SpfResult => to.extend(facts.spf_terms(list).map(|spf| spf.result.0)),
            Self::DkimDomain => to.extend(facts.dkim_terms(list).map(|dkim| dkim.domain.0)),
            Self::Selector => to.extend(facts.dkim_terms(list).map(|dkim| dkim.selector.0)),
            Self::DkimResult => to.extend(facts.dkim_terms(list).map(|dkim| dkim.result.0)),
            // Details have a failure's list, summaries the empty one.
            Self::Part => to.push(1 + u32::from(id > 0)),
            Self::PolicyType => to.push(facts.tls_policy(list).kind.0),
            Self::PolicyDomain => to.push(facts.tls_policy(list).domain.0),
            Self::Mode => to.push(facts.tls_policy(list).mode.0),
            Self::PolicyText => to.push(facts.tls_policy(list).text.0),
            Self::MxPattern => to.extend(facts.tls_policy(list).mx_hosts.iter().map(|id| id.0)),
            Self::ResultType => to.push(facts.tls_failure(list).result.0),
            Self::Mx => to.push(facts.tls_failure(list).mx.0),
            Self::ReasonCode => to.push(facts.tls_failure(list).reason.0),
            Self::AuthFailure | Self::DeliveryResult | Self::Subject => {}
            Self::Day => to.push(day(civil_day)),
            Self::Week => to.push(day(monday)),
            Self::Month => to.push(day(first_of_month)),
            Self::PassingSpf => to.push(facts.passing_spf(list).0),
            Self::PassingDkim => to.push(facts.passing_dkim(list).0),
            Self::Relaxed => to.extend(judgement().passed_relaxed().map(verdict)),
            Self::OwnSignature => to.extend(judgement().broken.then(|| verdict(false))),
        }
    }

    /// The name in the search box and in links: `ip` in `ip:192.0.2.0/24`.
    pub const fn code(self) -> &'static str {
        self.spec().0
    }

    /// The dimension of this name, in letters of any case: phones begin with a capital.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::every().find(|dimension| dimension.code().eq_ignore_ascii_case(code))
    }

    pub const fn kind(self) -> Kind {
        self.spec().2
    }

    /// Whether it is of a list as a whole, and of no entry of it.
    pub(super) const fn is_of_list(self) -> bool {
        matches!(self, Self::PassingSpf | Self::PassingDkim)
    }

    /// Whether words without a field's name are looked for in it.
    pub fn is_searched(self) -> bool {
        matches!(self.kind(), Kind::Text | Kind::Name | Kind::Address)
    }

    /// Where a table has its ids. Of a dimension that it knows nothing of, each
    /// report has the absent value.
    pub(super) fn column(self, table: Table) -> Column {
        self.own_column(table).unwrap_or(Column::Report)
    }

    /// Where a table has its ids, if it knows the dimension.
    fn own_column(self, table: Table) -> Option<Column> {
        let column = self.spec().1;
        match (table, self) {
            (Table::Tls, Self::Domain) => Some(Column::Domain),
            (
                Table::Failure,
                Self::HeaderFrom | Self::EnvelopeFrom | Self::DkimDomain | Self::Selector,
            ) => Some(Column::Message),
            _ => column.table().is_none_or(|of| of == table).then_some(column),
        }
    }

    /// Whether a table knows nothing of it.
    pub fn is_foreign(self, table: Table) -> bool {
        self.own_column(table).is_none()
    }

    /// A value of [`Self::read`] as text.
    pub(super) fn key(self, data: Data<'_>, value: u32) -> Key {
        let facts = &data.tables().dictionaries;
        let text = || facts.terms.get(TermId(value));
        match self.kind() {
            Kind::Word if self == Self::Agreement => {
                let agreement = Agreement::ALL.get(value as usize).copied().unwrap_or_default();
                agreement.word().map(str::to_owned)
            }
            Kind::Word if self == Self::Part => value
                .checked_sub(1)
                .and_then(|at| PARTS.get(at as usize))
                .map(|part| (*part).to_owned()),
            Kind::Word if self == Self::Tags => facts.policy_tags(ListId(value)),
            Kind::Word | Kind::Text => text().map(str::to_owned),
            Kind::Name => text().map(name),
            Kind::Address => {
                facts.addresses.get(AddressId(value), &facts.terms).map(|ip| ip.to_string())
            }
            Kind::Day | Kind::Month if value == 0 => None,
            kind => {
                let day = i64::from(value) - DAY_ZERO;
                let mut date = UnixSeconds(day * DAY).rfc3339();
                let end = date.find('T').unwrap_or(date.len());
                date.truncate(if kind == Kind::Month {
                    end.saturating_sub("-01".len())
                } else {
                    end
                });
                Some(date)
            }
        }
    }
}

/// A text of DNS in the one spelling of all that are equal (RFC 4343): letters that are not
/// ASCII's as A-labels (RFC 5890 §2.3.2.1).
pub(super) fn name(text: &str) -> String {
    let is_name = !text.is_ascii() && !text.contains('@');
    let as_labels = is_name.then(|| comparable(text)).flatten();
    as_labels.unwrap_or_else(|| lower_case(text.strip_suffix('.').unwrap_or(text)))
}
