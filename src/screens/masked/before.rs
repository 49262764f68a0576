//! What stands before the sign of an address: its local part, and the name before that. Texts are
//! read from the sign back, as nobody knows of a text in which sentence or syntax it begins.

use std::ops::Range;

use super::begins;

/// What may stand before an address without being a part of it: methods and properties (RFC 8601
/// §2.7), tags of signatures, schemes.
const LABELS: [&str; 11] = [
    "smtp.mailfrom=",
    "smtp.mfrom=",
    "smtp.rcptto=",
    "smtp.auth=",
    "header.from=",
    "header.i=",
    "envelope-from=",
    "from=",
    "i=",
    "mailto:",
    "rfc822:",
];

/// How far back words, comments and quoted texts are looked for: no line of a mail is longer
/// (RFC 5322 §2.1.1).
const LONGEST: usize = 998;

/// Whether a word ends before this letter.
fn is_end(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '<' | '>' | '(' | ')' | ',' | ';' | '[' | ']' | '"')
}

/// Where the local part begins whose sign stands there. There can be comments, folds and quoted
/// texts between its words (RFC 5322 §3.4.1, §4.4).
pub fn local(text: &str, at: usize) -> usize {
    let head = |end: usize| text.get(..end).unwrap_or_default();
    let (mut start, mut gap) = (at, between(text, stray(text, at)));
    while at - gap < LONGEST {
        let first = quoted(text, gap).unwrap_or_else(|| word(head(gap)));
        if first == gap {
            break;
        }
        (start, gap) = (first, between(text, first));
        let is_dotted = text.get(start..).is_some_and(|word| word.starts_with('.'));
        if !is_dotted && !head(gap).ends_with('.') {
            break;
        }
    }
    start + label(text.get(start..at).unwrap_or_default())
}

/// Where signs begin that end there, and have no business before that of an address.
fn stray(text: &str, end: usize) -> usize {
    let head = text.get(..end).unwrap_or_default();
    head.trim_end_matches(['>', ']', '}', ',', ';']).len()
}

fn is_space(letter: char) -> bool {
    // Of no width, which no white space is to Unicode.
    letter.is_whitespace() || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// Where the white space and the comments begin that end there.
fn between(text: &str, end: usize) -> usize {
    let mut start = end;
    loop {
        let head = text.get(..start).unwrap_or_default().trim_end_matches(is_space);
        match bracket(head) {
            Some(open) => start = open,
            None => return head.len(),
        }
    }
}

/// Where the comment begins that a text ends with; comments nest.
fn bracket(head: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, letter) in head.char_indices().rev().take(LONGEST) {
        match letter {
            ')' => depth += 1,
            '(' => depth = depth.checked_sub(1)?,
            _ => {}
        }
        if depth == 0 {
            return (letter == '(').then_some(at);
        }
    }
    None
}

/// Where the quoted text begins that ends there.
fn quoted(text: &str, end: usize) -> Option<usize> {
    let head = text.get(..end)?.strip_suffix('"')?;
    let letters = head.char_indices().rev().take(LONGEST);
    let is_escaped = |at: usize| head.get(..at).is_some_and(|head| head.ends_with('\\'));
    letters.filter(|(_, letter)| *letter == '"').map(|(at, _)| at).find(|at| !is_escaped(*at))
}

/// Where the word begins that a text ends with. Quoted-printable lines may end within it.
fn word(head: &str) -> usize {
    let mut start = head.len();
    for (at, letter) in head.char_indices().rev().take(LONGEST) {
        let before = head.get(..at).unwrap_or_default().trim_end_matches('\r');
        let is_soft = matches!(letter, '\r' | '\n') && before.ends_with('=');
        // Of a quoted text that nothing opens.
        let is_quote = letter == '"' && start == head.len();
        if is_end(letter) && !is_soft && !is_quote {
            break;
        }
        start = at;
    }
    start
}

/// How much of a word is no local part.
fn label(word: &str) -> usize {
    let mut length = 0;
    while let Some(rest) = word.get(length..)
        && let Some(more) = LABELS.iter().find_map(|label| begins(rest, label))
    {
        length += more;
    }
    let rest = word.get(length..).unwrap_or_default();
    if let Some(scheme) = ["https://", "http://"].iter().find_map(|it| begins(rest, it)) {
        let rest = rest.get(scheme..).unwrap_or_default();
        length += scheme + rest.find('/').map_or(0, |host| host + 1);
    }
    length
}

/// The name before an address in angle brackets that begins there.
pub fn name(text: &str, start: usize) -> Option<Range<usize>> {
    /// What stands before addresses in lines of `Received` (RFC 5321 §4.4), and is no name.
    const CLAUSES: [&str; 8] = ["from", "by", "for", "via", "with", "id", "to", "envelope-from"];
    let head = text.get(..start)?;
    let head = LABELS.iter().find_map(|label| head.strip_suffix(label)).unwrap_or(head);
    let before = head.trim_end().strip_suffix('<')?;
    let end = before.trim_end().len();
    let is_stop = |(at, letter): &(usize, char)| match letter {
        '\n' => !before.get(at + 1..).is_some_and(|rest| rest.starts_with([' ', '\t'])),
        '"' | ')' => true,
        letter => matches!(letter, ',' | ';' | ':' | '=' | '<' | '>' | '('),
    };
    let mut from = end;
    loop {
        let part = before.get(..from)?.trim_end();
        if let Some(open) = quoted(part, part.len()).or_else(|| bracket(part)) {
            from = open;
            continue;
        }
        let stop = part.char_indices().rfind(is_stop);
        let first = stop.map_or(0, |(at, letter)| at + letter.len_utf8());
        if first == part.len() {
            break;
        }
        from = first;
        if !stop.is_some_and(|(_, letter)| matches!(letter, '"' | ')')) {
            break;
        }
    }
    let name = before.get(from..end)?;
    let last = name.rsplit(char::is_whitespace).next()?;
    let is_clause = CLAUSES.iter().any(|clause| clause.eq_ignore_ascii_case(last));
    let space = name.len() - name.trim_start().len();
    (!is_clause).then_some(from + space..end)
}
