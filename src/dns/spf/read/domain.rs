//! Domains in terms, which may have macros (RFC 7208 §7.1).

use crate::dns::kind::Kind;
use crate::dns::message::Message;
use crate::dns::name::is_domain;

/// What is wrong with the domain of a term.
pub(super) fn fault(term: &str, domain: &str) -> Option<Message<Kind>> {
    if domain.is_empty() {
        return Some(Message::new(Kind::SpfValueMissing).arg("term", term));
    }
    if !domain.contains('%') {
        let name = domain.strip_suffix('.').unwrap_or(domain);
        let is_right = is_domain(name) && name.contains('.');
        return (!is_right).then(|| Message::new(Kind::SpfDomain).arg("found", domain));
    }
    let ends_right =
        domain.ends_with('}') || domain.rsplit_once('.').is_some_and(|(_, label)| is_domain(label));
    match (is_macro_string(domain), ends_right) {
        (false, _) => Some(Message::new(Kind::SpfMacro).arg("found", domain)),
        (true, false) => Some(Message::new(Kind::SpfDomain).arg("found", domain)),
        (true, true) => None,
    }
}

/// Visible ASCII, in which every `%` begins a macro.
pub(super) fn is_macro_string(text: &str) -> bool {
    let mut pieces = text.split('%');
    let visible = text.bytes().all(|b| b.is_ascii_graphic());
    let _before = pieces.next();
    let mut literal = false;
    visible
        && pieces.all(|piece| {
            // The second of `%%`: it has begun nothing.
            if std::mem::replace(&mut literal, false) {
                return true;
            }
            match piece.chars().next() {
                None => {
                    literal = true;
                    true
                }
                Some('_' | '-') => true,
                Some('{') => piece[1..].split_once('}').is_some_and(|(inside, _)| is_macro(inside)),
                Some(_) => false,
            }
        })
        && !literal
}

/// What stands in braces: a letter, how many labels, whether reversed, which separators.
fn is_macro(inside: &str) -> bool {
    let mut characters = inside.chars();
    let letter = characters.next().is_some_and(|c| "slodiphcrtv".contains(c.to_ascii_lowercase()));
    let rest = characters.as_str().trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = rest.strip_prefix(['r', 'R']).unwrap_or(rest);
    letter && rest.chars().all(|c| ".-+,/_=".contains(c))
}

#[cfg(test)]
mod tests {
    use super::{Kind, fault, is_macro_string};

    #[test]
    fn macros() {
        for (text, right) in [
            ("%{i}._spf.%{d2}", true),
            ("%{ir}.%{v}.example.com", true),
            ("100%%.example.com", true),
            ("%%%{d}", true),
            ("%{d}%", false),
            ("%(ir).example.com", false),
            ("%{x}.example.com", false),
            ("%{d", false),
            ("a b", false),
        ] {
            assert_eq!(is_macro_string(text), right, "{text}");
        }
    }

    #[test]
    fn domains() {
        for (text, kind) in [
            ("example.com", None),
            ("_spf.example.com.", None),
            ("%{d}", None),
            ("%{i}.example.com", None),
            ("", Some(Kind::SpfValueMissing)),
            ("example", Some(Kind::SpfDomain)),
            ("https://example.com", Some(Kind::SpfDomain)),
            ("me@example.com", Some(Kind::SpfDomain)),
            ("%{i}.exa mple", Some(Kind::SpfMacro)),
        ] {
            assert_eq!(fault("include", text).map(|message| message.code), kind, "{text}");
        }
    }
}
