//! Whole records at a glance: those in which nothing is odd, which are nearly all.
//!
//! [`record`] reads a record straight from the scanner's window, without an event for each tag and
//! without a copy of any text. It knows the schema, plain tags and plain texts, and nothing else:
//! at an attribute, a reference, a word outside its vocabulary, something missing or said twice,
//! in short at whatever would be a finding or needs a second thought, it gives up, and
//! [`Reader`](super::reader::Reader) reads the same bytes event by event. So it may only know what
//! that reader reads the same way (tests/it/report/aggregate/express.rs holds one against the other).

use std::borrow::Cow;

use crate::base::Limits;
use crate::base::lenient::{self, Form};
use crate::report::model::{Address, AggregateRecord, Auth, Dkim, Reason, Spf, Text};
use crate::report::token::{Token, Vocabulary};

/// Elements within a report are at most so deep: under a limit that is less, nothing is read here.
pub const DEPTH: u32 = 8;

/// The lists of the record before, kept for their memory.
#[derive(Debug, Default)]
pub struct Spare(AggregateRecord<'static>);

impl Spare {
    /// Takes the lists of a record that is done with.
    pub fn of(record: AggregateRecord<'_>) -> Self {
        let auth = Auth { dkim: emptied(record.auth.dkim), spf: emptied(record.auth.spf) };
        Self(AggregateRecord {
            reasons: emptied(record.reasons),
            auth,
            ..AggregateRecord::default()
        })
    }

    fn record<'w>(&mut self) -> AggregateRecord<'w> {
        let record = std::mem::take(&mut self.0);
        let auth = Auth { dkim: emptied(record.auth.dkim), spf: emptied(record.auth.spf) };
        AggregateRecord { reasons: emptied(record.reasons), auth, ..AggregateRecord::default() }
    }
}

/// The same memory for items of another lifetime.
fn emptied<A, B>(mut items: Vec<A>) -> Vec<B> {
    items.clear();
    items.into_iter().filter_map(|_| None).collect()
}

/// The record at the start of a text, perhaps after white space, and how many bytes it takes.
/// `None` where anything about it is not plain, or where it does not end in this text.
pub fn record<'w>(
    text: &'w str,
    limits: &Limits,
    spare: &mut Spare,
) -> Option<(AggregateRecord<'w>, usize)> {
    let mut lane = Lane { text, at: 0, limits };
    lane.blank();
    if !lane.eat(b"<record>") {
        return None;
    }
    let mut record = spare.record();
    let mut has_row = false;
    loop {
        lane.blank();
        if lane.eat(b"<row>") {
            // A second one belongs to another record.
            if std::mem::replace(&mut has_row, true) {
                return None;
            }
            lane.row(&mut record)?;
        } else if lane.eat(b"<identifiers>") {
            lane.identifiers(&mut record)?;
        } else if lane.eat(b"<auth_results>") {
            lane.auth_results(&mut record.auth)?;
        } else if lane.eat(b"</record>") {
            break;
        } else {
            return None;
        }
    }
    let is_complete = record.source_ip.is_some()
        && record.count.is_some()
        && record.disposition.is_some()
        && record.dkim.is_some()
        && record.spf.is_some()
        && record.header_from.is_some();
    (is_complete && lane.at <= limits.text_bytes).then_some((record, lane.at))
}

/// A place in a text.
struct Lane<'w, 'l> {
    text: &'w str,
    at: usize,
    limits: &'l Limits,
}

