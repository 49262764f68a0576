//! A record while it is being read: its texts in one buffer, no allocation for
//! each, and the buffer kept from record to record.

use std::borrow::Cow;
use std::net::IpAddr;

use super::list::List;
use super::out::Out;
use super::schema::Element as E;
use super::value::Value;
use crate::base::{Kind, Limits};
use crate::report::model::{Address, AggregateRecord, Auth, Dkim, Extra, Reason, Spf};
use crate::report::token::{
    Disposition, DkimResult, ReasonType, SpfResult, SpfScope, Token, Verdict, Vocabulary,
};

/// Texts of one record, in units of the longest text, before it is cut short:
/// lists of long texts must not fill the memory.
const RECORD_TEXTS: usize = 256;

/// A place in the record's buffer.
#[derive(Clone, Copy, Debug, Default)]
struct Span {
    from: usize,
    to: usize,
}

/// A value that was understood, or where it stands.
#[derive(Clone, Copy, Debug)]
enum Held<V> {
    Known(V),
    Other(Span),
    /// Stated, and empty.
    Empty,
}

#[derive(Clone, Debug, Default)]
struct ReasonDraft {
    kind: Option<Held<ReasonType>>,
    comment: Option<Span>,
}

#[derive(Clone, Debug, Default)]
struct DkimDraft {
    domain: Option<Span>,
    selector: Option<Span>,
    result: Option<Held<DkimResult>>,
    human_result: Option<Span>,
}

#[derive(Clone, Debug, Default)]
struct SpfDraft {
    domain: Option<Span>,
    scope: Option<Held<SpfScope>>,
    result: Option<Held<SpfResult>>,
    human_result: Option<Span>,
}

/// What is read of one record so far.
#[derive(Clone, Debug, Default)]
pub(super) struct RecordDraft {
    texts: String,
    /// Something but empty elements was stated.
    has_content: bool,
    /// Its `row` was read: another one belongs to another record.
    pub has_row: bool,
    source_ip: Option<Held<IpAddr>>,
    /// Stated, though perhaps no number.
    count: Option<Option<u64>>,
    disposition: Option<Held<Disposition>>,
    evaluated_dkim: Option<Held<Verdict>>,
    evaluated_spf: Option<Held<Verdict>>,
    header_from: Option<Span>,
    envelope_from: Option<Span>,
    envelope_to: Option<Span>,
    reasons: List<ReasonDraft>,
    dkim: List<DkimDraft>,
    spf: List<SpfDraft>,
    /// Path and text.
    extras: List<(Span, Span)>,
}

impl RecordDraft {
    /// Forgets everything but the buffers.
    pub fn clear(&mut self) {
        let (mut texts, mut reasons, mut dkim, mut spf, mut extras) = (
            std::mem::take(&mut self.texts),
            std::mem::take(&mut self.reasons),
            std::mem::take(&mut self.dkim),
            std::mem::take(&mut self.spf),
            std::mem::take(&mut self.extras),
        );
        texts.clear();
        reasons.clear();
        dkim.clear();
        spf.clear();
        extras.clear();
        *self = Self { texts, reasons, dkim, spf, extras, ..Self::default() };
    }

    /// An element of a list begins.
    pub fn open(&mut self, element: E, limits: &Limits, out: &mut Out<'_>) {
        match element {
            E::Row => self.has_row = true,
            E::Reason => self.reasons.push(ReasonDraft::default(), element, limits, out),
            E::Dkim => self.dkim.push(DkimDraft::default(), element, limits, out),
            E::Spf => self.spf.push(SpfDraft::default(), element, limits, out),
            _ => {}
        }
    }

    /// An element of a list is over; one that states nothing is none.
    pub fn close(&mut self, element: E, out: &mut Out<'_>) {
        match element {
            E::Reason => self
                .reasons
                .close(element, out, |reason| reason.kind.is_none() && reason.comment.is_none()),
            E::Dkim => self.dkim.close(element, out, |dkim| {
                dkim.domain.is_none()
                    && dkim.selector.is_none()
                    && dkim.result.is_none()
                    && dkim.human_result.is_none()
            }),
            E::Spf => self.spf.close(element, out, |spf| {
                spf.domain.is_none()
                    && spf.scope.is_none()
                    && spf.result.is_none()
                    && spf.human_result.is_none()
            }),
            _ => {}
        }
    }

