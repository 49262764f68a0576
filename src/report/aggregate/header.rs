//! What a report says of itself, while it is being read.

use std::borrow::Cow;

use bounded_static::IntoBoundedStatic;

use super::out::Out;
use super::period::period;
use super::schema::{Element as E, is_known_namespace};
use super::value::Value;
use crate::base::{Kind, Limits, ReportKind};
use crate::report::model::{Extra, Header, LangText, PolicyPublished};
use crate::report::token::{Token, Vocabulary};
use crate::report::{Hints, model::Text};

/// The metadata and the policy so far. There is one in a report: plain strings do.
#[derive(Clone, Debug)]
pub(super) struct HeaderDraft {
    header: Header<'static>,
    policy: PolicyPublished<'static>,
    /// A policy stands in the report.
    has_policy: bool,
    /// `p` stands in it, though perhaps empty.
    has_p: bool,
    begin: Option<String>,
    end: Option<String>,
    /// The `lang` of the element being read (RFC 9990 §3.1.1.4).
    pub lang: Option<String>,
    errors_full: bool,
    extras_full: bool,
}

impl Default for HeaderDraft {
    fn default() -> Self {
        Self {
            header: Header::new(ReportKind::Aggregate),
            policy: PolicyPublished::default(),
            has_policy: false,
            has_p: false,
            begin: None,
            end: None,
            lang: None,
            errors_full: false,
            extras_full: false,
        }
    }
}

impl HeaderDraft {
    /// Takes the value of a leaf.
    pub fn take(&mut self, value: Value<'_>, limits: &Limits, out: &mut Out<'_>) {
        let text = value.text;
        self.has_policy |= value.element.is_of_policy();
        let lang = self.lang.take().map(Cow::Owned);
        let (header, policy) = (&mut self.header, &mut self.policy);
        match value.element {
            E::Version => value.set(&mut header.version, owned(text), out),
            E::OrgName => {
                value.require(out);
                value.set(&mut header.reporter, owned(text), out);
            }
            E::Email => {
                value.require(out);
                value.set(&mut header.contact, owned(text), out);
            }
            E::ExtraContactInfo => {
                let text = LangText { text: owned(text), lang };
                value.set(&mut header.extra_contact_info, text, out);
            }
            E::ReportId => {
                value.require(out);
                value.set(&mut header.report_id, owned(text), out);
            }
            E::Error if text.is_empty() => {}
            E::Error if header.errors.len() < limits.list_entries as usize => {
                header.errors.push(LangText { text: owned(text), lang });
            }
            E::Error => {
                if !self.errors_full {
                    out.note(Kind::ListLimit, value.path());
                }
                self.errors_full = true;
            }
            E::Generator => value.set(&mut header.generator, owned(text), out),
            E::Begin => value.set(&mut self.begin, text.to_owned(), out),
            E::End => value.set(&mut self.end, text.to_owned(), out),
            E::Domain => {
                value.require(out);
                value.set(&mut header.domain, owned(text), out);
            }
            E::P => {
                self.has_p = true;
                set_word(&mut policy.p, value, out);
            }
            E::Sp => set_word(&mut policy.sp, value, out),
            E::Np => set_word(&mut policy.np, value, out),
            E::Adkim => set_word(&mut policy.adkim, value, out),
            E::Aspf => set_word(&mut policy.aspf, value, out),
            E::Pct => {
                value.require(out);
                if !text.is_empty() && text.parse().ok().is_none_or(|percent: u64| percent > 100) {
                    out.note_value(Kind::UnknownToken, value.path(), text);
                }
                value.set(&mut policy.pct, owned(text), out);
            }
            E::Fo => value.set(&mut policy.fo, owned(text), out),
            E::Testing => set_word(&mut policy.testing, value, out),
            E::DiscoveryMethod => set_word(&mut policy.discovery_method, value, out),
            // invariant: the leaves outside records are all above.
            _ => {}
        }
    }

    /// The policy begins.
    pub fn open_policy(&mut self) {
        self.has_policy = true;
    }

    /// The namespace of the root element.
    pub fn namespace(&mut self, namespace: &str, out: &mut Out<'_>) {
        if !is_known_namespace(namespace) {
            out.note(Kind::UnknownNamespace, namespace.to_owned());
        }
        self.header.namespace.get_or_insert_with(|| owned(namespace));
    }

    /// Keeps something that no schema knows.
    pub fn extra(&mut self, path: &str, text: &str, limits: &Limits, out: &mut Out<'_>) {
        if self.header.extras.len() < limits.list_entries as usize {
            self.header.extras.push(Extra { path: owned(path), text: owned(text) });
        } else if !self.extras_full {
            self.extras_full = true;
            out.note(Kind::ListLimit, "extras");
        }
    }

    /// How many extras there are.
    pub fn extras(&self) -> usize {
        self.header.extras.len()
    }

    /// Takes back an extra that turns out to be a value after all.
    pub fn take_extra(
        &mut self,
        from: usize,
        matches: impl Fn(&str) -> bool,
    ) -> Option<(String, String)> {
        let kept = self.header.extras.get(from..)?;
        let at = kept.iter().position(|extra| matches(&extra.path))?;
        let extra = self.header.extras.remove(from + at);
        Some((extra.path.into_owned(), extra.text.into_owned()))
    }

    /// Notes what is missing, mends what can be mended, and gives the header.
    pub fn finish(mut self, hints: &Hints<'_>, out: &mut Out<'_>) -> Header<'static> {
        for (missing, element) in [
            (self.header.reporter.is_none(), E::OrgName),
            (self.header.contact.is_none(), E::Email),
            (self.header.report_id.is_none(), E::ReportId),
            (self.header.domain.is_none(), E::Domain),
            (!self.has_p, E::P),
        ] {
            if missing {
                out.note(Kind::MissingValue, element.path());
            }
        }
        let header = &mut self.header;
        (header.begin, header.end) = period(self.begin.as_deref(), self.end.as_deref(), hints, out);
        if is_blank(&header.domain) {
            let name = hints.report_name().map(|name| name.domain);
            if let Some(domain) = name.or_else(|| hints.subject_domain()) {
                out.note(Kind::DomainFromName, domain.to_owned());
                header.domain = Some(owned(domain));
            }
        }
        header.policy = self.has_policy.then_some(self.policy);
        self.header
    }
}

fn owned(text: &str) -> Cow<'static, str> {
    Cow::Owned(text.to_owned())
}

fn is_blank(text: &Text<'_>) -> bool {
    text.as_deref().is_none_or(str::is_empty)
}

/// Sets a word of a vocabulary. An empty one is none, as it must not be.
fn set_word<V: Vocabulary>(
    slot: &mut Option<Token<'static, V>>,
    value: Value<'_>,
    out: &mut Out<'_>,
) {
    if let Some(word) = value.word(out) {
        value.set(slot, word.into_static(), out);
    }
}