impl<'w> Lane<'w, '_> {
    fn row(&mut self, record: &mut AggregateRecord<'w>) -> Option<()> {
        loop {
            self.blank();
            if self.eat(b"<source_ip>") {
                let text = self.leaf(b"</source_ip>")?;
                set(&mut record.source_ip, address(text)?)?;
            } else if self.eat(b"<count>") {
                let text = self.leaf(b"</count>")?;
                set(&mut record.count, count(text)?)?;
            } else if self.eat(b"<policy_evaluated>") {
                self.evaluated(record)?;
            } else {
                return self.end(b"</row>");
            }
        }
    }

    fn evaluated(&mut self, record: &mut AggregateRecord<'w>) -> Option<()> {
        loop {
            self.blank();
            if self.eat(b"<disposition>") {
                self.word(&mut record.disposition, b"</disposition>")?;
            } else if self.eat(b"<dkim>") {
                self.word(&mut record.dkim, b"</dkim>")?;
            } else if self.eat(b"<spf>") {
                self.word(&mut record.spf, b"</spf>")?;
            } else if self.eat(b"<reason>") {
                let reason = self.reason()?;
                self.push(&mut record.reasons, reason)?;
            } else {
                return self.end(b"</policy_evaluated>");
            }
        }
    }

    fn reason(&mut self) -> Option<Reason<'w>> {
        let mut reason = Reason::default();
        loop {
            self.blank();
            if self.eat(b"<type>") {
                self.word(&mut reason.kind, b"</type>")?;
            } else if self.eat(b"<comment>") {
                self.text(&mut reason.comment, b"</comment>")?;
            } else if self.eat(b"<comment/>") {
                set(&mut reason.comment, Cow::Borrowed(""))?;
            } else {
                self.end(b"</reason>")?;
                return reason.kind.is_some().then_some(reason);
            }
        }
    }

    fn identifiers(&mut self, record: &mut AggregateRecord<'w>) -> Option<()> {
        loop {
            self.blank();
            if self.eat(b"<header_from>") {
                self.name(&mut record.header_from, b"</header_from>")?;
            } else if self.eat(b"<envelope_from>") {
                self.text(&mut record.envelope_from, b"</envelope_from>")?;
            } else if self.eat(b"<envelope_to>") {
                self.text(&mut record.envelope_to, b"</envelope_to>")?;
            } else {
                return self.end(b"</identifiers>");
            }
        }
    }

    fn auth_results(&mut self, auth: &mut Auth<'w>) -> Option<()> {
        loop {
            self.blank();
            if self.eat(b"<dkim>") {
                let dkim = self.dkim()?;
                self.push(&mut auth.dkim, dkim)?;
            } else if self.eat(b"<spf>") {
                let spf = self.spf()?;
                self.push(&mut auth.spf, spf)?;
            } else {
                return self.end(b"</auth_results>");
            }
        }
    }

    fn dkim(&mut self) -> Option<Dkim<'w>> {
        let mut dkim = Dkim::default();
        loop {
            self.blank();
            if self.eat(b"<domain>") {
                self.name(&mut dkim.domain, b"</domain>")?;
            } else if self.eat(b"<selector>") {
                self.text(&mut dkim.selector, b"</selector>")?;
            } else if self.eat(b"<result>") {
                self.word(&mut dkim.result, b"</result>")?;
            } else if self.eat(b"<human_result>") {
                self.text(&mut dkim.human_result, b"</human_result>")?;
            } else if self.eat(b"<human_result/>") {
                set(&mut dkim.human_result, Cow::Borrowed(""))?;
            } else {
                self.end(b"</dkim>")?;
                return (dkim.domain.is_some() && dkim.result.is_some()).then_some(dkim);
            }
        }
    }

    fn spf(&mut self) -> Option<Spf<'w>> {
        let mut spf = Spf::default();
        loop {
            self.blank();
            if self.eat(b"<domain>") {
                self.name(&mut spf.domain, b"</domain>")?;
            } else if self.eat(b"<scope>") {
                self.word(&mut spf.scope, b"</scope>")?;
            } else if self.eat(b"<result>") {
                self.word(&mut spf.result, b"</result>")?;
            } else if self.eat(b"<human_result>") {
                self.text(&mut spf.human_result, b"</human_result>")?;
            } else if self.eat(b"<human_result/>") {
                set(&mut spf.human_result, Cow::Borrowed(""))?;
            } else {
                self.end(b"</spf>")?;
                return (spf.domain.is_some() && spf.result.is_some()).then_some(spf);
            }
        }
    }

    // ── Values ──

    /// A text that may be empty.
    fn text<const N: usize>(&mut self, slot: &mut Text<'w>, end: &[u8; N]) -> Option<()> {
        let text = self.leaf(end)?;
        set(slot, Cow::Borrowed(text))
    }

    /// A text that may not.
    fn name<const N: usize>(&mut self, slot: &mut Text<'w>, end: &[u8; N]) -> Option<()> {
        let text = self.leaf(end).filter(|text| !text.is_empty())?;
        set(slot, Cow::Borrowed(text))
    }

    /// A word exactly as it is registered.
    fn word<V: Vocabulary, const N: usize>(
        &mut self,
        slot: &mut Option<Token<'w, V>>,
        end: &[u8; N],
    ) -> Option<()> {
        let text = self.leaf(end)?;
        let word = V::ALL.iter().find(|word| word.as_str() == text)?;
        set(slot, Token::Known(*word))
    }

    fn push<T>(&self, list: &mut Vec<T>, item: T) -> Option<()> {
        if list.len() >= self.limits.list_entries as usize {
            return None;
        }
        list.push(item);
        Some(())
    }

    // ── Bytes ──

    fn rest(&self) -> &'w [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    /// Passes over white space, up to eight blanks at once: most of it is indents.
    fn blank(&mut self) {
        loop {
            let rest = self.rest();
            let blanks = rest.first_chunk().map_or(0, |chunk| {
                (u64::from_le_bytes(*chunk) ^ (ONES * u64::from(b' '))).trailing_zeros() as usize
                    / 8
            });
            match rest.first() {
                _ if blanks > 0 => self.at += blanks,
                Some(b' ' | b'\n' | b'\r' | b'\t') => self.at += 1,
                _ => return,
            }
        }
    }

    /// Passes over a tag, if it is this one. Inlined, since it is a comparison or two of constants.
    #[inline(always)]
    fn eat<const N: usize>(&mut self, tag: &[u8; N]) -> bool {
        let is_there = self.rest().first_chunk().is_some_and(|there| is_same(there, tag));
        self.at += if is_there { N } else { 0 };
        is_there
    }

    fn end<const N: usize>(&mut self, tag: &[u8; N]) -> Option<()> {
        self.eat(tag).then_some(())
    }

    /// The text up to this end tag.
    fn leaf<const N: usize>(&mut self, end: &[u8; N]) -> Option<&'w str> {
        let text = self.plain_text()?;
        self.eat(end).then_some(text)
    }

    /// The text up to the next tag: plain ASCII without white space around it.
    fn plain_text(&mut self) -> Option<&'w str> {
        let length = plain(self.rest())?;
        let text = self.text.get(self.at..self.at + length)?;
        self.at += length;
        let is_padded = [text.as_bytes().first(), text.as_bytes().last()].contains(&Some(&b' '));
        (!is_padded && length <= self.limits.text_bytes).then_some(text)
    }
}

