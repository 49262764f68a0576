//! Mail addresses without what names a person: local parts, and the names beside them.
//!
//! A sample's texts are anybody's, and mailers are not the only ones who write addresses. So what
//! is masked goes rather too far than not far enough: of a field that lists mailboxes nothing is
//! shown but domains, and of other texts all that can be the local part of something, whichever
//! way its sign is written.

mod before;
mod mailboxes;

use std::ops::Range;

use before::{local, name};
pub use mailboxes::masked_mailbox;

/// In the place of what is not shown.
const MASK: &str = "•••";

/// A text with the local part of each address in it masked, the names before and behind it, and
/// encoded words (RFC 2047), which nobody reads as they are and which may hold either.
pub fn masked(text: &str) -> String {
    let mut hidden: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..) {
        if let Some(length) = encoded_word(rest) {
            hide(&mut hidden, at..at + length);
            at += length;
        } else if let Some(length) = sign(rest) {
            let behind = at + length;
            let start = local(text, at);
            if let Some(name) = name(text, start).filter(|_| start < at) {
                hide(&mut hidden, name);
            }
            hide(&mut hidden, start..at);
            at = behind;
            if let Some(comment) = remark(text, behind) {
                at = comment.end;
                hide(&mut hidden, comment);
            }
        } else {
            let Some(letter) = rest.chars().next() else { break };
            at += letter.len_utf8();
        }
    }
    let mut all = String::with_capacity(text.len());
    let mut shown = 0;
    for Range { start, end } in hidden {
        all.push_str(text.get(shown..start).unwrap_or_default());
        all.push_str(MASK);
        shown = end;
    }
    all + text.get(shown..).unwrap_or_default()
}

/// Hides one more range, which ends behind all others.
fn hide(hidden: &mut Vec<Range<usize>>, mut range: Range<usize>) {
    if range.is_empty() {
        return;
    }
    while let Some(last) = hidden.pop_if(|last| last.end >= range.start) {
        range.start = range.start.min(last.start);
        range.end = range.end.max(last.end);
    }
    hidden.push(range);
}

/// The length of the sign of an address that a text begins with, as links, HTML, JSON and
/// quoted-printable texts write it too.
fn sign(text: &str) -> Option<usize> {
    const SIGNS: [&str; 9] =
        ["@", "＠", "﹫", "&commat;", "\\u0040", "\\u{40}", "\\x40", "[at]", "(at)"];
    // So begin many numbers, too.
    let is_quoted = || text.strip_prefix("=40").is_some_and(is_host);
    let spelt = SIGNS.iter().find_map(|sign| begins(text, sign));
    spelt.or_else(|| escaped(text)).or_else(|| is_quoted().then_some(3))
}

/// The length of such a sign in a link, escaped however often, or as a number in HTML (`%2540`,
/// `&#064;`, `&#x40`).
fn escaped(text: &str) -> Option<usize> {
    let rest = match text.strip_prefix('%') {
        Some(mut rest) => {
            while let Some(again) = rest.strip_prefix("25") {
                rest = again;
            }
            rest.strip_prefix("40")?
        }
        None => {
            let number = text.strip_prefix("&#")?;
            let (number, code) = match number.strip_prefix(['x', 'X']) {
                Some(number) => (number, "40"),
                None => (number, "64"),
            };
            let rest = number.trim_start_matches('0').strip_prefix(code)?;
            // Another, larger number.
            (!rest.starts_with(|letter: char| letter.is_ascii_digit())).then_some(())?;
            rest.strip_prefix(';').unwrap_or(rest)
        }
    };
    Some(text.len() - rest.len())
}

/// The length of what a text begins with, if it does, whatever the case of letters.
fn begins(text: &str, start: &str) -> Option<usize> {
    let is_start = text.get(..start.len()).is_some_and(|it| it.eq_ignore_ascii_case(start));
    is_start.then_some(start.len())
}

/// Whether a text begins with a name of several labels, one of which is no number.
fn is_host(text: &str) -> bool {
    let end = text.find(|letter| !is_of_domain(letter)).unwrap_or(text.len());
    let name = text.get(..end).unwrap_or_default();
    let dot = name.find('.').is_some_and(|dot| dot > 0 && dot + 1 < name.len());
    dot && name.contains(char::is_alphabetic)
}

fn is_of_domain(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '.' | '-' | '_')
}

/// What the comment says that follows on the domain of an address, where older mailers wrote the
/// name.
fn remark(text: &str, behind: usize) -> Option<Range<usize>> {
    let rest = text.get(behind..)?;
    let rest = rest.trim_start_matches(is_of_domain);
    let rest = rest.strip_prefix('>').unwrap_or(rest).trim_start().strip_prefix('(')?;
    let start = text.len() - rest.len();
    Some(start..start + comment(rest))
}

