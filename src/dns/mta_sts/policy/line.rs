//! One line of a policy file: which field it is or was meant as, and its value.

use crate::dns::diagnostic::Diagnostic;
use crate::dns::kind::Kind;
use crate::dns::near::nearest;
use crate::dns::text::{self, Line};

/// The fields that RFC 8461 §3.2 defines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Version,
    Mode,
    MaxAge,
    Mx,
}

impl Field {
    pub const ALL: [Self; 4] = [Self::Version, Self::Mode, Self::MaxAge, Self::Mx];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Version => "version",
            Self::Mode => "mode",
            Self::MaxAge => "max_age",
            Self::Mx => "mx",
        }
    }

    fn exact(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.name() == name)
    }
}

/// How sure it is which field a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Name {
    Known(Field),
    /// In other letter case.
    Case(Field),
    /// Another name, close to that of a known field.
    Near(Field),
    Other,
}

/// A line that is a field, or was meant as one.
#[derive(Debug)]
pub(super) struct Entry<'a> {
    pub line: Line<'a>,
    /// Byte offset of the name.
    pub name_at: usize,
    pub name: Name,
    /// The name as it is written, but for characters that cannot be seen.
    pub written: String,
    /// The value without white space around it and characters that cannot be seen.
    pub value: String,
    /// Byte offset of the value.
    pub value_at: usize,
}

/// Takes a line apart. `None` for a line that is no field, which should go.
pub(super) fn split<'a>(line: Line<'a>, found: &mut Vec<Diagnostic>) -> Option<Entry<'a>> {
    let should_go = |kind, at: usize| {
        let mut diagnostic = Diagnostic::new(kind, line.at(at));
        diagnostic.mended = Some(String::new());
        diagnostic
    };
    let Some(name_at) = line.text.find(|c| !is_space(c)) else {
        found.push(should_go(Kind::BlankLine, 0));
        return None;
    };
    let body = &line.text[name_at..];
    if body.starts_with(['#', ';']) || body.starts_with("//") {
        found.push(should_go(Kind::CommentLine, name_at));
        return None;
    }
    let Some((raw_name, separator)) = name_and_separator(body) else {
        found.push(should_go(Kind::NotAField, name_at));
        return None;
    };
    if has_white_space(&line.text[..name_at]) {
        found.push(Diagnostic::new(Kind::SpaceBeforeField, line.at(0)));
    }
    found.extend(odd_characters(&line));

    let trimmed = raw_name.trim_end_matches(is_space);
    let written = visible(trimmed).trim_end().to_owned();
    let name = name(&written);
    let shown = match name {
        Name::Known(field) | Name::Case(field) | Name::Near(field) => field.name(),
        Name::Other => &written,
    };
    let after_name = name_at + trimmed.len();
    let separator_fault = match separator {
        Some(':') => has_white_space(&raw_name[trimmed.len()..]).then_some(Kind::SpaceBeforeColon),
        Some(_) => Some(Kind::EqualsForColon),
        None => Some(Kind::MissingColon),
    };
    found.extend(
        separator_fault.map(|kind| Diagnostic::new(kind, line.at(after_name)).arg("field", shown)),
    );

    let rest_at = name_at + raw_name.len() + separator.map_or(0, char::len_utf8);
    let rest = &line.text[rest_at..];
    let value_at = rest_at + rest.len() - rest.trim_start_matches(is_space).len();
    let value = visible(rest).trim().to_owned();
    Some(Entry { line, name_at, name, written, value, value_at })
}

/// The name before the separator, and the separator: a colon, or what stands for it
/// after a name that leaves no doubt.
fn name_and_separator(body: &str) -> Option<(&str, Option<char>)> {
    let is_known = |name: &str| {
        matches!(
            name_but_for_case(name.trim_end_matches(is_space)),
            Some(Name::Known(_) | Name::Case(_))
        )
    };
    let before = |stop: usize| &body[..stop];
    let equals = body.find('=').map(before).filter(|name| is_known(name));
    match (body.find(':').map(before), equals) {
        (Some(name), Some(equals)) if equals.len() < name.len() => Some((equals, Some('='))),
        (Some(name), _) => Some((name, Some(':'))),
        (None, Some(name)) => Some((name, Some('='))),
        (None, None) => {
            let (name, _) = body.split_once(is_space)?;
            is_known(name).then_some((name, None))
        }
    }
}

/// Where further fields begin within a line, as where line ends were lost:
/// `version: STSv1 mode: enforce mx: mail.example.com`.
pub(super) fn further_fields(line: &str) -> impl Iterator<Item = usize> {
    // In a comment, there may be anything.
    let line = line.split('#').next().unwrap_or_default();
    let begins = |at: &usize| {
        let rest = line.get(*at..).unwrap_or_default();
        let name = rest.split_once(':').map_or("", |(name, _)| name.trim_end_matches(is_space));
        Field::exact(name).is_some()
    };
    text::words(line).map(|(at, _)| at).skip(1).filter(begins)
}

/// The text with a line for each of those.
pub(super) fn broken_up(text: &str) -> String {
    let mut lines = String::with_capacity(text.len());
    for line in text::lines(text) {
        let mut start = 0;
        for stop in further_fields(line.text).chain([line.text.len()]) {
            let field = line.text.get(start..stop).unwrap_or_default();
            let is_last = stop == line.text.len();
            let between = |c: char| !is_last && (is_space(c) || matches!(c, ',' | ';'));
            lines.push_str(field.trim_end_matches(between));
            lines.push('\n');
            start = stop;
        }
    }
    lines
}

fn name(written: &str) -> Name {
    let known = Field::ALL.map(Field::name);
    name_but_for_case(written)
        .or_else(|| nearest(written, &known).and_then(Field::exact).map(Name::Near))
        .unwrap_or(Name::Other)
}

fn name_but_for_case(written: &str) -> Option<Name> {
    Field::exact(written)
        .map(Name::Known)
        .or_else(|| Field::exact(&written.to_ascii_lowercase()).map(Name::Case))
}

/// White space that was meant as such: the RFC's WSP, and what web pages have for it.
pub(super) fn is_space(c: char) -> bool {
    c == ' ' || c == '\t' || text::is_odd_space(c)
}

/// Whether there is WSP in it, which is a fault of its own beside an odd space.
fn has_white_space(text: &str) -> bool {
    text.contains([' ', '\t'])
}

/// The text as a person saw it: odd spaces plain, invisible characters gone.
fn visible(text: &str) -> String {
    text.chars()
        .filter(|c| !text::is_control(*c))
        .filter_map(|c| match c {
            c if !text::is_odd_space(c) => Some(c),
            c if c.is_whitespace() => Some(' '),
            _ => None,
        })
        .collect()
}

/// The first odd space and the first control character of the line.
fn odd_characters(line: &Line<'_>) -> impl Iterator<Item = Diagnostic> {
    let first = |kind, is_odd: fn(char) -> bool| {
        let (at, c) = line.text.char_indices().find(|(_, c)| is_odd(*c))?;
        Some(Diagnostic::new(kind, line.at(at)).arg("character", text::named(c)))
    };
    [first(Kind::OddSpace, text::is_odd_space), first(Kind::ControlCharacter, text::is_control)]
        .into_iter()
        .flatten()
}
