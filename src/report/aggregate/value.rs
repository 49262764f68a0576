//! One value as it stands in its element, and how values are taken.

use std::net::IpAddr;

use super::out::Out;
use super::schema::Element;
use crate::base::Kind;
use crate::report::lenient::{self, Form};
use crate::report::token::{Match, Vocabulary};

/// The text of a leaf, without white space around it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Value<'v> {
    pub element: Element,
    pub text: &'v str,
    /// There was white space around it.
    pub padded: bool,
}

impl Value<'_> {
    pub fn path(&self) -> &'static str {
        self.element.path()
    }

    /// Notes something about the value.
    pub fn note(&self, kind: Kind, out: &mut Out<'_>) {
        out.note_value(kind, self.path(), self.text);
    }

    /// Notes that the element is empty, which it must not be.
    pub fn require(&self, out: &mut Out<'_>) {
        if self.text.is_empty() {
            out.note(Kind::EmptyValue, self.path());
        }
    }

    /// The word of a vocabulary; `None` where it is none of its words.
    pub fn word<V: Vocabulary>(&self, out: &mut Out<'_>) -> Option<V> {
        match V::recognise(self.text) {
            Some((word, Match::Exact)) if !self.padded => Some(word),
            Some((word, Match::Exact | Match::Case)) => {
                self.note(Kind::TokenCase, out);
                Some(word)
            }
            Some((word, Match::Alias)) => {
                self.note(Kind::TokenAlias, out);
                Some(word)
            }
            None => {
                self.require(out);
                if !self.text.is_empty() {
                    self.note(Kind::UnknownToken, out);
                }
                None
            }
        }
    }

    /// A count of messages.
    pub fn number(&self, out: &mut Out<'_>) -> Option<u64> {
        match lenient::number(self.text) {
            Some((number, form)) => {
                if form == Form::Odd {
                    self.note(Kind::NumberForm, out);
                }
                Some(number)
            }
            None => {
                self.require(out);
                if !self.text.is_empty() {
                    self.note(Kind::BadNumber, out);
                }
                None
            }
        }
    }

    /// An address; `None` where the text is none.
    pub fn address(&self, out: &mut Out<'_>) -> Option<IpAddr> {
        match lenient::address(self.text) {
            Some((address, form)) => {
                if form == Form::Odd {
                    out.note(Kind::AddressForm, self.text.to_owned());
                }
                Some(address)
            }
            None => {
                if !self.text.is_empty() {
                    out.note(Kind::BadAddress, self.text.to_owned());
                }
                None
            }
        }
    }

    /// Sets what may be stated once; what stands first rules.
    pub fn set<T>(&self, slot: &mut Option<T>, taken: T, out: &mut Out<'_>) {
        if slot.is_some() {
            self.note(Kind::RepeatedValue, out);
        } else {
            *slot = Some(taken);
        }
    }
}
