//! Domain and host names: their syntax, and how they compare.

use crate::base::domain::is_address;

/// In lower case and without a dot at the end, as names in DNS are compared. (What people
/// and reports state for a name is first read by
/// [`comparable`](crate::base::domain::comparable), which knows other letters and addresses.)
pub fn normal(name: &str) -> String {
    name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase()
}

/// A host name in A-labels, as RFC 5321 §4.1.2 has it: letters, digits and inner
/// hyphens. No top-level domain is a number (RFC 3696 §2).
pub fn is_host(name: &str) -> bool {
    let top = name.rsplit('.').next().unwrap_or_default();
    is_made_of(name, |label| {
        label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    }) && !top.bytes().all(|b| b.is_ascii_digit())
}

/// A name that DNS can be asked for and a shell cannot misread: a host name, or one
/// with underscores, such as `_dmarc.example.com`.
pub fn is_domain(name: &str) -> bool {
    is_made_of(name, |label| {
        label.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
            && !label.starts_with('-')
    }) && !looks_like_address(name)
}

/// 1 to 253 octets in labels of 1 to 63 (RFC 1035 §2.3.4), each one right.
fn is_made_of(name: &str, right: impl Fn(&str) -> bool) -> bool {
    (1..=253).contains(&name.len())
        && name.split('.').all(|label| (1..=63).contains(&label.len()) && right(label))
}

/// An IP address in any spelling, or four numbers that were meant as one.
pub(super) fn looks_like_address(text: &str) -> bool {
    let is_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let bare = text.trim_start_matches('[').trim_end_matches(']');
    is_address(&text.to_ascii_lowercase())
        || (bare.split('.').count() == 4 && bare.split('.').all(is_digits))
}

/// Whether `name` is `ancestor` or lies below it.
pub fn is_within(name: &str, ancestor: &str) -> bool {
    let (name, ancestor) = (normal(name), normal(ancestor));
    name.strip_suffix(ancestor.as_str()).is_some_and(|left| left.is_empty() || left.ends_with('.'))
}

/// Whether two names are one, or one lies below the other.
pub fn are_nested(one: &str, other: &str) -> bool {
    is_within(one, other) || is_within(other, one)
}

/// Finds the Organizational Domain of a name, by the public-suffix list; `None` where it
/// cannot.
pub type Organization<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Whether two domains have the same owner, so that one may receive reports for the
/// other (RFC 9990 §4). Where `organization` does not tell, only a domain and its subdomains
/// agree.
pub fn same_organization(a: &str, b: &str, organization: Organization<'_>) -> bool {
    match (organization(&normal(a)), organization(&normal(b))) {
        (Some(a), Some(b)) => normal(&a) == normal(&b),
        _ => are_nested(a, b),
    }
}

#[cfg(test)]
mod tests {
    use super::{are_nested, is_domain, is_host, is_within, same_organization};

    #[test]
    fn names_within_one_another() {
        for (one, other, expected) in [
            ("example.com", "example.com", true),
            ("mail.example.com", "example.com", true),
            ("example.com", "a.b.example.com", true),
            ("badexample.com", "example.com", false),
            ("a.example.com", "b.example.com", false),
        ] {
            assert_eq!(are_nested(one, other), expected, "{one} {other}");
        }
    }

    #[test]
    fn syntax() {
        for (name, host, domain) in [
            ("mail.example.com", true, true),
            ("_dmarc.example.com", false, true),
            ("xn--bcher-kva.example", true, true),
            ("-mail.example.com", false, false),
            ("mail..example.com", false, false),
            ("example.com.", false, false),
            ("192.0.2.1", false, false),
            ("999.0.2.1", false, false),
            ("mail.604800", false, true),
            ("bücher.example", false, false),
            ("a;rm.example", false, false),
            ("", false, false),
        ] {
            assert_eq!((is_host(name), is_domain(name)), (host, domain), "{name}");
        }
        assert!(!is_host(&format!("{}.example", "a".repeat(64))));
        assert!(!is_host(&"abc.".repeat(70)));
    }

    #[test]
    fn owners() {
        assert!(is_within("Mail.Example.com.", "example.com"));
        assert!(!is_within("notexample.com", "example.com"));
        let list = |name: &str| name.ends_with("example.com").then(|| "example.com".to_owned());
        assert!(same_organization("a.example.com", "b.example.com", &list));
        assert!(!same_organization("a.example.com", "b.example.net", &list));
        assert!(same_organization("a.example.net", "example.net", &|_| None));
    }
}
