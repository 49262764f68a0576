//! `name=value` pairs between semicolons, as DMARC, MTA-STS and TLS-RPT records have
//! them, and what people write instead.

use super::txt::Txt;

/// One piece between semicolons, or what should have been one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece<'a> {
    /// Byte offset in the record.
    pub at: usize,
    pub text: &'a str,
    /// Whether a semicolon stands before it.
    pub separated: bool,
    pub tag: Option<Tag<'a>>,
}

/// A piece with a name and a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    pub name: &'a str,
    pub value: &'a str,
    /// Byte offset of the value in the record.
    pub value_at: usize,
    /// `=`, or the colon that some write for it.
    pub separator: char,
    /// Whether white space stands around the separator.
    pub spaced: bool,
}

/// The pieces of a record from the byte offset `from` on, and the offsets of
/// semicolons that have nothing before them. `known` are the names that begin a tag
/// even where the semicolon was forgotten.
pub(super) fn split<'a>(txt: &'a Txt, from: usize, known: &[&str]) -> (Vec<Piece<'a>>, Vec<usize>) {
    let mut pieces = Vec::new();
    let mut extra = Vec::new();
    let mut at = from;
    let body = txt.text.get(from..).unwrap_or_default();
    let mut parts = body.split(';').peekable();
    let mut first = true;
    while let Some(part) = parts.next() {
        let is_empty = part.trim().is_empty();
        // Nothing before the first semicolon, and after the last, is as it should be.
        if is_empty && !first && parts.peek().is_some() {
            extra.push(at + part.len());
        }
        if !is_empty {
            forgotten(part, at, !first, known, &mut pieces);
        }
        at += part.len() + 1;
        first = false;
    }
    (pieces, extra)
}

/// Cuts a piece where a known name shows that a semicolon was forgotten.
fn forgotten<'a>(
    part: &'a str,
    at: usize,
    separated: bool,
    known: &[&str],
    pieces: &mut Vec<Piece<'a>>,
) {
    let mut start = 0;
    let mut separated = separated;
    for (stop, _) in part.match_indices(|c: char| c.is_whitespace() || c == ',') {
        let rest = part[stop..].trim_start_matches(|c: char| c.is_whitespace() || c == ',');
        let name = rest.split(|c: char| !is_name_character(c)).next().unwrap_or_default();
        let begins = rest[name.len()..].trim_start().starts_with('=')
            && known.iter().any(|known| known.eq_ignore_ascii_case(name));
        let next = part.len() - rest.len();
        let something = part
            .get(start..stop)
            .is_some_and(|before| before.contains(|c: char| !c.is_whitespace() && c != ','));
        if begins && next > start && something {
            pieces.push(piece(&part[start..stop], at + start, separated, known));
            start = next;
            separated = false;
        }
    }
    pieces.push(piece(&part[start..], at + start, separated, known));
}

fn piece<'a>(part: &'a str, at: usize, separated: bool, known: &[&str]) -> Piece<'a> {
    let blank = |c: char| c.is_whitespace() || (!separated && c == ',');
    let text = part.trim_matches(blank);
    let at = at + part.len() - part.trim_start_matches(blank).len();
    let cut = |separator: char| {
        let (name, value) = text.split_once(separator)?;
        let tag = Tag {
            name: name.trim_end(),
            value: value.trim_start(),
            value_at: at + text.len() - value.trim_start().len(),
            separator,
            spaced: name.ends_with(char::is_whitespace) || value.starts_with(char::is_whitespace),
        };
        (!tag.name.is_empty() && tag.name.chars().all(is_name_character)).then_some(tag)
    };
    let colon =
        || cut(':').filter(|tag| known.iter().any(|known| known.eq_ignore_ascii_case(tag.name)));
    Piece { at, text, separated, tag: cut('=').or_else(colon) }
}

/// What the name of any tag or extension field may have.
fn is_name_character(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.')
}

#[cfg(test)]
mod tests {
    use super::{Txt, split};

    fn check(text: &str, expected: &[&str]) {
        let txt = Txt::plain(text);
        let (pieces, extra) = split(&txt, 0, &["v", "p", "rua"]);
        let mut shown: Vec<_> = pieces
            .iter()
            .map(|piece| {
                let mark = if piece.separated { "" } else { "!" };
                match piece.tag {
                    Some(tag) => {
                        format!("{}{mark}{}{}{}", piece.at, tag.name, tag.separator, tag.value)
                    }
                    None => format!("{}{mark}{}", piece.at, piece.text),
                }
            })
            .collect();
        shown.extend(extra.iter().map(|at| format!("{at};")));
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn pieces_and_their_faults() {
        check("v=A; p = b ;", &["0!v=A", "5p=b"]);
        check("v=A p=b,rua=c d", &["0!v=A", "4!p=b", "8!rua=c d"]);
        check(", p=b, rua=c", &["2!p=b", "7!rua=c"]);
        check(";;p:b", &["2p:b", "1;"]);
        check("; mailto:a@b.c?x=y", &["2mailto:a@b.c?x=y"]);
        check("", &[]);
    }
}
