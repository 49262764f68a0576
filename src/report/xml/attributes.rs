//! Attributes of a start tag, in any quoting, read when somebody asks.

use std::borrow::Cow;

use super::reference::resolve;

/// The attributes in a tag's source, one after the other.
#[derive(Clone, Debug)]
pub struct Attributes<'s> {
    rest: &'s str,
}

/// One attribute: its name with prefix, and its value with references resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute<'s> {
    pub name: &'s str,
    pub value: Cow<'s, str>,
}

impl<'s> Attributes<'s> {
    /// `source` is what stands between the tag's name and its end.
    pub(super) fn new(source: &'s str) -> Self {
        Self { rest: source }
    }
}

impl<'s> Iterator for Attributes<'s> {
    type Item = Attribute<'s>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let rest = self
                .rest
                .trim_start_matches(|c: char| c.is_ascii_whitespace() || "\"'=/".contains(c));
            if rest.is_empty() {
                self.rest = rest;
                return None;
            }
            let end =
                rest.find(|c: char| c.is_ascii_whitespace() || c == '=').unwrap_or(rest.len());
            let (name, after) = rest.split_at(end);
            let Some(value) = after.trim_start().strip_prefix('=') else {
                // A word without a value: passed over.
                self.rest = after;
                continue;
            };
            let (value, rest) = value_of(value.trim_start());
            self.rest = rest;
            return Some(Attribute { name, value: resolve(value) });
        }
    }
}

/// The value at the start, and what follows it.
fn value_of(text: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(inner) = text.strip_prefix(quote) {
            return inner.split_once(quote).unwrap_or((inner, ""));
        }
    }
    text.split_once(|c: char| c.is_ascii_whitespace()).unwrap_or((text, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, expected: &[(&str, &str)]) {
        let found: Vec<_> =
            Attributes::new(source).map(|a| (a.name, a.value.into_owned())).collect();
        let found: Vec<_> = found.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(found, expected, "{source}");
    }

    #[test]
    fn any_quoting() {
        check(r#" xmlns="urn:a" x:b = 'c > "d"'"#, &[("xmlns", "urn:a"), ("x:b", "c > \"d\"")]);
        check(" a=b c=d", &[("a", "b"), ("c", "d")]);
        check(r#" a="b"c='d' "#, &[("a", "b"), ("c", "d")]);
        check(r#" a="&lt;&#x41;&nope;&" "#, &[("a", "<A&nope;&")]);
    }

    #[test]
    fn broken_ones() {
        check(r#" lonely a="b"#, &[("a", "b")]);
        check(r#" a="b"" c="d""#, &[("a", "b"), ("c", "d")]);
        check("", &[]);
        check(" = = \" ' ", &[]);
    }
}
