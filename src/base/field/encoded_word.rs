//! Unstructured text with encoded words in it (RFC 2047), as mailers write
//! them: also inside quotes, too long, and cut in the middle of a character.

use base64::Engine;

use super::{BASE64, unescaped, unfolded};
use crate::base::Decode;

/// A value as people read it: unfolded, encoded words decoded.
pub fn text(value: &str, decode: Decode) -> String {
    let value = unfolded(value);
    // Behind the last end of an encoded word there can be none.
    let Some(end) = value.rfind("?=").map(|at| at + 2) else { return value };
    let (mut rest, tail) = value.split_at(end);
    let mut text = Text { decode, characters: String::new(), charset: "", bytes: Vec::new() };
    while let Some(start) = rest.find("=?") {
        let (before, at) = rest.split_at(start);
        rest = match word(at) {
            Some(word) => {
                text.word(before, word.charset, word.bytes);
                word.behind
            }
            None => {
                let (mark, behind) = at.split_at(2);
                text.plain(before);
                text.plain(mark);
                behind
            }
        };
    }
    text.plain(rest);
    text.plain(tail);
    text.characters
}

struct Text<'v> {
    decode: Decode,
    characters: String,
    /// The encoded words in hand, of one character set: one of them may end in
    /// the middle of a character.
    charset: &'v str,
    bytes: Vec<u8>,
}

impl<'v> Text<'v> {
    fn plain(&mut self, text: &str) {
        self.flush();
        self.characters.push_str(text);
    }

    fn word(&mut self, before: &str, charset: &'v str, bytes: Vec<u8>) {
        // White space between encoded words is none of the text.
        let adjoins = !self.charset.is_empty() && before.trim().is_empty();
        if !adjoins {
            self.plain(before);
        } else if !self.charset.eq_ignore_ascii_case(charset) {
            self.flush();
        }
        self.charset = charset;
        self.bytes.extend(bytes);
    }

    fn flush(&mut self) {
        if self.charset.is_empty() {
            return;
        }
        let decoded = (self.decode)(self.charset, &self.bytes);
        self.characters.push_str(&decoded.unwrap_or_else(|| lossy(&self.bytes)));
        self.bytes.clear();
        self.charset = "";
    }
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// An encoded word: `=?utf-8?Q?D=C3=A9j=C3=A0?=`.
struct Word<'v> {
    charset: &'v str,
    bytes: Vec<u8>,
    behind: &'v str,
}

fn word(text: &str) -> Option<Word<'_>> {
    let (charset, rest) = text.strip_prefix("=?")?.split_once('?')?;
    let (encoding, rest) = rest.split_once('?')?;
    // RFC 2231 §5 adds a language.
    let charset = charset.split('*').next().filter(|charset| !charset.is_empty())?;
    if !charset.bytes().all(|byte| byte.is_ascii_graphic()) {
        return None;
    }
    let decode = match encoding {
        "B" | "b" => base64,
        "Q" | "q" => quoted,
        _ => return None,
    };
    let (encoded, behind) = rest.split_once("?=")?;
    Some(Word { charset, bytes: decode(encoded), behind })
}

fn base64(text: &str) -> Vec<u8> {
    let is_letter = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    let mut letters: Vec<u8> = text.bytes().filter(is_letter).collect();
    if letters.len() % 4 == 1 {
        letters.pop();
    }
    BASE64.decode(letters).unwrap_or_default()
}

fn quoted(text: &str) -> Vec<u8> {
    unescaped(text.replace('_', " ").as_bytes(), b'=')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::context::decode_natively;

    #[test]
    fn encoded_words_and_what_is_none() {
        for (value, expected) in [
            (" Report\r\n Domain: a.test ", "Report Domain: a.test"),
            ("=?utf-8?Q?D=C3=A9j=C3=A0?=\r\n vu", "Déjà vu"),
            ("a =?ISO-8859-1?q?b_=E9=3F?= c", "a b é? c"),
            ("=?utf-8?B?w6k=?= =?utf-8*en?b?w6g?=", "éè"),
            // Cut in the middle of a character.
            ("=?UTF-8?B?w6nD?=\n =?utf-8?B?qA==?=", "éè"),
            ("=?utf-8?Q?=C3=A9?= =?windows-1252?Q?=E8?=", "éè"),
            ("=?gb2312?B?yLrW9w==?=", "群主"),
            ("=?iso-2022-jp?B?GyRCJCIbKEI=?=", "あ"),
            ("\"=?utf-8?Q?a b?=\"", "\"a b\""),
            ("=?x-nothing?Q?a=C3=A9?=", "aé"),
            ("=?utf-8?X?a?= =?utf-8?Q?b?= ?=", "=?utf-8?X?a?= b ?="),
            ("=?utf-8?Q?a", "=?utf-8?Q?a"),
            ("=??Q?a?= =?=?", "=??Q?a?= =?=?"),
            ("", ""),
        ] {
            assert_eq!(text(value, decode_natively), expected, "{value}");
        }
    }
}
