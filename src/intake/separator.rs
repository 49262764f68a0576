//! The `From ` lines between the mails of a mailbox, and what only looks like one.

use super::{header, lines};

/// A `From ` line and the field below it are looked for within so many bytes: no more and no fewer,
/// however much is at hand, or a mailbox would be another where it is read from another place on.
pub(super) const LINE_BYTES: usize = 2 << 10;

/// Whether a text is a mailbox: a `From ` line first.
pub(super) fn begins(text: &[u8]) -> bool {
    let blank = text.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
    is_separator(&text[blank..], true, false)
}

/// Whether a mail begins with the line at the beginning of `text`.
pub(super) fn is_separator(text: &[u8], blank_before: bool, dated: bool) -> bool {
    let text = text.get(..LINE_BYTES).unwrap_or(text);
    let mut lines = lines::lines(text).map(|(_, line)| line);
    let Some(line) = lines.next().filter(|line| line.starts_with(b"From ")) else { return false };
    let next = lines.next();
    if has_date(line) {
        next.is_none_or(|next| {
            header::field_name(next).is_some()
                || next.starts_with(b">From ")
                || (next.is_empty() && blank_before)
        })
    } else {
        !dated && blank_before && next.is_some_and(header::is_mail_line)
    }
}

/// A weekday, a month and a clock time, as `asctime` writes them.
pub(super) fn has_date(line: &[u8]) -> bool {
    const WEEKDAYS: [&[u8]; 7] = [b"Mon", b"Tue", b"Wed", b"Thu", b"Fri", b"Sat", b"Sun"];
    const MONTHS: [&[u8]; 12] = [
        b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov",
        b"Dec",
    ];
    let (mut weekday, mut month, mut clock) = (false, false, false);
    for word in line.split(|byte| matches!(byte, b' ' | b',' | b'\t')) {
        match word {
            [_, _, _] => {
                weekday |= WEEKDAYS.contains(&word);
                month |= MONTHS.contains(&word);
            }
            [first, ..] if first.is_ascii_digit() => clock |= word.contains(&b':'),
            _ => {}
        }
    }
    weekday && month && clock
}
