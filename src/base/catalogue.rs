//! Files of messages: all languages of one message side by side.
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
//! Nothing is unpacked or copied: a message is a slice of the file.

/// The languages that Vitrail speaks, by their BCP 47 tags, which begin their lines.
pub const LANGUAGES: [&str; 2] = ["en", "fr"];

/// The last word of the key of a message that counts, in the language of this tag:
/// French counts none as one.
pub fn form(tag: &str, count: u64) -> &'static str {
    if count == 1 || (count == 0 && tag == "fr") { "one" } else { "other" }
}

/// The messages of one file.
pub struct Catalogue {
    messages: Vec<Message>,
}

struct Message {
    key: &'static str,
    texts: [&'static str; LANGUAGES.len()],
}

impl Catalogue {
    /// A text that the file has not is empty. (That all are there is tested.)
    pub fn read(file: &'static str) -> Self {
        let message = |block: &'static str| {
            let mut lines = block.lines();
            let key = lines.next().unwrap_or_default();
            let text = |tag| {
                let text = lines.next().and_then(|line| line.strip_prefix(tag));
                text.unwrap_or_default().trim_start()
            };
            Message { key, texts: LANGUAGES.map(text) }
        };
        Self { messages: file.split("\n\n").map(message).collect() }
    }

    /// The message of this key, in the language of this place among [`LANGUAGES`].
    pub fn find(&self, key: &str, language: usize) -> Option<&'static str> {
        let at = self.messages.binary_search_by(|message| message.key.cmp(key)).ok()?;
        self.messages.get(at)?.texts.get(language).copied()
    }

    /// All keys, in their order.
    pub fn keys(&self) -> impl Iterator<Item = &'static str> {
        self.messages.iter().map(|message| message.key)
    }
}

#[cfg(test)]
mod tests {
    use super::Catalogue;

    #[test]
    fn finds_by_key_and_language() {
        let file = "a.one\nen One\nfr Un\n\na.two\nen Two\nfr Deux\n";
        let messages = Catalogue::read(file);
        assert_eq!(messages.find("a.two", 0), Some("Two"));
        assert_eq!(messages.find("a.one", 1), Some("Un"));
        assert_eq!(messages.find("a.one", 2), None);
        assert_eq!(messages.find("a", 0), None);
        assert!(messages.keys().eq(["a.one", "a.two"]));
    }
}
