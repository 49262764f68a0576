//! The values of a policy's fields: what is wrong with them, what they were meant as.

use super::age::{DAY, WEEK, duration};
use super::line::Field;
use super::{MAX_AGE_LIMIT, Mode};
use crate::dns::kind::Kind;
use crate::dns::message::Message;
use crate::dns::near::nearest;

/// A value that may have to be mended: what it should be, and what is wrong with it
/// at which byte of the value as written.
#[derive(Debug, Default)]
pub(super) struct Value {
    pub mended: String,
    pub found: Vec<(usize, Message<Kind>)>,
}

impl Value {
    fn right(text: &str) -> Self {
        Self { mended: text.to_owned(), found: Vec::new() }
    }

    fn wrong(kind: Message<Kind>, mended: impl Into<String>) -> Self {
        Self { mended: mended.into(), found: vec![(0, kind)] }
    }
}

/// Takes off what people put around a value, as other formats have it: a comment,
/// a comma, quotation marks.
pub(super) fn unwrap(field: Field, written: &str) -> Value {
    let mut value = Value::default();
    let mut text = written;
    let comment = text
        .match_indices('#')
        .map(|(at, _)| at)
        .find(|at| *at == 0 || text[..*at].ends_with([' ', '\t']));
    if let Some(at) = comment {
        value.found.push((at, Kind::CommentAfterValue.into()));
        text = text[..at].trim_end();
    }
    let field_name = field.name();
    let bare = text.trim_end_matches([',', ';']);
    if bare.len() < text.len() {
        value
            .found
            .push((bare.len(), Message::new(Kind::FieldPunctuation).arg("field", field_name)));
        text = bare.trim_end();
    }
    const MARKS: [char; 6] = ['"', '\'', '`', '\u{201c}', '\u{201d}', '\u{ab}'];
    let bare = text.trim_matches(|c| MARKS.contains(&c) || c == '\u{bb}');
    if bare.len() < text.len() {
        value.found.push((0, Message::new(Kind::FieldQuoted).arg("field", field_name)));
        text = bare.trim();
    }
    if text.is_empty() {
        value.found.push((0, Message::new(Kind::FieldEmpty).arg("field", field_name)));
    }
    value.mended = text.to_owned();
    value
}

pub(super) fn version(text: &str) -> Value {
    match text {
        "STSv1" => Value::right(text),
        _ => Value::wrong(Message::new(Kind::VersionUnknown).arg("found", text), "STSv1"),
    }
}

pub(super) fn mode(text: &str) -> Value {
    if text.parse::<Mode>().is_ok() {
        return Value::right(text);
    }
    Value::wrong(Message::new(Kind::ModeUnknown).arg("found", text), meant_mode(text).token())
}

/// What a word that is no mode was probably meant as; in doubt, the mode that does no harm.
fn meant_mode(text: &str) -> Mode {
    let word = text.to_ascii_lowercase();
    match word.as_str() {
        "test" | "tested" | "monitor" | "monitoring" | "report" | "audit" => Mode::Testing,
        "on" | "strict" | "enabled" | "enforced" | "enforcing" | "enforcement" | "reject" => {
            Mode::Enforce
        }
        "off" | "disabled" | "disable" => Mode::None,
        _ => nearest(&word, &Mode::ALL.map(Mode::token))
            .and_then(|token| token.parse().ok())
            .unwrap_or(Mode::Testing),
    }
}

/// `lasting`: whether the policy is meant to last, which one of mode `none` is not.
pub(super) fn max_age(text: &str, lasting: bool) -> Value {
    let plain = (1..=10).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    let Some(seconds) = plain.then(|| text.parse::<u64>().ok()).flatten() else {
        let meant = duration(text).map(|seconds| usual(seconds).unwrap_or(seconds));
        let meant = meant.unwrap_or(if lasting { WEEK } else { DAY });
        let kind = Message::new(Kind::MaxAgeSyntax).arg("found", text);
        return Value::wrong(kind, meant.to_string());
    };
    let kind = |kind| Message::new(kind).arg("found", text);
    let seconds = match u32::try_from(seconds) {
        Ok(seconds) if seconds <= MAX_AGE_LIMIT => seconds,
        _ => return Value::wrong(kind(Kind::MaxAgeTooLarge), MAX_AGE_LIMIT.to_string()),
    };
    if let Some(usual) = usual(seconds) {
        let typo = kind(Kind::MaxAgeTypo)
            .arg("usual", usual)
            .arg("days", seconds / DAY)
            .arg("hours", seconds % DAY / 3600);
        return Value::wrong(typo, usual.to_string());
    }
    match seconds {
        0..DAY if lasting => Value::wrong(kind(Kind::MaxAgeTiny), text),
        DAY..WEEK if lasting => Value::wrong(kind(Kind::MaxAgeShort), text),
        _ => Value::right(text),
    }
}

/// A usual value that this one is a slip away from: the same digits in another
/// order, or one digit changed, lost or doubled. Whole days are never a slip.
fn usual(seconds: u32) -> Option<u32> {
    const USUAL: [u32; 9] = [
        604_800,
        1_209_600,
        2_419_200,
        2_592_000,
        5_184_000,
        7_776_000,
        15_552_000,
        31_536_000,
        MAX_AGE_LIMIT,
    ];
    if seconds.is_multiple_of(DAY) || USUAL.contains(&seconds) {
        return None;
    }
    let written = seconds.to_string();
    let sorted = |text: &str| {
        let mut digits: Vec<u8> = text.bytes().collect();
        digits.sort_unstable();
        digits
    };
    USUAL.into_iter().find(|usual| {
        let usual = usual.to_string();
        sorted(&usual) == sorted(&written) || strsim::levenshtein(&usual, &written) == 1
    })
}

#[cfg(test)]
mod tests {
    use super::{Mode, meant_mode, usual};

    #[test]
    fn usual_values_with_a_slip() {
        for (seconds, expected) in [
            (806_400, Some(604_800)),
            (60_480, Some(604_800)),
            (6_048_000, None),
            (604_801, Some(604_800)),
            (604_800, None),
            (86_400, None),
            (100_000, None),
            (3_153_600, Some(31_536_000)),
        ] {
            assert_eq!(usual(seconds), expected, "{seconds}");
        }
    }

    #[test]
    fn modes_in_other_words() {
        assert_eq!(meant_mode("Enforced"), Mode::Enforce);
        assert_eq!(meant_mode("enfroce"), Mode::Enforce);
        assert_eq!(meant_mode("test"), Mode::Testing);
        assert_eq!(meant_mode("reality"), Mode::Testing);
    }
}
