//! Facts as cells, alike in all tables.

use std::borrow::Cow;

use super::Cell;
use crate::base::UnixSeconds;
use crate::report::model::Text;
use crate::report::{Token, Vocabulary};

pub fn text<'a>(text: &'a Text<'_>) -> Cell<'a> {
    Cell::stated(text.as_deref())
}

pub fn word<'a, V: Vocabulary>(token: &'a Option<Token<'_, V>>) -> Cell<'a> {
    Cell::stated(token.as_ref().map(Token::as_str))
}

/// `2026-09-07 00:00:00`, in UTC.
pub fn date(at: Option<UnixSeconds>) -> Cell<'static> {
    Cell::stated(at.map(|at| at.rfc3339().replace('T', " ").replace('Z', "")))
}

/// Absent where there is nothing to join, or only empty texts.
pub fn joined<'a>(
    items: impl Iterator<Item = impl Into<Cow<'a, str>>>,
    separator: &str,
) -> Cell<'a> {
    let items: Vec<Cow<'a, str>> = items.map(Into::into).collect();
    match items.iter().all(|item| item.is_empty()) {
        true => Cell::Absent,
        false => Cell::Text(items.join(separator).into()),
    }
}
