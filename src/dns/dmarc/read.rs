//! Checks a DMARC record tag by tag.

use super::external::permission;
use super::{Alignment, FailureOption, Policy, Record, ReportUri, Suffix};
use crate::dns::diagnostic::Checked;
use crate::dns::fields::{Field, Reader};
use crate::dns::kind::Kind;
use crate::dns::message::Message;
use crate::dns::name::Organization;
use crate::dns::near::nearest;
use crate::dns::record::RecordKind;
use crate::dns::tls_rpt::stray_uri;
use crate::dns::txt::Txt;
use crate::dns::uri::{self, In};

const TAGS: [&str; 13] =
    ["p", "sp", "np", "t", "psd", "adkim", "aspf", "rua", "ruf", "fo", "pct", "ri", "rf"];

/// Where the record stands, as far as is known.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    /// The domain that the record is for.
    pub domain: Option<&'a str>,
    /// Whether it is the record by which a domain agrees to receive reports for another,
    /// which needs no policy.
    pub permission: bool,
    pub organization: Organization<'a>,
}

impl<'a> Place<'a> {
    /// Nothing is known but perhaps the name that the record was found at.
    pub fn of_owner(owner: Option<&'a str>, organization: Organization<'a>) -> Self {
        let owner = owner.map(|name| name.trim_end_matches('.'));
        Self {
            domain: owner.and_then(|name| name.strip_prefix(RecordKind::Dmarc.prefix())),
            permission: owner.is_some_and(|name| name.contains("._report._dmarc")),
            organization,
        }
    }
}

/// Checks a record.
pub fn read(txt: &Txt, place: Place<'_>) -> Checked<Option<Record>> {
    let (mut reader, body_at) = Reader::new(txt, RecordKind::Dmarc);
    let mut strays = Vec::new();
    let fields = reader.fields(body_at, &TAGS, |reader, at, text| {
        stray_uri(reader, at, text, In::Dmarc, &mut strays)
    });
    let stands = |tag: &&str| fields.iter().any(|field| field.name == *tag);
    let stand = TAGS.into_iter().filter(stands).collect();
    let mut reading = Reading { reader, place, record: Record::default(), stand };
    let mut seen: Vec<(&str, usize)> = Vec::new();
    for (index, field) in fields.iter().enumerate() {
        let tag = reading.tag(*field);
        if let Some(tag) = tag.filter(|tag| seen.iter().any(|(seen, _)| seen == tag)) {
            reading.reader.say(field.at, Message::new(Kind::TagRepeated).arg("tag", tag));
            continue;
        }
        if tag == Some("p") && index > 0 {
            reading.reader.say(field.at, Kind::PolicyNotSecond.into());
        }
        seen.extend(tag.map(|tag| (tag, field.at)));
        match tag {
            // That it is empty has been said.
            _ if field.value.is_empty() => {}
            Some(tag) => reading.value(tag, *field),
            None => reading.unknown(*field),
        }
    }
    let list = if seen.last().is_some_and(|(tag, _)| *tag == "ruf") {
        &mut reading.record.failure
    } else {
        &mut reading.record.aggregate
    };
    for uri in strays {
        if !list.contains(&uri) {
            list.push(uri);
        }
    }
    reading.whole(&seen);
    let Reading { reader, record, .. } = reading;
    reader.finish(Some(record), true)
}

struct Reading<'a> {
    reader: Reader<'a>,
    place: Place<'a>,
    record: Record,
    /// The tags that are there in their right spelling.
    stand: Vec<&'static str>,
}

