//! The feedback part: its fields (RFC 5965 §3, RFC 6591 §3, RFC 7489 §7.3.1,
//! RFC 9991 §4) as facts.

use std::borrow::Cow;

use super::fields::{Field, Fields};
use crate::base::lenient;
use crate::base::lenient::without_comments;
use crate::base::{Kind, Limits, Whereabouts};
use crate::report::model::{Extra, Text};
use crate::report::token::{AuthFailureType, Token, Vocabulary};
use crate::report::{Failure, Sink, fact};

/// What a feedback part says.
#[derive(Debug, Default)]
pub struct FeedbackPart {
    pub failure: Failure<'static>,
    /// A `Message-ID` of the sample, which no specification foresees here.
    pub message_id: Option<String>,
    /// The fields stood in the text for people: no field is required there.
    pub is_text_only: bool,
}

/// Whether a text has fields of a feedback part.
pub fn is_feedback(text: &str) -> bool {
    Fields::new(text, 0).any(|field| is_known(field.name))
}

/// Turns fields into facts.
pub fn read<'a>(
    fields: impl Iterator<Item = Field<'a>>,
    limits: &Limits,
    sink: &mut dyn Sink,
) -> FeedbackPart {
    let mut part = FeedbackPart::default();
    for field in fields {
        if field.is_wrapped {
            sink.finding(Kind::MimeMalformed, field.at, field.name);
        }
        Taker { limits, at: field.at, sink: &mut *sink }.take(field, &mut part);
    }
    part
}

/// Fields that hardly any text but a feedback part has.
fn is_known(name: &str) -> bool {
    const KNOWN: [&str; 11] = [
        "feedback-type",
        "auth-failure",
        "arrival-date",
        "received-date",
        "source-ip",
        "reported-domain",
        "original-mail-from",
        "original-rcpt-to",
        "delivery-result",
        "identity-alignment",
        "authentication-results",
    ];
    KNOWN.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// Turns one field into a fact.
struct Taker<'s> {
    limits: &'s Limits,
    at: Whereabouts,
    sink: &'s mut dyn Sink,
}

