//! Texts in quotes, with their escapes.

use std::borrow::Cow;

use super::{Fault, Reader};

impl<'a> Reader<'a> {
    /// A text in quotes; `None` where it is cut by the end of the text.
    pub(super) fn quoted(&mut self, quote: u8) -> Option<Cow<'a, str>> {
        if quote == b'\'' {
            self.fault(Fault::SingleQuotes);
        }
        self.at += 1;
        // What stands before the piece being read, where one slice cannot be all.
        let mut before = String::new();
        let mut has_control = false;
        loop {
            let from = self.at;
            let is_special = |b: &u8| *b == quote || *b == b'\\' || *b < 0x20;
            let Some(run) = self.text.as_bytes()[from..].iter().position(is_special) else {
                self.at = self.text.len();
                return None;
            };
            self.at += run;
            let piece = &self.text[from..self.at];
            match self.peek()? {
                b'\\' => {
                    before.push_str(piece);
                    before.push_str(&self.escape());
                }
                byte if byte == quote => {
                    self.at += 1;
                    return Some(join(before, piece));
                }
                _ if self.is_unclosed() => {
                    self.fault_at(Fault::UnclosedText, self.at);
                    return Some(join(before, piece.trim_end_matches([',', ' ', '\t', '\r'])));
                }
                control => {
                    if !has_control {
                        self.fault_at(Fault::BareControl, self.at);
                    }
                    has_control = true;
                    before.push_str(piece);
                    before.push(char::from(control));
                    self.at += 1;
                }
            }
        }
    }

    /// Whether a line end inside a text is where its quote is missing: the next
    /// line starts like a member.
    fn is_unclosed(&self) -> bool {
        let rest = &self.text[self.at..];
        let Some(line) = rest.strip_prefix('\n').or_else(|| rest.strip_prefix("\r\n")) else {
            return false;
        };
        let member = line.trim_start_matches([' ', '\t']).strip_prefix('"');
        let after = member.and_then(|m| m.split_once(['"', '\n'])).map(|(_, after)| after);
        after.is_some_and(|a| a.trim_start_matches([' ', '\t']).starts_with(':'))
    }

    /// What an escape sequence stands for; one that nobody knows, as it is.
    fn escape(&mut self) -> Cow<'a, str> {
        let start = self.at;
        self.at += 1;
        let Some(letter) = self.text[self.at..].chars().next() else { return Cow::Borrowed("") };
        self.at += letter.len_utf8();
        let plain = match letter {
            '"' => "\"",
            '\\' => "\\",
            '/' => "/",
            'b' => "\u{8}",
            'f' => "\u{c}",
            'n' => "\n",
            'r' => "\r",
            't' => "\t",
            'u' => return self.unicode_escape(start),
            _ => return self.unknown_escape(start),
        };
        Cow::Borrowed(plain)
    }

    /// The rest of `\uXXXX`, with its second half where it is a pair.
    fn unicode_escape(&mut self, start: usize) -> Cow<'a, str> {
        let Some(first) = self.hex4() else { return self.unknown_escape(start) };
        let mut units = [first, 0];
        let mut length = 1;
        if (0xD800..0xDC00).contains(&first) && self.text[self.at..].starts_with("\\u") {
            let before = self.at;
            self.at += 2;
            match self.hex4() {
                Some(second) if (0xDC00..0xE000).contains(&second) => {
                    units[1] = second;
                    length = 2;
                }
                _ => self.at = before,
            }
        }
        let text = String::from_utf16_lossy(&units[..length]);
        if text == "\u{FFFD}" && first != 0xFFFD {
            self.fault(Fault::BadEscape);
        }
        Cow::Owned(text)
    }

    fn unknown_escape(&mut self, start: usize) -> Cow<'a, str> {
        self.fault(Fault::BadEscape);
        Cow::Borrowed(&self.text[start..self.at])
    }

    fn hex4(&mut self) -> Option<u16> {
        let digits = self.text.get(self.at..self.at + 4)?;
        let sound = digits.bytes().all(|b| b.is_ascii_hexdigit());
        let unit = u16::from_str_radix(digits, 16).ok().filter(|_| sound)?;
        self.at += 4;
        Some(unit)
    }
}

/// Two pieces of a text as one, without copying where the first is empty.
fn join(mut before: String, piece: &str) -> Cow<'_, str> {
    if before.is_empty() {
        return Cow::Borrowed(piece);
    }
    before.push_str(piece);
    Cow::Owned(before)
}
