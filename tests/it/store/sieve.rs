//! Filters and dimensions as the naive engine sees them: one record at a time,
//! all texts.

use std::sync::LazyLock;

use vitrail::base::UnixSeconds;
use vitrail::base::domain::comparable;
use vitrail::query::{Dimension, Filter, Key, Kind, Table, Term, Test};
use vitrail::report::model::{Address, AggregateRecord, Dkim, Spf, Text};
use vitrail::report::{Failure, Header, TlsFailure, TlsPolicy, Token, Vocabulary};
use vitrail::store::{Agreement, Judgement};

use crate::random::Random;

/// A record under its report's header, and our judgement on it; or a line of a
/// TLS report or the message of a failure report, under a record that states nothing.
#[derive(Clone, Copy)]
pub struct Row<'a> {
    pub header: &'a Header<'static>,
    pub record: &'a AggregateRecord<'static>,
    pub judgement: Judgement,
    pub tls: Option<Tls<'a>>,
    pub message: Option<&'a Failure<'static>>,
}

/// The summary of a policy, or one of its details.
#[derive(Clone, Copy)]
pub struct Tls<'a> {
    pub domain: &'a Text<'static>,
    pub policy: &'a TlsPolicy<'static>,
    pub failure: Option<&'a TlsFailure<'static>>,
}

/// The record of a report that has none.
static NOTHING: LazyLock<AggregateRecord<'static>> = LazyLock::new(AggregateRecord::default);

impl<'a> Row<'a> {
    /// One that states nothing besides what its report does.
    pub fn bare(header: &'a Header<'static>) -> Self {
        Self { header, record: &NOTHING, judgement: Judgement::default(), tls: None, message: None }
    }
}

/// All dimensions, those that are offered nowhere included.
pub fn every() -> impl Iterator<Item = Dimension> {
    Dimension::ALL.into_iter().chain(Dimension::INNER)
}

