//! Ids of one set of tables as ids of another, made as they are met: what is
//! not copied leaves nothing behind.

use bytemuck::Pod;
use vitrail_kernels::interner::Many;
use vitrail_kernels::rows::{MET, UNSEEN, translate, unseen};

use super::facts::Dictionaries;
use super::tables::HeaderRow;
use super::{AddressId, ListId, TermId};

/// Carries entries of the dictionaries `from` over into others, each once. (Numbers end long before
/// those that stand for none: `tables::CAPACITY`.)
pub struct Remap<'a> {
    from: &'a Dictionaries,
    terms: Vec<u32>,
    lists: Vec<u32>,
    addresses: Vec<u32>,
    met: Met,
}

/// What was met first in the column in hand: ids, and what they are to be. Kept for its memory.
#[derive(Default)]
struct Met {
    ids: Vec<u32>,
    to: Many,
}

impl<'a> Remap<'a> {
    pub fn new(from: &'a Dictionaries) -> Self {
        Self {
            from,
            terms: vec![UNSEEN; from.terms.bound()],
            lists: vec![UNSEEN; from.lists.bound()],
            addresses: vec![UNSEEN; from.addresses.bound()],
            met: Met::default(),
        }
    }

    pub fn term(&mut self, to: &mut Dictionaries, id: TermId) -> TermId {
        TermId(carry_term(self.from, &mut self.terms, to, id.0))
    }

    pub fn list(&mut self, to: &mut Dictionaries, id: ListId) -> ListId {
        self.meet_lists(to, &[id]);
        ListId(self.lists.get(id.index()).copied().unwrap_or_default())
    }

    pub fn address(&mut self, to: &mut Dictionaries, id: AddressId) -> AddressId {
        self.meet_addresses(to, &[id]);
        AddressId(self.addresses.get(id.index()).copied().unwrap_or_default())
    }

    /// Appends what terms are here to a column.
    pub fn terms(&mut self, to: &mut Dictionaries, ids: &[TermId], column: &mut Vec<TermId>) {
        let Self { from, terms, met, .. } = self;
        met.find(terms, ids);
        for id in &met.ids {
            carry_term(from, terms, to, *id);
        }
        translated(ids, terms, column);
    }

    /// The same with lists.
    pub fn lists(&mut self, to: &mut Dictionaries, ids: &[ListId], column: &mut Vec<ListId>) {
        self.meet_lists(to, ids);
        translated(ids, &self.lists, column);
    }

    /// The same with addresses.
    pub fn addresses(
        &mut self,
        to: &mut Dictionaries,
        ids: &[AddressId],
        column: &mut Vec<AddressId>,
    ) {
        self.meet_addresses(to, ids);
        translated(ids, &self.addresses, column);
    }

    fn meet_lists(&mut self, to: &mut Dictionaries, ids: &[ListId]) {
        let Self { from, terms, lists, met, .. } = self;
        met.find(lists, ids);
        for id in &met.ids {
            let list = from.lists.get(ListId(*id));
            if met.to.push_from(bytemuck::cast_slice(list), terms) {
                continue;
            }
            // A term in it is met for the first time.
            for term in list {
                met.to.write(&[carry_term(from, terms, to, term.0)]);
            }
            met.to.end();
        }
        note(lists, &met.ids, to.lists.intern_all(&mut met.to));
    }

    fn meet_addresses(&mut self, to: &mut Dictionaries, ids: &[AddressId]) {
        let Self { from, terms, addresses, met, .. } = self;
        met.find(addresses, ids);
        for id in &met.ids {
            let term = |id| carry_term(from, terms, to, id);
            from.addresses.carry(AddressId(*id), term, &mut met.to);
        }
        note(addresses, &met.ids, to.addresses.intern_all(&mut met.to));
    }

    pub fn header(&mut self, to: &mut Dictionaries, row: &HeaderRow) -> HeaderRow {
        HeaderRow {
            kind: row.kind,
            reporter: self.term(to, row.reporter),
            contact: self.term(to, row.contact),
            report_id: self.term(to, row.report_id),
            domain: self.term(to, row.domain),
            begin: row.begin,
            end: row.end,
            extras: self.list(to, row.extras),
            extra_contact_info: self.list(to, row.extra_contact_info),
            errors: self.list(to, row.errors),
            generator: self.term(to, row.generator),
            version: self.term(to, row.version),
            namespace: self.term(to, row.namespace),
            policy: self.list(to, row.policy),
        }
    }
}

impl Met {
    /// Finds those that were not met before.
    fn find<T: Pod>(&mut self, table: &mut [u32], ids: &[T]) {
        self.ids.clear();
        unseen(bytemuck::cast_slice(ids), table, &mut self.ids);
    }
}

/// The new numbers of these are known.
fn note<T: Pod>(table: &mut [u32], ids: &[u32], to: &[T]) {
    let to: &[u32] = bytemuck::cast_slice(to);
    for (id, to) in ids.iter().zip(to) {
        // invariant: ids were found in the table.
        table[*id as usize] = *to;
    }
}

/// What a term is among others.
fn carry_term(from: &Dictionaries, terms: &mut [u32], to: &mut Dictionaries, id: u32) -> u32 {
    match terms.get_mut(id as usize) {
        Some(slot) if *slot >= MET => {
            let text = from.terms.get(TermId(id));
            *slot = text.map_or(TermId::ABSENT, |text| to.terms.intern(text)).0;
            *slot
        }
        Some(slot) => *slot,
        None => TermId::ABSENT.0,
    }
}

/// Appends what ids are in a table to a column.
fn translated<T: Pod>(ids: &[T], table: &[u32], column: &mut Vec<T>) {
    let mut numbers = bytemuck::cast_vec(std::mem::take(column));
    translate(bytemuck::cast_slice(ids), table, &mut numbers);
    *column = bytemuck::cast_vec(numbers);
}