/// The length of a comment that is open, without the sign that ends it; to the end of the line
/// where none does.
fn comment(rest: &str) -> usize {
    let mut depth = 1_usize;
    for (at, letter) in rest.char_indices() {
        match letter {
            ')' => depth -= 1,
            '(' => depth += 1,
            _ => {}
        }
        if depth == 0 {
            return at;
        }
    }
    rest.find('\n').unwrap_or(rest.len())
}

/// The length of the encoded word that a text begins with, to its end, or to that of the line
/// where it is cut.
fn encoded_word(text: &str) -> Option<usize> {
    let (charset, rest) = text.strip_prefix("=?")?.split_once('?')?;
    let encoded =
        ["B?", "b?", "Q?", "q?"].iter().find_map(|encoding| rest.strip_prefix(encoding))?;
    if charset.is_empty() || !charset.bytes().all(|byte| byte.is_ascii_graphic()) {
        return None;
    }
    let length = encoded.find("?=").map(|end| end + 2);
    let length = length.or_else(|| encoded.find('\n')).unwrap_or(encoded.len());
    Some(text.len() - encoded.len() + length)
}

/// Whether a field of this name lists mailboxes: `Reply-To`, `X-Envelope-From`.
fn is_list(name: &str) -> bool {
    const LISTS: [&str; 10] =
        ["author", "bcc", "cc", "from", "path", "rcpt", "recipient", "recipients", "sender", "to"];
    let last = name.trim_end_matches(':').rsplit('-').next().unwrap_or_default();
    LISTS.iter().any(|list| list.eq_ignore_ascii_case(last))
}

/// The value of a field of this name.
pub fn masked_field(name: &str, value: &str) -> String {
    if is_list(name) { masked_mailbox(value) } else { masked(value) }
}

/// The header of a mail, field by field, each with the lines that belong to it.
pub fn masked_header(header: &str) -> String {
    let (mut all, mut rest) = (String::new(), header);
    while !rest.is_empty() {
        let mut lines = rest.split_inclusive('\n');
        let first = lines.next().map_or(0, str::len);
        let length =
            lines.take_while(|line| field_name(line).is_none()).map(str::len).sum::<usize>();
        let (field, behind) = rest.split_at(first + length);
        let name = field_name(field).unwrap_or_default();
        all.push_str(name);
        all.push_str(&masked_field(name, field.get(name.len()..).unwrap_or_default()));
        rest = behind;
    }
    all
}

