//! Texts and addresses in the order in which people look for them, as numbers:
//! each distinct value in use is compared with others once.

use super::order::sort_by;
use crate::base::lower_case;
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

    /// The places of all ids, as keys to sort by.
    pub fn keys(&self) -> Vec<Option<u64>> {
        (0..self.0.len()).map(|at| self.rank(at)).collect()
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
