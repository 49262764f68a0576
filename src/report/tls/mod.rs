//! SMTP TLS reports (RFC 8460), with every deviation that real ones show.
//!
//! A report is one JSON object. Its own members are read first, wherever they
//! stand, and its policies then, one row at a time, so that a policy without a
//! domain can be given the report's and no more than one is held.

mod cursor;
mod header;
mod json;
mod member;
mod policy;

use std::borrow::Cow;
use std::io::{BufRead, Read};

use cursor::Cursor;
use header::Head;
use json::{Event, Shape};
use policy::Policies;

use crate::base::{Context, Kind, Outcome, Whereabouts};
use crate::report::{Hints, Sink, text};

/// Reads JSON: a TLS report, several of them in an array or one after the
/// other, or no report at all. Each report ends with its header; the outcome
/// is that of the best of them.
pub fn read(
    bytes: &mut dyn BufRead,
    hints: &Hints<'_>,
    cx: &Context<'_>,
    sink: &mut dyn Sink,
) -> Outcome {
    let limit = cx.limits.json_bytes;
    let mut held = Vec::new();
    // A reader of intake ends early instead of failing: what came is what there is.
    let _ = bytes.take(limit.saturating_add(1)).read_to_end(&mut held);
    let cut = held.len() as u64 > limit;
    if cut {
        held.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        sink.finding(Kind::BufferLimit, Whereabouts::Offset(limit), &limit.to_string());
    }
    let text = decode(&held, cx, sink);
    if text.trim().is_empty() {
        sink.finding(Kind::EmptyPart, Whereabouts::Whole, "");
        return Outcome::Empty;
    }
    let mut cursor = Cursor::new(&text, cut, cx.limits, sink);
    let outcome = read_all(&mut cursor, hints);
    if cut && outcome != Outcome::Opened { Outcome::OverLimit } else { outcome }
}

/// Reads every report of a text.
fn read_all<'a>(cursor: &mut Cursor<'a, '_>, hints: &Hints<'a>) -> Outcome {
    let is_announced = header::is_announced(hints);
    let mut best = None;
    // What is no report, for the finding: where the first stood, and how many.
    let mut others: Option<(Whereabouts, u64)> = None;
    loop {
        match cursor.next() {
            Event::Open(Shape::Object)
                if is_announced || header::looks_like_report(cursor.ahead()) =>
            {
                let outcome = read_report(cursor, hints);
                best = if best == Some(Outcome::Opened) { best } else { Some(outcome) };
            }
            Event::Open(Shape::Array) | Event::Close | Event::Name(_) => {}
            Event::End => break,
            event => {
                let (first, count) = others.unwrap_or((cursor.here(), 0));
                others = Some((first, count + 1));
                cursor.skip(&event);
            }
        }
    }
    match (best, others) {
        (None, _) => cursor.sink.finding(Kind::NoReport, Whereabouts::Whole, "JSON"),
        (Some(_), Some((at, count))) => {
            let detail = format!("{count} values outside the report");
            cursor.sink.finding(Kind::JsonRepaired, at, &detail);
        }
        (Some(_), None) => {}
    }
    best.unwrap_or(Outcome::NotAReport)
}

/// Reads the report whose object was just opened, up to its end.
fn read_report<'a>(cursor: &mut Cursor<'a, '_>, hints: &Hints<'a>) -> Outcome {
    let at = cursor.here();
    let Head { mut header, policies: place } = header::read(cursor, hints);
    let domain = header::domain_elsewhere(hints, header.report_id.as_deref());
    let mut policies =
        Policies { domain: domain.as_deref(), rows: 0, first_domain: None, first_host: None };
    let has_policies = place.is_some();
    if let Some(place) = place {
        let after = cursor.go_to(place);
        policies.read(cursor);
        cursor.go_to(after);
    }
    let outcome = match (policies.rows, has_policies && !cursor.is_broken()) {
        (0, true) => {
            cursor.sink.finding(Kind::ZeroRecords, at, "");
            Outcome::Opened
        }
        (0, false) => {
            cursor.sink.finding(Kind::NoRecords, at, "");
            header::from_hints(&mut header, hints);
            Outcome::Damaged
        }
        _ => Outcome::Opened,
    };
    let Policies { first_domain, first_host, .. } = policies;
    header.domain = first_domain.map(Cow::Owned).or(domain).or(first_host.map(Cow::Owned));
    cursor.sink.header(&header);
    outcome
}

/// The text of a report. JSON is UTF-8 (RFC 8259 §8.1); other encodings are
/// recognised by their bytes.
fn decode<'b>(bytes: &'b [u8], cx: &Context<'_>, sink: &mut dyn Sink) -> Cow<'b, str> {
    let (text, label) = text::decode(bytes, cx.decode);
    if label != "utf-8" {
        sink.finding(Kind::EncodingMismatch, Whereabouts::Whole, &format!("utf-8, {label}"));
    }
    text
}
