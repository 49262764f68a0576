//! `Content-Type`, `Content-Disposition`: a word, and parameters behind it
//! (RFC 2045 §5.1, RFC 2183), which may come in sections and in any character
//! set (RFC 2231).

use super::{text, unescaped, unfolded};
use crate::base::Decode;

/// Sections of one parameter; those behind are not read.
const SECTIONS: u32 = 100;

/// A value taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Content {
    /// What stands first, in lower case: `text/plain`, `attachment`.
    pub word: String,
    parameters: Vec<Parameter>,
}

/// `name*0*=value`.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Parameter {
    /// In lower case.
    name: String,
    section: Option<u32>,
    /// Percent-encoded, the first section with a character set in front.
    is_extended: bool,
    value: String,
}

impl Content {
    pub fn of(value: &str) -> Self {
        let value = unfolded(value);
        let (word, mut rest) = value.split_once(';').unwrap_or((&value, ""));
        let mut parameters = Vec::new();
        while !rest.is_empty() {
            let (parameter, behind) = parameter(rest);
            parameters.extend(parameter);
            rest = behind;
        }
        let word = without_comment(word).split_whitespace().collect::<String>();
        Self { word: word.to_ascii_lowercase(), parameters }
    }

    /// The value of a parameter, put together and decoded. `name` is in lower case.
    pub fn get(&self, name: &str, decode: Decode) -> Option<String> {
        let all = || self.parameters.iter().filter(|parameter| parameter.name == name);
        let section = |number| all().find(|parameter| parameter.section == Some(number));
        if let Some(extended) = all().find(|p| p.section.is_none() && p.is_extended) {
            return Some(extended_value(&[extended], decode));
        }
        let sections: Vec<_> = (0..SECTIONS).map_while(section).collect();
        if !sections.is_empty() {
            return Some(extended_value(&sections, decode));
        }
        // Encoded words are not meant to stand here, and often do.
        Some(text(&all().find(|parameter| parameter.section.is_none())?.value, decode))
    }
}

/// Reads one parameter and returns what stands behind its semicolon.
fn parameter(text: &str) -> (Option<Parameter>, &str) {
    let end = text.find(['=', ';']).unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    let Some(rest) = rest.strip_prefix('=') else {
        return (None, rest.get(1..).unwrap_or_default());
    };
    let (value, rest) = match rest.trim_start().strip_prefix('"') {
        Some(rest) => quoted(rest),
        None => {
            let (value, rest) = rest.split_once(';').unwrap_or((rest, ""));
            return (named(name, without_comment(value).trim().to_owned()), rest);
        }
    };
    (named(name, value), rest.split_once(';').map_or("", |(_, rest)| rest))
}

fn named(name: &str, value: String) -> Option<Parameter> {
    let name = name.trim().to_ascii_lowercase();
    let (name, is_extended) = match name.strip_suffix('*') {
        Some(name) => (name, true),
        None => (name.as_str(), false),
    };
    let (name, section) = match name.split_once('*') {
        Some((name, section)) => (name, Some(section.parse().ok()?)),
        None => (name, None),
    };
    Some(Parameter { name: name.to_owned(), section, is_extended, value })
}

/// The text up to a closing quote, and what stands behind that.
fn quoted(text: &str) -> (String, &str) {
    let mut value = String::new();
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        match c {
            '"' => break,
            '\\' => value.extend(rest.next()),
            _ => value.push(c),
        }
    }
    (value, rest.as_str())
}

/// `us-ascii (plain text)`.
fn without_comment(value: &str) -> &str {
    value.split_once(" (").map_or(value, |(value, _)| value)
}

/// Sections joined: `utf-8'en'%C3%A9`.
fn extended_value(sections: &[&Parameter], decode: Decode) -> String {
    let mut charset = "";
    let mut bytes = Vec::new();
    for (at, section) in sections.iter().enumerate() {
        let mut value = section.value.as_str();
        if at == 0
            && section.is_extended
            && let Some((label, rest)) = value.split_once('\'')
            && let Some((_, rest)) = rest.split_once('\'')
        {
            (charset, value) = (label, rest);
        }
        if section.is_extended {
            bytes.extend(unescaped(value.as_bytes(), b'%'));
        } else {
            bytes.extend(value.as_bytes());
        }
    }
    decode(charset, &bytes).unwrap_or_else(|| String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::context::decode_natively;

    fn get(value: &str, name: &str) -> Option<String> {
        Content::of(value).get(name, decode_natively)
    }

    #[test]
    fn words() {
        for (value, word) in [
            (" Text/Plain; charset=x\r\n", "text/plain"),
            ("text / html", "text/html"),
            ("attachment;", "attachment"),
            ("text/plain (all of it)", "text/plain"),
            ("", ""),
        ] {
            assert_eq!(Content::of(value).word, word, "{value}");
        }
    }

    #[test]
    fn parameters() {
        let value =
            "multipart/mixed;; x; Boundary==_b ;\r\n name=\"a;\\\"b\\\".gz\" junk; c = d e (f)";
        for (name, expected) in [
            ("boundary", Some("=_b")),
            ("name", Some("a;\"b\".gz")),
            ("c", Some("d e")),
            ("x", None),
        ] {
            assert_eq!(get(value, name).as_deref(), expected, "{name}");
        }
        assert_eq!(get("a; name=\"open; b=c", "name").as_deref(), Some("open; b=c"));
    }

    #[test]
    fn sections_and_character_sets() {
        for (value, expected) in [
            ("a; name*1=\"l.gz\"; name*0=\"b.xm\"", "b.xml.gz"),
            ("a; name*=UTF-8''r%C3%A9sum%C3%A9.gz", "résumé.gz"),
            ("a; name*=iso-8859-1'fr'%E9%zz", "é%zz"),
            ("a; name*0*=utf-8''%C3; name*1*=%A9; name*2=%20.gz", "é%20.gz"),
            ("a; name=b; name*=utf-8''c", "c"),
            ("a; name=\"=?utf-8?B?w6k=?=\"", "é"),
            ("a; name*=b.gz", "b.gz"),
            ("a; name*x=c; name=b", "b"),
        ] {
            assert_eq!(get(value, "name").as_deref(), Some(expected), "{value}");
        }
    }
}
