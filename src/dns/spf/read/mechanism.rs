//! The value of each mechanism (RFC 7208 §5).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::domain;
use crate::base::Network;
use crate::dns::kind::Kind;
use crate::dns::message::Message;
use crate::dns::spf::{Hosts, Mechanism};

/// A mechanism as it was meant, if that can be told, and what is wrong with it.
#[derive(Debug, Default)]
pub(super) struct Parsed {
    pub mechanism: Option<Mechanism>,
    pub found: Vec<Message<Kind>>,
}

impl Parsed {
    fn right(mechanism: Mechanism) -> Self {
        Self { mechanism: Some(mechanism), found: Vec::new() }
    }

    fn wrong(message: Message<Kind>) -> Self {
        Self { mechanism: None, found: vec![message] }
    }

    fn with(mut self, message: Option<Message<Kind>>) -> Self {
        self.found.extend(message);
        self
    }
}

/// Checks what follows the name of a mechanism, its separator included.
pub(super) fn parse(name: &str, rest: &str) -> Parsed {
    let equals = rest.starts_with('=').then(|| Message::new(Kind::SpfEquals).arg("term", name));
    let value = rest.strip_prefix([':', '=']);
    let parsed = match name {
        "all" => {
            let extra = Message::new(Kind::SpfValueExtra).arg("term", name);
            let extra = (!rest.is_empty()).then_some(extra);
            return Parsed::right(Mechanism::All).with(extra);
        }
        "include" => needed(name, value, Mechanism::Include),
        "exists" => needed(name, value, Mechanism::Exists),
        "ptr" => match value {
            None => Parsed::right(Mechanism::Ptr(None)),
            Some(_) => needed(name, value, |domain| Mechanism::Ptr(Some(domain))),
        },
        "a" => hosts(name, value.is_some(), value.unwrap_or(rest), Mechanism::A),
        "mx" => hosts(name, value.is_some(), value.unwrap_or(rest), Mechanism::Mx),
        // ip4, ip6
        _ => address(name, value.unwrap_or_default()),
    };
    parsed.with(equals)
}

/// A mechanism that is nothing without its domain.
fn needed(name: &str, value: Option<&str>, make: impl Fn(String) -> Mechanism) -> Parsed {
    let domain = value.unwrap_or_default();
    match domain::fault(name, domain) {
        Some(message) => Parsed::wrong(message),
        None => Parsed::right(make(domain.to_owned())),
    }
}

/// `a` and `mx`: perhaps a domain, perhaps `/24`, `//64` or `/24//64`.
fn hosts(name: &str, named: bool, value: &str, make: impl Fn(Hosts) -> Mechanism) -> Parsed {
    let (domain, lengths) = value.split_at(value.find('/').unwrap_or(value.len()));
    if named && let Some(message) = domain::fault(name, domain) {
        return Parsed::wrong(message);
    }
    let (v4, v6) = match lengths.split_once("//") {
        Some((v4, v6)) => (v4, Some(v6)),
        None => (lengths, None),
    };
    let v4 = (!v4.is_empty()).then(|| v4.strip_prefix('/').and_then(|text| prefix(text, 32)));
    let v6 = v6.map(|text| prefix(text, 128));
    if v4 == Some(None) || v6 == Some(None) {
        return Parsed::wrong(Message::new(Kind::SpfPrefix).arg("found", lengths));
    }
    let domain = named.then(|| domain.to_owned());
    Parsed::right(make(Hosts { domain, v4: v4.flatten(), v6: v6.flatten() }))
}

/// `ip4` and `ip6`.
fn address(name: &str, value: &str) -> Parsed {
    if value.is_empty() {
        return Parsed::wrong(Message::new(Kind::SpfValueMissing).arg("term", name));
    }
    let (text, length) = match value.split_once('/') {
        Some((text, length)) => (text, Some(length)),
        None => (value, None),
    };
    let Ok(address) = text.trim_matches(['[', ']']).parse::<IpAddr>() else {
        return Parsed::wrong(Message::new(Kind::SpfAddress).arg("found", value));
    };
    let bracketed = text.starts_with('[') || text.ends_with(']');
    let bracketed = bracketed.then(|| Message::new(Kind::SpfAddress).arg("found", value));
    let width = Network::width(address);
    let (prefix, wrong) = match length {
        None => (width, None),
        Some(length) => {
            let found = || Some(Message::new(Kind::SpfPrefix).arg("found", length));
            match (prefix(length, width), netmask(length, address)) {
                (Some(prefix), _) => (prefix, None),
                (None, Some(prefix)) => (prefix, found()),
                (None, None) => {
                    return Parsed::wrong(Message::new(Kind::SpfPrefix).arg("found", length));
                }
            }
        }
    };
    let right_name = if address.is_ipv4() { "ip4" } else { "ip6" };
    let family = (right_name != name)
        .then(|| Message::new(Kind::SpfAddressFamily).arg("found", value).arg("term", right_name));
    let network = Network { address, prefix };
    Parsed::right(Mechanism::Ip(network))
        .with(bracketed)
        .with(wrong)
        .with(family)
        .with(doubt(network))
}

/// A network that is right in form, but hardly what was meant.
fn doubt(network: Network) -> Option<Message<Kind>> {
    /// 16 million addresses of IPv4; of IPv6 more than a registry gives to one provider.
    const WIDE: (u8, u8) = (8, 16);
    let wide = if network.address.is_ipv4() { WIDE.0 } else { WIDE.1 };
    let found = |kind| Message::new(kind).arg("found", network);
    if network.is_private() {
        Some(found(Kind::SpfPrivate))
    } else if network.prefix <= wide {
        Some(found(Kind::SpfWide))
    } else if network != network.masked() {
        Some(found(Kind::SpfHostBits).arg("network", network.masked()))
    } else {
        None
    }
}

/// RFC 7208 §5.6: a number without leading zeros.
fn prefix(text: &str, most: u8) -> Option<u8> {
    let plain = text.bytes().all(|b| b.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    plain.then(|| text.parse().ok()).flatten().filter(|prefix| *prefix <= most)
}

/// The prefix that a mask such as `255.255.255.0` stands for.
fn netmask(text: &str, address: IpAddr) -> Option<u8> {
    let ones = match address {
        IpAddr::V4(_) => {
            let mask = text.parse::<Ipv4Addr>().ok()?.to_bits();
            (mask.leading_ones() == mask.count_ones()).then_some(mask.count_ones())
        }
        IpAddr::V6(_) => {
            let mask = text.parse::<Ipv6Addr>().ok()?.to_bits();
            (mask.leading_ones() == mask.count_ones()).then_some(mask.count_ones())
        }
    }?;
    u8::try_from(ones).ok()
}

/// An address or network that stands without its mechanism.
pub(super) fn bare_network(text: &str) -> Option<Mechanism> {
    let bare = text.split('/').next()?;
    let name = if bare.parse::<Ipv4Addr>().is_ok() {
        "ip4"
    } else if bare.parse::<Ipv6Addr>().is_ok() {
        "ip6"
    } else {
        return None;
    };
    address(name, text).mechanism
}
