//! Whole records at a glance: those in which nothing is odd, which are nearly all.
//!
//! [`Express::record`] reads a record straight from where it stands in the text, without an event for
//! each tag and without a copy of what it says. It knows the schema, plain tags and plain texts, and
//! nothing else: at an attribute, a word outside its vocabulary, something missing or said twice, in
//! short at whatever would be a finding or needs a second thought, it gives up, and the reader of
//! events reads the same bytes. So it may only know what that reader reads the same way
//! (tests/it/report/aggregate/express.rs holds one against the other).
//!
//! A reporter writes all records alike. What stands between two values, end tags, indents, start tags,
//! is a *joint*, of which there are few: each is understood once, and from then on only compared.

use std::borrow::Cow;
use std::net::IpAddr;

use crate::joint::{Element, Joint, Joints, Step};
use crate::record::{Address, AggregateRecord, Auth, Dkim, Reason, Spf, Text};
use crate::text::{self, Stop};
use crate::token::{Token, Vocabulary};

/// Elements within a report are at most so deep: under a limit that is less, nothing is read here.
pub const DEPTH: u32 = 8;

/// Up to here a value is plain.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Of one text, and of one record.
    pub text_bytes: usize,
    /// Of one list within a record.
    pub list_entries: usize,
}

/// Reads the plain records of a report.
#[derive(Debug)]
pub struct Express {
    bounds: Bounds,
    joints: Joints,
    spare: Spare,
}

/// The lists of the record before, emptied, for their memory.
#[derive(Debug, Default)]
struct Spare(Vec<Reason<'static>>, Auth<'static>);

impl Express {
    pub fn new(bounds: Bounds) -> Self {
        Self { bounds, joints: Joints::default(), spare: Spare::default() }
    }

    /// Hands over the record at the start of a text, perhaps after white space; how many bytes it
    /// takes. `None` where anything about it is not plain, or where it does not end in this text.
    #[inline(never)]
    pub fn record(
        &mut self,
        text: &str,
        take: &mut dyn FnMut(&AggregateRecord<'_>),
    ) -> Option<usize> {
        let Spare(reasons, auth) = std::mem::take(&mut self.spare);
        let record = AggregateRecord { reasons, auth, ..AggregateRecord::default() };
        let mut draft = Draft { record, has_row: false, bounds: self.bounds };
        let length = draft.read(text, &mut self.joints);
        if length.is_some() {
            take(&draft.record);
        }
        let AggregateRecord { reasons, auth: Auth { dkim, spf }, .. } = draft.record;
        self.spare = Spare(emptied(reasons), Auth { dkim: emptied(dkim), spf: emptied(spf) });
        length
    }
}

/// The same memory for items of another lifetime.
fn emptied<A, B>(mut items: Vec<A>) -> Vec<B> {
    items.clear();
    items.into_iter().filter_map(|_| None).collect()
}

/// A record as far as it is read.
struct Draft<'w> {
    record: AggregateRecord<'w>,
    has_row: bool,
    bounds: Bounds,
}

impl<'w> Draft<'w> {
    /// How many bytes it takes.
    fn read(&mut self, text: &'w str, joints: &mut Joints) -> Option<usize> {
        let (mut at, mut from) = (0, Element::Report);
        loop {
            let Joint { text: passed, steps, to } = joints.find(from, text.get(at..)?)?;
            for step in steps {
                self.step(*step)?;
            }
            at += passed.len();
            match to {
                Some(value) => {
                    at += self.value(*value, text.get(at..)?)?;
                    from = *value;
                }
                None => break,
            }
        }
        (self.is_complete() && at <= self.bounds.text_bytes).then_some(at)
    }

    fn is_complete(&self) -> bool {
        self.record.source_ip.is_some()
            && self.record.count.is_some()
            && self.record.disposition.is_some()
            && self.record.dkim.is_some()
            && self.record.spf.is_some()
            && self.record.header_from.is_some()
    }

    // ── Elements ──