/// Whether two tags, of 4 to 24 bytes, are the same: by words, the last of which may overlap the
/// one before.
#[inline(always)]
fn is_same<const N: usize>(one: &[u8; N], other: &[u8; N]) -> bool {
    const { assert!(4 <= N && N <= 24, "compared by at most three words of eight bytes") };
    if N < 8 {
        return half(one.first_chunk()) == half(other.first_chunk())
            && half(one.last_chunk()) == half(other.last_chunk());
    }
    word(one.first_chunk()) == word(other.first_chunk())
        && (N <= 16 || word(second(one)) == word(second(other)))
        && word(one.last_chunk()) == word(other.last_chunk())
}

#[inline(always)]
fn half(bytes: Option<&[u8; 4]>) -> u32 {
    bytes.map_or(0, |bytes| u32::from_le_bytes(*bytes))
}

#[inline(always)]
fn word(bytes: Option<&[u8; 8]>) -> u64 {
    bytes.map_or(0, |bytes| u64::from_le_bytes(*bytes))
}

#[inline(always)]
fn second(bytes: &[u8]) -> Option<&[u8; 8]> {
    bytes.get(8..)?.first_chunk()
}

/// A byte of one in each of eight.
const ONES: u64 = u64::MAX / 0xff;

/// How many bytes there are before the first `<`, if nothing among them is anything but a printable
/// ASCII character that stands for itself. Eight at a time.
fn plain(bytes: &[u8]) -> Option<usize> {
    const HIGH: u64 = ONES << 7;
    // The lowest bit set is that of the first byte that is zero.
    let zero = |word: u64| word.wrapping_sub(ONES) & !word & HIGH;
    let each = |byte: u8| ONES * u64::from(byte);
    let (chunks, _) = bytes.as_chunks::<8>();
    for (at, chunk) in chunks.iter().enumerate() {
        let word = u64::from_le_bytes(*chunk);
        let below_space = word.wrapping_sub(each(b' ')) & !word & HIGH;
        let odd = below_space | word & HIGH | zero(word ^ each(0x7f)) | zero(word ^ each(b'&'));
        let stops = odd | zero(word ^ each(b'<'));
        if stops != 0 {
            let at = at * 8 + stops.trailing_zeros() as usize / 8;
            return (bytes.get(at) == Some(&b'<')).then_some(at);
        }
    }
    None
}

fn set<T>(slot: &mut Option<T>, value: T) -> Option<()> {
    slot.replace(value).is_none().then_some(())
}

fn address(text: &str) -> Option<Address<'static>> {
    match lenient::address(text)? {
        (ip, Form::Plain) => Some(Address::Ip(ip)),
        (_, Form::Odd) => None,
    }
}

/// A count of at least 1.
fn count(text: &str) -> Option<u64> {
    match lenient::number(text)? {
        (count, Form::Plain) if count > 0 => Some(count),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_texts() {
        for (text, length) in [
            ("<________", Some(0)),
            ("pass</dkim>_____", Some(4)),
            ("a longer text than eight</dkim>_", Some(24)),
            ("a > b</comment>_", Some(5)),
            ("a &amp; b<______", None),
            ("tab\t<__________", None),
            ("é<______________", None),
            ("\u{7f}<______________", None),
            ("no end in sight_", None),
        ] {
            assert_eq!(plain(text.as_bytes()), length, "{text}");
        }
    }

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
        let limits = Limits::default();
        let mut spare = Spare::default();
        let (record, bytes) = record(PLAIN, &limits, &mut spare).expect("a plain record");
        assert_eq!(&PLAIN[bytes..], "rest");
        assert_eq!(record.count, Some(7));
        assert_eq!((record.auth.dkim.len(), record.auth.spf.len()), (1, 1));
        assert_eq!(record.reasons[0].comment.as_deref(), Some(""));
    }

    #[test]
    fn whatever_is_odd_is_left() {
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
            ("<comment/>", "<comment>a &amp; b</comment>"),
            ("<comment/>", "<remark/>"),
            ("<header_from>example.com", "<header_from>"),
            ("</record>rest", ""),
        ] {
            let text = PLAIN.replace(part, odd);
            assert!(record(&text, &Limits::default(), &mut Spare::default()).is_none(), "{odd}");
        }
    }
}
