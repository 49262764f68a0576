//! The messages of the page: `locales/page.txt`, which is part of the program.
//!
//! A block for each message, in order of the keys: the key, and a line for each
//! language, with the others of the same meaning in view.
//!
//! ```text
//! import.clear
//! en Clear all
//! fr Tout effacer
//! ```
//!
//! Everybody loads them, so this is as small as it can be: nothing is unpacked
//! or copied, a message is a slice of the file.

use std::sync::LazyLock;

use super::Language;

/// One message in every language.
struct Message {
    key: &'static str,
    /// In the order of [`Language::ALL`].
    texts: [&'static str; Language::ALL.len()],
}

static MESSAGES: LazyLock<Vec<Message>> =
    LazyLock::new(|| include_str!("../../locales/page.txt").split("\n\n").map(message).collect());

/// A text that the file has not is empty. (That all are there is tested.)
fn message(block: &'static str) -> Message {
    let mut lines = block.lines();
    let key = lines.next().unwrap_or_default();
    let mut text = |language: Language| {
        let text = lines.next().and_then(|line| line.strip_prefix(language.tag()));
        text.unwrap_or_default().trim_start()
    };
    Message { key, texts: Language::ALL.map(&mut text) }
}

/// The message of this key.
pub fn find(key: &str, language: Language) -> Option<&'static str> {
    let at = MESSAGES.binary_search_by(|message| message.key.cmp(key)).ok()?;
    Some(MESSAGES[at].texts[language as usize])
}

/// All keys.
pub fn keys() -> impl Iterator<Item = &'static str> {
    MESSAGES.iter().map(|message| message.key)
}