    /// Takes the value of a leaf.
    pub fn take(&mut self, value: Value<'_>, limits: &Limits, out: &mut Out<'_>) {
        self.has_content |= !value.text.is_empty();
        match value.element {
            E::SourceIp => {
                let held = match value.address(out) {
                    Some(Address::Ip(ip)) => Held::Known(ip),
                    Some(Address::Other(text)) => Held::Other(self.keep(&text, limits, out)),
                    None => Held::Empty,
                };
                value.set(&mut self.source_ip, held, out);
            }
            E::Count => {
                let count = value.number(out);
                value.set(&mut self.count, count, out);
            }
            E::Disposition => {
                let held = self.word(value, limits, out);
                value.set(&mut self.disposition, held, out);
            }
            E::EvaluatedDkim => {
                let held = self.word(value, limits, out);
                value.set(&mut self.evaluated_dkim, held, out);
            }
            E::EvaluatedSpf => {
                let held = self.word(value, limits, out);
                value.set(&mut self.evaluated_spf, held, out);
            }
            E::HeaderFrom => {
                value.require(out);
                let span = self.text(value, limits, out);
                value.set(&mut self.header_from, span, out);
            }
            E::EnvelopeFrom => {
                let span = self.text(value, limits, out);
                value.set(&mut self.envelope_from, span, out);
            }
            E::EnvelopeTo => {
                let span = self.text(value, limits, out);
                value.set(&mut self.envelope_to, span, out);
            }
            E::ReasonType => {
                let held = self.word(value, limits, out);
                self.reasons.with_last(|reason| value.set(&mut reason.kind, held, out));
            }
            E::ReasonComment => {
                let span = self.text(value, limits, out);
                self.reasons.with_last(|reason| value.set(&mut reason.comment, span, out));
            }
            E::DkimDomain => {
                value.require(out);
                let span = self.text(value, limits, out);
                self.dkim.with_last(|dkim| value.set(&mut dkim.domain, span, out));
            }
            E::DkimSelector => {
                let span = self.text(value, limits, out);
                self.dkim.with_last(|dkim| value.set(&mut dkim.selector, span, out));
            }
            E::DkimResult => {
                let held = self.word(value, limits, out);
                self.dkim.with_last(|dkim| value.set(&mut dkim.result, held, out));
            }
            E::DkimHumanResult => {
                let span = self.text(value, limits, out);
                self.dkim.with_last(|dkim| value.set(&mut dkim.human_result, span, out));
            }
            E::SpfDomain => {
                value.require(out);
                let span = self.text(value, limits, out);
                self.spf.with_last(|spf| value.set(&mut spf.domain, span, out));
            }
            E::SpfScope => {
                let held = self.word(value, limits, out);
                self.spf.with_last(|spf| value.set(&mut spf.scope, held, out));
            }
            E::SpfResult => {
                let held = self.word(value, limits, out);
                self.spf.with_last(|spf| value.set(&mut spf.result, held, out));
            }
            E::SpfHumanResult => {
                let span = self.text(value, limits, out);
                self.spf.with_last(|spf| value.set(&mut spf.human_result, span, out));
            }
            // invariant: the leaves of a record are all above.
            _ => {}
        }
    }

    /// Keeps something that no schema knows.
    pub fn extra(&mut self, path: &str, text: &str, limits: &Limits, out: &mut Out<'_>) {
        self.has_content |= !text.is_empty();
        let (path, text) = (self.keep(path, limits, out), self.keep(text, limits, out));
        self.extras.push((path, text), E::Record, limits, out);
    }

    /// How many extras there are.
    pub fn extras(&self) -> usize {
        self.extras.items.len()
    }

    /// Takes back an extra that turns out to be a value after all.
    pub fn take_extra(
        &mut self,
        from: usize,
        matches: impl Fn(&str) -> bool,
    ) -> Option<(String, String)> {
        let texts = &self.texts;
        let kept = self.extras.items.get(from..)?;
        let at = kept.iter().position(|(path, _)| matches(of(texts, *path)))?;
        let (path, text) = self.extras.items.remove(from + at);
        Some((of(texts, path).to_owned(), of(texts, text).to_owned()))
    }

    fn word<V: Vocabulary>(
        &mut self,
        value: Value<'_>,
        limits: &Limits,
        out: &mut Out<'_>,
    ) -> Held<V> {
        match value.word(out) {
            Some(Token::Known(word)) => Held::Known(word),
            Some(Token::Other(text)) => Held::Other(self.keep(&text, limits, out)),
            None => Held::Empty,
        }
    }

