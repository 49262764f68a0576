//! Reads TXT records from what people paste: the bare text, quoted strings as DNS
//! panels and `dig +short` have them, lines of zone files and of `dig`'s answers.

use std::iter::Peekable;

use super::{STRING_LIMIT, Txt};
use crate::dns::diagnostic::{Diagnostic, Position};
use crate::dns::kind::Kind;
use crate::dns::text::{self, Line};

/// Octets that a TXT record can have at most (RFC 1035 §3.2.1); no more is read.
const RECORD_LIMIT: usize = 65_535;

/// All records in the text, and what had to be forgiven. `first_line` is the number
/// of the text's first line.
pub fn read(pasted: &str, first_line: u32) -> (Vec<Txt>, Vec<Diagnostic>) {
    let mut reader = Reader::default();
    let marked = pasted.starts_with('\u{feff}');
    let pasted = match pasted.strip_prefix('\u{feff}') {
        Some(rest) => {
            let at = Position { line: first_line, column: 1 };
            reader.found.push(Diagnostic::new(Kind::ByteOrderMark, at).rule("RFC 1035 §5.1"));
            rest
        }
        None => pasted,
    };
    if pasted.len() > RECORD_LIMIT {
        let at = Position { line: first_line, column: 1 };
        let long = Diagnostic::new(Kind::RecordTooLong, at).arg("octets", pasted.len());
        reader.found.push(long);
    }
    for line in text::lines(&pasted[..pasted.floor_char_boundary(RECORD_LIMIT)]) {
        reader.line(Line { number: line.number.saturating_add(first_line - 1), ..line });
    }
    reader.finish();
    if let Some(first) = reader.records.first_mut().filter(|_| marked) {
        first.forgiven = true;
    }
    (reader.records, reader.found)
}

/// What the lines so far leave open.
#[derive(Default)]
enum Open {
    #[default]
    Nothing,
    /// A record without quotation marks, which the next line may go on with.
    Plain(Txt),
    /// Strings within parentheses.
    Parenthesis(Txt),
}

#[derive(Default)]
struct Reader {
    records: Vec<Txt>,
    found: Vec<Diagnostic>,
    open: Open,
}

impl Reader {
    fn line(&mut self, line: Line<'_>) {
        let start = line.text.trim_start();
        let at = line.text.len() - start.len();
        let known = self.found.len();
        if let Open::Parenthesis(txt) = &mut self.open {
            let txt = std::mem::replace(txt, Txt::begin(None));
            self.open = Open::Nothing;
            self.strings(line, 0, txt, true);
        } else if start.is_empty() || start.starts_with(';') {
            self.finish();
        } else if start.starts_with(is_quote) {
            self.finish();
            self.strings(line, at, Txt::begin(None), false);
        } else if let Some((owner, at)) = zone_data(line.text) {
            self.finish();
            self.strings(line, at, Txt::begin(owner), false);
        } else {
            self.plain(line);
        }
        let of_form =
            |found: &Diagnostic| !matches!(found.kind, Kind::NeedsSplit | Kind::StringTooLong);
        if self.found.iter().skip(known).any(of_form) {
            match &mut self.open {
                Open::Plain(txt) | Open::Parenthesis(txt) => txt.forgiven = true,
                Open::Nothing => {
                    if let Some(txt) = self.records.last_mut() {
                        txt.forgiven = true;
                    }
                }
            }
        }
    }

    fn finish(&mut self) {
        match std::mem::take(&mut self.open) {
            Open::Nothing => {}
            Open::Plain(mut txt) | Open::Parenthesis(mut txt) => {
                let octets = txt.text.trim_end().len();
                if txt.joins.is_empty() && octets > STRING_LIMIT {
                    let split = Diagnostic::new(Kind::NeedsSplit, txt.at(0));
                    self.found.push(split.arg("octets", octets));
                }
                txt.text.truncate(octets);
                self.records.push(txt);
            }
        }
    }

    /// A line that is a record, or the rest of one.
    fn plain(&mut self, line: Line<'_>) {
        let goes_on = !line.text.trim_start().to_ascii_lowercase().starts_with("v=");
        let mut txt = match std::mem::take(&mut self.open) {
            Open::Plain(mut txt) if goes_on => {
                self.found.push(Diagnostic::new(Kind::LineBreak, line.at(0)));
                txt.push(" ", line.at(0));
                txt
            }
            open => {
                self.open = open;
                self.finish();
                Txt::begin(None)
            }
        };
        let mut characters = characters(line, 0);
        while let Some((at, c)) = characters.next() {
            match c {
                c if is_quote(c) => self.quote(c, at, Kind::QuoteStray),
                '\\' if characters.peek().is_some_and(|(_, next)| next.is_ascii_punctuation()) => {
                    self.once(Kind::Backslash, at, None);
                    if let Some((at, next)) = characters.next() {
                        self.push(&mut txt, next, at);
                    }
                }
                c => self.push(&mut txt, c, at),
            }
        }
        self.open = Open::Plain(txt);
    }

