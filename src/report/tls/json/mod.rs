//! A pull reader of JSON (RFC 8259) that reads past faults.
//!
//! Why not `serde_json`: it stops at the first fault and takes the rest of the
//! report with it, has no offsets to point at, and makes `f64` of numbers that
//! we want as they stand. It is this reader's oracle in the tests.
//!
//! The events are always well formed: every name has one value, everything
//! opened is closed, whatever the text does. Nothing recurses; what is nested
//! too deep is passed over and reads as `null`.

mod quoted;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

/// What stands next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event<'a> {
    Open(Shape),
    Close,
    /// The name of a member; its value comes next.
    Name(Cow<'a, str>),
    Scalar(Scalar<'a>),
    /// The end of the text. Comes again and again.
    End,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    Object,
    Array,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scalar<'a> {
    Text(Cow<'a, str>),
    /// As it stands: it may have any number of digits.
    Number(&'a str),
    True,
    False,
    /// Also where a value is missing.
    Null,
}

/// What was wrong with the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    BreaksOff,
    TooDeep,
    MissingComma,
    StrayComma,
    MissingColon,
    MissingName,
    MissingValue,
    MissingClose,
    StrayCharacter,
    Unquoted,
    SingleQuotes,
    UnclosedText,
    BareControl,
    BadEscape,
    BadNumber,
}

impl Fault {
    pub fn as_str(self) -> &'static str {
        match self {
            Fault::BreaksOff => "the text breaks off",
            Fault::TooDeep => "nested too deep",
            Fault::MissingComma => "comma missing",
            Fault::StrayComma => "stray comma",
            Fault::MissingColon => "colon missing",
            Fault::MissingName => "name missing",
            Fault::MissingValue => "value missing",
            Fault::MissingClose => "closing bracket missing",
            Fault::StrayCharacter => "stray character",
            Fault::Unquoted => "text without quotes",
            Fault::SingleQuotes => "text in single quotes",
            Fault::UnclosedText => "closing quote missing",
            Fault::BareControl => "bare control character in a text",
            Fault::BadEscape => "unknown escape in a text",
            Fault::BadNumber => "number in another notation",
        }
    }
}

/// A place in a JSON text. A clone looks ahead, or comes back later.
#[derive(Clone, Debug)]
pub struct Reader<'a> {
    text: &'a str,
    /// Offset of the next byte to be read.
    at: usize,
    /// Offset of the last event.
    start: usize,
    open: Vec<Shape>,
    depth: usize,
    expect: Expect,
    /// The text broke off, and that was said.
    broken: bool,
    /// Faults met on the way to the last event, with their offsets; whoever
    /// pulls events takes them out.
    pub faults: Vec<(Fault, usize)>,
}

/// What may stand next inside an open array or object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Expect {
    /// The first element or member.
    First,
    /// A comma, or the end.
    Comma,
    /// An element or member, after a comma.
    Next,
    /// The value of the member just named.
    Value,
}

impl<'a> Reader<'a> {
    /// A reader of `text` that opens at most `depth` arrays and objects at once.
    pub fn new(text: &'a str, depth: u32) -> Self {
        Self {
            text,
            at: 0,
            start: 0,
            open: Vec::new(),
            depth: depth as usize,
            expect: Expect::First,
            broken: false,
            faults: Vec::new(),
        }
    }

    /// The byte offset at which the last event starts.
    pub fn start(&self) -> usize {
        self.start
    }

    /// The byte offset at which the last event ends.
    pub fn end(&self) -> usize {
        self.at
    }

    /// Whether the text has broken off.
    pub fn is_broken(&self) -> bool {
        self.broken
    }

