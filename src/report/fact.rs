//! A stated text → a fact, with the finding that its form deserves.
//!
//! `path` says which value it is (`policies/summary/…`, a field's name) and
//! becomes part of the finding's detail.

use std::borrow::Cow;

use super::Sink;
use super::model::Address;
use super::token::{Match, Token, Vocabulary};
use crate::base::calendar::DAY;
use crate::base::lenient::{self, Form};
use crate::base::{Kind, UnixSeconds, Whereabouts};

/// A word of a vocabulary. An empty text is none.
pub fn token<'a, V: Vocabulary>(
    text: Cow<'a, str>,
    path: &str,
    at: Whereabouts,
    sink: &mut dyn Sink,
) -> Option<Token<'a, V>> {
    if text.trim().is_empty() {
        sink.finding(Kind::EmptyValue, at, path);
        return None;
    }
    let (token, kind) = match V::recognise(&text) {
        Some((word, Match::Exact)) => return Some(Token::Known(word)),
        Some((word, Match::Case)) => (Token::Known(word), Kind::TokenCase),
        Some((word, Match::Alias)) => (Token::Known(word), Kind::TokenAlias),
        None => (Token::Other(text.clone()), Kind::UnknownToken),
    };
    sink.finding(kind, at, &format!("{path}: {text}"));
    Some(token)
}

/// A count.
pub fn number(text: &str, path: &str, at: Whereabouts, sink: &mut dyn Sink) -> Option<u64> {
    match lenient::number(text) {
        Some((number, Form::Plain)) => Some(number),
        Some((number, Form::Odd)) => {
            sink.finding(Kind::NumberForm, at, &format!("{path}: {text}"));
            Some(number)
        }
        None => {
            sink.finding(Kind::BadNumber, at, &format!("{path}: {text}"));
            None
        }
    }
}

/// An address. An empty text is none.
pub fn address<'a>(
    text: Cow<'a, str>,
    path: &str,
    at: Whereabouts,
    sink: &mut dyn Sink,
) -> Option<Address<'a>> {
    if text.trim().is_empty() {
        sink.finding(Kind::EmptyValue, at, path);
        return None;
    }
    match lenient::address(&text) {
        Some((ip, Form::Plain)) => Some(Address::Ip(ip)),
        Some((ip, Form::Odd)) => {
            sink.finding(Kind::AddressForm, at, &text);
            Some(Address::Ip(ip))
        }
        None => {
            sink.finding(Kind::BadAddress, at, &text);
            Some(Address::Other(text))
        }
    }
}

/// A date, by the reader for the notation that its format asks for.
pub fn date(
    text: &str,
    read: fn(&str) -> Option<(UnixSeconds, Form)>,
    at: Whereabouts,
    sink: &mut dyn Sink,
) -> Option<UnixSeconds> {
    match read(text) {
        Some((date, Form::Plain)) => Some(date),
        Some((date, Form::Odd)) => {
            sink.finding(Kind::DateForm, at, text);
            Some(date)
        }
        None => {
            sink.finding(Kind::BadDate, at, text);
            None
        }
    }
}

/// 2004 and 2100: before SPF nobody could report, and later dates are typos.
pub const PLAUSIBLE: std::ops::Range<i64> = 1_072_915_200..4_102_444_800;

/// A day and a quarter: what passes it is no daily report.
const LONG_PERIOD: i64 = DAY + DAY / 4;

/// Tells what is odd about a period, of a report that was sent at `sent`.
pub fn period(
    begin: UnixSeconds,
    end: UnixSeconds,
    sent: Option<UnixSeconds>,
    at: Whereabouts,
    sink: &mut dyn Sink,
) {
    let is_from_the_future = sent.is_some_and(|sent| begin.0 > sent.0.saturating_add(DAY));
    let is_plausible = PLAUSIBLE.contains(&begin.0) && PLAUSIBLE.contains(&end.0);
    if end < begin || is_from_the_future || !is_plausible {
        sink.finding(Kind::OddPeriod, at, &format!("{} {}", begin.rfc3339(), end.rfc3339()));
    }
    let seconds = end.0.saturating_sub(begin.0);
    if seconds > LONG_PERIOD {
        sink.finding(Kind::LongPeriod, at, &(seconds / 3600).to_string());
    }
}

/// A text of at most `limit` bytes, cut between characters.
pub fn clip<'a>(
    text: Cow<'a, str>,
    limit: usize,
    path: &str,
    at: Whereabouts,
    sink: &mut dyn Sink,
) -> Cow<'a, str> {
    if text.len() <= limit {
        return text;
    }
    sink.finding(Kind::TextLimit, at, path);
    let end = text.floor_char_boundary(limit);
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(&text[..end]),
        Cow::Owned(mut text) => {
            text.truncate(end);
            Cow::Owned(text)
        }
    }
}

/// A text without its control characters, line ends and tabs excepted.
pub fn printable<'a>(
    text: Cow<'a, str>,
    path: &str,
    at: Whereabouts,
    sink: &mut dyn Sink,
) -> Cow<'a, str> {
    let is_odd = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
    if !text.contains(is_odd) {
        return text;
    }
    sink.finding(Kind::ControlCharacters, at, path);
    Cow::Owned(text.chars().filter(|c| !is_odd(*c)).collect())
}
