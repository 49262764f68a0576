//! What details are made of: facts and what states them, places, words of judgement.

use super::Desk;
use super::markup::{Attribute, Node, Tag, Tone, element, text};
use super::masked::masked;
use super::parts::{data, domain};
use crate::base::{Outcome, UnixSeconds};
use crate::query::PlaceLine;
use crate::screens::words::Words;
use crate::view::Code;

const UNSTATED: &str = "absent.unstated";

/// A text of a report, or a dash where it states none.
pub fn stated(text: Option<&str>, words: Words) -> Node {
    stated_or(text, UNSTATED, words)
}

/// A text of a report, or a dash that says why there is none.
pub fn stated_or(text: Option<&str>, absent: &str, words: Words) -> Node {
    match text {
        Some(text) if !text.is_empty() => data(text),
        _ => absence(absent, words),
    }
}

/// A number of a column; a very great one is written smaller, and on a phone in lines, so that
/// none is cut.
pub fn number(number: u64, words: Words) -> Node {
    let written = words.language.integer(number);
    match groups(number, &written) {
        Some(groups) => element(Tag::Span, "long", groups).with(Attribute::Title, written),
        None => text(written),
    }
}

/// Of a very great number as it is written, the groups, between which it can be broken.
fn groups(number: u64, written: &str) -> Option<Vec<Node>> {
    let is_separator = |letter: char| !letter.is_ascii_digit();
    let groups = written.split_inclusive(is_separator);
    let broken = groups.flat_map(|group| [text(group), element(Tag::Wbr, "", Vec::new())]);
    (number >= 1_000_000_000).then(|| broken.collect())
}

impl Desk<'_> {
    /// A number as the language writes it; a very great one can be broken.
    pub fn integer(&self, number: u64) -> Node {
        let written = self.language.integer(number);
        match groups(number, &written) {
            Some(groups) => element(Tag::Span, "", groups),
            None => text(written),
        }
    }
}

/// An address of a column, or a dash that says why there is none. A long one is as a great number;
/// one of IPv4 that may not fit on a phone is written smaller there.
pub fn address(address: Option<&str>, absent: &str, words: Words) -> Node {
    let shown = stated_or(address, absent, words);
    match address.map_or(0, str::len) {
        length if length > "255.255.255.255".len() => element(Tag::Span, "long", vec![shown]),
        length if length > "192.0.2.1".len() => element(Tag::Span, "longish", vec![shown]),
        _ => shown,
    }
}

/// A domain name in Unicode, with its A-labels in the title, or a dash where none is stated.
pub fn name(name: Option<&str>, words: Words) -> Node {
    let Some(name) = name.filter(|name| !name.is_empty()) else {
        return absence(UNSTATED, words);
    };
    // An address in the place of a domain names somebody, and has no script to be shown in.
    let masked = masked(name);
    if masked != name || name.contains('@') { data(&masked) } else { domain(name) }
}

/// A dash; why, is the message of this key.
pub fn absence(why: &str, words: Words) -> Node {
    let dash = element(Tag::Span, "", vec![text("–")]).with(Attribute::Hidden, "true");
    let reason = span("visually-hidden", words.text(why));
    element(Tag::Span, "absent", vec![dash, reason])
}

/// The days of a period, with the exact times in the title.
pub fn days(begin: Option<UnixSeconds>, end: Option<UnixSeconds>, words: Words) -> Node {
    match words.days(begin, end) {
        Some(days) => {
            let exact = exact(begin, end, words).unwrap_or_default();
            span("data", days).with(Attribute::Title, exact)
        }
        None => absence(UNSTATED, words),
    }
}

/// The exact times of a period, where there are any.
pub fn exact(begin: Option<UnixSeconds>, end: Option<UnixSeconds>, words: Words) -> Option<String> {
    let ends = [begin, end].into_iter().flatten().map(|at| words.moment(at));
    let ends = ends.collect::<Vec<_>>().join(" – ");
    (!ends.is_empty()).then_some(ends)
}

/// A path of folders and a name: the name is what must stay in view. What has
/// none can still be pointed at.
pub fn path(path: &str) -> Node {
    let path = if path.trim().is_empty() { "–" } else { path };
    let (folders, name) = path.split_at(path.rfind('/').map_or(0, |slash| slash + 1));
    let part = |class, part| element(Tag::Bdi, class, vec![text(part)]);
    let mut parts = Vec::new();
    if !folders.is_empty() {
        parts.push(part("path__folders", folders));
    }
    parts.push(part("path__name", name));
    element(Tag::Span, "path", parts).with(Attribute::Title, path)
}

/// Where something was read: the file, and the names from it inwards.
pub fn place(place: &PlaceLine) -> Vec<Node> {
    let mut steps = vec![path(&place.file_name)];
    for name in &place.path {
        steps.push(step());
        steps.push(path(name));
    }
    steps
}

/// What stands between the names of a place.
pub fn step() -> Node {
    span("places__step", "›").with(Attribute::Hidden, "true")
}

/// A word of judgement with its sign: never colour alone.
pub fn mark(tone: impl Into<Tone>, word: impl Into<String>) -> Node {
    Node::Judged { tone: tone.into(), word: word.into() }
}

/// The word for what became of a file or part.
pub fn outcome(outcome: Outcome, words: Words) -> Node {
    mark(outcome, words.text(&format!("outcome.{}.word", outcome.code())))
}

pub fn span(class: &str, content: impl Into<String>) -> Node {
    element(Tag::Span, class, vec![text(content)])
}

/// A list; its items have a class of their own, or none.
pub fn list(class: &str, item: &str, items: impl IntoIterator<Item = Vec<Node>>) -> Node {
    let items = items.into_iter().map(|content| element(Tag::Li, item, content));
    element(Tag::Ul, class, items.collect())
}

/// A list of names and values; each is a [`fact`].
pub fn facts(facts: Vec<Node>) -> Node {
    element(Tag::Dl, "facts", facts)
}

/// One name with its value.
pub fn fact(name: impl Into<String>, value: Node) -> Node {
    let content = vec![
        element(Tag::Dt, "facts__name", vec![text(name)]),
        element(Tag::Dd, "facts__value", vec![value]),
    ];
    element(Tag::Div, "facts__fact", content)
}

/// A section of details.
pub fn detail(title: impl Into<String>, body: Vec<Node>) -> Node {
    let mut content = vec![element(Tag::H3, "detail__title", vec![text(title)])];
    content.extend(body);
    element(Tag::Section, "detail", content)
}

/// What a report states beyond the specifications, by the paths of elements; nothing where it
/// states nothing.
pub fn extras(extras: &[(String, String)], words: Words) -> Option<Node> {
    let stated = extras.iter().map(|(path, text)| fact(path, data(text)));
    let stated = facts(stated.collect());
    (!extras.is_empty()).then(|| detail(words.text("detail.extras"), vec![stated]))
}
