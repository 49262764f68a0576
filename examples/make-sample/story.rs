//! The story: who sends as which domain, who reports, and which policy was published when.

use std::ops::Range;

/// 2026-09-07, a Monday, in Unix seconds: day 0.
pub const FIRST_DAY: i64 = 1_788_739_200;
/// Six weeks.
pub const DAYS: i64 = 42;

/// The policy of a domain from some day on.
#[derive(Clone, Copy)]
pub struct Policy {
    pub p: &'static str,
    pub sp: &'static str,
    pub np: &'static str,
}

/// A domain with what its reporters see of it.
pub struct Domain {
    pub name: &'static str,
    /// Policies with the day of their first report, in order.
    pub policies: &'static [(i64, Policy)],
    pub streams: &'static [Stream],
}

impl Domain {
    pub fn policy(&self, day: i64) -> Policy {
        let (mut current, rest) = (self.policies[0].1, &self.policies[1..]);
        for (since, policy) in rest {
            if *since <= day {
                current = *policy;
            }
        }
        current
    }
}

/// Where a stream's mail comes from.
pub enum Net {
    Hosts(&'static [&'static str]),
    /// `prefix` and a last octet of this range, a few of them each day.
    Wave(&'static str, Range<u8>),
}

/// Mail of one kind from one sender.
pub struct Stream {
    pub net: Net,
    pub header_from: &'static str,
    pub envelope_from: &'static str,
    /// Raw result for the domain of the envelope.
    pub spf: &'static str,
    /// Raw results: domain, selector, result.
    pub dkim: &'static [(&'static str, &'static str, &'static str)],
    /// What is aligned and passes: DKIM, SPF.
    pub aligned: (bool, bool),
    /// The receiver spares it in spite of the policy.
    pub reason: Option<Reason>,
    /// Messages on a working day, on a day of the weekend, and more on Tuesdays.
    pub volume: [f64; 3],
    pub days: Range<i64>,
}

#[derive(Clone, Copy)]
pub enum Reason {
    MailingList,
}

const ALWAYS: Range<i64> = 0..DAYS;
/// 5 to 9 October.
const WAVE: Range<i64> = 28..33;

/// Mail that is sent, signed and aligned as it should be.
const fn sound(
    hosts: &'static [&'static str],
    domain: &'static str,
    envelope_from: &'static str,
    dkim: &'static [(&'static str, &'static str, &'static str)],
    volume: [f64; 3],
) -> Stream {
    Stream {
        net: Net::Hosts(hosts),
        header_from: domain,
        envelope_from,
        spf: "pass",
        dkim,
        aligned: (true, true),
        reason: None,
        volume,
        days: ALWAYS,
    }
}

/// Mail that somebody else sends in the domain's name.
const fn forged(
    net: Net,
    domain: &'static str,
    envelope_from: &'static str,
    spf: &'static str,
    volume: [f64; 3],
    days: Range<i64>,
) -> Stream {
    Stream {
        net,
        header_from: domain,
        envelope_from,
        spf,
        dkim: &[],
        aligned: (false, false),
        reason: None,
        volume,
        days,
    }
}

/// A forwarder that rewrites the envelope: the signature survives.
const fn forwarded(
    domain: &'static str,
    dkim: &'static [(&'static str, &'static str, &'static str)],
    volume: [f64; 3],
) -> Stream {
    Stream {
        net: Net::Hosts(&["203.0.113.25", "2001:db8:f0::25"]),
        header_from: domain,
        envelope_from: "alumni.test",
        spf: "pass",
        dkim,
        aligned: (true, false),
        reason: None,
        volume,
        days: ALWAYS,
    }
}

const NONE: Policy = Policy { p: "none", sp: "none", np: "none" };
const QUARANTINE: Policy = Policy { p: "quarantine", sp: "quarantine", np: "reject" };
const REJECT: Policy = Policy { p: "reject", sp: "reject", np: "reject" };

