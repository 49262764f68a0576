//! Start tags: where they end, and what is in them.

use memchr::memchr;

use super::Attributes;
use super::{local_name, prefix};

/// A start tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tag<'s> {
    /// As written, with its prefix.
    pub name: &'s str,
    /// `<name/>`: there will be no end tag.
    pub empty: bool,
    /// It has no `>`: it was broken off by the next tag.
    pub broken: bool,
    /// The whole tag as it stands.
    pub source: &'s str,
}

impl<'s> Tag<'s> {
    /// Reads a tag from its source, which starts with `<` and a name.
    pub(super) fn new(source: &'s str, broken: bool) -> Self {
        let inner = source.strip_prefix('<').unwrap_or(source);
        let inner = inner.strip_suffix('>').unwrap_or(inner);
        let trimmed = inner.trim_end();
        let empty = !broken && trimmed.ends_with('/');
        let inner = if empty { &trimmed[..trimmed.len() - 1] } else { inner };
        let end = inner.find(|c: char| c.is_ascii_whitespace()).unwrap_or(inner.len());
        Self { name: &inner[..end], empty, broken, source }
    }

    pub fn local_name(&self) -> &'s str {
        local_name(self.name)
    }

    pub fn prefix(&self) -> &'s str {
        prefix(self.name)
    }

    /// Whether anything but the name is in it.
    pub fn has_attributes(&self) -> bool {
        self.source.len() > self.name.len() + 3
    }

    pub fn attributes(&self) -> Attributes<'s> {
        let end = self.source.len() - usize::from(self.source.ends_with('>'));
        let from = (self.name.len() + 1).min(end);
        let inner = &self.source[from..end];
        Attributes::new(if self.empty { inner.trim_end().trim_end_matches('/') } else { inner })
    }
}

/// Where a start tag ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TagEnd {
    /// Bytes up to and with its `>`.
    Closed(usize),
    /// Bytes up to the `<` that breaks it off.
    Broken(usize),
    /// Not in this text.
    Open,
}

/// Searches the end of a start tag; it can go on with more text.
///
/// A `>` within quotes is no end, but quotes are believed only so far: one
/// counts after an equals sign, and if there is a `<` inside (which XML forbids)
/// then only where something sensible follows its closing quote. Otherwise the
/// tag ends at the first `>`.
#[derive(Clone, Copy, Debug)]
pub(super) struct TagScan {
    at: usize,
    quote: Option<(u8, usize)>,
    believe_quotes: bool,
}

impl TagScan {
    /// Starts after the tag's `<`.
    pub fn new() -> Self {
        Self { at: 1, quote: None, believe_quotes: true }
    }

    /// Goes on in a text that has grown at its end; `last` if it will not grow.
    pub fn feed(&mut self, text: &[u8], last: bool) -> TagEnd {
        loop {
            if let Some((quote, opened)) = self.quote {
                let closing = text.get(self.at..).and_then(|rest| memchr(quote, rest));
                match closing.map(|at| self.at + at) {
                    Some(closed) if closed + 1 < text.len() || last => {
                        if sensible(text.get(opened + 1..closed), text.get(closed + 1)) {
                            self.at = closed + 1;
                        } else {
                            self.disbelieve(opened);
                        }
                        self.quote = None;
                    }
                    None if last => {
                        self.disbelieve(opened);
                        self.quote = None;
                    }
                    Some(closed) => {
                        self.at = closed;
                        return TagEnd::Open;
                    }
                    None => {
                        self.at = text.len();
                        return TagEnd::Open;
                    }
                }
                continue;
            }
            match text.get(self.at) {
                None if last => return TagEnd::Broken(text.len()),
                None => return TagEnd::Open,
                Some(b'>') => return TagEnd::Closed(self.at + 1),
                Some(b'<') => return TagEnd::Broken(self.at),
                Some(quote @ (b'"' | b'\''))
                    if self.believe_quotes && after_equals(text, self.at) =>
                {
                    self.quote = Some((*quote, self.at));
                    self.at += 1;
                }
                Some(_) => self.at += 1,
            }
        }
    }

    fn disbelieve(&mut self, opened: usize) {
        self.believe_quotes = false;
        self.at = opened + 1;
    }
}

/// Whether the last thing before this place is an equals sign.
fn after_equals(text: &[u8], at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    before.trim_ascii_end().last() == Some(&b'=')
}

/// Whether a quoted value and what follows it can be believed.
fn sensible(value: Option<&[u8]>, next: Option<&u8>) -> bool {
    let free_of_markup = value.is_some_and(|value| memchr(b'<', value).is_none());
    free_of_markup
        || next.is_some_and(|byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>' | b'?'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: TagEnd) {
        assert_eq!(TagScan::new().feed(text.as_bytes(), true), expected, "{text}");
        // Byte by byte.
        let mut scan = TagScan::new();
        let found = (1..=text.len())
            .map(|end| scan.feed(&text.as_bytes()[..end], end == text.len()))
            .find(|found| *found != TagEnd::Open);
        assert_eq!(found, Some(expected), "{text}");
    }

    #[test]
    fn ends_of_tags() {
        check("<a>b", TagEnd::Closed(3));
        check("<a b='>' c=\"'>\">d", TagEnd::Closed(16));
        check("<a b=\"<c>\" />", TagEnd::Closed(13));
        check("<a b=>", TagEnd::Closed(6));
    }

    #[test]
    fn broken_tags() {
        check("<a <b>", TagEnd::Broken(3));
        check("<a b", TagEnd::Broken(4));
        check("<a \"b>c\">", TagEnd::Closed(6));
        check("<a b=\"c><d e=\"f\">", TagEnd::Closed(8));
        check("<a b=\"c> d", TagEnd::Closed(8));
        check("<a b='c <d>", TagEnd::Broken(8));
    }

    #[test]
    fn parts_of_tags() {
        let tag = Tag::new("<x:a b='1' / >", false);
        assert_eq!((tag.local_name(), tag.prefix(), tag.empty), ("a", "x", true));
        assert_eq!(tag.attributes().count(), 1);
        let tag = Tag::new("<a/>", false);
        assert_eq!((tag.name, tag.empty, tag.has_attributes()), ("a", true, false));
        assert_eq!(Tag::new("<a ", true).name, "a");
        assert_eq!(Tag::new("<a></a>", false).attributes().count(), 0);
    }
}