    fn text(&mut self, value: Value<'_>, limits: &Limits, out: &mut Out<'_>) -> Span {
        self.keep(value.text, limits, out)
    }

    fn keep(&mut self, text: &str, limits: &Limits, out: &mut Out<'_>) -> Span {
        let from = self.texts.len();
        if from + text.len() > limits.text_bytes.saturating_mul(RECORD_TEXTS) {
            out.note(Kind::TextLimit, E::Record.path());
        } else {
            self.texts.push_str(text);
        }
        Span { from, to: self.texts.len() }
    }

    /// Notes what is missing, and gives the record, unless it states nothing.
    pub fn finish(&self, out: &mut Out<'_>) -> Option<AggregateRecord<'_>> {
        if !self.has_content {
            return None;
        }
        if matches!(self.source_ip, None | Some(Held::Empty)) {
            out.note(Kind::NoSourceAddress, "");
        }
        if self.count == Some(Some(0)) {
            out.note(Kind::ZeroCount, "");
        }
        for (missing, element) in [
            (self.count.is_none(), E::Count),
            (self.disposition.is_none(), E::Disposition),
            (self.evaluated_dkim.is_none(), E::EvaluatedDkim),
            (self.evaluated_spf.is_none(), E::EvaluatedSpf),
            (self.header_from.is_none(), E::HeaderFrom),
            (self.reasons.items.iter().any(|reason| reason.kind.is_none()), E::ReasonType),
            (self.dkim.items.iter().any(|dkim| dkim.domain.is_none()), E::DkimDomain),
            (self.dkim.items.iter().any(|dkim| dkim.result.is_none()), E::DkimResult),
            (self.spf.items.iter().any(|spf| spf.domain.is_none()), E::SpfDomain),
            (self.spf.items.iter().any(|spf| spf.result.is_none()), E::SpfResult),
        ] {
            if missing {
                out.note(Kind::MissingValue, element.path());
            }
        }
        Some(self.record())
    }

    fn record(&self) -> AggregateRecord<'_> {
        let text = |span: Option<Span>| span.map(|span| Cow::Borrowed(of(&self.texts, span)));
        let reasons = self
            .reasons
            .items
            .iter()
            .map(|reason| Reason { kind: self.token(reason.kind), comment: text(reason.comment) });
        let dkim = self.dkim.items.iter().map(|dkim| Dkim {
            domain: text(dkim.domain),
            selector: text(dkim.selector),
            result: self.token(dkim.result),
            human_result: text(dkim.human_result),
        });
        let spf = self.spf.items.iter().map(|spf| Spf {
            domain: text(spf.domain),
            scope: self.token(spf.scope),
            result: self.token(spf.result),
            human_result: text(spf.human_result),
        });
        let extras = self.extras.items.iter().map(|(path, text)| Extra {
            path: Cow::Borrowed(of(&self.texts, *path)),
            text: Cow::Borrowed(of(&self.texts, *text)),
        });
        AggregateRecord {
            source_ip: self.source_ip.and_then(|held| match held {
                Held::Known(ip) => Some(Address::Ip(ip)),
                Held::Other(span) => Some(Address::Other(Cow::Borrowed(of(&self.texts, span)))),
                Held::Empty => None,
            }),
            count: self.count.flatten(),
            disposition: self.token(self.disposition),
            dkim: self.token(self.evaluated_dkim),
            spf: self.token(self.evaluated_spf),
            reasons: reasons.collect(),
            header_from: text(self.header_from),
            envelope_from: text(self.envelope_from),
            envelope_to: text(self.envelope_to),
            auth: Auth { dkim: dkim.collect(), spf: spf.collect() },
            extras: extras.collect(),
        }
    }

    fn token<V: Copy>(&self, held: Option<Held<V>>) -> Option<Token<'_, V>> {
        held.and_then(|held| match held {
            Held::Known(word) => Some(Token::Known(word)),
            Held::Other(span) => Some(Token::Other(Cow::Borrowed(of(&self.texts, span)))),
            Held::Empty => None,
        })
    }
}

fn of(texts: &str, span: Span) -> &str {
    // invariant: spans are made from this buffer, which only grows until it is cleared.
    &texts[span.from..span.to]
}
