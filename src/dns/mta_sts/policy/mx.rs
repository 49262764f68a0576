//! The pattern of an mx line (RFC 8461 §3.2, §4.1).

use crate::base::domain::comparable;
use crate::dns::kind::Kind;
use crate::dns::message::Message;
use crate::dns::name::{is_host, looks_like_address};

/// What an mx line should say, and what is wrong with it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Patterns {
    /// One for each line that it should be; none where that cannot be told.
    pub mended: Vec<String>,
    pub found: Option<Message<Kind>>,
}

/// Checks the value of an mx line, which is not empty.
pub(super) fn patterns(text: &str) -> Patterns {
    let separators = |c: char| c.is_whitespace() || matches!(c, ',' | ';');
    let pieces: Vec<&str> = text.split(separators).filter(|piece| !piece.is_empty()).collect();
    match pieces.as_slice() {
        [] | [_] => pattern(text),
        [preference, host] if preference.bytes().all(|b| b.is_ascii_digit()) => {
            Patterns { mended: pattern(host).mended, found: Some(Kind::MxPreference.into()) }
        }
        several => {
            let hosts: Vec<_> = several.iter().map(|host| pattern(host).mended).collect();
            let lost = hosts.iter().any(Vec::is_empty);
            let mended = if lost { Vec::new() } else { hosts.concat() };
            Patterns { mended, found: Some(Kind::MxSeveral.into()) }
        }
    }
}

fn pattern(text: &str) -> Patterns {
    let found = |kind| Some(Message::new(kind).arg("found", text));
    let mended = |kind, mended: String| Patterns {
        // A pattern that is wrong in a second way cannot be mended.
        mended: fault(&mended).is_none().then_some(mended).into_iter().collect(),
        found: found(kind),
    };
    match fault(text) {
        Some(Fault { kind, mended: Some(better) }) => mended(kind, better),
        Some(Fault { kind, mended: None }) => Patterns { mended: Vec::new(), found: found(kind) },
        None => {
            let name = text.strip_prefix("*.").unwrap_or(text);
            let doubt = match (name.contains('.'), name.len() < text.len()) {
                (true, _) => None,
                (false, true) => found(Kind::MxWildcardWide),
                (false, false) => found(Kind::MxSingleLabel),
            };
            Patterns { mended: vec![text.to_owned()], found: doubt }
        }
    }
}

struct Fault {
    kind: Kind,
    mended: Option<String>,
}

/// What is wrong with the form of a single pattern.
fn fault(text: &str) -> Option<Fault> {
    let fault =
        |kind, mended: Option<&str>| Some(Fault { kind, mended: mended.map(str::to_owned) });
    let (star, name) = match text.strip_prefix("*.") {
        Some(name) => (true, name),
        None => (false, text),
    };
    if is_host(name) {
        return None;
    }
    if looks_like_address(text) {
        return fault(Kind::MxAddress, None);
    }
    if let Some((_, rest)) = text.split_once("://") {
        return fault(Kind::MxNotHost, rest.split(['/', ':']).next());
    }
    if let Some((_, host)) = text.rsplit_once('@') {
        return fault(Kind::MxNotHost, Some(host));
    }
    if let Some((host, port)) = text.rsplit_once(':')
        && port.bytes().all(|b| b.is_ascii_digit())
    {
        return fault(Kind::MxNotHost, Some(host));
    }
    if let Some(name) = text.strip_prefix('.') {
        return fault(Kind::MxLeadingDot, Some(&format!("*.{name}")));
    }
    if name.contains('*') {
        // `*example.com` can only have been meant as the star of a label.
        let meant = (!star).then(|| text.strip_prefix('*')).flatten();
        return fault(Kind::MxWildcard, meant.map(|name| format!("*.{name}")).as_deref());
    }
    if let Some(name) = text.strip_suffix('.') {
        return fault(Kind::MxTrailingDot, Some(name));
    }
    if !text.is_ascii() {
        let mended = comparable(name).map(|name| if star { format!("*.{name}") } else { name });
        return fault(Kind::MxNotAscii, mended.as_deref());
    }
    fault(Kind::MxName, None)
}

#[cfg(test)]
mod tests {
    use super::{Patterns, patterns};
    use crate::dns::kind::Kind;

    #[test]
    fn every_form() {
        for (text, kind, mended) in [
            ("mail.example.com", None, &["mail.example.com"][..]),
            ("*.example.com", None, &["*.example.com"]),
            ("10 mail.example.com", Some(Kind::MxPreference), &["mail.example.com"]),
            ("a.example, b.example", Some(Kind::MxSeveral), &["a.example", "b.example"]),
            (".example.com", Some(Kind::MxLeadingDot), &["*.example.com"]),
            ("*example.com", Some(Kind::MxWildcard), &["*.example.com"]),
            ("mail.*.example.com", Some(Kind::MxWildcard), &[]),
            ("*.*.example.com", Some(Kind::MxWildcard), &[]),
            ("*", Some(Kind::MxWildcard), &[]),
            ("*.com", Some(Kind::MxWildcardWide), &["*.com"]),
            ("mail", Some(Kind::MxSingleLabel), &["mail"]),
            ("mail.example.com.", Some(Kind::MxTrailingDot), &["mail.example.com"]),
            ("mail.example.com:25", Some(Kind::MxNotHost), &["mail.example.com"]),
            ("smtp://mail.example.com:25/", Some(Kind::MxNotHost), &["mail.example.com"]),
            ("me@example.com", Some(Kind::MxNotHost), &["example.com"]),
            ("[192.0.2.1]", Some(Kind::MxAddress), &[]),
            ("2001:db8::1", Some(Kind::MxAddress), &[]),
            ("*.b\u{fc}cher.example", Some(Kind::MxNotAscii), &["*.xn--bcher-kva.example"]),
            ("b\u{fc}cher", Some(Kind::MxNotAscii), &["xn--bcher-kva"]),
            ("mail_1.example.com", Some(Kind::MxName), &[]),
            ("mail..example.com", Some(Kind::MxName), &[]),
        ] {
            let Patterns { mended: found_mended, found } = patterns(text);
            assert_eq!(found.map(|message| message.code), kind, "{text}");
            assert_eq!(found_mended, mended, "{text}");
        }
    }
}
