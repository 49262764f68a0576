//! Texts of reports within a sentence, so that their letters turn nothing behind them round.

use std::borrow::Cow;

/// First strong isolate, and pop directional isolate (UAX #9 §2.4.2, §2.5).
const OPEN: char = '\u{2068}';
const CLOSE: char = '\u{2069}';

/// A text without the signs that turn letters round whatever they are, which no name needs and
/// with which `gpj.exe` passes for `exe.jpg`: each is spelt out (UAX #9 §2.1, §2.2).
pub fn disarmed(text: &str) -> Cow<'_, str> {
    let is_armed = |letter: char| matches!(letter, '\u{202a}'..='\u{202e}');
    if !text.contains(is_armed) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(spelt(text, is_armed))
}

/// With characters of some kind by their numbers.
pub fn spelt(text: &str, is_spelt: impl Fn(char) -> bool) -> String {
    let mut all = String::with_capacity(text.len());
    for letter in text.chars() {
        match is_spelt(letter) {
            true => all.push_str(&format!("⟨U+{:04X}⟩", u32::from(letter))),
            false => all.push(letter),
        }
    }
    all
}

/// A text as it stands in a sentence or a list: by itself, as `<bdi>` has it, where it has
/// letters that are read from right to left, or signs that turn the direction round.
pub fn isolated(text: &str) -> Cow<'_, str> {
    let text = disarmed(text);
    match text.chars().any(turns) {
        true => Cow::Owned(format!("{OPEN}{}{CLOSE}", balanced(&text))),
        false => text,
    }
}

/// Blocks of scripts that are read from right to left, and the signs of UAX #9 §2.
fn turns(letter: char) -> bool {
    matches!(letter,
        '\u{590}'..='\u{8ff}'
        | '\u{200e}' | '\u{200f}' | '\u{2066}'..='\u{2069}'
        | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}'
        | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

/// With an end for each isolate that is begun in it, and none for one that was begun outside.
fn balanced(text: &str) -> String {
    let mut open = 0_usize;
    let mut all = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\u{2066}'..='\u{2068}' => open += 1,
            CLOSE if open == 0 => continue,
            CLOSE => open -= 1,
            _ => {}
        }
        all.push(letter);
    }
    all.extend(std::iter::repeat_n(CLOSE, open));
    all
}

#[cfg(test)]
mod tests {
    use super::isolated;

    #[test]
    fn what_turns_nothing_stays_as_it_is() {
        for text in ["", "Example Mail", "Büro & Söhne", "日本語", "\u{feff}x"] {
            assert_eq!(isolated(text), text);
        }
    }

    #[test]
    fn what_turns_the_direction_ends_with_itself() {
        assert_eq!(isolated("\u{202e}elgooG"), "⟨U+202E⟩elgooG");
        assert_eq!(isolated("بريد"), "\u{2068}بريد\u{2069}");
        let escaping = isolated("a\u{2069}ريد");
        assert_eq!(escaping, "\u{2068}aريد\u{2069}", "nobody ends it from within");
        assert_eq!(isolated("a\u{2067}b"), "\u{2068}a\u{2067}b\u{2069}\u{2069}");
        let twice = isolated(&isolated("بريد")).into_owned();
        assert_eq!(twice, "\u{2068}\u{2068}بريد\u{2069}\u{2069}", "a list in a sentence");
    }
}
