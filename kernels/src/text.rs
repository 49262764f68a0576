//! Texts of markup, eight or sixteen bytes at a time.

use std::net::{Ipv4Addr, Ipv6Addr};

use wide::u8x16;

/// A byte of one in each of eight.
const ONES: u64 = u64::MAX / 0xff;

/// How many bytes of white space a text begins with: most of it is indents, so up to eight blanks
/// are passed over at once.
pub fn blanks(bytes: &[u8]) -> usize {
    let mut at = 0;
    loop {
        let rest = bytes.get(at..).unwrap_or_default();
        let spaces = rest.first_chunk().map_or(0, |chunk| {
            (u64::from_le_bytes(*chunk) ^ each(b' ')).trailing_zeros() as usize / 8
        });
        match rest.first() {
            _ if spaces > 0 => at += spaces,
            Some(b' ' | b'\n' | b'\r' | b'\t') => at += 1,
            _ => return at,
        }
    }
}

/// Bytes as text, if they are UTF-8. The standard library looks at eight bytes at a time, and the
/// site's is built for size: it would take as long as to read the records.
pub fn utf8(bytes: &[u8]) -> Option<&str> {
    simdutf8::basic::from_utf8(bytes).ok()
}

/// What a plain text ends at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// `<`
    Tag,
    /// `&`
    Reference,
}

/// How many bytes there are before the first `<` or `&`, and which it is, if nothing among them is
/// anything but a printable ASCII character that stands for itself. `None` also where fewer than 16
/// bytes begin with it: a text is never all that is left.
pub fn plain(bytes: &[u8]) -> Option<(usize, Stop)> {
    for (at, chunk) in bytes.as_chunks().0.iter().enumerate() {
        let chunk = u8x16::new(*chunk);
        let is_odd = (chunk - b' ').simd_gt(u8x16::splat(b'~' - b' '));
        let is = |byte: u8| chunk.simd_eq(u8x16::splat(byte));
        let stops = (is_odd | is(b'<') | is(b'&')).to_bitmask();
        if stops != 0 {
            let at = at * 16 + stops.trailing_zeros() as usize;
            return match bytes.get(at) {
                Some(b'<') => Some((at, Stop::Tag)),
                Some(b'&') => Some((at, Stop::Reference)),
                _ => None,
            };
        }
    }
    None
}

fn each(byte: u8) -> u64 {
    ONES * u64::from(byte)
}

/// Four numbers up to 255 with dots between them, none with a zero before it: the first `length`
/// bytes, of which an address has at most 15.
pub fn dotted(bytes: &[u8; 16], length: usize) -> Option<Ipv4Addr> {
    let chunk = u8x16::new(*bytes);
    let within = (1_u32 << length.min(16)) - 1;
    let mut dots = chunk.simd_eq(u8x16::splat(b'.')).to_bitmask() & within;
    let digits = (chunk - b'0').simd_lt(u8x16::splat(10)).to_bitmask() & within;
    if length > 15 || dots | digits != within || dots.count_ones() != 3 {
        return None;
    }
    dots |= 1 << length;
    let (mut bits, mut start, mut is_odd) = (0, 0, false);
    for _ in 0..4 {
        let end = dots.trailing_zeros();
        dots &= dots - 1;
        let digits = end - start;
        // Of the digits before the end; what is read beyond them counts for nothing.
        let digit = |back: u32| {
            let byte = bytes[end.wrapping_sub(back) as usize & 15];
            u32::from(byte.wrapping_sub(b'0')) * u32::from(back <= digits)
        };
        let value = digit(1) + digit(2) * 10 + digit(3) * 100;
        let has_zero_before = digits > 1 && bytes[start as usize & 15] == b'0';
        is_odd |= !(1..=3).contains(&digits) || value > 255 || has_zero_before;
        bits = bits << 8 | value;
        start = end + 1;
    }
    (!is_odd).then(|| Ipv4Addr::from_bits(bits))
}

/// Eight numbers of up to four hexadecimal digits with colons between them, or fewer with one `::`
/// for the zeros left out. `None` also of addresses that end like those of IPv4, which few do.
pub fn colons(text: &[u8]) -> Option<Ipv6Addr> {
    let (mut groups, mut count) = ([0_u16; 8], 0);
    // Where zeros were left out; digits of the group in hand.
    let (mut gap, mut digits) = (None, 0);
    let mut bytes = text;
    if let Some(rest) = text.strip_prefix(b"::") {
        (gap, bytes) = (Some(0), rest);
    }
    for (at, byte) in bytes.iter().enumerate() {
        match char::from(*byte).to_digit(16) {
            Some(digit) if digits < 4 => {
                let group = groups.get_mut(count)?;
                *group = *group << 4 | digit as u16;
                digits += 1;
            }
            None if *byte == b':' && digits > 0 => {
                // A colon is the end of a group, and never the end of all.
                bytes.get(at + 1)?;
                (count, digits) = (count + 1, 0);
            }
            None if *byte == b':' && at > 0 && gap.is_none() => gap = Some(count),
            _ => return None,
        }
    }
    count += usize::from(digits > 0);
    match gap {
        None => (count == 8).then(|| groups.into()),
        Some(gap) if count < 8 => {
            groups[gap..].rotate_right(8 - count);
            Some(groups.into())
        }
        Some(_) => None,
    }
}