/// The values of a record, in the order stated; nothing stated is one value too.
pub fn keys(row: Row<'_>, dimension: Dimension) -> Vec<Key> {
    let Row { header, record, judgement, tls, message } = row;
    let policy = tls.map(|tls| tls.policy);
    let failure = tls.and_then(|tls| tls.failure);
    let address = |address: &Option<Address<'_>>| address.as_ref().map(Address::to_string);
    let verdict = |passed: Option<bool>| {
        vec![passed.map(|passed| if passed { "pass" } else { "fail" }.to_owned())]
    };
    let dkim = |of: fn(&Dkim<'_>) -> Key| record.auth.dkim.iter().map(of).collect();
    let spf = |of: fn(&Spf<'_>) -> Key| record.auth.spf.iter().map(of).collect();
    let passes = |verdict: Key| verdict.as_deref() == Some("pass");
    let (aligned_dkim, aligned_spf) = (token(&record.dkim), token(&record.spf));
    let domain = |address: &Text<'_>| {
        let (_, domain) = address.as_deref()?.rsplit_once('@')?;
        let domain = domain.trim_end_matches('>');
        name(&(!domain.is_empty()).then(|| domain.into()))
    };
    let of = |of: fn(&Failure<'_>) -> Key| vec![message.and_then(of)];
    let keys = match dimension {
        Dimension::Domain => vec![name(tls.map_or(&header.domain, |tls| tls.domain))],
        Dimension::Published => {
            vec![header.policy.as_ref().and_then(|policy| token(&policy.p))]
        }
        Dimension::Tags => vec![header.policy.as_ref().map(|policy| {
            let stated = [
                ("p", token(&policy.p)),
                ("sp", token(&policy.sp)),
                ("np", token(&policy.np)),
                ("adkim", token(&policy.adkim)),
                ("aspf", token(&policy.aspf)),
                ("pct", text(&policy.pct)),
                ("fo", text(&policy.fo)),
                ("t", token(&policy.testing)),
                ("discovery_method", token(&policy.discovery_method)),
            ];
            let tags =
                stated.into_iter().filter_map(|(tag, value)| Some(format!("{tag}={}", value?)));
            tags.collect::<Vec<_>>().join("; ")
        })],
        Dimension::Reporter => vec![text(&header.reporter)],
        Dimension::ReportId => vec![text(&header.report_id)],
        Dimension::SourceIp if tls.is_some() => {
            vec![failure.and_then(|failure| address(&failure.sending_mta_ip))]
        }
        Dimension::SourceIp => {
            vec![address(message.map_or(&record.source_ip, |message| &message.source_ip))]
        }
        Dimension::HeaderFrom if message.is_some() => {
            vec![message.and_then(|message| domain(&message.header_from))]
        }
        Dimension::EnvelopeFrom if message.is_some() => {
            vec![message.and_then(|message| domain(&message.original_mail_from))]
        }
        Dimension::DkimDomain if message.is_some() => {
            vec![message.and_then(|message| name(&message.dkim_domain))]
        }
        Dimension::Selector if message.is_some() => {
            vec![message.and_then(|message| name(&message.dkim_selector))]
        }
        Dimension::AuthFailure => {
            let tokens = message.into_iter().flat_map(|message| &message.auth_failure);
            tokens.map(|token| Some(token.as_str().to_owned())).collect()
        }
        Dimension::DeliveryResult => of(|message| token(&message.delivery_result)),
        Dimension::Subject => of(|message| text(&message.subject)),
        Dimension::HeaderFrom => vec![name(&record.header_from)],
        Dimension::EnvelopeFrom => vec![name(&record.envelope_from)],
        Dimension::Verdict => {
            let stated = aligned_dkim.is_some() || aligned_spf.is_some();
            let word = if passes(aligned_dkim) || passes(aligned_spf) { "pass" } else { "fail" };
            vec![stated.then(|| word.to_owned())]
        }
        Dimension::SpfAligned => vec![aligned_spf],
        Dimension::DkimAligned => vec![aligned_dkim],
        Dimension::Disposition => vec![token(&record.disposition)],
        Dimension::Reason => record.reasons.iter().map(|reason| token(&reason.kind)).collect(),
        Dimension::OurVerdict => verdict(judgement.passed()),
        Dimension::OurSpf => verdict(judgement.spf),
        Dimension::OurDkim => verdict(judgement.dkim),
        Dimension::Agreement => vec![match judgement.agreement {
            Agreement::Unknown => None,
            Agreement::Agree => Some("agree".to_owned()),
            Agreement::ReporterPasses => Some("reporter-passes".to_owned()),
            Agreement::ReporterFails => Some("reporter-fails".to_owned()),
        }],
        Dimension::SpfDomain => spf(|spf| name(&spf.domain)),
        Dimension::SpfResult => spf(|spf| token(&spf.result)),
        Dimension::DkimDomain => dkim(|dkim| name(&dkim.domain)),
        Dimension::Selector => dkim(|dkim| name(&dkim.selector)),
        Dimension::DkimResult => dkim(|dkim| token(&dkim.result)),
        Dimension::Part => {
            let part = |tls: Tls<'_>| {
                if tls.failure.is_some() { "failure-details" } else { "summary" }.to_owned()
            };
            vec![tls.map(part)]
        }
        Dimension::PolicyType => vec![policy.and_then(|policy| token(&policy.policy_type))],
        Dimension::PolicyDomain => vec![policy.and_then(|policy| name(&policy.policy_domain))],
        Dimension::Mode => {
            let lines = policy.into_iter().flat_map(|policy| &policy.policy_string);
            let modes = lines.filter_map(|line| line.strip_prefix("mode: "));
            vec![modes.map(str::to_owned).next()]
        }
        Dimension::PolicyText => {
            let strings = policy.map(|policy| policy.policy_string.as_slice()).unwrap_or_default();
            vec![(!strings.is_empty()).then(|| strings.join("\n"))]
        }
        Dimension::MxPattern => {
            let hosts = policy.into_iter().flat_map(|policy| &policy.mx_host);
            hosts.map(|host| name(&Some(host.clone()))).collect()
        }
        Dimension::ResultType => vec![failure.and_then(|failure| token(&failure.result_type))],
        Dimension::Mx => {
            vec![failure.and_then(|failure| name(&failure.receiving_mx_hostname))]
        }
        Dimension::ReasonCode => {
            vec![failure.and_then(|failure| text(&failure.failure_reason_code))]
        }
        Dimension::ReceivingIp => {
            vec![failure.and_then(|failure| address(&failure.receiving_ip))]
        }
        Dimension::Day => vec![header.begin.map(|at| date(at, 0))],
        Dimension::Week => vec![header.begin.map(|at| date(at, (at.day() + 3).rem_euclid(7)))],
        Dimension::Month => vec![header.begin.map(|at| date(at, 0)[..7].to_owned())],
        Dimension::PassingSpf => {
            let (helo, from): (Vec<_>, Vec<_>) = record
                .auth
                .spf
                .iter()
                .partition(|spf| token(&spf.scope).as_deref() == Some("helo"));
            let looked_at = if from.is_empty() { helo } else { from };
            let passing = looked_at.into_iter().find(|spf| passes(token(&spf.result)));
            vec![passing.and_then(|spf| name(&spf.domain))]
        }
        Dimension::PassingDkim => {
            let passing = record.auth.dkim.iter().find(|dkim| passes(token(&dkim.result)));
            vec![passing.and_then(|dkim| name(&dkim.domain))]
        }
        Dimension::Relaxed => verdict(judgement.passed_relaxed()),
        Dimension::OwnSignature => verdict(judgement.broken.then_some(false)),
    };
    if keys.is_empty() { vec![None] } else { keys }
}

/// The date so many days before a moment.
pub fn date(at: UnixSeconds, days: i64) -> String {
    UnixSeconds(at.0 - days * 86_400).rfc3339()[..10].to_owned()
}

fn text(text: &Text<'_>) -> Key {
    text.as_deref().map(str::to_owned)
}

fn name(name: &Text<'_>) -> Key {
    name.as_deref().map(spelt)
}

/// Names that differ in letter case, in the dot of the root, or in the way other letters than
/// those of ASCII are written, are one.
pub fn spelt(name: &str) -> String {
    let as_labels = || comparable(name).filter(|_| !name.is_ascii() && !name.contains('@'));
    as_labels().unwrap_or_else(|| name.strip_suffix('.').unwrap_or(name).to_lowercase())
}

/// Whether a value contains a text, as it is written or, of a name, as its labels are stored.
pub fn contains(key: &str, text: &str) -> bool {
    let text = text.to_lowercase();
    let key = key.to_lowercase();
    key.contains(&text) || (!text.is_ascii() && key.contains(&spelt(&text)))
}

fn token<V: Vocabulary>(token: &Option<Token<'_, V>>) -> Key {
    token.as_ref().map(|token| token.as_str().to_owned())
}

/// Dimensions of the same signature or check, of which conditions hold together.
const TOGETHER: [&[Dimension]; 2] = [
    &[Dimension::DkimDomain, Dimension::Selector, Dimension::DkimResult],
    &[Dimension::SpfDomain, Dimension::SpfResult],
];

/// Whether a filter lets a row of its table through: what the table does not know is not asked.
pub fn passes_of_table(filter: &Filter, row: Row<'_>) -> bool {
    let table = match (row.tls, row.message) {
        (Some(_), _) => Table::Tls,
        (_, Some(_)) => Table::Failure,
        _ => Table::Aggregate,
    };
    let known = |term: &&Term| term.on.is_none_or(|on| !on.is_foreign(table));
    let mut asked = Filter::new(filter.terms().iter().filter(known).cloned());
    (asked.since, asked.until) = (filter.since, filter.until);
    passes(&asked, row)
}

/// Whether the filter lets a record through that has all that is asked for.
pub fn passes(filter: &Filter, row: Row<'_>) -> bool {
    let alone = every().filter(|on| !TOGETHER.concat().contains(on));
    let things = alone.map(|on| vec![on]).chain(TOGETHER.map(<[_]>::to_vec));
    in_time(filter, row.header)
        && things.into_iter().all(|dimensions| one_passes(filter, row, &dimensions))
        && filter.on(None).all(|word| {
            let searched = Dimension::ALL.into_iter().filter(|on| on.is_searched());
            let mut keys = searched.flat_map(|on| keys(row, on));
            keys.any(|key| test(&word.test, &key)) != word.not
        })
}

/// Whether one entry has all that is asked for, and none has what is ruled out.
fn one_passes(filter: &Filter, row: Row<'_>, dimensions: &[Dimension]) -> bool {
    let keys: Vec<_> = dimensions.iter().map(|on| keys(row, *on)).collect();
    let terms = |at: usize, not| {
        filter.on(Some(dimensions[at])).filter(move |term: &&Term| term.not == not)
    };
    let all = || 0..dimensions.len();
    let wanted = |at: usize, key: &Key| {
        terms(at, false).next().is_none() || terms(at, false).any(|term| test(&term.test, key))
    };
    let ruled_out =
        all().any(|at| terms(at, true).any(|term| keys[at].iter().any(|k| test(&term.test, k))));
    !ruled_out && (0..keys[0].len()).any(|entry| all().all(|at| wanted(at, &keys[at][entry])))
}

fn test(test: &Test, key: &Key) -> bool {
    match test {
        Test::Is(other) => key == other,
        Test::Has(text) => key.as_ref().is_some_and(|key| contains(key, text)),
        Test::In(network) => {
            let ip = key.as_ref().and_then(|key| key.parse().ok());
            ip.is_some_and(|ip| network.contains(ip))
        }
    }
}

fn in_time(filter: &Filter, header: &Header<'_>) -> bool {
    if filter.since.is_none() && filter.until.is_none() {
        return true;
    }
    let Some(begin) = header.begin.or(header.end) else { return false };
    let end = header.end.unwrap_or(begin).max(UnixSeconds(begin.0 + 1));
    filter.since.is_none_or(|since| end > since) && filter.until.is_none_or(|until| begin < until)
}

/// Whether it lets a report through that has no rows: nothing is asked of it that
/// only records have.
pub fn passes_bare(filter: &Filter, header: &Header<'static>) -> bool {
    let aside = [
        Dimension::SourceIp,
        Dimension::HeaderFrom,
        Dimension::EnvelopeFrom,
        Dimension::Verdict,
        Dimension::SpfAligned,
        Dimension::DkimAligned,
        Dimension::Disposition,
        Dimension::Reason,
        Dimension::OurVerdict,
        Dimension::OurSpf,
        Dimension::OurDkim,
        Dimension::Agreement,
        Dimension::SpfDomain,
        Dimension::SpfResult,
        Dimension::DkimDomain,
        Dimension::Selector,
        Dimension::DkimResult,
        Dimension::PassingSpf,
        Dimension::PassingDkim,
        Dimension::Relaxed,
        Dimension::OwnSignature,
    ];
    let mut rest = Filter::default();
    (rest.since, rest.until) = (filter.since, filter.until);
    for term in filter.terms() {
        match term.on {
            Some(on) if !aside.contains(&on) => rest.add(term.clone()),
            Some(_) if term.not => {}
            Some(_) => return false,
            None => rest.add(term.clone()),
        }
    }
    passes(&rest, Row::bare(header))
}

/// A filter of what these rows have, or of what nobody has.
pub fn filter(random: &mut Random, rows: &[Row<'_>]) -> Filter {
    let words = ["a", "TEST", "zo", "192.0.2", "mail.", "nowhere"];
    let terms = random.several(4, |random| {
        let on = *random.pick(&every().collect::<Vec<_>>());
        let key = if rows.is_empty() || random.percent(10) {
            random.unless(30, |random| (*random.pick(&words)).to_owned())
        } else {
            let keys = keys(*random.pick(rows), on);
            random.pick(&keys).clone()
        };
        let term = match random.below(4) {
            0 => Term { on: None, not: false, test: Test::Has((*random.pick(&words)).into()) },
            1 if on.kind() == Kind::Address => {
                let networks = ["192.0.2.0/29", "2001:db8::/126", "192.0.2.3", "0.0.0.0/0"];
                return Filter::parse(&format!("ip:{}", random.pick(&networks))).terms()[0].clone();
            }
            1 => Term { on: Some(on), not: false, test: Test::Has((*random.pick(&words)).into()) },
            _ => Term::is(on, key),
        };
        if random.percent(25) { term.negated() } else { term }
    });
    let mut filter = Filter::new(terms);
    if !rows.is_empty() && random.percent(30) {
        // Values of one record, but not always of one signature.
        let row = *random.pick(rows);
        for on in *random.pick(&TOGETHER) {
            let keys = keys(row, *on);
            filter.add(Term::is(*on, random.pick(&keys).clone()));
        }
    }
    let moment = |random: &mut Random| UnixSeconds(random.below(9) as i64 * 86_400 - 86_400);
    filter.since = random.unless(80, moment);
    filter.until = random.unless(80, moment);
    filter
}
