//! The first mailbox in a list of addresses (RFC 5322 §3.4).

use super::{text, unfolded};
use crate::base::Decode;

/// `Name <address>`, or what there is of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mailbox {
    pub name: Option<String>,
    pub address: Option<String>,
}

/// The first mailbox of a value. A word without `@` is a name.
pub fn mailbox(value: &str, decode: Decode) -> Mailbox {
    let Pieces { words, comment, address } = pieces(&unfolded(value));
    let (name, address) = match address {
        Some(address) if words.trim().is_empty() => (comment, address),
        Some(address) => (words, address),
        None if words.contains('@') => (comment, words),
        None => (words, String::new()),
    };
    let stated = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    Mailbox { name: stated(&text(&name, decode)), address: stated(&address) }
}

/// The domain of an address, with or without a name and angle brackets.
pub fn domain_of(address: &str) -> Option<&str> {
    let (_, domain) = address.rsplit_once('@')?;
    let is_end = |letter: char| letter.is_whitespace() || ">(),;".contains(letter);
    let domain = domain.get(..domain.find(is_end).unwrap_or(domain.len()))?;
    (!domain.is_empty()).then_some(domain)
}

/// What stands outside of everything, in parentheses, and in angle brackets.
#[derive(Default)]
struct Pieces {
    words: String,
    comment: String,
    address: Option<String>,
}

fn pieces(value: &str) -> Pieces {
    let mut pieces = Pieces::default();
    let mut depth = 0_usize; // of comments, which nest
    let (mut quoted, mut in_literal) = (false, false);
    let mut rest = value.chars();
    while let Some(mut c) = rest.next() {
        let is_escaped = c == '\\' && (quoted || depth > 0);
        if is_escaped {
            c = rest.next().unwrap_or(c);
        }
        match c {
            // One that nothing closes is passed over.
            '"' if !is_escaped && depth == 0 => quoted = !quoted && rest.as_str().contains('"'),
            '(' if !is_escaped && !quoted => depth += 1,
            ')' if !is_escaped && depth > 0 => depth -= 1,
            _ if depth > 0 => pieces.comment.push(c),
            _ if quoted => pieces.words.push(c),
            '<' => {
                let rest = rest.as_str();
                let address = rest.split_once('>').map_or(rest, |(address, _)| address);
                pieces.address = Some(address.to_owned());
                break;
            }
            '[' | ']' => {
                in_literal = c == '[';
                pieces.words.push(c);
            }
            // The name of a group.
            ':' if !in_literal => pieces.words.clear(),
            ',' | ';' if pieces.words.trim().is_empty() => {}
            ',' | ';' => break,
            _ => pieces.words.push(c),
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::context::decode_natively;

    #[test]
    fn a_domain_is_nothing_but_that() {
        for (address, domain) in [
            ("A <a@example.com>", Some("example.com")),
            ("<a@b@[IPv6:2001:db8::1]> ", Some("[IPv6:2001:db8::1]")),
            ("a@example.com (A B)", Some("example.com")),
            ("a@ example.com", None),
            ("A", None),
        ] {
            assert_eq!(domain_of(address), domain, "{address}");
        }
    }

    #[test]
    fn the_first_of_a_list() {
        for (value, name, address) in [
            ("a@example.com", "", "a@example.com"),
            (" <a@example.com>\r\n", "", "a@example.com"),
            ("A B <a@example.com>, c@example.com", "A B", "a@example.com"),
            ("\"B, \\\"A\\\" <x>\"\r\n <a@example.com>", "B, \"A\" <x>", "a@example.com"),
            ("a@example.com (A (B) C), d", "A B C", "a@example.com"),
            ("(x\\)y) <a@example.com>", "x)y", "a@example.com"),
            ("=?utf-8?Q?=C3=89?= B <a@example.com>", "É B", "a@example.com"),
            ("Group: , a@example.com, b@example.com;", "", "a@example.com"),
            ("a@[IPv6:2001:db8::1]", "", "a@[IPv6:2001:db8::1]"),
            ("postmaster", "postmaster", ""),
            ("A <a@example.com", "A", "a@example.com"),
            ("\"A <a@example.com>", "A", "a@example.com"),
            ("<>", "", ""),
            ("", "", ""),
        ] {
            let Mailbox { name: n, address: a } = mailbox(value, decode_natively);
            assert_eq!(
                (n.unwrap_or_default(), a.unwrap_or_default()),
                (name.into(), address.into()),
                "{value}"
            );
        }
    }
}