/// Digits and nothing else, as far as they fit.
pub fn number(text: &[u8]) -> Option<u64> {
    let digit = |number: u64, byte: &u8| {
        let digit = byte.wrapping_sub(b'0');
        let number = number.checked_mul(10)?.checked_add(u64::from(digit))?;
        (digit < 10).then_some(number)
    };
    text.first()?;
    text.iter().try_fold(0, digit)
}

/// Whether two runs of bytes are the same: by words of sixteen bytes or eight, the last of which may
/// overlap the one before. Most are short, and to call what compares long ones would take longer.
#[inline]
pub fn same(one: &[u8], other: &[u8]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    if let (Some(last), Some(other_last)) = (one.last_chunk::<16>(), other.last_chunk()) {
        let words = one.as_chunks().0.iter().zip(other.as_chunks().0);
        let is_same = |(a, b): (&[u8; 16], &[u8; 16])| u8x16::new(*a) == u8x16::new(*b);
        return words.chain([(last, other_last)]).all(is_same);
    }
    let ends = |bytes: &[u8]| {
        let word = |bytes: &[u8; 8]| u64::from_le_bytes(*bytes);
        Some((word(bytes.first_chunk()?), word(bytes.last_chunk()?)))
    };
    match ends(one) {
        Some(words) => ends(other) == Some(words),
        None => one.iter().zip(other).all(|(a, b)| a == b),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space() {
        for (text, length) in [
            ("", 0),
            ("<", 0),
            ("\n  <", 3),
            (" \r\n\t         \n          <record>", 24),
            ("                ", 16),
            ("\u{b} ", 0),
        ] {
            assert_eq!(blanks(text.as_bytes()), length, "{text:?}");
        }
    }

    #[test]
    fn plain_texts() {
        const AFTER: &str = "_______________";
        for (text, expected) in [
            ("<", Some((0, Stop::Tag))),
            ("pass</dkim>", Some((4, Stop::Tag))),
            ("a longer text than sixteen</dkim>", Some((26, Stop::Tag))),
            ("a > b ~</comment>", Some((7, Stop::Tag))),
            ("a &amp; b<", Some((2, Stop::Reference))),
            ("tab\t<", None),
            ("é<", None),
            ("\u{7f}<", None),
            ("no end in sight", None),
        ] {
            assert_eq!(plain(format!("{text}{AFTER}").as_bytes()), expected, "{text}");
        }
        assert_eq!(plain(b"pass</dkim>____"), None, "fewer than 16 bytes");
    }

    #[test]
    fn dotted_as_the_standard_library_reads_it() {
        for text in [
            "192.0.2.1",
            "0.0.0.0",
            "255.255.255.255",
            "256.0.0.1",
            "1.2.3",
            "1.2.3.4.5",
            "01.2.3.4",
            "00.2.3.4",
            "1..2.3",
            ".1.2.3",
            "1.2.3.",
            "1.2.3.4 ",
            "1.2.3.1000",
            "1.2.3.25a",
            "1234.5.6.7",
            "1.2.3.0",
            "10.20.30.1111",
            "192.0.2.1/",
            "192.168.100.2000",
            "192.168.100.200.",
            "",
            "::1",
        ] {
            for after in ["<_______________", "1111111111111111", "................"] {
                let bytes = [text, after].concat();
                let chunk = bytes.as_bytes().first_chunk().unwrap();
                assert_eq!(dotted(chunk, text.len()), text.parse().ok(), "{text}");
            }
        }
    }

    #[test]
    fn colons_as_the_standard_library_reads_them() {
        for text in [
            "2001:db8::1",
            "::",
            "::1",
            "1::",
            "1:2:3:4:5:6:7:8",
            "1:2:3:4:5:6:7",
            "1:2:3:4:5:6:7:8:9",
            "1::3:4:5:6:7:8",
            "::2:3:4:5:6:7:8",
            "1:2:3:4:5:6:7::",
            "1::2::3",
            "1:::2",
            ":1:2",
            "1:2:",
            ":",
            ":::",
            "",
            "12345::",
            "2001:DB8::A",
            "g::",
            "1:2:3:4::5:6:7:8",
            "::ffff",
            "fe80::1%eth0",
            "1::2:",
            "::1:",
            "0:0:0:0:0:0:0:0",
            "0001::",
            "1:2:3:4:5:6:7:8::",
            "::1::",
            "1",
        ] {
            assert_eq!(colons(text.as_bytes()), text.parse().ok(), "{text}");
        }
        assert_eq!(colons(b"::192.0.2.1"), None);
    }

    #[test]
    fn numbers_as_the_standard_library_reads_them() {
        for text in
            ["0", "7", "0042", "18446744073709551615", "18446744073709551616", "", "1a", "1/", "1:"]
        {
            assert_eq!(number(text.as_bytes()), text.parse().ok(), "{text}");
        }
        assert_eq!(number(b"+1"), None);
    }

    #[test]
    fn runs_that_differ_in_one_byte_differ() {
        for length in 0..40 {
            let one = vec![7; length];
            assert!(same(&one, &one.clone()));
            assert!(!same(&one, &[one.as_slice(), &[0]].concat()));
            for at in 0..length {
                let mut other = one.clone();
                other[at] = 8;
                assert!(!same(&one, &other), "{length}, {at}");
            }
        }
    }
}
