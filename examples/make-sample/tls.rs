//! TLS reports of the story (RFC 8460): three domains on their way to MTA-STS `enforce`.

use serde::Serialize;
use vitrail::base::UnixSeconds;

use crate::random::Random;
use crate::story::{DAYS, FIRST_DAY};

const DAY: i64 = 86_400;
/// The certificate of mx2.example.com runs out: 3 October.
const EXPIRY: i64 = 26;
/// example.org moved to a new MX and a new policy: 21 September.
const MOVE: i64 = 14;

/// Seconds.
const WEEK: u32 = 604_800;
/// Seconds.
const FOUR_MONTHS: u32 = 10_368_000;

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Sender {
    Google,
    Microsoft,
}

impl Sender {
    pub const ALL: [Self; 2] = [Self::Google, Self::Microsoft];

    /// The domain of its contact address (RFC 8460 §5.1).
    pub const fn domain(self) -> &'static str {
        match self {
            Self::Google => "google.com",
            Self::Microsoft => "microsoft.com",
        }
    }
}

pub const DOMAINS: [&str; 3] = ["example.com", "example.net", "example.org"];

/// One sender's report on its deliveries to one domain on one day.
pub struct Report {
    pub sender: Sender,
    pub domain: &'static str,
    pub day: i64,
    pub id: String,
    document: Document,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Document {
    organization_name: &'static str,
    date_range: DateRange,
    contact_info: &'static str,
    report_id: String,
    policies: Vec<PolicyEntry>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct DateRange {
    start_datetime: String,
    end_datetime: String,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct PolicyEntry {
    policy: Policy,
    summary: Summary,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    failure_details: Vec<FailureDetails>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Policy {
    policy_type: &'static str,
    policy_string: Vec<String>,
    policy_domain: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    mx_host: Vec<&'static str>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Summary {
    total_successful_session_count: u64,
    total_failure_session_count: u64,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct FailureDetails {
    result_type: &'static str,
    sending_mta_ip: &'static str,
    receiving_ip: &'static str,
    receiving_mx_hostname: &'static str,
    failed_session_count: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    failure_reason_code: Option<&'static str>,
}

/// All reports, by day, sender and domain.
pub fn reports() -> Vec<Report> {
    let mut reports = Vec::new();
    for day in 0..DAYS {
        for sender in Sender::ALL {
            for domain in DOMAINS {
                reports.push(report(sender, domain, day));
            }
        }
    }
    reports
}

fn report(sender: Sender, domain: &'static str, day: i64) -> Report {
    let mut random = Random::of(&[sender.domain(), "tls", domain], day);
    let begin = FIRST_DAY + day * DAY;
    let (start, end) = (UnixSeconds(begin).rfc3339(), UnixSeconds(begin + DAY - 1).rfc3339());
    let id = match sender {
        Sender::Google => format!("{start}_{domain}"),
        Sender::Microsoft => format!("{}+{domain}", random.digits(18)),
    };
    let (organization_name, contact_info) = match sender {
        Sender::Google => ("Google Inc.", "smtp-tls-reporting@google.com"),
        Sender::Microsoft => ("Microsoft Corporation", "tlsrpt-noreply@microsoft.com"),
    };
    let document = Document {
        organization_name,
        date_range: DateRange { start_datetime: start, end_datetime: end },
        contact_info,
        report_id: id.clone(),
        policies: vec![entry(sender, domain, day, &mut random)],
    };
    Report { sender, domain, day, id, document }
}

fn entry(sender: Sender, domain: &'static str, day: i64, random: &mut Random) -> PolicyEntry {
    let weekend = if day % 7 >= 5 { 0.3 } else { 1.0 };
    let sessions = |random: &mut Random, mean: f64| random.around(mean * weekend);
    match domain {
        // Two MXs in testing; the certificate of the second one runs out.
        "example.com" => {
            let failed = if day >= EXPIRY { sessions(random, 58.0) } else { 0 };
            sts(
                domain,
                ("testing", WEEK),
                &["mx1.example.com", "mx2.example.com"],
                sessions(random, 460.0),
                failure(
                    sender,
                    "certificate-expired",
                    ("192.0.2.12", "mx2.example.com"),
                    failed,
                    None,
                ),
            )
        }
        // In testing for six weeks without one failure.
        "example.net" => {
            sts(domain, ("testing", WEEK), &["mx.example.net"], sessions(random, 180.0), None)
        }
        // Enforced. The policy's id was not changed with the policy, so that Microsoft's
        // servers keep the one from before the move, for as long as it allows.
        _ => {
            let old = day < MOVE || sender == Sender::Microsoft;
            let max_age = if old { FOUR_MONTHS } else { WEEK };
            let mx: &[&'static str] =
                if old { &["mail.example.org"] } else { &["mx1.example.org", "mx2.example.org"] };
            let failed = if old && day >= MOVE { sessions(random, 21.0) } else { 0 };
            let passed = if old && day >= MOVE { 0 } else { sessions(random, 64.0) };
            sts(
                domain,
                ("enforce", max_age),
                mx,
                passed,
                failure(
                    sender,
                    "validation-failure",
                    ("192.0.2.31", "mx1.example.org"),
                    failed,
                    Some("MX_HOSTS_MISMATCH"),
                ),
            )
        }
    }
}

fn failure(
    sender: Sender,
    result_type: &'static str,
    (receiving_ip, receiving_mx_hostname): (&'static str, &'static str),
    sessions: u64,
    failure_reason_code: Option<&'static str>,
) -> Option<FailureDetails> {
    let sending_mta_ip = match sender {
        Sender::Google => "198.51.100.201",
        Sender::Microsoft => "198.51.100.231",
    };
    (sessions > 0).then_some(FailureDetails {
        result_type,
        sending_mta_ip,
        receiving_ip,
        receiving_mx_hostname,
        failed_session_count: sessions,
        failure_reason_code,
    })
}

fn sts(
    domain: &'static str,
    (mode, max_age): (&str, u32),
    mx: &[&'static str],
    successful: u64,
    failure: Option<FailureDetails>,
) -> PolicyEntry {
    let mut policy_string = vec!["version: STSv1".to_owned(), format!("mode: {mode}")];
    policy_string.extend(mx.iter().map(|host| format!("mx: {host}")));
    policy_string.push(format!("max_age: {max_age}"));
    PolicyEntry {
        policy: Policy {
            policy_type: "sts",
            policy_string,
            policy_domain: domain,
            mx_host: mx.to_vec(),
        },
        summary: Summary {
            total_successful_session_count: successful,
            total_failure_session_count: failure.as_ref().map_or(0, |f| f.failed_session_count),
        },
        failure_details: failure.into_iter().collect(),
    }
}

impl Report {
    pub fn begin(&self) -> i64 {
        FIRST_DAY + self.day * DAY
    }

    /// The last second of the day.
    pub fn end(&self) -> i64 {
        self.begin() + DAY - 1
    }

    /// When its mail was sent.
    pub fn sent(&self) -> i64 {
        self.begin() + DAY + 9_000
    }

    /// `sender!domain!begin!end!unique.extension` (RFC 8460 §5.1).
    pub fn file_name(&self, extension: &str) -> String {
        let unique = match self.sender {
            Sender::Google => "001",
            Sender::Microsoft => self.id.split('+').next().unwrap_or_default(),
        };
        let (sender, domain) = (self.sender.domain(), self.domain);
        format!("{sender}!{domain}!{}!{}!{unique}.{extension}", self.begin(), self.end())
    }

    pub fn json(&self) -> serde_json::Result<String> {
        serde_json::to_string(&self.document)
    }
}
