//! Telling XML and JSON from other text, also behind junk or cut in front.

use crate::base::Format;

/// How far into a text a report may begin behind junk.
const NEAR: usize = 4 << 10;

/// Elements that begin a page or a mail body, not a report.
const HTML: &[&str] = &[
    "a", "b", "body", "br", "center", "div", "font", "h1", "h2", "h3", "head", "html", "i", "img",
    "link", "meta", "p", "pre", "span", "style", "table", "title", "u",
];

/// Elements that stand near the beginning of a report whose root is lost or
/// buried, and of no page.
const XML_MARKS: &[&str] =
    &["<?xml ", "<feedback", ":feedback", "<report_metadata", "<policy_published"];

/// Members of a TLS report's outermost object.
const JSON_MARKS: &[&str] =
    &["\"organization-name\"", "\"policies\"", "\"report-id\"", "\"date-range\""];

/// What a text is that begins with markup: `Xml`, `Json`, or `Text` for HTML.
pub(super) fn begins(text: &[u8]) -> Option<Format> {
    let text = text.trim_ascii_start();
    match text.first()? {
        b'<' => match root(text) {
            Root::Html => Some(Format::Text),
            Root::Element => Some(Format::Xml),
            Root::None => None,
        },
        b'{' | b'[' if begins_json(text) => Some(Format::Json),
        _ => None,
    }
}

/// `Xml` or `Json` that begins soon, behind something else or with its head cut off.
pub(super) fn buried(text: &[u8]) -> Option<Format> {
    let near = &text[..text.len().min(NEAR)];
    if holds(near, XML_MARKS) {
        Some(Format::Xml)
    } else if near.contains(&b'{') && holds(near, JSON_MARKS) {
        Some(Format::Json)
    } else {
        None
    }
}

pub(super) fn is_html(text: &[u8]) -> bool {
    matches!(root(text.trim_ascii_start()), Root::Html)
}

enum Root {
    Html,
    Element,
    None,
}

/// The first element, behind declarations and comments.
fn root(mut text: &[u8]) -> Root {
    let mut declared = false;
    loop {
        let end = match text {
            [b'<', b'?', ..] => find(text, b"?>").map(|at| at + 2),
            [b'<', b'!', b'-', b'-', ..] => find(text, b"-->").map(|at| at + 3),
            [b'<', b'!', rest @ ..] => {
                if rest.get(..12).is_some_and(|name| name.eq_ignore_ascii_case(b"doctype html")) {
                    return Root::Html;
                }
                find(text, b">").map(|at| at + 1)
            }
            [b'<', rest @ ..] => {
                let name = rest.split(|byte| is_name_end(*byte)).next().unwrap_or_default();
                return root_named(name);
            }
            _ => return if declared { Root::Element } else { Root::None },
        };
        declared |= text.starts_with(b"<?xml");
        match end {
            Some(end) => text = text[end..].trim_ascii_start(),
            // The prolog is longer than what can be seen.
            None => return Root::Element,
        }
    }
}

fn root_named(name: &[u8]) -> Root {
    let local = name.rsplit(|byte| *byte == b':').next().unwrap_or_default();
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
    if local.is_empty() || !local.iter().all(is_name) || local[0].is_ascii_digit() {
        Root::None
    } else if HTML.iter().any(|html| html.as_bytes().eq_ignore_ascii_case(local)) {
        Root::Html
    } else {
        Root::Element
    }
}

fn is_name_end(byte: u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/')
}

/// An object or a list, not `{\rtf1` or `[EXTERNAL]`.
fn begins_json(text: &[u8]) -> bool {
    let next = text[1..].trim_ascii_start().first();
    match text[0] {
        b'{' => matches!(next, None | Some(b'"' | b'}' | b'\'')),
        _ => matches!(next, None | Some(b'{' | b'[' | b'"' | b']')),
    }
}

fn holds(text: &[u8], marks: &[&str]) -> bool {
    marks.iter().any(|mark| find(text, mark.as_bytes()).is_some())
}

fn find(text: &[u8], what: &[u8]) -> Option<usize> {
    memchr::memmem::find(text, what)
}
