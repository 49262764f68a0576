//! Addresses that reports go to, as DMARC and TLS-RPT records list them.

use std::fmt;

use super::kind::Kind;
use super::message::Message;
use super::name::is_host;
use super::text;
use crate::base::domain::comparable;

/// One address for reports.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ReportUri {
    /// `mailto:…` or `https://…`, percent-encoded.
    pub uri: String,
    /// What stands behind `!` in DMARC: digits, and perhaps one of k, m, g, t.
    /// RFC 9989 ignores it.
    pub size: Option<String>,
}

impl ReportUri {
    /// The domain that receives the reports: of the mail address, or the web host.
    pub fn host(&self) -> Option<&str> {
        let (scheme, rest) = self.uri.split_once(':')?;
        if scheme.eq_ignore_ascii_case("mailto") {
            return address(rest).rsplit_once('@').map(|(_, domain)| domain);
        }
        rest.strip_prefix("//")?.split(['/', '?', '#', ':']).next()
    }
}

impl fmt::Display for ReportUri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.size {
            Some(size) => write!(f, "{}!{size}", self.uri),
            None => f.write_str(&self.uri),
        }
    }
}

/// Addresses as people list them, mail addresses with `mailto:` put before them. They are
/// not checked here; the record that they are put into is.
pub fn addresses(list: &str) -> Vec<ReportUri> {
    let items = list.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';'));
    let mut all: Vec<ReportUri> = Vec::new();
    for item in items.filter(|item| !item.is_empty()) {
        let is_address = item.contains('@') && !item.contains(':');
        let uri = if is_address { format!("mailto:{item}") } else { item.to_owned() };
        let uri = ReportUri { uri, size: None };
        if !all.contains(&uri) {
            all.push(uri);
        }
    }
    all
}

/// Which record the addresses stand in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum In {
    /// `mailto:` must be understood by receivers, others may be (RFC 9989 §4.7).
    Dmarc,
    /// `mailto:` and `https:` only (RFC 8460 §3).
    TlsRpt,
}

/// The addresses that could be told, and what is wrong at which byte of the value.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Uris {
    pub uris: Vec<ReportUri>,
    pub found: Vec<(usize, Message<Kind>)>,
}

/// Checks the value of `rua` or `ruf`.
pub(super) fn list(value: &str, tag: &str, place: In) -> Uris {
    let mut all = Uris::default();
    let mut at = 0;
    for item in value.split(',') {
        let text = item.trim();
        let start = at + item.len() - item.trim_start().len();
        if text.is_empty() {
            all.found.push((at, Message::new(Kind::UriEmpty).arg("tag", tag)));
        } else {
            all.item(text, start, place);
        }
        at += item.len() + 1;
    }
    all
}

impl Uris {
    fn item(&mut self, text: &str, at: usize, place: In) {
        let mut words = text.split_whitespace();
        let (first, second) = (words.next().unwrap_or_default(), words.next());
        if second.is_none() {
            return self.uri(text, at, place);
        }
        // `mailto: me@example.com`
        if first.ends_with(':') {
            let joined: String = text.split_whitespace().collect();
            self.say(Kind::UriSyntax, text, at);
            self.keep(Checked { mended: one(&joined, place).mended, ..Checked::default() }, at);
            return;
        }
        self.say(Kind::UriSeparator, text, at);
        for (offset, word) in text::words(text) {
            self.uri(word, at + offset, place);
        }
    }

    fn uri(&mut self, text: &str, at: usize, place: In) {
        let checked = one(text, place);
        for kind in &checked.found {
            self.say(*kind, text, at);
        }
        self.keep(checked, at);
    }

    fn keep(&mut self, checked: Checked, at: usize) {
        let Some(uri) = checked.mended else { return };
        if self.uris.iter().any(|known| known.uri == uri.uri) {
            self.say(Kind::UriRepeated, &uri.uri, at);
        } else {
            self.uris.push(uri);
        }
    }

    fn say(&mut self, kind: Kind, uri: &str, at: usize) {
        self.found.push((at, Message::new(kind).arg("uri", uri)));
    }
}

#[derive(Debug, Default)]
struct Checked {
    found: Vec<Kind>,
    /// The address as it should be; `None` where it cannot be told.
    mended: Option<ReportUri>,
}

/// Checks one address, which has no white space.
fn one(text: &str, place: In) -> Checked {
    let mut found = Vec::new();
    let (text, size) = match text.split_once('!') {
        None => (text, None),
        Some((uri, size)) if place == In::Dmarc && is_size(size) => {
            found.push(Kind::UriSize);
            (uri, Some(size.to_owned()))
        }
        Some((uri, _)) => {
            found.push(Kind::UriSizeSyntax);
            (uri, None)
        }
    };
    let (kind, mended) = match text.split_once(':') {
        Some((scheme, rest)) if is_scheme(scheme) => scheme_and_rest(text, scheme, rest, place),
        _ if text.contains('@') => match mailto(text) {
            (None, Some(mended)) => (Some(Kind::UriNoScheme), Some(mended)),
            wrong => wrong,
        },
        _ => (Some(Kind::UriSyntax), None),
    };
    found.extend(kind);
    Checked { found, mended: mended.map(|uri| ReportUri { uri, size }) }
}