    /// The next event.
    pub fn next(&mut self) -> Event<'a> {
        loop {
            self.skip_white_space();
            self.start = self.at;
            let Some(byte) = self.peek() else { return self.close_all() };
            if let Some(event) = self.step(byte) {
                return event;
            }
        }
    }

    /// The texts of an array of nothing but texts, if the whole text is one.
    pub fn texts(mut self) -> Option<Vec<Cow<'a, str>>> {
        let mut texts = Vec::new();
        if self.next() != Event::Open(Shape::Array) {
            return None;
        }
        loop {
            match self.next() {
                Event::Scalar(Scalar::Text(text)) => texts.push(text),
                Event::Close => break,
                _ => return None,
            }
        }
        (self.next() == Event::End && self.faults.is_empty()).then_some(texts)
    }

    /// Passes over the rest of a value of which `event` is the start.
    pub fn skip(&mut self, event: &Event<'a>) {
        if !matches!(event, Event::Open(_)) {
            return;
        }
        let outside = self.open.len() - 1;
        while self.open.len() > outside {
            self.next();
            // Faults of what is passed over are nobody's concern.
            self.faults.clear();
        }
    }

    /// Looks at one byte that is no white space; `None` where it was passed over.
    fn step(&mut self, byte: u8) -> Option<Event<'a>> {
        match (byte, self.open.last()) {
            (b',', None) => self.pass_over(None),
            (b',', Some(_)) => match self.expect {
                Expect::Comma => {
                    self.expect = Expect::Next;
                    self.pass_over(None)
                }
                Expect::Value => Some(self.missing_value()),
                Expect::First | Expect::Next => self.pass_over(Some(Fault::StrayComma)),
            },
            (b':', _) => self.pass_over(Some(Fault::StrayCharacter)),
            (b'}' | b']', None) => self.pass_over(Some(Fault::StrayCharacter)),
            (b'}' | b']', Some(shape)) => {
                let closes = if byte == b'}' { Shape::Object } else { Shape::Array };
                let (fits, inside) = (*shape == closes, self.open.contains(&closes));
                self.close(fits, inside)
            }
            (_, Some(Shape::Object)) if self.expect != Expect::Value => Some(self.name(byte)),
            _ => {
                self.note_missing_comma();
                Some(self.value(byte))
            }
        }
    }

    fn close(&mut self, fits: bool, inside: bool) -> Option<Event<'a>> {
        match self.expect {
            Expect::Value if fits || inside => return Some(self.missing_value()),
            Expect::Next => self.fault(Fault::StrayComma),
            _ => {}
        }
        if fits {
            self.at += 1;
        } else if inside {
            self.fault(Fault::MissingClose);
        } else {
            return self.pass_over(Some(Fault::StrayCharacter));
        }
        self.open.pop();
        self.expect = Expect::Comma;
        Some(Event::Close)
    }

    /// The end of the text, closing what is still open.
    fn close_all(&mut self) -> Event<'a> {
        if self.open.is_empty() {
            return Event::End;
        }
        if !self.broken {
            self.fault(Fault::BreaksOff);
        }
        self.broken = true;
        if self.expect == Expect::Value {
            self.expect = Expect::Comma;
            return Event::Scalar(Scalar::Null);
        }
        self.open.pop();
        self.expect = Expect::Comma;
        Event::Close
    }

    fn name(&mut self, byte: u8) -> Event<'a> {
        self.note_missing_comma();
        self.expect = Expect::Value;
        if byte == b'{' || byte == b'[' {
            self.fault(Fault::MissingName);
            return Event::Name(Cow::Borrowed(""));
        }
        let name = match byte {
            b'"' | b'\'' => self.quoted(byte).unwrap_or_default(),
            _ => {
                self.fault(Fault::Unquoted);
                Cow::Borrowed(self.bare())
            }
        };
        self.skip_white_space();
        if self.peek() == Some(b':') {
            self.at += 1;
        } else if self.peek().is_some() {
            self.fault_at(Fault::MissingColon, self.at);
        }
        Event::Name(name)
    }

    fn value(&mut self, byte: u8) -> Event<'a> {
        self.expect = Expect::Comma;
        match byte {
            b'{' => self.enter(Shape::Object),
            b'[' => self.enter(Shape::Array),
            b'"' | b'\'' => Event::Scalar(self.quoted(byte).map_or(Scalar::Null, Scalar::Text)),
            _ => Event::Scalar(self.word()),
        }
    }

    fn enter(&mut self, shape: Shape) -> Event<'a> {
        if self.open.len() >= self.depth {
            self.fault(Fault::TooDeep);
            self.pass_over_nested();
            return Event::Scalar(Scalar::Null);
        }
        self.at += 1;
        self.open.push(shape);
        self.expect = Expect::First;
        Event::Open(shape)
    }

    /// Passes over an array or object of any depth, counting brackets.
    fn pass_over_nested(&mut self) {
        let mut depth = 0_usize;
        while let Some(byte) = self.peek() {
            match byte {
                b'"' => {
                    self.quoted(byte);
                    continue;
                }
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth -= 1,
                _ => {}
            }
            self.at += 1;
            if depth == 0 {
                return;
            }
        }
    }

    /// A number, one of the three words, or text without quotes.
    fn word(&mut self) -> Scalar<'a> {
        let word = self.bare();
        if self.at == self.text.len() && !self.open.is_empty() {
            // Cut by the end of the text, perhaps: half a number is worse than none.
            return Scalar::Null;
        }
        match word {
            "true" => Scalar::True,
            "false" => Scalar::False,
            "null" => Scalar::Null,
            _ if word.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c)) => {
                if !is_number(word) {
                    self.fault(Fault::BadNumber);
                }
                Scalar::Number(word)
            }
            _ => {
                self.fault(Fault::Unquoted);
                Scalar::Text(Cow::Borrowed(word))
            }
        }
    }

    /// Everything up to white space or punctuation, at least one character.
    fn bare(&mut self) -> &'a str {
        let rest = &self.text[self.at..];
        let is_end = |c: char| c.is_ascii_whitespace() || ",:{}[]\"".contains(c);
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let length = rest[first..].find(is_end).map_or(rest.len(), |end| first + end);
        self.at += length;
        &rest[..length]
    }

    fn missing_value(&mut self) -> Event<'a> {
        self.fault(Fault::MissingValue);
        self.expect = Expect::Comma;
        Event::Scalar(Scalar::Null)
    }

    fn note_missing_comma(&mut self) {
        if self.expect == Expect::Comma && !self.open.is_empty() {
            self.fault(Fault::MissingComma);
        }
    }

    /// Passes over one ASCII character.
    fn pass_over(&mut self, fault: Option<Fault>) -> Option<Event<'a>> {
        if let Some(fault) = fault {
            self.fault(fault);
        }
        self.at += 1;
        None
    }

    fn skip_white_space(&mut self) {
        // The record separator of RFC 7464 counts as white space: it stands between reports.
        let is_white = |b: &u8| matches!(b, b' ' | b'\t' | b'\r' | b'\n' | 0x1E);
        self.at += self.text.as_bytes()[self.at..].iter().take_while(|b| is_white(b)).count();
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn fault(&mut self, fault: Fault) {
        self.fault_at(fault, self.start);
    }

    fn fault_at(&mut self, fault: Fault, at: usize) {
        self.faults.push((fault, at));
    }
}

/// Whether a word is a number by RFC 8259 §6.
fn is_number(word: &str) -> bool {
    let word = word.strip_prefix('-').unwrap_or(word);
    let (mantissa, exponent) = match word.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (word, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    is_digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(is_digits)
        && exponent.is_none_or(|text| is_digits(text.strip_prefix(['+', '-']).unwrap_or(text)))
}