impl Reading<'_> {
    /// The tag that a name is or was meant as; `None` if nobody knows it.
    fn tag(&mut self, field: Field<'_>) -> Option<&'static str> {
        if let Some(tag) = TAGS.into_iter().find(|tag| *tag == field.name) {
            return Some(tag);
        }
        let near = nearest(field.name, &TAGS).filter(|near| !self.stand.contains(near));
        let message = match near {
            Some(tag) => Message::new(Kind::TagMisspelt).arg("found", field.name).arg("tag", tag),
            None => Message::new(Kind::TagUnknown).arg("found", field.name),
        };
        self.reader.say(field.at, message);
        near
    }

    fn value(&mut self, tag: &'static str, field: Field<'_>) {
        match tag {
            "p" => self.record.policy = self.policy(tag, field),
            "sp" => self.record.subdomains = self.policy(tag, field),
            "np" => {
                self.new_tag(tag, field);
                self.record.nonexistent = self.policy(tag, field);
            }
            "t" => {
                self.new_tag(tag, field);
                let yes = self.token(tag, field, Kind::FlagUnknown, &[("y", true), ("n", false)]);
                self.record.testing = yes;
            }
            "psd" => {
                self.new_tag(tag, field);
                let known = [("y", Suffix::Yes), ("n", Suffix::No), ("u", Suffix::Unknown)];
                self.record.suffix = self.token(tag, field, Kind::FlagUnknown, &known);
                if self.record.suffix == Some(Suffix::Yes) {
                    self.reader.say(field.at, Kind::PublicSuffix.into());
                }
            }
            "adkim" => self.record.dkim = self.alignment(tag, field),
            "aspf" => self.record.spf = self.alignment(tag, field),
            "rua" => self.record.aggregate = self.uris(tag, field),
            "ruf" => self.record.failure = self.uris(tag, field),
            "fo" => self.failure_options(field),
            // pct, ri, rf
            _ => self.historic(tag, field),
        }
    }

    fn unknown(&mut self, field: Field<'_>) {
        // RFC 9989 §4.8: printable ASCII and spaces.
        let is_right = field.value.bytes().all(|b| matches!(b, b' '..=b'~'));
        // A second spelling of a known tag would become that tag if the first one went.
        if is_right && nearest(field.name, &TAGS).is_none() {
            self.record.unknown.push((field.name.to_owned(), field.value.to_owned()));
        } else if !is_right {
            let message = Message::new(Kind::TagValue).arg("tag", field.name);
            self.reader.say(field.value_at, message);
        }
    }

    /// `p`, `sp` and `np`; what was meant where the value is none of the three.
    fn policy(&mut self, tag: &'static str, field: Field<'_>) -> Option<Policy> {
        if let Ok(policy) = field.value.parse() {
            return Some(policy);
        }
        self.unknown_value(Kind::PolicyUnknown, tag, field);
        let meant = nearest(field.value, &["none", "quarantine", "reject"]);
        let meant = meant.and_then(|token| token.parse().ok());
        // A policy there must be; without the others, they are what it is.
        if tag == "p" { meant.or(Some(Policy::None)) } else { meant }
    }

    fn alignment(&mut self, tag: &'static str, field: Field<'_>) -> Option<Alignment> {
        let known = [("r", Alignment::Relaxed), ("s", Alignment::Strict)];
        self.token(tag, field, Kind::AlignmentUnknown, &known)
    }

    /// A token of one letter, or a word that begins with it.
    fn token<T: Copy>(
        &mut self,
        tag: &'static str,
        field: Field<'_>,
        kind: Kind,
        known: &[(&str, T)],
    ) -> Option<T> {
        let value = field.value.to_ascii_lowercase();
        if let Some((_, exact)) = known.iter().find(|(token, _)| *token == value) {
            return Some(*exact);
        }
        self.unknown_value(kind, tag, field);
        known.iter().find(|(token, _)| value.starts_with(token)).map(|(_, meant)| *meant)
    }

    fn unknown_value(&mut self, kind: Kind, tag: &'static str, field: Field<'_>) {
        let message = Message::new(kind).arg("tag", tag).arg("found", field.value);
        self.reader.say(field.value_at, message);
    }

    fn new_tag(&mut self, tag: &'static str, field: Field<'_>) {
        self.reader.say(field.at, Message::new(Kind::TagNew).arg("tag", tag));
    }

    fn uris(&mut self, tag: &'static str, field: Field<'_>) -> Vec<ReportUri> {
        let uris = uri::list(field.value, tag, In::Dmarc);
        for (offset, message) in uris.found {
            self.reader.say(field.value_at + offset, message);
        }
        if let Some(domain) = self.place.domain {
            for uri in &uris.uris {
                if let Some(needed) = permission(uri, domain, self.place.organization) {
                    let message = Message::new(Kind::UriExternal);
                    let message = message.arg("host", needed.host).arg("name", needed.name);
                    self.reader.say(field.value_at, message);
                }
            }
        }
        uris.uris
    }

    fn failure_options(&mut self, field: Field<'_>) {
        let mut options: Vec<FailureOption> = Vec::new();
        let mut wrong = None;
        for text in field.value.split([':', ',']).map(str::trim) {
            match text.parse() {
                Ok(option) if !options.contains(&option) => options.push(option),
                Ok(_) => {}
                Err(()) => wrong = Some(text),
            }
        }
        let wrong = if field.value.contains(',') { Some(field.value) } else { wrong };
        if let Some(wrong) = wrong {
            let message = Message::new(Kind::FailureOptionUnknown).arg("found", wrong);
            self.reader.say(field.value_at, message);
        }
        let both = [FailureOption::All, FailureOption::Any];
        if both.iter().all(|option| options.contains(option)) {
            self.reader.say(field.value_at, Kind::FailureOptionExclusive.into());
            // 1 asks for everything that 0 does.
            options.retain(|option| *option != FailureOption::All);
        }
        self.record.failure_options = options;
    }

    fn historic(&mut self, tag: &'static str, field: Field<'_>) {
        let right = match tag {
            "pct" => {
                self.record.percent = number(field.value).filter(|percent| *percent <= 100);
                self.record.percent.is_some()
            }
            "ri" => {
                self.record.interval = number(field.value);
                self.record.interval.is_some()
            }
            _ => {
                let is_known = field.value.eq_ignore_ascii_case("afrf");
                self.record.format = is_known.then(|| field.value.to_owned());
                is_known
            }
        };
        match (right, self.record.percent) {
            (false, _) => self.unknown_value(Kind::HistoricValue, tag, field),
            (true, Some(0..100)) if tag == "pct" => {
                let message = Message::new(Kind::PercentHistoric).arg("found", field.value);
                self.reader.say(field.at, message);
            }
            (true, _) => self.reader.say(field.at, Message::new(Kind::TagHistoric).arg("tag", tag)),
        }
    }

    /// What can be said only of the whole.
    fn whole(&mut self, seen: &[(&str, usize)]) {
        if self.place.permission {
            return;
        }
        let place = |tag: &str| seen.iter().find(|(seen, _)| *seen == tag).map(|(_, at)| *at);
        let reports = !self.record.aggregate.is_empty();
        if place("p").is_none() {
            let kind = if reports { Kind::PolicyAssumed } else { Kind::PolicyMissing };
            self.reader.say(0, kind.into());
        }
        let policy = *self.record.policy.get_or_insert(Policy::None);
        let subdomains = [("sp", self.record.subdomains), ("np", self.record.nonexistent)];
        for (tag, weaker) in subdomains {
            if let Some(weaker) = weaker.filter(|weaker| *weaker < policy) {
                let message = Message::new(Kind::SubdomainWeaker).arg("tag", tag);
                let message = message.arg("found", weaker.token()).arg("policy", policy.token());
                self.reader.say(place(tag).unwrap_or(0), message);
            }
        }
        if !self.record.failure_options.is_empty() && self.record.failure.is_empty() {
            self.reader.say(place("fo").unwrap_or(0), Kind::FailureOptionUnused.into());
        }
        if !reports && place("p").is_some() {
            self.reader.say(0, Kind::NoReports.into());
        }
    }
}

/// Decimal digits and nothing else.
fn number<T: std::str::FromStr>(text: &str) -> Option<T> {
    text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}
