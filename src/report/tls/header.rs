//! The members of a report beside its policies, and what its name and mail say
//! where they are missing.

use std::borrow::Cow;

use super::cursor::{Cursor, Extras, Place};
use super::json::{Event, Reader};
use super::member::Member;
use crate::base::calendar::DAY;
use crate::base::lenient::{self, Form};
use crate::base::{Kind, ReportKind, UnixSeconds};
use crate::report::token::Match;
use crate::report::{Header, Hints, fact};

/// What was read of a report's own members.
pub struct Head<'a> {
    pub header: Header<'a>,
    /// Where its policies stand, if it has any.
    pub policies: Option<Place<'a>>,
}

/// Whether the object just opened has members that make it a TLS report: two
/// of those at the top. Looks no further than it must.
pub fn looks_like_report(mut ahead: Reader<'_>) -> bool {
    let mut known = 0;
    loop {
        match ahead.next() {
            Event::Name(name) => {
                let at_top = |(member, _): (Member, Match)| member.home().is_empty();
                known += u32::from(Member::recognise(&name).is_some_and(at_top));
                if known == 2 {
                    return true;
                }
            }
            Event::Close | Event::End => return false,
            value => ahead.skip(&value),
        }
    }
}

/// Reads the members of the object just opened up to its end.
pub fn read<'a>(cursor: &mut Cursor<'a, '_>, hints: &Hints<'a>) -> Head<'a> {
    let mut header = Header::new(ReportKind::Tls);
    let mut extras = Extras::new(cursor.limits);
    let (mut begin, mut end) = (None, None);
    let mut policies = None;
    while let Event::Name(name) = cursor.next() {
        let member = cursor.member(&name);
        if member == Some(Member::Policies) {
            if policies.is_some() {
                let event = cursor.next();
                cursor.repeated(&event, Member::Policies.path());
            } else {
                policies = Some(cursor.bookmark());
                cursor.skip_value();
            }
            continue;
        }
        let event = cursor.next();
        let path = member.map_or("", Member::path);
        match member {
            Some(Member::OrganizationName) => {
                cursor
                    .first(&mut header.reporter, event, path, |c, e, p| c.text(e, p, &mut extras));
            }
            Some(Member::ContactInfo) => {
                cursor.first(&mut header.contact, event, path, |c, e, p| c.text(e, p, &mut extras));
            }
            Some(Member::ReportId) => {
                cursor
                    .first(&mut header.report_id, event, path, |c, e, p| c.text(e, p, &mut extras));
            }
            Some(Member::DateRange) => cursor.objects(event, path, false, &mut |c| {
                date_range(c, &mut begin, &mut end, &mut extras);
            }),
            Some(Member::StartDatetime) => stamp(cursor, event, path, &mut begin, &mut extras),
            Some(Member::EndDatetime) => stamp(cursor, event, path, &mut end, &mut extras),
            _ => cursor.extra(event, &name, &mut extras),
        }
    }
    header.extras = extras.list;
    (header.begin, header.end) = period(cursor, begin, end, hints);
    for (path, value) in [
        (Member::OrganizationName.path(), &header.reporter),
        (Member::ContactInfo.path(), &header.contact),
        (Member::ReportId.path(), &header.report_id),
    ] {
        match value.as_deref() {
            None => cursor.find(Kind::MissingValue, path),
            Some(text) if text.trim().is_empty() => cursor.find(Kind::EmptyValue, path),
            Some(_) => {}
        }
    }
    Head { header, policies }
}

/// A point in time as stated: readable or not, and whether only its day was given.
#[derive(Clone, Copy)]
struct Stamp {
    at: Option<UnixSeconds>,
    day_only: bool,
}

fn date_range<'a>(
    cursor: &mut Cursor<'a, '_>,
    begin: &mut Option<Stamp>,
    end: &mut Option<Stamp>,
    extras: &mut Extras<'a>,
) {
    while let Event::Name(name) = cursor.next() {
        let member = cursor.member(&name);
        let event = cursor.next();
        let path = member.map_or("", Member::path);
        match member {
            Some(Member::StartDatetime) => stamp(cursor, event, path, begin, extras),
            Some(Member::EndDatetime) => stamp(cursor, event, path, end, extras),
            _ => {
                let path = format!("{}/{name}", Member::DateRange.path());
                cursor.extra(event, &path, extras);
            }
        }
    }
}

fn stamp<'a>(
    cursor: &mut Cursor<'a, '_>,
    event: Event<'a>,
    path: &str,
    slot: &mut Option<Stamp>,
    extras: &mut Extras<'a>,
) {
    cursor.first(slot, event, path, |cursor, event, path| {
        let text = cursor.text(event, path, extras)?;
        let whereabouts = cursor.here();
        let at = fact::date(&text, timestamp, whereabouts, cursor.sink);
        Some(Stamp { at, day_only: text.trim().len() == "2026-11-24".len() })
    });
}

