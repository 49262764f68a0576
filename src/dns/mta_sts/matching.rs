//! Which mail servers a policy covers (RFC 8461 §4.1).

use crate::dns::name::normal;

/// Whether an mx pattern matches a host name: the same name, or a star for exactly
/// one whole left-most label. Letter case and a final dot do not matter.
pub fn matches(pattern: &str, host: &str) -> bool {
    let (pattern, host) = (normal(pattern), normal(host));
    match pattern.strip_prefix("*.") {
        Some(parent) => host.split_once('.').is_some_and(|(_, rest)| rest == parent),
        None => pattern == host,
    }
}

/// The hosts that no pattern matches: a sender that enforces the policy delivers to none of them.
pub fn uncovered<'a>(patterns: &[String], hosts: &'a [String]) -> Vec<&'a str> {
    hosts
        .iter()
        .map(String::as_str)
        .filter(|host| !patterns.iter().any(|pattern| matches(pattern, host)))
        .collect()
}

/// The patterns that match none of the hosts.
pub fn unused<'a>(patterns: &'a [String], hosts: &[String]) -> Vec<&'a str> {
    patterns
        .iter()
        .map(String::as_str)
        .filter(|pattern| !hosts.iter().any(|host| matches(pattern, host)))
        .collect()
}

/// Patterns that cover the hosts: their names, or one wildcard for those with a
/// common parent where they are more than a person would keep up to date.
pub fn suggest(hosts: &[String]) -> Vec<String> {
    /// Providers with more servers than this under one name change them unasked.
    const NAMED: usize = 4;
    let mut names: Vec<String> = hosts.iter().map(|host| normal(host)).collect();
    names.sort_unstable();
    names.dedup();
    let mut patterns: Vec<String> = names
        .iter()
        .map(|name| match name.split_once('.') {
            // A wildcard right above a top-level domain would cover strangers.
            Some((_, parent)) if parent.contains('.') && siblings(&names, parent) > NAMED => {
                format!("*.{parent}")
            }
            _ => name.clone(),
        })
        .collect();
    patterns.sort_unstable();
    patterns.dedup();
    patterns
}

fn siblings(names: &[String], parent: &str) -> usize {
    names
        .iter()
        .filter(|name| name.split_once('.').is_some_and(|(_, above)| above == parent))
        .count()
}

#[cfg(test)]
mod tests {
    use super::{matches, suggest};

    #[test]
    fn a_star_is_one_label() {
        for (pattern, host, expected) in [
            ("*.example.com", "mail.example.com", true),
            ("*.example.com", "example.com", false),
            ("*.example.com", "a.b.example.com", false),
            ("*.example.com", "mail.notexample.com", false),
            ("mail.example.com", "MAIL.example.com.", true),
            ("mail.example.com", "mail2.example.com", false),
            ("*", "com", false),
            ("m*.example.com", "mail.example.com", false),
        ] {
            assert_eq!(matches(pattern, host), expected, "{pattern} {host}");
        }
    }

    #[test]
    fn suggests_names_or_a_wildcard() {
        let hosts =
            |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        assert_eq!(
            suggest(&hosts(&["MX1.example.com.", "mx1.example.com", "mx2.example.net"])),
            ["mx1.example.com", "mx2.example.net"]
        );
        let many: Vec<String> = (1..=5).map(|n| format!("alt{n}.mx.example.com")).collect();
        assert_eq!(suggest(&many), ["*.mx.example.com"]);
        let wide: Vec<String> = (1..=5).map(|n| format!("alt{n}.example")).collect();
        assert_eq!(suggest(&wide).len(), 5);
    }
}
