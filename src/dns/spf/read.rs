//! Checks an SPF record term by term.

mod domain;
mod mechanism;
mod whole;

use std::collections::HashSet;

use mechanism::Parsed;

use super::{Directive, LOOKUP_LIMIT, Qualifier, Record, Term};
use crate::dns::diagnostic::Checked;
use crate::dns::fields::Reader;
use crate::dns::kind::Kind;
use crate::dns::message::Message;
use crate::dns::near::nearest;
use crate::dns::record::RecordKind;
use crate::dns::text;
use crate::dns::txt::Txt;

const MECHANISMS: [&str; 8] = ["all", "include", "a", "mx", "ptr", "ip4", "ip6", "exists"];
const MODIFIERS: [&str; 2] = ["redirect", "exp"];

/// Checks a record. Its value has the terms that could be told.
pub fn read(txt: &Txt) -> Checked<Option<Record>> {
    let (reader, body_at) = Reader::new(txt, RecordKind::Spf);
    let late_version = body_at == 0;
    let mut reading = Reading {
        reader,
        record: Record::default(),
        places: Vec::new(),
        seen: HashSet::new(),
        lost: false,
        late_version,
    };
    let words = reading.words(body_at);
    let mut words = words.as_slice();
    while let [(at, word), rest @ ..] = words {
        words = rest;
        match rest {
            // `include: example.com`
            [(_, next), rest @ ..] if wants_value(word) && !begins_term(next) => {
                words = rest;
                let name = word.trim_end_matches(':');
                reading.say(*at, Message::new(Kind::SpfSpaceAfterColon).arg("term", name));
                reading.word(*at, &format!("{word}{next}"));
            }
            _ => reading.word(*at, word),
        }
    }
    reading.whole();
    let mendable = !reading.lost && reading.record.lookups() <= LOOKUP_LIMIT;
    reading.reader.finish(Some(reading.record), mendable)
}

struct Reading<'a> {
    reader: Reader<'a>,
    record: Record,
    /// Where each term of the record stands, in bytes.
    places: Vec<usize>,
    /// The terms as texts, in lower case.
    seen: HashSet<String>,
    /// Whether a term cannot be mended.
    lost: bool,
    /// Whether a version is still to come, in a record that does not begin with it.
    late_version: bool,
}

impl<'a> Reading<'a> {
    fn say(&mut self, at: usize, message: Message<Kind>) {
        self.reader.say(at, message);
    }

    /// The words behind the version with their places, in bytes.
    fn words(&mut self, body_at: usize) -> Vec<(usize, &'a str)> {
        let txt = self.reader.txt;
        let body = txt.text.get(body_at..).unwrap_or_default();
        if let Some((at, c)) = body.char_indices().find(|(_, c)| !c.is_ascii()) {
            self.say(body_at + at, Message::new(Kind::SpfNotAscii).arg("found", c));
        }
        if let Some(at) = body.find(|c: char| c.is_ascii_whitespace() && c != ' ') {
            self.say(body_at + at, Kind::SpfTab.into());
        }
        // What follows a misspelt version at once is part of that fault.
        let behind = body.trim_start_matches([';', ',', ':']);
        let behind_at = txt.text.len() - behind.len();
        let mut words = Vec::new();
        for (at, word) in text::words(behind) {
            let at = behind_at + at;
            let after = txt.joins.partition_point(|join| *join <= at);
            let joins = txt.joins.iter().skip(after).map(|join| join - at);
            let mut within = joins.take_while(|join| *join < word.len());
            match within.find_map(|join| lost_space(word, join)) {
                Some((left, right)) => {
                    self.say(at, Message::new(Kind::SpfJoined).arg("found", word));
                    words.push((at, left));
                    words.push((at + left.len(), right));
                }
                None => words.push((at, word)),
            }
        }
        words
    }

    fn word(&mut self, at: usize, word: &str) {
        let bare = word.trim_end_matches([',', ';']);
        if bare.len() < word.len() {
            self.say(at, Message::new(Kind::SpfPunctuation).arg("found", &word[bare.len()..]));
        }
        if bare.is_empty() {
            return;
        }
        // That it is not ASCII has been said.
        if !bare.is_ascii() {
            self.lost = true;
            return;
        }
        let term = self.term(at, bare);
        self.lost |= term.is_none();
        for term in term.into_iter().flatten() {
            let is_new = self.seen.insert(term.to_string().to_ascii_lowercase());
            if !is_new && matches!(term, Term::Directive(_)) {
                self.say(at, Message::new(Kind::SpfTermRepeated).arg("found", bare));
            } else {
                self.record.terms.push(term);
                self.places.push(at);
            }
        }
    }

