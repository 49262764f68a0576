//! The messages of the page: `locales/page.txt`, which is part of the program.
//! Everybody loads them, so they are as small as they can be.

use std::sync::LazyLock;

use super::Language;
use crate::base::catalogue::Catalogue;

static MESSAGES: LazyLock<Catalogue> =
    LazyLock::new(|| Catalogue::read(include_str!("../../locales/page.txt")));

/// The message of this key.
pub fn find(key: &str, language: Language) -> Option<&'static str> {
    MESSAGES.find(key, language as usize)
}

/// All keys.
pub fn keys() -> impl Iterator<Item = &'static str> {
    MESSAGES.keys()
}
