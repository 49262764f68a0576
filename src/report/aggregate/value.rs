//! One value as it stands in its element, and how values are taken.

use std::borrow::Cow;

use super::out::Out;
use super::schema::Element;
use crate::base::{Kind, Limits, Whereabouts};
use crate::report::fact;
use crate::report::model::Address;
use crate::report::token::{Token, Vocabulary};

/// The place of findings: [`Out`] knows it better.
const HERE: Whereabouts = Whereabouts::Whole;

/// The text of a leaf.
#[derive(Clone, Copy, Debug)]
pub(super) struct Value<'v> {
    pub element: Element,
    /// Without white space around it.
    pub text: &'v str,
    /// With it, which words of a vocabulary must not have.
    padded: &'v str,
}

/// A text as XML has it: without control characters, with plain line ends
/// (XML 1.0 §2.2, §2.11), and not too long.
pub(super) fn sound<'v>(
    stated: &'v str,
    path: &str,
    limits: &Limits,
    out: &mut Out<'_>,
) -> Cow<'v, str> {
    let text = line_ends(fact::printable(Cow::Borrowed(stated), path, HERE, out));
    fact::clip(text, limits.text_bytes, path, HERE, out)
}

fn line_ends(text: Cow<'_, str>) -> Cow<'_, str> {
    if !text.contains('\r') {
        return text;
    }
    Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
}

impl<'v> Value<'v> {
    pub fn new(element: Element, padded: &'v str) -> Self {
        Self { element, text: padded.trim_ascii(), padded }
    }

    pub fn path(&self) -> &'static str {
        self.element.path()
    }

    /// Notes that the element is empty, which it must not be.
    pub fn require(&self, out: &mut Out<'_>) {
        if self.text.is_empty() {
            out.note(Kind::EmptyValue, self.path());
        }
    }

    /// The word of a vocabulary, or the text as it came; `None` if it is empty.
    pub fn word<V: Vocabulary>(&self, out: &mut Out<'_>) -> Option<Token<'v, V>> {
        fact::token(Cow::Borrowed(self.padded), self.path(), HERE, out)
    }

    /// A count of messages.
    pub fn number(&self, out: &mut Out<'_>) -> Option<u64> {
        if self.text.is_empty() {
            out.note(Kind::EmptyValue, self.path());
            return None;
        }
        fact::number(self.text, self.path(), HERE, out)
    }

    /// An address, or the text as it came; `None` if it is empty.
    pub fn address(&self, out: &mut Out<'_>) -> Option<Address<'v>> {
        fact::address(Cow::Borrowed(self.text), self.path(), HERE, out)
    }

    /// Sets what may be stated once; what stands first rules.
    pub fn set<T>(&self, slot: &mut Option<T>, taken: T, out: &mut Out<'_>) {
        if slot.is_some() {
            out.note_value(Kind::RepeatedValue, self.path(), self.text);
        } else {
            *slot = Some(taken);
        }
    }
}
