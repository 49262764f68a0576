//! The words of this module in one language: a template for each code.
//!
//! They are many, and only who checks records needs them. So they are not among the
//! messages that the page starts with (`locales/`), but in files of their own,
//! `static/words/dns.LANGUAGE.json`, flat objects of keys and templates: the command
//! line has them built in, the page can fetch them when it has time.

use std::collections::HashMap;

use serde::Deserialize;

use super::message::{Message, Say};
use crate::base::template::fill;

/// The templates of one language by their keys ([`Say::key`]).
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Words(HashMap<String, String>);

impl Words {
    /// The words in a language that Vitrail speaks, by its BCP 47 tag.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn shipped(tag: &str) -> Option<Self> {
        let file = match tag {
            "en" => include_str!("../../static/words/dns.en.json"),
            "fr" => include_str!("../../static/words/dns.fr.json"),
            _ => return None,
        };
        serde_json::from_str(file).ok()
    }

    /// The template of a key.
    pub fn template(&self, key: &str) -> Option<&str> {
        self.0.get(key).map(String::as_str)
    }

    /// The message in words.
    pub fn say<C: Say>(&self, message: &Message<C>) -> String {
        self.fill(message.code.key(), &message.args)
    }

    /// The template of a key with its arguments filled in. (That every key has one is
    /// tested; the key itself would stand for one that has not.)
    pub fn fill(&self, key: &str, args: &[(&'static str, String)]) -> String {
        self.template(key).map_or_else(|| key.to_owned(), |template| fill(template, args))
    }

    /// All keys, in no order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

/// From the entries of a message file, however they were read.
impl FromIterator<(String, String)> for Words {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(entries: I) -> Self {
        Self(entries.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::{Message, Say, Words};
    use crate::dns::Kind;

    #[test]
    fn what_has_no_words_is_named() {
        let message = Message::new(Kind::FieldRepeated).arg("field", "mode");
        let words: Words =
            [(message.code.key().to_owned(), "%{field} again".to_owned())].into_iter().collect();
        assert_eq!(words.say(&message), "mode again");
        assert_eq!(words.say(&Message::new(Kind::BlankLine)), Kind::BlankLine.key());
    }
}