fn scheme_and_rest(
    text: &str,
    scheme: &str,
    rest: &str,
    place: In,
) -> (Option<Kind>, Option<String>) {
    let is = |name: &str| scheme.eq_ignore_ascii_case(name);
    if is("mailto") {
        return match rest.strip_prefix("//") {
            Some(rest) => (Some(Kind::UriSlashes), mailto(rest).1),
            None => mailto(rest),
        };
    }
    let host = rest.strip_prefix("//").and_then(|rest| rest.split(['/', '?', '#', ':']).next());
    let is_web = host.is_some_and(is_host) && text.bytes().all(is_uri_byte);
    match place {
        In::Dmarc if text.bytes().all(is_uri_byte) => {
            (Some(Kind::UriSchemeOptional), Some(text.to_owned()))
        }
        In::TlsRpt if is("https") && is_web => (None, Some(text.to_owned())),
        In::TlsRpt if is("http") && is_web => {
            (Some(Kind::UriScheme), Some(format!("https:{rest}")))
        }
        In::TlsRpt if !is("https") && !is("http") => (Some(Kind::UriScheme), None),
        In::Dmarc | In::TlsRpt => (Some(Kind::UriSyntax), None),
    }
}

/// Checks what follows `mailto:` (RFC 6068 §2); the URI as it should be.
fn mailto(rest: &str) -> (Option<Kind>, Option<String>) {
    let is_right = |text: &str| {
        address(text).rsplit_once('@').is_some_and(|(local, domain)| {
            !local.is_empty() && !local.contains(['@', '/']) && is_host(domain)
        }) && text.bytes().all(is_uri_byte)
    };
    if is_right(rest) {
        return (None, Some(format!("mailto:{rest}")));
    }
    // `mailto:<me@example.com>`, `mailto:me@example.com.`, `mailto:me@bücher.example`
    let bare = rest.trim_matches(['<', '>', '.', '"', '\'']);
    let encoded = bare
        .rsplit_once('@')
        .and_then(|(local, domain)| Some(format!("{local}@{}", comparable(domain)?)));
    let bare = encoded.filter(|_| !bare.is_ascii()).unwrap_or_else(|| bare.to_owned());
    (Some(Kind::UriAddress), is_right(&bare).then(|| format!("mailto:{bare}")))
}

/// The part of a `mailto:` before its header fields.
fn address(rest: &str) -> &str {
    rest.split('?').next().unwrap_or_default()
}

/// RFC 3986 §3.1.
fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
}

/// RFC 3986 §2, without what RFC 7489 §6.2 and RFC 8460 §3 have percent-encoded.
fn is_uri_byte(b: u8) -> bool {
    b.is_ascii_alphanumeric()
        || matches!(b, b'-' | b'.' | b'_' | b'~' | b':' | b'/' | b'?' | b'#' | b'[' | b']' | b'@')
        || matches!(b, b'$' | b'&' | b'\'' | b'(' | b')' | b'*' | b'+' | b'=' | b'%')
}

/// RFC 7489 §6.4: a number, and perhaps a unit.
fn is_size(text: &str) -> bool {
    let digits = text.trim_end_matches(['k', 'K', 'm', 'M', 'g', 'G', 't', 'T']);
    !digits.is_empty()
        && digits.len() + 1 >= text.len()
        && digits.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::{In, Kind, list};

    fn check(value: &str, place: In, kinds: &[Kind], uris: &[&str]) {
        let all = list(value, "rua", place);
        assert_eq!(all.found.iter().map(|(_, m)| m.code).collect::<Vec<_>>(), kinds, "{value}");
        assert_eq!(all.uris.iter().map(ToString::to_string).collect::<Vec<_>>(), uris, "{value}");
    }

    #[test]
    fn every_form() {
        let a = "mailto:a@example.com";
        check(a, In::Dmarc, &[], &[a]);
        check(
            "mailto:a@example.com , mailto:b@example.com",
            In::Dmarc,
            &[],
            &[a, "mailto:b@example.com"],
        );
        check(
            "mailto:a@example.com!10m",
            In::Dmarc,
            &[Kind::UriSize],
            &["mailto:a@example.com!10m"],
        );
        check("mailto:a@example.com!10m", In::TlsRpt, &[Kind::UriSizeSyntax], &[a]);
        check("mailto:a@example.com!", In::Dmarc, &[Kind::UriSizeSyntax], &[a]);
        check("mailto:a@example.com!10q", In::Dmarc, &[Kind::UriSizeSyntax], &[a]);
        check("a@example.com", In::Dmarc, &[Kind::UriNoScheme], &[a]);
        check("mailto://a@example.com", In::Dmarc, &[Kind::UriSlashes], &[a]);
        check("mailto:<a@example.com>", In::Dmarc, &[Kind::UriAddress], &[a]);
        check(
            "mailto:a@b\u{fc}cher.example",
            In::TlsRpt,
            &[Kind::UriAddress],
            &["mailto:a@xn--bcher-kva.example"],
        );
        check("mailto:\u{e9}@example.com", In::Dmarc, &[Kind::UriAddress], &[]);
        check("mailto:example.com", In::Dmarc, &[Kind::UriAddress], &[]);
        check("mailto: a@example.com", In::Dmarc, &[Kind::UriSyntax], &[a]);
        check(
            "mailto:a@example.com mailto:a@example.com",
            In::Dmarc,
            &[Kind::UriSeparator, Kind::UriRepeated],
            &[a],
        );
        check("mailto:a@example.com,", In::Dmarc, &[Kind::UriEmpty], &[a]);
        check(
            "https://example.com/d",
            In::Dmarc,
            &[Kind::UriSchemeOptional],
            &["https://example.com/d"],
        );
        check("https://example.com/d", In::TlsRpt, &[], &["https://example.com/d"]);
        check("http://example.com/d", In::TlsRpt, &[Kind::UriScheme], &["https://example.com/d"]);
        check("https:example.com", In::TlsRpt, &[Kind::UriSyntax], &[]);
        check("ftp://example.com/d", In::TlsRpt, &[Kind::UriScheme], &[]);
        check("reports", In::TlsRpt, &[Kind::UriSyntax], &[]);
    }
}
