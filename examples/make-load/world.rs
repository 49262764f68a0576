//! Who reports, who sends, and from where: what the records of all reports are drawn from.

use std::net::{Ipv4Addr, Ipv6Addr};

use crate::random::Random;

/// Distinct addresses that send. A few of them send most of it.
const SOURCES: usize = 20_000;

/// Hosts that mail is forged on.
const FORGERS: usize = 40;

/// What a sender is, which decides how its mail fares.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Own,
    Service,
    Forwarder,
    Forger,
}

pub struct Source {
    pub address: String,
    pub kind: Kind,
    /// The domain that it signs and bounces with, where that is not the author's.
    pub domain: String,
}

/// How a reporter writes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// With a hint where to ask.
    Long,
    /// With `envelope_to` and namespaces that nothing uses.
    Schema,
    /// Without `version`, and often without selectors.
    Terse,
    Plain,
}

pub struct Reporter {
    pub name: &'static str,
    pub email: &'static str,
    pub host: &'static str,
    pub style: Style,
    /// How many of a hundred reports are theirs.
    weight: usize,
}

const fn reporter(
    name: &'static str,
    email: &'static str,
    host: &'static str,
    style: Style,
    weight: usize,
) -> Reporter {
    Reporter { name, email, host, style, weight }
}

const REPORTERS: [Reporter; 8] = [
    reporter("alpha.example", "noreply@alpha.example", "alpha.example", Style::Long, 30),
    reporter("Beta Outlook", "dmarc@beta.example", "protection.beta.example", Style::Schema, 28),
    reporter("Gamma", "dmarchelp@gamma.example", "gamma.example", Style::Terse, 14),
    reporter("DELTA-SES", "postmaster@delta.example", "delta.example", Style::Plain, 8),
    reporter("epsilon.example", "dmarc@epsilon.example", "epsilon.example", Style::Terse, 6),
    reporter("Zeta Pty Ltd", "dmarc@zeta.example", "zeta.example", Style::Plain, 6),
    reporter("Eta &amp; Sons", "dmarc@eta.example", "eta.example", Style::Plain, 4),
    reporter("Theta a.s.", "abuse@theta.example", "theta.example", Style::Plain, 4),
];

pub const DOMAINS: [&str; 6] = [
    "example.com",
    "example.org",
    "example.net",
    "mail.example.com",
    "brand-a.test",
    "brand-b.test",
];

pub struct World {
    pub sources: Vec<Source>,
    /// For each source, the share of all mail that it and those before it send.
    shares: Vec<f64>,
}

impl World {
    pub fn new(random: &mut Random) -> Self {
        let sources: Vec<_> = (0..SOURCES).map(|_| source(random)).collect();
        let mut sum = 0.0;
        let shares: Vec<f64> = (1..=SOURCES)
            .map(|rank| {
                sum += (rank as f64).powf(-1.05);
                sum
            })
            .collect();
        Self { sources, shares: shares.into_iter().map(|share| share / sum).collect() }
    }

    pub fn source(&self, random: &mut Random) -> &Source {
        let at = random.fraction();
        let rank = self.shares.partition_point(|share| *share < at);
        &self.sources[rank.min(self.sources.len() - 1)]
    }

    pub fn reporter(&self, random: &mut Random) -> &'static Reporter {
        let mut at = random.below(100);
        for reporter in &REPORTERS {
            if at < reporter.weight {
                return reporter;
            }
            at -= reporter.weight;
        }
        &REPORTERS[0]
    }
}

fn source(random: &mut Random) -> Source {
    let address = match random.below(100) {
        // 198.18.0.0/15 is for benchmarks (RFC 2544).
        0..78 => Ipv4Addr::from_bits(0xc612_0000 + random.below(1 << 17) as u32).to_string(),
        _ => {
            let host = random.below(0x100) as u128;
            let net = random.below(0x400) as u128;
            Ipv6Addr::from_bits(0x2001_0db8 << 96 | net << 80 | host << 16 | 1).to_string()
        }
    };
    let (kind, domain) = match random.below(100) {
        0..40 => (Kind::Own, String::new()),
        40..75 => (Kind::Service, format!("service{}.example", random.below(11))),
        75..85 => (Kind::Forwarder, format!("list{}.example", random.below(6))),
        _ => (Kind::Forger, format!("host{}.invalid", random.below(FORGERS))),
    };
    Source { address, kind, domain }
}
