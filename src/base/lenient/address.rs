//! Addresses: `192.0.2.1`, but also `192.0.2.1 (host)`, `[IPv6:2001:db8::1]`,
//! with a port, a prefix length or a zone, and IPv4 in the clothes of IPv6.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::Form;

/// The first address in a text. IPv4-mapped addresses are given as IPv4.
pub fn address(text: &str) -> Option<(IpAddr, Form)> {
    let text = text.trim();
    if let Ok(ip) = text.parse::<IpAddr>() {
        let canonical = ip.to_canonical();
        return Some((canonical, if canonical == ip { Form::Plain } else { Form::Odd }));
    }
    text.split(|c: char| c.is_whitespace() || "()[]<>{},;\"'=".contains(c))
        .find_map(bare)
        .map(|ip| (ip.to_canonical(), Form::Odd))
}

/// One address without white space or brackets around it.
fn bare(token: &str) -> Option<IpAddr> {
    let token = match token.get(..5) {
        Some(tag) if tag.eq_ignore_ascii_case("ipv6:") => &token[5..],
        _ => token,
    };
    let (token, prefix) = match token.split_once('/') {
        Some((address, length)) => (address, Some(length)),
        None => (token, None),
    };
    let token = token.split_once('%').map_or(token, |(address, _zone)| address);
    let ip = v6(token).map(IpAddr::V6).or_else(|| v4(token).map(IpAddr::V4))?;
    // A prefix that covers more than one address names a network.
    let whole = if ip.is_ipv4() { "32" } else { "128" };
    prefix.is_none_or(|length| length == whole).then_some(ip)
}

/// IPv6, except `::` alone, which is punctuation among other text.
fn v6(token: &str) -> Option<Ipv6Addr> {
    token.parse().ok().filter(|ip: &Ipv6Addr| !ip.is_unspecified())
}

/// Dotted decimal, leading zeros and a port allowed. RFC 7489's own pattern
/// allows a leading zero; nobody writes octal there.
fn v4(token: &str) -> Option<Ipv4Addr> {
    let (token, port) = token.split_once(':').unwrap_or((token, "0"));
    if port.is_empty() || !port.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let mut octets = [0_u8; 4];
    let mut parts = token.split('.');
    for octet in &mut octets {
        let part = parts.next()?;
        if part.is_empty() || part.len() > 3 || !part.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        *octet = part.parse().ok()?;
    }
    parts.next().is_none().then(|| Ipv4Addr::from(octets))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, address_text: &str, form: Form) {
        let expected = address_text.parse().expect("an address");
        assert_eq!(address(text), Some((expected, form)), "{text}");
    }

    #[test]
    fn plain_addresses() {
        check(" 192.0.2.1\r\n", "192.0.2.1", Form::Plain);
        check("2001:DB8:0:0::1", "2001:db8::1", Form::Plain);
        check("::", "::", Form::Plain);
    }

    #[test]
    fn addresses_among_other_text() {
        for text in [
            "192.0.2.1 (mail.example.com)",
            "mail.example.com [192.0.2.1]",
            "client-ip=192.0.2.1;",
            "::ffff:192.0.2.1",
            "[192.0.2.1]:25",
            "192.0.2.1:25",
            "192.0.2.1/32",
            "192.000.002.001",
            "192.0.2.1, 198.51.100.2",
        ] {
            check(text, "192.0.2.1", Form::Odd);
        }
        for text in ["[IPv6:2001:db8::1]", "2001:db8::1%eth0", "<2001:db8::1>", "2001:db8::1/128"] {
            check(text, "2001:db8::1", Form::Odd);
        }
    }

    #[test]
    fn no_address_is_made_up() {
        for text in [
            "",
            "unknown",
            "108r.166.27.220",
            "192.0.2",
            "192.0.2.256",
            "192.0.2.0/24",
            "a :: b",
            "1.2.3.4.5",
        ] {
            assert_eq!(address(text), None, "{text}");
        }
    }
}
