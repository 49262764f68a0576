//! Texts of reports within a sentence, so that their letters turn nothing behind them round.

use std::borrow::Cow;

/// First strong isolate, and pop directional isolate (UAX #9 §2.4.2, §2.5).
const OPEN: char = '\u{2068}';
const CLOSE: char = '\u{2069}';

/// A text as it stands in a sentence or a list: by itself, as `<bdi>` has it, where it has
/// letters that are read from right to left, or signs that turn the direction round.
pub fn isolated(text: &str) -> Cow<'_, str> {
    match text.chars().any(turns) {
        true => Cow::Owned(format!("{OPEN}{}{CLOSE}", balanced(text))),
        false => Cow::Borrowed(text),
    }
}

/// Blocks of scripts that are read from right to left, and the signs of UAX #9 §2.
fn turns(letter: char) -> bool {
    matches!(letter,
        '\u{590}'..='\u{8ff}'
        | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
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
        assert_eq!(isolated("\u{202e}elgooG"), "\u{2068}\u{202e}elgooG\u{2069}");
        assert_eq!(isolated("بريد"), "\u{2068}بريد\u{2069}");
        let escaping = isolated("a\u{2069}\u{202e}b");
        assert_eq!(escaping, "\u{2068}a\u{202e}b\u{2069}", "nobody ends it from within");
        assert_eq!(isolated("a\u{2067}b"), "\u{2068}a\u{2067}b\u{2069}\u{2069}");
        let twice = isolated(&isolated("بريد")).into_owned();
        assert_eq!(twice, "\u{2068}\u{2068}بريد\u{2069}\u{2069}", "a list in a sentence");
    }
}