/// The name of the field that a line begins, its colon included. Whatever else there is belongs
/// to the field before it.
fn field_name(line: &str) -> Option<&str> {
    let name = line.get(..=line.find(':')?)?;
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    let letters = name.trim_end_matches(':');
    (!letters.is_empty() && letters.bytes().all(is_plain)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_named() {
        for (text, expected) in [
            ("Bo Lind <bo@example.com>", "••• <•••@example.com>"),
            ("<bo@example.com>", "<•••@example.com>"),
            ("bo@example.com", "•••@example.com"),
            ("Bo Lind", "•••"),
            ("\"Lind, B\" <bo@a.test>, list: x@b.test;", "••• <•••@a.test>, •••@b.test;"),
            ("bo@example.com (Bo Lind)", "•••@example.com •••"),
            ("bo (Bo (B) Lind) @ example.com", "•••@ •••"),
            ("=?utf-8?Q?Bo_<bo=40a.test>?= <\"bo lind\"@b.test>", "••• <•••@b.test>"),
            ("bo@lind@example.com", "•••@•••@example.com"),
            ("<bo%40a.test>", "<•••%40a.test>"),
            ("\"Bo <bo@a.test>", "••• <•••@a.test>"),
            ("<>", "<>"),
        ] {
            assert_eq!(masked_mailbox(text), expected);
        }
    }

    #[test]
    fn local_parts_are_found_whichever_way_they_are_written() {
        for (text, expected) in [
            (
                "mx; spf=pass smtp.mailfrom=zoë.b+1@a.test; x",
                "mx; spf=pass smtp.mailfrom=•••@a.test; x",
            ),
            ("@example.com", "@example.com"),
            ("for <a@b.test>; a@c.test", "for <•••@b.test>; •••@c.test"),
            ("none", "none"),
            ("bounce+bo=a.test@b.test", "•••@b.test"),
            ("smtp.mailfrom=bounce+bo=a.test@b.test", "smtp.mailfrom=•••@b.test"),
            ("T/1 (contact bo@a.test)", "T/1 (contact •••@a.test)"),
            ("<https://a.test/u?e=bo%40b.test>", "<https://a.test/•••%40b.test>"),
            ("https://bo:x@a.test/", "https://•••@a.test/"),
            ("<mailto:bo@a.test?subject=x>", "<mailto:•••@a.test?subject=x>"),
            ("bo(comment)@a.test", "•••@a.test"),
            ("x bo . lind (B (b)) @a.test", "x •••@a.test"),
            ("x \"bo \\\"lind\"@a.test", "x •••@a.test"),
            ("\"bo lind\".jr@a.test", "•••@a.test"),
            ("{\"mail\":\"bo@a.test\"}", "{\"mail\":\"•••@a.test\"}"),
            ("x bo\u{308}@a.test", "x •••@a.test"),
            ("bo@lind@a.test", "•••@a.test"),
            ("a =?utf-8?B?Ym9AYS50ZXN0?= b =?x?Q?bo=40a.test", "a ••• b •••"),
            ("=?utf-8?Q?bo?=@a.test", "•••@a.test"),
            ("bo=40a.test, n=40 t=4012 ip=40.1.2.3", "•••=40a.test, n=40 t=4012 ip=40.1.2.3"),
            (
                "bo&#64;a.test bo\\u0040b.test bo＠c.test",
                "•••&#64;a.test •••\\u0040b.test •••＠c.test",
            ),
            ("x\nbo=\nlind@a.test", "x\n•••@a.test"),
            ("Hi, Bo Lind <bo@a.test> said", "Hi, ••• <•••@a.test> said"),
            ("Hi, \"Lind, Bo\" (B) <mailto:bo@a.test>", "Hi, ••• <mailto:•••@a.test>"),
            ("from x by y for <bo@a.test>; z", "from x by y for <•••@a.test>; z"),
            ("bo@a.test (Bo Lind) x", "•••@a.test (•••) x"),
            ("<bo@a.test> (Bo", "<•••@a.test> (•••"),
            ("@@@ ((( @) \"@", "•••@ (•••"),
            ("bo&#0064;a.test ida&#x0040;b.test", "•••&#0064;a.test •••&#x0040;b.test"),
            ("bo&#64a.test bo%252540b.test", "•••&#64a.test •••%252540b.test"),
            (
                "bo\\x40a.test bo\\u{40}b.test bo[at]c.test",
                "•••\\x40a.test •••\\u{40}b.test •••[at]c.test",
            ),
            ("<bo>@a.test [ida]@b.test bo,@c.test", "<•••@a.test [•••@b.test •••@c.test"),
            ("x bo \u{200b} @a.test", "x •••@a.test"),
            ("100%4 &#640; &#x401;", "100%4 &#640; &#x401;"),
        ] {
            assert_eq!(masked(text), expected, "{text}");
        }
    }

    /// Whatever stands around it, and however broken.
    #[test]
    fn in_no_company_is_a_local_part_shown() {
        const PIECES: [&str; 17] = [
            "zq@",
            "zq (c)@",
            "\"zq zq\"@",
            "<zq%40",
            "x=zq@",
            "@",
            "a",
            ".",
            " ",
            "\"",
            "(",
            ")",
            "<",
            ">",
            ",",
            "=?u?q?",
            "?=",
        ];
        for number in 0..PIECES.len().pow(4) {
            let pick = |place: u32| PIECES[number / PIECES.len().pow(place) % PIECES.len()];
            let text: String = (0..4).map(pick).collect();
            for masked in [masked(&text), masked_mailbox(&text), masked_header(&text)] {
                assert!(!masked.contains("zq"), "{text}: {masked}");
            }
        }
    }

    #[test]
    fn a_header_keeps_what_names_nobody() {
        let header = "Subject: minutes for bo@example.com\r\nFrom: Bo <bo@example.com>\r\nTo: \"Lind, Ida\"\r\n <ida@a.test>, x@b.test\r\nCc: bo\r\n (Bo)\r\n @c.test\r\nX-To: Bo,\r\nIda <ida@d.test>\r\nX: 1\r\n";
        let masked = masked_header(header);
        for name in ["bo@", "Bo", "Lind", "Ida", "ida@", "x@b", "bo\r"] {
            assert!(!masked.contains(name), "{name} in {masked}");
        }
        assert!(masked.contains("Subject: minutes for •••@example.com\r\n"), "{masked}");
        for kept in ["@a.test", "@b.test", "@c.test", "@d.test"] {
            assert!(masked.contains(kept), "{kept}: {masked}");
        }
        assert!(masked.ends_with("X: 1\r\n"), "{masked}");
    }
}