    /// Strings from the byte offset on; without quotation marks only in zone files.
    fn strings(&mut self, line: Line<'_>, from: usize, mut txt: Txt, mut inside: bool) {
        let mut characters = characters(line, from);
        let mut strings = usize::from(!txt.text.is_empty());
        while let Some((at, c)) = characters.next() {
            match c {
                c if c.is_whitespace() => {}
                ';' => break,
                '(' => inside = true,
                ')' => inside = false,
                c => {
                    let begin = txt.text.len();
                    if strings > 0 {
                        txt.joins.push(begin);
                    }
                    strings += 1;
                    let quoted = is_quote(c);
                    if quoted {
                        self.quote(c, at, Kind::QuoteCurly);
                    } else {
                        self.push(&mut txt, c, at);
                    }
                    let closed = self.string(&mut characters, &mut txt, quoted);
                    if quoted && !closed {
                        self.found.push(Diagnostic::new(Kind::QuoteUnclosed, at));
                    }
                    let octets = txt.text.len() - begin;
                    if octets > STRING_LIMIT {
                        let long = Diagnostic::new(Kind::StringTooLong, at);
                        self.found.push(long.arg("octets", octets));
                    }
                }
            }
        }
        if inside {
            self.open = Open::Parenthesis(txt);
        } else {
            self.records.push(txt);
        }
    }

    /// The rest of one string; whether a quotation mark closed it.
    fn string(
        &mut self,
        characters: &mut Peekable<impl Iterator<Item = (Position, char)>>,
        txt: &mut Txt,
        quoted: bool,
    ) -> bool {
        while let Some((at, c)) = characters.peek().copied() {
            if !quoted && (c.is_whitespace() || is_quote(c) || matches!(c, '(' | ')')) {
                return false;
            }
            characters.next();
            match c {
                c if is_quote(c) => {
                    self.quote(c, at, Kind::QuoteCurly);
                    return true;
                }
                '\\' => {
                    let (at, c) = escaped(characters).unwrap_or((at, '\\'));
                    self.push(txt, c, at);
                }
                c => self.push(txt, c, at),
            }
        }
        false
    }

    /// A quotation mark of typesetting, or one that stands where it must not.
    fn quote(&mut self, c: char, at: Position, kind: Kind) {
        match c {
            '"' if kind == Kind::QuoteStray => self.once(kind, at, None),
            '"' => {}
            _ => self.once(Kind::QuoteCurly, at, None),
        }
    }

    /// Says something once a line.
    fn once(&mut self, kind: Kind, at: Position, character: Option<char>) {
        let mut of_line = self.found.iter().rev().take_while(|found| found.at.line == at.line);
        if of_line.any(|found| found.kind == kind) {
            return;
        }
        let diagnostic = Diagnostic::new(kind, at).rule("RFC 1035 §5.1");
        self.found.push(match character {
            Some(c) => diagnostic.arg("character", text::named(c)),
            None => diagnostic,
        });
    }

    /// Adds a character, as a person saw it.
    fn push(&mut self, txt: &mut Txt, c: char, at: Position) {
        let seen = if text::is_odd_space(c) {
            self.once(Kind::OddSpace, at, Some(c));
            c.is_whitespace().then_some(' ')
        } else if text::is_control(c) {
            self.once(Kind::ControlCharacter, at, Some(c));
            None
        } else {
            Some(c)
        };
        if let Some(seen) = seen {
            txt.push(seen.encode_utf8(&mut [0; 4]), at);
        }
    }
}

/// The characters of a line from the byte offset on, with their places.
fn characters(line: Line<'_>, from: usize) -> Peekable<impl Iterator<Item = (Position, char)>> {
    let start = line.at(from);
    let rest = line.text.get(from..).unwrap_or_default();
    (0..).map(move |column| start.right(column)).zip(rest.chars()).peekable()
}

/// `"`, and what word processors make of it.
fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\u{201c}'..='\u{201f}' | '\u{ab}' | '\u{bb}')
}

