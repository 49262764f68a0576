//! Writes records as zone files have them (RFC 1035 §5.1).

use super::STRING_LIMIT;

/// Cuts a record into the strings that it is entered as, each of at most
/// [`STRING_LIMIT`] octets; behind a space or semicolon where there is one, so that
/// people can read them. Joined again they are the record.
pub fn strings(text: &str) -> Vec<&str> {
    let mut strings = Vec::new();
    let mut rest = text;
    while rest.len() > STRING_LIMIT {
        let most = rest.floor_char_boundary(STRING_LIMIT);
        let stop = rest[..most].rfind([' ', ';']).map_or(most, |at| at + 1);
        let (string, tail) = rest.split_at(stop);
        strings.push(string);
        rest = tail;
    }
    strings.push(rest);
    strings
}

/// The record as a line of a zone file: name with its final dot, time to live in
/// seconds, quoted strings.
pub fn zone_line(name: &str, ttl: u32, text: &str) -> String {
    let dot = if name.ends_with('.') { "" } else { "." };
    let mut line = format!("{name}{dot} {ttl} IN TXT");
    for string in strings(text) {
        line.push_str(" \"");
        for c in string.chars() {
            if matches!(c, '"' | '\\') {
                line.push('\\');
            }
            line.push(c);
        }
        line.push('"');
    }
    line
}

#[cfg(test)]
mod tests {
    use super::{strings, zone_line};

    #[test]
    fn long_records_are_cut_between_terms() {
        let text = format!("v=spf1 {}-all", "include:spf.example.com ".repeat(20));
        let cut = strings(&text);
        assert_eq!(cut.concat(), text);
        assert!(cut.iter().all(|string| string.len() <= 255));
        assert!(cut[0].ends_with(' '));
        let unbroken = "\u{e9}".repeat(200);
        assert_eq!(strings(&unbroken).concat(), unbroken);
    }

    #[test]
    fn quotes_are_escaped() {
        assert_eq!(
            zone_line("_dmarc.example.com", 3600, "v=DMARC1; x=\"\\"),
            "_dmarc.example.com. 3600 IN TXT \"v=DMARC1; x=\\\"\\\\\""
        );
    }
}
