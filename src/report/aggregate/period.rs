//! The period of a report, mended where it can be.

use super::out::Out;
use super::schema::Element;
use crate::base::lenient::{self, Form};
use crate::base::{Kind, UnixSeconds, Whereabouts};
use crate::report::{Hints, fact};

/// Beginning and end.
pub(super) type Period = (Option<UnixSeconds>, Option<UnixSeconds>);

/// Reads a period as stated. What is missing or cannot be read is taken from
/// the file name, then from the mail's date.
pub(super) fn period(
    begin: Option<&str>,
    end: Option<&str>,
    hints: &Hints<'_>,
    out: &mut Out<'_>,
) -> Period {
    let mut begin = date(begin, Element::Begin, out);
    let mut end = date(end, Element::End, out);
    if begin.is_none() || end.is_none() {
        if let Some(name) = hints.report_name() {
            begin = begin.or(Some(name.begin));
            end = end.or(Some(name.end));
            out.note(Kind::DateFromName, hints.name.unwrap_or_default().to_owned());
        } else if let (None, None, Some(sent)) = (begin, end, hints.mail.and_then(|m| m.date)) {
            (begin, end) = (Some(sent), Some(sent));
            out.note(Kind::DateFromName, sent.rfc3339());
        }
    }
    if let (Some(begin), Some(end)) = (begin, end) {
        let sent = hints.mail.and_then(|mail| mail.date);
        fact::period(begin, end, sent, Whereabouts::Whole, out);
    }
    (begin, end)
}

/// A date as stated; `None` where there is none, or one that says nothing.
fn date(text: Option<&str>, element: Element, out: &mut Out<'_>) -> Option<UnixSeconds> {
    match text {
        None => {
            out.note(Kind::MissingValue, element.path());
            None
        }
        Some("") => {
            out.note(Kind::EmptyValue, element.path());
            None
        }
        Some(text) => {
            let stated = lenient::epoch(text)
                .filter(|(at, _)| text.len() != 8 || fact::PLAUSIBLE.contains(&at.0))
                .or_else(|| odd(lenient::timestamp(text)))
                .or_else(|| odd(lenient::mail_date(text)));
            match stated {
                // What a counter that was never set says.
                Some((UnixSeconds(..=0), _)) | None => {
                    out.note(Kind::BadDate, text.to_owned());
                    None
                }
                Some((at, Form::Plain)) => Some(at),
                Some((at, Form::Odd)) => {
                    out.note(Kind::DateForm, text.to_owned());
                    Some(at)
                }
            }
        }
    }
}

/// What is plain elsewhere is odd in XML.
fn odd(date: Option<(UnixSeconds, Form)>) -> Option<(UnixSeconds, Form)> {
    date.map(|(at, _)| (at, Form::Odd))
}
