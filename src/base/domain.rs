//! Domain names as reports state them, and as they are compared.

use std::net::IpAddr;

use super::lower_case;

/// Octets of a name without the dot at its end (RFC 1035 §2.3.4).
const LONGEST: usize = 253;

/// The name in the one form in which equal names are equal texts: lower case,
/// A-labels, no dot at the end. `None` where there is no name, or none that DNS
/// could hold, or several.
///
/// Of a mail address, which some reporters put in a domain's place, it is the
/// domain. U-labels are lowered and encoded (RFC 3492) without the mappings of
/// UTS #46, which needs tables larger than all else here: a name that is not in
/// Unicode's form C, which nobody sends, stays another name.
pub fn comparable(text: &str) -> Option<String> {
    let name = text.rsplit('@').next().unwrap_or_default();
    let name = name.trim_matches(|c: char| c.is_whitespace() || matches!(c, '<' | '>'));
    if name.contains(|c: char| c.is_whitespace() || c == ',') {
        return None; // several
    }
    let mut to = String::with_capacity(name.len());
    // Besides the dot, IDNA knows three more that keyboards yield (RFC 3490 §3.1).
    for label in name.split(['.', '\u{3002}', '\u{ff0e}', '\u{ff61}']) {
        if label.is_ascii() {
            to.push_str(&label.to_ascii_lowercase());
        } else if label.len() < LONGEST {
            to.push_str("xn--");
            to.push_str(&punycode::encode(&lower_case(label)).ok()?);
        } else {
            return None;
        }
        to.push('.');
    }
    to.truncate(to.trim_end_matches('.').len());
    (1..=LONGEST).contains(&to.len()).then_some(to)
}

/// Whether a comparable name is an address: as it is, or as mail writes it
/// (RFC 5321 §4.1.3).
pub fn is_address(name: &str) -> bool {
    let bare = name.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(name);
    bare.strip_prefix("ipv6:").unwrap_or(bare).parse::<IpAddr>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name() {
        for (stated, name) in [
            ("Example.COM", "example.com"),
            ("example.com.", "example.com"),
            (" example.com\r\n", "example.com"),
            ("<bounce@Example.com>", "example.com"),
            ("BÜCHER.example", "xn--bcher-kva.example"),
            ("XN--Bcher-KVA.example", "xn--bcher-kva.example"),
            ("例え。テスト", "xn--r8jz45g.xn--zckzah"),
            ("[192.0.2.1]", "[192.0.2.1]"),
            ("_x.a-b.test", "_x.a-b.test"),
        ] {
            assert_eq!(comparable(stated).as_deref(), Some(name), "{stated}");
        }
    }

    #[test]
    fn what_is_no_name() {
        let long = "a.".repeat(150);
        let wide = "é".repeat(150);
        for text in ["", ".", " ", "<>", "user@", "a.test, b.test", "a.test b.test", &long, &wide] {
            assert_eq!(comparable(text), None, "{text}");
        }
    }

    #[test]
    fn addresses() {
        for name in ["192.0.2.1", "[192.0.2.1]", "[ipv6:2001:db8::1]", "2001:db8::1"] {
            assert!(is_address(name), "{name}");
        }
        assert!(!is_address("1.example") && !is_address("[]") && !is_address("a[192.0.2.1]"));
    }
}
