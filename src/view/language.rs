//! The languages of the page and the way to their messages (`locales/`).

use super::messages;
use crate::base::catalogue::{LANGUAGES, form};
use crate::base::template;

/// A language that the page speaks, in the order of [`LANGUAGES`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    #[default]
    English,
    French,
}

impl Language {
    pub const ALL: [Self; 2] = [Self::English, Self::French];

    /// The BCP 47 tag, which also begins its messages.
    pub const fn tag(self) -> &'static str {
        LANGUAGES[self as usize]
    }

    /// The language of the first tag that is spoken here: `fr-CA` is French.
    pub fn of_tags<S: AsRef<str>>(tags: impl IntoIterator<Item = S>) -> Option<Self> {
        tags.into_iter().find_map(|tag| {
            let primary = tag.as_ref().split(['-', '_']).next().unwrap_or_default();
            Self::ALL.into_iter().find(|language| primary.eq_ignore_ascii_case(language.tag()))
        })
    }

    /// The message of this key, if there is one: for words that come from reports.
    pub fn find(self, key: &str) -> Option<&'static str> {
        messages::find(key, self)
    }

    /// The message of this key. (That all are there is tested.)
    pub fn text(self, key: &str) -> &'static str {
        self.find(key).unwrap_or("?")
    }

    /// The message of this key with `%{name}` replaced.
    pub fn fill(self, key: &str, values: &[(&str, &str)]) -> String {
        template::fill(self.text(key), values)
    }

    /// The message `key.one` or `key.other`, as grammar asks, with `%{count}`
    /// replaced by the number as this language writes it.
    pub fn count(self, key: &str, count: u64) -> String {
        let form = form(self.tag(), count);
        self.fill(&format!("{key}.{form}"), &[("count", &self.integer(count))])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_spoken_tag_decides() {
        assert_eq!(Language::of_tags(["de-AT", "fr-CA", "en"]), Some(Language::French));
        assert_eq!(Language::of_tags(["EN_us"]), Some(Language::English));
        assert_eq!(Language::of_tags(["frr", "zh-Hant"]), None);
        assert_eq!(Language::of_tags::<&str>([]), None);
    }

    #[test]
    fn grammar_of_counts() {
        assert_eq!(Language::English.count("count.messages", 0), "0 messages");
        assert_eq!(Language::English.count("count.messages", 1), "1 message");
        assert_eq!(Language::French.count("count.messages", 0), "0 message");
        assert_eq!(Language::English.count("count.messages", 12_345), "12,345 messages");
    }
}