/// What a backslash stands for: `\DDD` an octet, `\X` the character itself.
fn escaped(
    characters: &mut Peekable<impl Iterator<Item = (Position, char)>>,
) -> Option<(Position, char)> {
    let (at, first) = characters.next()?;
    let Some(mut octet) = first.to_digit(10) else { return Some((at, first)) };
    for _ in 0..2 {
        let Some(digit) = characters.peek().and_then(|(_, c)| c.to_digit(10)) else {
            return Some((at, first));
        };
        characters.next();
        octet = octet * 10 + digit;
    }
    Some((at, u8::try_from(octet).map_or(char::REPLACEMENT_CHARACTER, char::from)))
}

/// For a line as zone files have it, `[name] [ttl] [IN] TXT data`: the name, if there
/// is one, and where the data begin.
fn zone_data(line: &str) -> Option<(Option<String>, usize)> {
    /// Name, time to live, class, type.
    const FIELDS: usize = 4;
    let mut rest = line;
    let mut owner = None;
    for field in 0..FIELDS {
        let trimmed = rest.trim_start();
        let token = trimmed.split(char::is_whitespace).next().unwrap_or_default();
        // A record has an equals sign in its first word, a zone line only in its data.
        if token.is_empty() || token.contains(['=', ';', '"', ':']) {
            return None;
        }
        let at = line.len() - trimmed.len() + token.len();
        if token.eq_ignore_ascii_case("TXT") && (field > 0 || trimmed.len() < rest.len()) {
            return Some((owner, at));
        }
        if field == 0 && trimmed.len() == rest.len() && token.is_ascii() {
            owner = Some(token.to_owned());
        }
        rest = &trimmed[token.len()..];
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{Kind, Position, read};

    /// The records as `owner|text`, the kinds found.
    fn check(pasted: &str, records: &[&str], kinds: &[Kind]) {
        let (read, found) = read(pasted, 1);
        let read: Vec<_> = read
            .iter()
            .map(|txt| match &txt.owner {
                Some(owner) => format!("{owner}|{}", txt.text),
                None => txt.text.clone(),
            })
            .collect();
        assert_eq!(read, records, "{pasted}");
        assert_eq!(found.iter().map(|d| d.kind).collect::<Vec<_>>(), kinds, "{pasted}");
    }

    #[test]
    fn every_spelling() {
        check("v=DMARC1; p=none", &["v=DMARC1; p=none"], &[]);
        check("\"v=DMARC1; \" \"p=none\"", &["v=DMARC1; p=none"], &[]);
        check("\"v=DMARC1\\; p=none\\059\"", &["v=DMARC1; p=none;"], &[]);
        check("\"a\"\n\"b\" ; comment\n", &["a", "b"], &[]);
        check("_dmarc 3600 IN TXT \"v=DMARC1\"", &["_dmarc|v=DMARC1"], &[]);
        check("x. TXT ( \"a\" ; why\n \"b\"\n )\n\"c\"", &["x.|ab", "c"], &[]);
        check("\tIN TXT v=spf1", &["v=spf1"], &[]);
        check("v=A\nv=B\n", &["v=A", "v=B"], &[]);
    }

    #[test]
    fn what_is_forgiven() {
        check("v=DMARC1\\; p=none", &["v=DMARC1; p=none"], &[Kind::Backslash]);
        check("\u{201c}v=DMARC1\u{201d}", &["v=DMARC1"], &[Kind::QuoteCurly]);
        check("\"v=DMARC1; p=none", &["v=DMARC1; p=none"], &[Kind::QuoteUnclosed]);
        check("v=DMARC1; p=none\"", &["v=DMARC1; p=none"], &[Kind::QuoteStray]);
        check("v=DMARC1;\np=none", &["v=DMARC1; p=none"], &[Kind::LineBreak]);
        check("v=DMARC1;\u{a0}p=none", &["v=DMARC1; p=none"], &[Kind::OddSpace]);
        check("v=DMARC1;\0p=none", &["v=DMARC1;p=none"], &[Kind::ControlCharacter]);
        check(&"a".repeat(300), &[&"a".repeat(300)], &[Kind::NeedsSplit]);
        check(&format!("\"{}\"", "a".repeat(300)), &[&"a".repeat(300)], &[Kind::StringTooLong]);
    }

    #[test]
    fn places_are_those_of_the_paste() {
        let (records, _) = read("\"ab\" \"\\059c\"", 3);
        let columns: Vec<_> = (0..4).map(|offset| records[0].at(offset)).collect();
        let at = |column| Position { line: 3, column };
        assert_eq!(columns, [at(2), at(3), at(8), at(11)]);
    }
}
