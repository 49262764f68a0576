//! Texts and addresses in the order in which people look for them, as numbers:
//! each distinct value in use is compared with others once.

use super::order::sort_by;
use crate::store::{AddressId, Dictionaries, TermId, Terms};

/// The place of each id among those in use; `None` for what is absent.
pub struct Ranks(Vec<u32>);

/// Not in use, or not stated.
const NONE: u32 = u32::MAX;

impl Ranks {
    /// Texts without regard to letter case, then with it.
    pub fn of_terms(terms: &Terms, used: impl Iterator<Item = TermId>) -> Self {
        Self::new(terms.bound(), used.map(|id| id.0), |id| {
            let text = terms.get(TermId(id))?;
            Some((lower_case(text), text))
        })
    }

    /// IPv4 before IPv6, each by number; then other texts.
    pub fn of_addresses(facts: &Dictionaries, used: impl Iterator<Item = AddressId>) -> Self {
        Self::new(facts.addresses.bound(), used.map(|id| id.0), |id| {
            let (class, number, text) = facts.addresses.place(AddressId(id), &facts.terms)?;
            Some((class, number, lower_case(text), text))
        })
    }

    fn new<K: Ord>(
        bound: usize,
        used: impl Iterator<Item = u32>,
        key: impl Fn(u32) -> Option<K>,
    ) -> Self {
        let mut ranks = vec![NONE; bound];
        let (mut keys, mut ids) = (Vec::new(), Vec::new());
        for id in used {
            if let Some(rank) = ranks.get_mut(id as usize)
                && *rank == NONE
                && let Some(key) = key(id)
            {
                *rank = 0;
                keys.push(key);
                ids.push(id);
            }
        }
        let mut order: Vec<u32> = (0..keys.len() as u32).collect();
        sort_by(&mut order, &|a, b| keys.get(a as usize).cmp(&keys.get(b as usize)));
        for (rank, place) in (0..).zip(order) {
            let id = ids.get(place as usize).copied().unwrap_or_default();
            if let Some(slot) = ranks.get_mut(id as usize) {
                *slot = rank;
            }
        }
        Self(ranks)
    }

    pub fn term(&self, id: TermId) -> Option<u64> {
        self.rank(id.index())
    }

    pub fn address(&self, id: AddressId) -> Option<u64> {
        self.rank(id.index())
    }

    fn rank(&self, at: usize) -> Option<u64> {
        self.0.get(at).filter(|rank| **rank != NONE).map(|rank| u64::from(*rank))
    }
}

/// Letter by letter, those of the Latin, Greek and Cyrillic scripts: the tables of
/// `char::to_lowercase` know all others too, and weigh as much as the rest of the
/// queries together.
pub fn lower_case(text: &str) -> String {
    text.chars().map(small).collect()
}

fn small(letter: char) -> char {
    let code = letter as u32;
    let small = match code {
        // Basic Latin, Latin-1, Greek, Cyrillic: in rows.
        0x41..=0x5A | 0xC0..=0xD6 | 0xD8..=0xDE | 0x391..=0x3AB | 0x410..=0x42F => code + 0x20,
        0x400..=0x40F => code + 0x50,
        // Each capital next to its small letter, with odd codes or with even ones.
        0x139..=0x148 | 0x179..=0x17E | 0x4C1..=0x4CE => code + code % 2,
        0x100..=0x12F | 0x132..=0x137 | 0x14A..=0x177 => code | 1,
        0x460..=0x481 | 0x48A..=0x4BF | 0x4D0..=0x52F | 0x1E00..=0x1E95 | 0x1EA0..=0x1EFF => {
            code | 1
        }
        0x178 => 0xFF,
        0x386 => 0x3AC,
        0x388..=0x38A => code + 0x25,
        0x38C => 0x3CC,
        0x38E..=0x38F => code + 0x3F,
        _ => code,
    };
    char::from_u32(small).unwrap_or(letter)
}

#[cfg(test)]
mod tests {
    use super::lower_case;

    #[test]
    fn letters_of_three_scripts_as_unicode_has_them() {
        let scripts = [0..=0x17F, 0x386..=0x3CE, 0x400..=0x52F, 0x1E00..=0x1E95, 0x1EA0..=0x1EFF];
        for letter in scripts.into_iter().flatten().filter_map(char::from_u32) {
            // Two capitals whose small letters are elsewhere, and a code without a letter.
            if !matches!(letter, 'İ' | 'Ӏ' | '\u{3a2}') {
                let small: String = letter.to_lowercase().collect();
                assert_eq!(lower_case(&letter.to_string()), small, "{letter:?}");
            }
        }
        assert_eq!(lower_case("ÉCOLE Ωmega ПОЧТА"), "école ωmega почта");
    }
}
