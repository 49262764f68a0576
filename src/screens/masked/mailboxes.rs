//! Fields that list mailboxes: there, all is masked that need not be shown.

use super::{MASK, comment, encoded_word, is_of_domain, sign};

/// A list of mailboxes (RFC 5322 §3.4): nothing of it is shown but domains, and what parts them.
pub fn masked_mailbox(text: &str) -> String {
    let mut all = String::new();
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let length = match letter {
            letter if letter.is_whitespace() || matches!(letter, '<' | '>' | ',' | ';') => {
                all.push(letter);
                letter.len_utf8()
            }
            _ => match sign(rest) {
                Some(length) => {
                    let behind = rest.get(length..).unwrap_or_default();
                    let end = behind.find(|it| !is_of_domain(it)).unwrap_or(behind.len());
                    let (domain, behind) = behind.split_at(end);
                    let is_local = sign(after(behind)).is_some();
                    all.truncate(all.trim_end().len());
                    all.push_str(rest.get(..length).unwrap_or_default());
                    match is_local && !domain.is_empty() {
                        true => mask(&mut all),
                        false => all.push_str(domain),
                    }
                    length + end
                }
                None => {
                    mask(&mut all);
                    hidden(rest, letter)
                }
            },
        };
        rest = rest.get(length..).unwrap_or_default();
    }
    all
}

/// What follows on white space and comments.
fn after(text: &str) -> &str {
    let mut rest = text.trim_start();
    while let Some(inner) = rest.strip_prefix('(') {
        rest = inner.get(comment(inner) + 1..).unwrap_or_default().trim_start();
    }
    rest
}

/// Puts a mask, one for all words that follow on one another.
fn mask(to: &mut String) {
    match to.trim_end().ends_with(MASK) {
        true => to.truncate(to.trim_end().len()),
        false => to.push_str(MASK),
    }
}

/// The length of what begins with this letter and is not shown.
fn hidden(text: &str, letter: char) -> usize {
    let inner = text.get(1..).unwrap_or_default();
    if let Some(length) = encoded_word(text) {
        return length;
    }
    if letter == '(' {
        return (comment(inner) + 2).min(text.len());
    }
    // One that nothing closes is passed over.
    let mut ends = inner.match_indices('"').map(|(at, _)| at);
    let is_escaped = |at: usize| inner.get(..at).is_some_and(|head| head.ends_with('\\'));
    if letter == '"'
        && let Some(end) = ends.find(|at| !is_escaped(*at))
    {
        return end + 2;
    }
    let is_end = |(at, letter): &(usize, char)| {
        *at > 0
            && (letter.is_whitespace()
                || matches!(letter, '<' | '>' | ',' | ';' | '"' | '(')
                || text.get(*at..).is_some_and(|rest| sign(rest).is_some()))
    };
    text.char_indices().find(is_end).map_or(text.len(), |(at, _)| at)
}