/// As RFC 8460 §4.4 has it, or the date of a mail.
fn timestamp(text: &str) -> Option<(UnixSeconds, Form)> {
    let date_of_mail = || Some((lenient::mail_date(text)?.0, Form::Odd));
    lenient::timestamp(text).or_else(date_of_mail)
}

/// Begin and end; from the name of the report or from its mail where it does
/// not say.
fn period(
    cursor: &mut Cursor<'_, '_>,
    begin: Option<Stamp>,
    end: Option<Stamp>,
    hints: &Hints<'_>,
) -> (Option<UnixSeconds>, Option<UnixSeconds>) {
    let at = cursor.here();
    for (stamp, member) in [(begin, Member::StartDatetime), (end, Member::EndDatetime)] {
        if stamp.is_none() {
            cursor.sink.finding(Kind::MissingValue, at, member.path());
        }
    }
    let read = |stamp: Option<Stamp>| stamp.and_then(|stamp| stamp.at);
    let (mut from, mut to) = (read(begin), read(end));
    let sent = hints.mail.and_then(|mail| mail.date);
    if from.is_none() || to.is_none() {
        if let Some(name) = hints.report_name() {
            (from, to) = (from.or(Some(name.begin)), to.or(Some(name.end)));
            cursor.sink.finding(Kind::DateFromName, at, hints.name.unwrap_or_default());
        } else if let (None, None, Some(sent)) = (from, to, sent) {
            (from, to) = (Some(sent), Some(sent));
            cursor.sink.finding(Kind::DateFromName, at, &sent.rfc3339());
        }
    }
    // The same day twice, without clock times, is that day.
    if from == to && end.is_some_and(|end| end.day_only) {
        to = to.map(|to| UnixSeconds(to.0 + DAY - 1));
    }
    if let (Some(from), Some(to)) = (from, to) {
        fact::period(from, to, sent, at, cursor.sink);
    }
    (from, to)
}

/// The policy domain that the surroundings of a report name: its file name, its
/// mail, its own id (RFC 8460 §5.1, §5.3).
pub fn domain_elsewhere<'a>(hints: &Hints<'a>, report_id: Option<&str>) -> Option<Cow<'a, str>> {
    let from_name = hints.report_name().map(|name| name.domain);
    let from_mail = || hints.mail?.tls_report_domain.as_deref();
    let elsewhere = from_name.or_else(from_mail).or_else(|| hints.subject_domain());
    elsewhere
        .map(Cow::Borrowed)
        .or_else(|| report_id.and_then(domain_in_id).map(|d| Cow::Owned(d.to_owned())))
}

/// The domain in ids like `2026-11-24T00:00:00Z_example.com` or
/// `<133925885310113267+example.com@reporter.example>`.
fn domain_in_id(id: &str) -> Option<&str> {
    let id = id.trim_matches(['<', '>', ' ']);
    let id = id.split_once('@').map_or(id, |(local, _)| local);
    let (_, domain) = id.rsplit_once(['+', '_'])?;
    let label =
        |l: &str| !l.is_empty() && l.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let labels = domain.strip_suffix('.').unwrap_or(domain);
    (labels.contains('.') && labels.split('.').all(label)).then_some(domain)
}

/// Whether name or mail announce a TLS report, however little of it is left.
pub fn is_announced(hints: &Hints<'_>) -> bool {
    let json_name = |name: &str| name.to_ascii_lowercase().contains(".json");
    hints.mail.is_some_and(|mail| mail.tls_report_domain.is_some())
        || (hints.report_name().is_some() && hints.name.is_some_and(json_name))
}

/// What a report of which nothing is left is known by.
pub fn from_hints<'a>(header: &mut Header<'a>, hints: &Hints<'a>) {
    if header.reporter.is_none() {
        let submitter = || hints.mail?.tls_report_submitter.as_deref();
        let name = hints.report_name().map(|name| name.receiver);
        header.reporter = name.or_else(submitter).map(Cow::Borrowed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn domains_in_report_ids() {
        for (id, domain) in [
            ("2026-11-24T00:00:00Z_example.com", Some("example.com")),
            ("<2026.11.24T00.00.00Z+example.com@reporter.test>", Some("example.com")),
            ("133925885310113267+example.com.", Some("example.com.")),
            ("5065427c-23d3-47ca-b6e0-946ea0e8c4be", None),
            ("1234_5678", None),
            ("a_b..c", None),
            ("133925885310113267+", None),
        ] {
            assert_eq!(domain_in_id(id), domain, "{id}");
        }
    }
}