    fn step(&mut self, step: Step) -> Option<()> {
        let Auth { dkim, spf } = &mut self.record.auth;
        match step {
            // A second one belongs to another record.
            Step::Open(Element::Row) => (!std::mem::replace(&mut self.has_row, true)).then_some(()),
            Step::Open(Element::Reason) => push(&mut self.record.reasons, self.bounds),
            Step::Open(Element::Dkim) => push(dkim, self.bounds),
            Step::Open(Element::Spf) => push(spf, self.bounds),
            Step::Close(Element::Reason) => self.record.reasons.last()?.kind.as_ref().map(|_| ()),
            Step::Close(Element::Dkim) => {
                let Dkim { domain, result, .. } = dkim.last()?;
                (domain.is_some() && result.is_some()).then_some(())
            }
            Step::Close(Element::Spf) => {
                let Spf { domain, result, .. } = spf.last()?;
                (domain.is_some() && result.is_some()).then_some(())
            }
            Step::Empty(value) => set(self.remark(value)?, Cow::Borrowed("")),
            Step::Open(_) | Step::Close(_) => Some(()),
        }
    }

    /// Where a text goes that may be empty, and that people write.
    fn remark(&mut self, value: Element) -> Option<&mut Text<'w>> {
        Some(match value {
            Element::Comment => &mut self.record.reasons.last_mut()?.comment,
            Element::DkimHuman => &mut self.record.auth.dkim.last_mut()?.human_result,
            Element::SpfHuman => &mut self.record.auth.spf.last_mut()?.human_result,
            _ => return None,
        })
    }

    // ── Values ──

    /// Takes the value at the start of a text; how many bytes it takes.
    fn value(&mut self, value: Element, text: &'w str) -> Option<usize> {
        let (length, stop) = text::plain(text.as_bytes())?;
        if stop == Stop::Reference {
            let (remark, length) = resolved(text, self.bounds)?;
            set(self.remark(value)?, Cow::Owned(remark))?;
            return Some(length);
        }
        let rest = text.as_bytes();
        let text = text.get(..length)?;
        let is_padded = [text.as_bytes().first(), text.as_bytes().last()].contains(&Some(&b' '));
        if is_padded || length > self.bounds.text_bytes {
            return None;
        }
        let record = &mut self.record;
        match value {
            Element::SourceIp => set(&mut record.source_ip, address(text, rest)?),
            Element::Count => set(&mut record.count, count(text)?),
            Element::Disposition => word(&mut record.disposition, text),
            Element::EvaluatedDkim => word(&mut record.dkim, text),
            Element::EvaluatedSpf => word(&mut record.spf, text),
            Element::HeaderFrom => name(&mut record.header_from, text),
            Element::EnvelopeFrom => set(&mut record.envelope_from, Cow::Borrowed(text)),
            Element::EnvelopeTo => set(&mut record.envelope_to, Cow::Borrowed(text)),
            Element::ReasonType => word(&mut record.reasons.last_mut()?.kind, text),
            Element::DkimDomain => name(&mut record.auth.dkim.last_mut()?.domain, text),
            Element::Selector => {
                set(&mut record.auth.dkim.last_mut()?.selector, Cow::Borrowed(text))
            }
            Element::DkimResult => word(&mut record.auth.dkim.last_mut()?.result, text),
            Element::SpfDomain => name(&mut record.auth.spf.last_mut()?.domain, text),
            Element::Scope => word(&mut record.auth.spf.last_mut()?.scope, text),
            Element::SpfResult => word(&mut record.auth.spf.last_mut()?.result, text),
            remark => set(self.remark(remark)?, Cow::Borrowed(text)),
        }?;
        Some(length)
    }
}

#[inline(always)]
fn push<T: Default>(list: &mut Vec<T>, bounds: Bounds) -> Option<()> {
    (list.len() < bounds.list_entries).then(|| list.push(T::default()))
}

#[inline(always)]
fn set<T>(slot: &mut Option<T>, value: T) -> Option<()> {
    slot.replace(value).is_none().then_some(())
}

/// A text that may not be empty.
#[inline(always)]
fn name<'w>(slot: &mut Text<'w>, text: &'w str) -> Option<()> {
    if text.is_empty() { None } else { set(slot, Cow::Borrowed(text)) }
}

/// A word exactly as it is registered.
#[inline(always)]
fn word<'w, V: Vocabulary>(slot: &mut Option<Token<'w, V>>, text: &str) -> Option<()> {
    let is_it = |word: &&V| text::same(word.as_str().as_bytes(), text.as_bytes());
    set(slot, Token::Known(*V::ALL.iter().find(is_it)?))
}

