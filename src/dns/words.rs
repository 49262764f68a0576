//! The words of this module and of the tools made from it: a template for each code.
//!
//! They are many, and only who makes or checks records needs them. So they are not among
//! the messages that the page starts with (`locales/page.txt`), but in a file of their
//! own, `locales/toolbox.txt`, which is part of the command line and of the program that
//! draws the page's screens.

use std::sync::LazyLock;

use super::message::{Message, Say};
use crate::base::catalogue::{Catalogue, LANGUAGES};
use crate::base::template::fill;

static TEXTS: LazyLock<Catalogue> =
    LazyLock::new(|| Catalogue::read(include_str!("../../locales/toolbox.txt")));

/// The templates of one language by their keys ([`Say::key`]).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// Its place in [`LANGUAGES`].
    language: usize,
}

impl Words {
    /// The words in a language that Vitrail speaks.
    pub fn of_tag(tag: &str) -> Option<Self> {
        LANGUAGES.iter().position(|known| *known == tag).map(|language| Self { language })
    }

    /// The template of a key.
    pub fn template(self, key: &str) -> Option<&'static str> {
        TEXTS.find(key, self.language)
    }

    /// The message in words.
    pub fn say<C: Say>(self, message: &Message<C>) -> String {
        self.fill(message.code.key(), &message.args)
    }

    /// The template of a key with its arguments filled in. (That every key has one is
    /// tested; the key itself would stand for one that has not.)
    pub fn fill<V: AsRef<str>>(self, key: &str, args: &[(&str, V)]) -> String {
        self.template(key).map_or_else(|| key.to_owned(), |template| fill(template, args))
    }

    /// All keys, in their order.
    pub fn keys() -> impl Iterator<Item = &'static str> {
        TEXTS.keys()
    }
}

#[cfg(test)]
mod tests {
    use super::{Message, Words};
    use crate::dns::Kind;

    #[test]
    fn arguments_are_filled_in() {
        let message = Message::new(Kind::FieldRepeated).arg("field", "mode");
        for tag in ["en", "fr"] {
            let said = Words::of_tag(tag).expect("a language").say(&message);
            assert!(said.contains("mode") && !said.contains("%{"), "{said}");
        }
        assert_eq!(Words::of_tag("xx"), None);
        assert_eq!(Words::default().fill::<&str>("no.key", &[]), "no.key");
    }
}
