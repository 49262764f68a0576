//! A dimension worked out for one store: its distinct values, numbered from 0,
//! and which ids of its column have which. Texts are made and compared here,
//! once for each distinct value; passes over rows see numbers only.

use std::cmp::Ordering;
use std::net::IpAddr;

use vitrail_kernels::hash::Map;
use vitrail_kernels::interner::Interner;

use super::dimension::{Dimension, Key, Kind, name};
use super::index::Data;
use super::order::sort_by;
use crate::base::lower_case;
use crate::store::{AddressId, TermId};

/// See the module's text. A *code* is the number of a value.
pub struct Values {
    dimension: Dimension,
    /// By code, as [`Dimension::read`] gives them.
    values: Vec<u32>,
    /// Codes of all ids, those of one id in the order stated: none of an id that
    /// is not in use, else one or more.
    codes: Vec<u32>,
    /// Where those of each id begin, and one more.
    starts: Vec<u32>,
}

/// What values are sorted by: class and number of addresses and dates; texts
/// without regard to letter case, then with it.
type Place = (u8, u128, String, String);

impl Values {
    /// Of the ids that are in use.
    pub fn of(data: Data<'_>, dimension: Dimension) -> Self {
        let used = data.used(dimension.column(data.table));
        if are_ids(dimension, data) {
            let ids = 0..used.len() as u32;
            let (values, codes) = (ids.clone().collect(), ids.collect());
            let starts = (0..=used.len() as u32).collect();
            return Self { dimension, values, codes, starts };
        }
        let mut numbers = Numbers::default();
        let (mut codes, mut starts, mut read) = (Vec::new(), vec![0], Vec::new());
        for (id, used) in (0..).zip(used) {
            if *used {
                dimension.read(data, id, &mut read);
                if read.is_empty() {
                    read.push(0);
                }
                codes.extend(read.drain(..).map(|value| numbers.code(data, dimension, value)));
            }
            starts.push(codes.len() as u32);
        }
        Self { dimension, values: numbers.values, codes, starts }
    }

    /// Whether each id is the code of its one value.
    pub fn are_ids(&self, data: Data<'_>) -> bool {
        are_ids(self.dimension, data)
    }

    /// Values there are.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// The codes of an id, as stated.
    pub fn of_id(&self, id: u32) -> &[u32] {
        let start = self.starts.get(id as usize).copied().unwrap_or_default();
        let end = self.starts.get(id as usize + 1).copied().unwrap_or_default();
        self.codes.get(start as usize..end as usize).unwrap_or_default()
    }

    pub fn key(&self, data: Data<'_>, code: u32) -> Key {
        self.dimension.key(data, self.value(code))
    }

    /// The value as [`Dimension::read`] gives it.
    fn value(&self, code: u32) -> u32 {
        self.values.get(code as usize).copied().unwrap_or_default()
    }

    pub fn dimension(&self) -> Dimension {
        self.dimension
    }

    /// The address that a code stands for, if it is one.
    pub fn address(&self, data: Data<'_>, code: u32) -> Option<IpAddr> {
        let is_address = self.dimension.kind() == Kind::Address;
        let ip = || data.tables().dictionaries.addresses.ip(AddressId(self.value(code)));
        is_address.then(ip).flatten()
    }

    /// The place of each of these codes among them, by code; `None` for those
    /// not stated, and for all others.
    pub fn ranks(&self, data: Data<'_>, of: &mut dyn Iterator<Item = u32>) -> Vec<Option<u32>> {
        let mut ranks = vec![None; self.len()];
        let (mut places, mut codes) = (Vec::new(), Vec::new());
        for code in of {
            if let Some(rank) = ranks.get_mut(code as usize)
                && rank.is_none()
                && let Some(place) = self.place(data, code)
            {
                *rank = Some(0);
                places.push(place);
                codes.push(code);
            }
        }
        let mut order: Vec<u32> = (0..codes.len() as u32).collect();
        let place = |at: u32| places.get(at as usize);
        sort_by(&mut order, &|a, b| -> Ordering { place(a).cmp(&place(b)) });
        for (rank, at) in (0..).zip(order) {
            let code = codes.get(at as usize).copied().unwrap_or_default();
            if let Some(slot) = ranks.get_mut(code as usize) {
                *slot = Some(rank);
            }
        }
        ranks
    }

    fn place(&self, data: Data<'_>, code: u32) -> Option<Place> {
        let facts = &data.tables().dictionaries;
        let value = self.value(code);
        match self.dimension.kind() {
            Kind::Word | Kind::Text | Kind::Name => {
                self.key(data, code).map(|text| (0, 0, lower_case(&text), text))
            }
            Kind::Day | Kind::Month => {
                (value > 0).then(|| (0, value.into(), String::new(), String::new()))
            }
            Kind::Address => {
                let place = facts.addresses.place(AddressId(value), &facts.terms);
                place.map(|(class, number, it)| (class, number, lower_case(it), it.to_owned()))
            }
        }
    }
}

/// Addresses are kept once each: there is nothing to number.
fn are_ids(dimension: Dimension, data: Data<'_>) -> bool {
    dimension.kind() == Kind::Address && !dimension.is_foreign(data.table)
}

/// Gives each value a code at first sight.
#[derive(Default)]
struct Numbers {
    values: Vec<u32>,
    codes: Map<u32, u32>,
    /// Names that are spelt differently are one value: names, and the code of each.
    names: Interner<u8>,
    named: Vec<u32>,
}

impl Numbers {
    fn code(&mut self, data: Data<'_>, dimension: Dimension, value: u32) -> u32 {
        let Self { values, codes, names, named } = self;
        *codes.entry(value).or_insert_with(|| {
            let next = values.len() as u32;
            let text = match dimension.kind() {
                Kind::Name => data.tables().dictionaries.terms.get(TermId(value)),
                _ => None,
            };
            let code = match text {
                Some(text) => {
                    let id = names.intern(name(text).as_bytes()) as usize;
                    named.resize(named.len().max(id + 1), next);
                    named[id]
                }
                None => next,
            };
            if code == next {
                values.push(value);
            }
            code
        })
    }
}