/// An address; `rest` begins with it.
fn address(text: &str, rest: &[u8]) -> Option<Address<'static>> {
    let ip: IpAddr = match rest.first_chunk().and_then(|chunk| text::dotted(chunk, text.len())) {
        Some(ip) => ip.into(),
        None => text::colons(text.as_bytes())?.into(),
    };
    // IPv4 in the clothes of IPv6 is odd.
    (ip.to_canonical() == ip).then_some(Address::Ip(ip))
}

/// A count of at least 1.
fn count(text: &str) -> Option<u64> {
    text::number(text.as_bytes()).filter(|count| *count > 0)
}

/// A text with references to the characters that cannot stand for themselves, and its length.
fn resolved(text: &str, bounds: Bounds) -> Option<(String, usize)> {
    const REFERENCES: [(&str, char); 5] =
        [("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>'), ("&quot;", '"'), ("&apos;", '\'')];
    let (mut resolved, mut at) = (String::new(), 0);
    loop {
        let rest = text.get(at..)?;
        let (length, stop) = text::plain(rest.as_bytes())?;
        resolved.push_str(rest.get(..length)?);
        at += length;
        if stop == Stop::Tag {
            break;
        }
        let rest = rest.get(length..)?;
        let (reference, character) =
            REFERENCES.into_iter().find(|(reference, _)| rest.starts_with(reference))?;
        resolved.push(character);
        at += reference.len();
    }
    let is_padded = resolved.starts_with(' ') || resolved.ends_with(' ');
    (!is_padded && at <= bounds.text_bytes).then_some((resolved, at))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOUNDS: Bounds = Bounds { text_bytes: 1 << 14, list_entries: 100 };

    const PLAIN: &str = "
  <record>
    <row>
      <source_ip>192.0.2.1</source_ip>
      <count>7</count>
      <policy_evaluated>
        <disposition>none</disposition><dkim>pass</dkim><spf>fail</spf>
        <reason><type>forwarded</type><comment/></reason>
      </policy_evaluated>
    </row>
    <identifiers><header_from>example.com</header_from></identifiers>
    <auth_results>
      <dkim><domain>example.com</domain><result>pass</result></dkim>
      <spf><domain>example.com</domain><result>softfail</result></spf>
    </auth_results>
  </record>rest";

    #[test]
    fn a_plain_record_is_read() {
        let mut express = Express::new(BOUNDS);
        for _ in 0..2 {
            let mut take = |record: &AggregateRecord<'_>| {
                assert_eq!(record.count, Some(7));
                assert_eq!((record.auth.dkim.len(), record.auth.spf.len()), (1, 1));
                assert_eq!(record.reasons[0].comment.as_deref(), Some(""));
            };
            let bytes = express.record(PLAIN, &mut take).expect("a plain record");
            assert_eq!(&PLAIN[bytes..], "rest");
        }
    }

    #[test]
    fn characters_that_are_referred_to() {
        let text = PLAIN.replace("<comment/>", "<comment>a &amp; b &lt;</comment>");
        let mut express = Express::new(BOUNDS);
        let mut comment = None;
        express.record(&text, &mut |record| {
            comment = record.reasons[0].comment.as_deref().map(str::to_owned);
        });
        assert_eq!(comment.as_deref(), Some("a & b <"));
    }

    #[test]
    fn whatever_is_odd_is_left() {
        let mut express = Express::new(BOUNDS);
        for (part, odd) in [
            ("<count>7", "<count>0"),
            ("<count>7", "<count>1 000"),
            ("<count>7</count>", ""),
            ("192.0.2.1", "::ffff:192.0.2.1"),
            (">none<", ">None<"),
            (">none<", "> none<"),
            ("<dkim>pass</dkim>", "<dkim>pass</dkim><dkim>pass</dkim>"),
            ("<row>", "<row a=\"b\">"),
            ("</row>", "</row><row></row>"),
            ("<comment/>", "<comment>a &eacute; b</comment>"),
            ("<comment/>", "<comment>a & b</comment>"),
            ("<comment/>", "<remark/>"),
            ("<header_from>example.com", "<header_from>"),
            ("<header_from>example.com", "<header_from>a&amp;b"),
            ("</record>rest", ""),
        ] {
            let text = PLAIN.replace(part, odd);
            // What was learned of plain ones makes none of another.
            for text in [PLAIN, &text] {
                let mut taken = 0;
                let bytes = express.record(text, &mut |_| taken += 1);
                assert_eq!((bytes.is_some(), taken == 1), (text == PLAIN, text == PLAIN), "{odd}");
            }
        }
    }
}