    /// The term that a word is or was meant as, perhaps none; `None` if that cannot be told.
    fn term(&mut self, at: usize, word: &str) -> Option<Option<Term>> {
        let sign = word.chars().next().and_then(Qualifier::from_sign);
        let body = if sign.is_some() { &word[1..] } else { word };
        let (name, rest) = cut(body);
        let name = name.to_ascii_lowercase();
        if name == "v" && rest.starts_with('=') {
            if !std::mem::replace(&mut self.late_version, false) {
                let version = RecordKind::Spf.version();
                self.say(at, Message::new(Kind::SpfModifierRepeated).arg("term", version));
            }
            return Some(None);
        }
        let known = |list: &[&'static str]| list.iter().copied().find(|known| *known == name);
        if let Some(mechanism) = known(&MECHANISMS) {
            return self.directive(at, sign, mechanism::parse(mechanism, rest));
        }
        if let Some(modifier) = known(&MODIFIERS) {
            if sign.is_some() {
                self.say(at, Message::new(Kind::SpfModifierQualified).arg("found", word));
            }
            return self.modifier(at, modifier, rest);
        }
        self.unknown(at, sign, body, word)
    }

    fn directive(
        &mut self,
        at: usize,
        sign: Option<Qualifier>,
        parsed: Parsed,
    ) -> Option<Option<Term>> {
        for message in parsed.found {
            self.say(at, message);
        }
        let qualifier = sign.unwrap_or(Qualifier::Pass);
        let mechanism = parsed.mechanism?;
        Some(Some(Term::Directive(Directive { qualifier, mechanism })))
    }

    /// `redirect` and `exp`.
    fn modifier(&mut self, at: usize, name: &str, rest: &str) -> Option<Option<Term>> {
        if rest.starts_with(':') {
            self.say(at, Message::new(Kind::ColonForEquals).arg("tag", name));
        }
        let value = rest.get(1..).unwrap_or_default();
        let is_known =
            |term: &Term| matches!(term, Term::Modifier { name: known, .. } if known == name);
        if self.record.terms.iter().any(is_known) {
            self.say(at, Message::new(Kind::SpfModifierRepeated).arg("term", name));
            return Some(None);
        }
        if let Some(message) = domain::fault(name, value) {
            self.say(at, message);
            return None;
        }
        Some(Some(Term::Modifier { name: name.to_owned(), value: value.to_owned() }))
    }

    /// A word whose name nobody knows: a slip, a bare address, a modifier to come.
    fn unknown(
        &mut self,
        at: usize,
        sign: Option<Qualifier>,
        body: &str,
        word: &str,
    ) -> Option<Option<Term>> {
        let misspelt =
            |term: &str| Message::new(Kind::SpfTermMisspelt).arg("found", word).arg("term", term);
        if let Some(network) = mechanism::bare_network(body) {
            self.say(at, misspelt(&network.to_string()));
            let mechanism = Some(network);
            return self.directive(at, sign, Parsed { mechanism, found: Vec::new() });
        }
        let (name, rest) = cut(body);
        let aliases = [("ip", "ip4"), ("ipv4", "ip4"), ("ipv6", "ip6")];
        let alias = aliases.iter().find(|(alias, _)| name.eq_ignore_ascii_case(alias));
        let meant = alias
            .map(|(_, meant)| *meant)
            .or_else(|| nearest(name, &MECHANISMS).filter(|known| known.len() > 2))
            .or_else(|| nearest(name, &MODIFIERS));
        if let Some(meant) = meant.filter(|meant| !rest.is_empty() || *meant == "all") {
            self.say(at, misspelt(meant));
            if MODIFIERS.contains(&meant) {
                return self.modifier(at, meant, rest);
            }
            let rest = match rest.strip_prefix('=') {
                Some(value) => format!(":{value}"),
                None => rest.to_owned(),
            };
            return self.directive(at, sign, mechanism::parse(meant, &rest));
        }
        let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic());
        if is_name && sign.is_none() && rest.starts_with('=') && domain::is_macro_string(&rest[1..])
        {
            self.say(at, Message::new(Kind::SpfModifierUnknown).arg("found", name));
            let value = rest[1..].to_owned();
            return Some(Some(Term::Modifier { name: name.to_owned(), value }));
        }
        self.say(at, Message::new(Kind::SpfTermUnknown).arg("found", word));
        None
    }
}

/// The name of a term, and what follows it.
fn cut(body: &str) -> (&str, &str) {
    body.split_at(body.find([':', '=', '/']).unwrap_or(body.len()))
}

/// Whether a word is a mechanism that ends with its colon.
fn wants_value(word: &str) -> bool {
    let name = word.trim_start_matches(['+', '-', '~', '?']).strip_suffix(':');
    name.is_some_and(|name| MECHANISMS.iter().any(|known| known.eq_ignore_ascii_case(name)))
}

/// Whether a word begins as a term does, so that it is not the value of the one before.
fn begins_term(word: &str) -> bool {
    let (name, rest) = cut(word.trim_start_matches(['+', '-', '~', '?']));
    let is = |known: &&str| known.eq_ignore_ascii_case(name);
    // `a.example.com` begins no term, and neither does a lonely `a` behind a colon.
    MECHANISMS.iter().chain(&MODIFIERS).any(is)
        && (!rest.is_empty() || ["all", "a", "mx", "ptr"].iter().any(is))
}

/// Two terms that strings were joined to one at this byte of the word.
fn lost_space(word: &str, join: usize) -> Option<(&str, &str)> {
    let (left, right) = word.split_at_checked(join)?;
    let complete = !left.is_empty() && begins_term(left) && !left.ends_with([':', '=', '/']);
    (complete && begins_term(right)).then_some((left, right))
}