pub const DOMAINS: &[Domain] = &[
    Domain {
        name: "example.com",
        policies: &[(0, NONE)],
        streams: &[
            sound(
                &["192.0.2.10", "192.0.2.11", "2001:db8:10::25"],
                "example.com",
                "example.com",
                &[("example.com", "mail2026", "pass")],
                [1_900.0, 420.0, 0.0],
            ),
            sound(
                &["192.0.2.40"],
                "shop.example.com",
                "shop.example.com",
                &[("shop.example.com", "shop1", "pass")],
                [260.0, 340.0, 0.0],
            ),
            // Sendwell: passes SPF and DKIM, but for its own domains.
            Stream {
                net: Net::Hosts(&[
                    "198.51.100.20",
                    "198.51.100.21",
                    "198.51.100.22",
                    "198.51.100.23",
                ]),
                header_from: "example.com",
                envelope_from: "bounce.sendwell.test",
                spf: "pass",
                dkim: &[("sendwell.test", "sw1", "pass")],
                aligned: (false, false),
                reason: None,
                volume: [380.0, 60.0, 3_600.0],
                days: ALWAYS,
            },
            forwarded("example.com", &[("example.com", "mail2026", "pass")], [52.0, 12.0, 0.0]),
            // A mailing list that changes subjects: the author's signature breaks.
            Stream {
                net: Net::Hosts(&["198.51.100.90"]),
                header_from: "example.com",
                envelope_from: "lists.test",
                spf: "pass",
                dkim: &[("example.com", "mail2026", "fail"), ("lists.test", "l1", "pass")],
                aligned: (false, false),
                reason: Some(Reason::MailingList),
                volume: [24.0, 4.0, 0.0],
                days: ALWAYS,
            },
            // The ticket system: no signature, and nobody listed it in SPF.
            Stream {
                net: Net::Hosts(&["192.0.2.77"]),
                header_from: "example.com",
                envelope_from: "example.com",
                spf: "softfail",
                dkim: &[],
                aligned: (false, false),
                reason: None,
                volume: [36.0, 6.0, 0.0],
                days: ALWAYS,
            },
            forged(
                Net::Wave("203.0.113", 128..188),
                "example.com",
                "prize-desk.test",
                "pass",
                [1_300.0, 0.0, 0.0],
                WAVE,
            ),
        ],
    },
    Domain {
        name: "example.net",
        policies: &[(0, NONE), (21, QUARANTINE)],
        streams: &[
            sound(
                &["192.0.2.20", "2001:db8:20::25"],
                "example.net",
                "example.net",
                &[("example.net", "k1", "pass")],
                [720.0, 180.0, 0.0],
            ),
            // A service that was set up with care: its own signature beside the domain's.
            sound(
                &["198.51.100.140", "198.51.100.141"],
                "example.net",
                "bounce.example.net",
                &[("example.net", "pl1", "pass"), ("parcel-letters.test", "a7", "pass")],
                [310.0, 90.0, 0.0],
            ),
            forwarded("example.net", &[("example.net", "k1", "pass")], [14.0, 3.0, 0.0]),
            forged(
                Net::Wave("203.0.113", 200..240),
                "example.net",
                "example.net",
                "fail",
                [3.0, 3.0, 0.0],
                ALWAYS,
            ),
        ],
    },
    Domain {
        name: "example.org",
        policies: &[(0, REJECT)],
        streams: &[
            sound(
                &["192.0.2.30"],
                "example.org",
                "example.org",
                &[("example.org", "2026a", "pass")],
                [48.0, 20.0, 0.0],
            ),
            forged(
                Net::Wave("203.0.113", 128..188),
                "example.org",
                "prize-desk.test",
                "pass",
                [900.0, 0.0, 0.0],
                WAVE,
            ),
            forged(
                Net::Wave("203.0.113", 200..240),
                "example.org",
                "example.org",
                "fail",
                [9.0, 9.0, 0.0],
                ALWAYS,
            ),
        ],
    },
];

/// Who reports: the shapes of their reports are in `aggregate.rs` and `mail.rs`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Reporter {
    Google,
    Outlook,
    EnterpriseOutlook,
    Yahoo,
    Gmx,
    MailRu,
    AmazonSes,
    KappaMail,
}

impl Reporter {
    /// With the share of the mail that each receives.
    pub const ALL: [(Self, f64); 8] = [
        (Self::Google, 0.41),
        (Self::Outlook, 0.16),
        (Self::EnterpriseOutlook, 0.21),
        (Self::Yahoo, 0.11),
        (Self::Gmx, 0.07),
        (Self::MailRu, 0.02),
        (Self::AmazonSes, 0.012),
        (Self::KappaMail, 0.008),
    ];

    /// The small ones have something to report once a week.
    pub const fn reports_on(self, day: i64) -> bool {
        match self {
            Self::MailRu => day % 7 == 3,
            Self::AmazonSes => day % 7 == 1,
            Self::KappaMail => day == 29,
            _ => true,
        }
    }

    /// `org_name`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Google => "google.com",
            Self::Outlook => "Outlook.com",
            Self::EnterpriseOutlook => "Enterprise Outlook",
            Self::Yahoo => "Yahoo",
            Self::Gmx => "GMX",
            Self::MailRu => "Mail.Ru",
            Self::AmazonSes => "AMAZON-SES",
            Self::KappaMail => "Kappa Mail",
        }
    }

    /// `email`.
    pub const fn contact(self) -> &'static str {
        match self {
            Self::Google => "noreply-dmarc-support@google.com",
            Self::Outlook | Self::EnterpriseOutlook => "dmarcreport@microsoft.com",
            Self::Yahoo => "noreply@dmarc.yahoo.com",
            Self::Gmx => "noreply-dmarc@gmx.net",
            Self::MailRu => "noreply@mail.ru",
            Self::AmazonSes => "noreply@amazonses.com",
            Self::KappaMail => "postmaster@kappa-mail.test",
        }
    }

    /// The receiver's domain in file names and subjects.
    pub const fn submitter(self) -> &'static str {
        match self {
            Self::Google => "google.com",
            Self::Outlook => "protection.outlook.com",
            Self::EnterpriseOutlook => "enterprise.protection.outlook.com",
            Self::Yahoo => "yahoo.com",
            Self::Gmx => "gmx.net",
            Self::MailRu => "mail.ru",
            Self::AmazonSes => "amazonses.com",
            Self::KappaMail => "kappa-mail.test",
        }
    }

    /// A recipient domain of it, where it states one.
    pub const fn envelope_to(self) -> Option<&'static str> {
        match self {
            Self::Outlook => Some("outlook.com"),
            Self::EnterpriseOutlook => Some("customer.test"),
            Self::Gmx => Some("gmx.net"),
            _ => None,
        }
    }
}
