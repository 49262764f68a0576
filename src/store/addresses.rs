//! Addresses as numbers: each distinct one is read and kept once.

use std::borrow::Cow;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use serde::{Deserialize, Serialize};
use vitrail_kernels::interner::{Interner, Many};

use super::{AddressId, TermId, Terms};
use crate::report::model::Address;

/// The dictionary of addresses, as runs of words whose length tells what they
/// are: none (not stated), one (IPv4), four (IPv6, from the left), or two (the
/// term of what stood there instead, and a zero).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Addresses(Interner<u32>);

impl Default for Addresses {
    fn default() -> Self {
        let mut addresses = Interner::<u32>::default();
        addresses.intern(&[]);
        Self(addresses)
    }
}

impl AddressId {
    /// Not stated.
    pub const ABSENT: Self = Self(0);
}

impl Addresses {
    pub fn intern(&mut self, address: Option<&Address<'_>>, terms: &mut Terms) -> AddressId {
        AddressId(with_words(address, terms, |words| self.0.intern(words)))
    }

    /// Those of many, in the words that [`with_words`] hands over.
    pub fn intern_all<'m>(&mut self, many: &'m mut Many) -> &'m [AddressId] {
        bytemuck::cast_slice(self.0.intern_all(many))
    }

    /// Hands over an address, with the term in it as another dictionary has it.
    pub fn carry(&self, id: AddressId, term: impl FnOnce(u32) -> u32, to: &mut Many) {
        match *self.0.get(id.0) {
            [text, _] => to.push(&[term(text), 0]),
            ref words => to.push(words),
        }
    }

    /// `None` where no address is stated.
    pub fn get<'a>(&self, id: AddressId, terms: &'a Terms) -> Option<Address<'a>> {
        match *self.0.get(id.0) {
            [text, _] => terms.get(TermId(text)).map(|text| Address::Other(Cow::Borrowed(text))),
            _ => self.ip(id).map(Address::Ip),
        }
    }

    /// The address, where it is one and not another text.
    pub fn ip(&self, id: AddressId) -> Option<IpAddr> {
        match *self.0.get(id.0) {
            [ip] => Some(Ipv4Addr::from_bits(ip).into()),
            [a, b, c, d] => Some(Ipv6Addr::from_bits(bits([a, b, c, d])).into()),
            _ => None,
        }
    }

    /// What addresses are sorted by: IPv4, IPv6, others; by number; by text.
    pub fn place<'a>(&self, id: AddressId, terms: &'a Terms) -> Option<(u8, u128, &'a str)> {
        match *self.0.get(id.0) {
            [ip] => Some((0, ip.into(), "")),
            [a, b, c, d] => Some((1, bits([a, b, c, d]), "")),
            [text, _] => terms.get(TermId(text)).map(|text| (2, 0, text)),
            _ => None,
        }
    }

    /// Ids are less than this.
    pub fn bound(&self) -> usize {
        self.0.len()
    }

    pub fn bytes(&self) -> u64 {
        self.0.bytes()
    }

    /// Whether every entry is an address, and other texts are less than `terms`.
    // Browsers compile a function anew, all of it, once it runs for long: so this is one of its own.
    #[inline(never)]
    pub(super) fn is_sound(&self, terms: usize) -> bool {
        let entry = |id: u32| match *self.0.get(id) {
            [] => id == 0,
            [text, rest] => text > 0 && (text as usize) < terms && rest == 0,
            ref words => words.len() == 1 || words.len() == 4,
        };
        self.0.is_sound() && self.bound() > 0 && (0..self.bound() as u32).all(entry)
    }
}

/// Hands over an address in the words in which it is kept.
pub(super) fn with_words<R>(
    address: Option<&Address<'_>>,
    terms: &mut Terms,
    to: impl FnOnce(&[u32]) -> R,
) -> R {
    match address {
        None => to(&[]),
        Some(Address::Ip(IpAddr::V4(ip))) => to(&[ip.to_bits()]),
        Some(Address::Ip(IpAddr::V6(ip))) => to(&words(*ip)),
        Some(Address::Other(text)) => to(&[terms.intern(text).0, 0]),
    }
}

fn words(ip: Ipv6Addr) -> [u32; 4] {
    let bits = ip.to_bits();
    [(bits >> 96) as u32, (bits >> 64) as u32, (bits >> 32) as u32, bits as u32]
}

fn bits(words: [u32; 4]) -> u128 {
    words.iter().fold(0, |bits, word| bits << 32 | u128::from(*word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_address_comes_back() {
        let mut terms = Terms::default();
        let mut addresses = Addresses::default();
        for address in [
            None,
            Some(Address::Ip([192, 0, 2, 1].into())),
            Some(Address::Ip("2001:db8::7:1".parse().unwrap())),
            Some(Address::Ip("::".parse().unwrap())),
            Some(Address::Other("".into())),
            Some(Address::Other("unknown".into())),
        ] {
            let id = addresses.intern(address.as_ref(), &mut terms);
            assert_eq!(addresses.get(id, &terms), address);
            assert_eq!(addresses.intern(address.as_ref(), &mut terms), id);
        }
        assert!(addresses.is_sound(terms.bound()));
    }
}