impl Taker<'_> {
    fn take(&mut self, field: Field<'_>, part: &mut FeedbackPart) {
        let FeedbackPart { failure, message_id, .. } = part;
        let name = field.name;
        let value = field.value;
        match name.to_ascii_lowercase().as_str() {
            "feedback-type" => self.once(&mut failure.feedback_type, name, value, Self::token),
            "delivery-result" => self.once(&mut failure.delivery_result, name, value, Self::token),
            "auth-failure" => self.auth_failures(&mut failure.auth_failure, name, &value),
            "user-agent" => self.once(&mut failure.user_agent, name, value, Self::text),
            "version" => self.once(&mut failure.version, name, value, Self::text),
            "source-ip" => self.once(&mut failure.source_ip, name, value, |taker, name, value| {
                fact::address(Cow::Owned(value), name, taker.at, taker.sink)
            }),
            "source-port" => self.once(&mut failure.source_port, name, value, Self::number),
            "incidents" => self.once(&mut failure.incidents, name, value, Self::number),
            // The name that drafts of RFC 5965 had.
            "arrival-date" | "received-date" => {
                self.once(&mut failure.arrival, name, value, |taker, _, value| {
                    fact::date(&value, lenient::mail_date, taker.at, taker.sink)
                });
            }
            "reporting-mta" => self.once(&mut failure.reporting_mta, name, value, Self::text),
            "original-mail-from" => {
                self.once(&mut failure.original_mail_from, name, value, Self::text);
            }
            "original-envelope-id" => {
                self.once(&mut failure.original_envelope_id, name, value, Self::text);
            }
            "identity-alignment" => {
                self.once(&mut failure.identity_alignment, name, value, Self::text);
            }
            "dkim-domain" => self.once(&mut failure.dkim_domain, name, value, Self::text),
            "dkim-identity" => self.once(&mut failure.dkim_identity, name, value, Self::text),
            "dkim-selector" => self.once(&mut failure.dkim_selector, name, value, Self::text),
            "dkim-canonicalized-header" => {
                self.once(&mut failure.dkim_canonicalized_header, name, value, Self::base64);
            }
            "dkim-canonicalized-body" => {
                self.once(&mut failure.dkim_canonicalized_body, name, value, Self::base64);
            }
            "dkim-adsp-dns" => self.once(&mut failure.dkim_adsp_dns, name, value, Self::text),
            "reported-domain" => self.also(&mut failure.reported_domains, name, value),
            "reported-uri" => self.also(&mut failure.reported_uris, name, value),
            "original-rcpt-to" => self.also(&mut failure.original_rcpt_to, name, value),
            "authentication-results" => {
                self.also(&mut failure.authentication_results, name, value);
            }
            "spf-dns" => self.also(&mut failure.spf_dns, name, value),
            known => {
                if known == "message-id" && message_id.is_none() {
                    *message_id = Some(value.trim_matches(['<', '>', ' ']).to_owned());
                }
                self.extra(&mut failure.extras, name, value);
            }
        }
    }

    /// A field that may stand once: the first rules.
    fn once<T>(
        &mut self,
        slot: &mut Option<T>,
        name: &str,
        value: String,
        read: impl FnOnce(&mut Self, &str, String) -> Option<T>,
    ) {
        if slot.is_some() {
            self.sink.finding(Kind::RepeatedValue, self.at, &format!("{name}: {value}"));
        } else {
            *slot = read(self, name, value);
        }
    }

    /// A field that may stand any number of times.
    fn also(&mut self, list: &mut Vec<Cow<'static, str>>, name: &str, value: String) {
        if value.is_empty() {
            self.sink.finding(Kind::EmptyValue, self.at, name);
        } else if list.len() >= self.limits.list_entries as usize {
            self.sink.finding(Kind::ListLimit, self.at, name);
        } else if let Some(text) = self.text(name, value) {
            list.push(text);
        }
    }

    fn text(&mut self, name: &str, value: String) -> Text<'static> {
        let value = fact::printable(Cow::Owned(value), name, self.at, self.sink);
        Some(fact::clip(value, self.limits.text_bytes, name, self.at, self.sink))
    }

    /// Base64 is folded anywhere.
    fn base64(&mut self, name: &str, value: String) -> Text<'static> {
        self.text(name, value.split_ascii_whitespace().collect())
    }

    fn token<V: Vocabulary>(&mut self, name: &str, value: String) -> Option<Token<'static, V>> {
        let value = without_comments(&value).trim().to_owned();
        fact::token(Cow::Owned(value), name, self.at, self.sink)
    }

    fn number(&mut self, name: &str, value: String) -> Option<u64> {
        fact::number(without_comments(&value).trim(), name, self.at, self.sink)
    }

    /// One type, or against RFC 6591 §3.2.1 a list of them.
    fn auth_failures(
        &mut self,
        list: &mut Vec<Token<'static, AuthFailureType>>,
        name: &str,
        value: &str,
    ) {
        let plain = without_comments(value);
        let words = plain.split([',', ';', ' ', '\t']).filter(|word| !word.is_empty());
        for word in words {
            if list.len() >= self.limits.list_entries as usize {
                return self.sink.finding(Kind::ListLimit, self.at, name);
            }
            list.extend(self.token(name, word.to_owned()));
        }
    }

    /// RFC 5965 §6 asks for unknown fields to be ignored; people want to see them.
    fn extra(&mut self, extras: &mut Vec<Extra<'static>>, name: &str, value: String) {
        if extras.len() >= self.limits.list_entries as usize {
            return self.sink.finding(Kind::ListLimit, self.at, "extras");
        }
        self.sink.finding(Kind::UnknownElement, self.at, name);
        let path = &name[..name.floor_char_boundary(self.limits.text_bytes)];
        if let Some(text) = self.text(name, value) {
            extras.push(Extra { path: Cow::Owned(path.to_owned()), text });
        }
    }
}
