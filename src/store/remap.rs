//! Ids of one set of tables as ids of another, made as they are met: what is
//! not copied leaves nothing behind.

use bytemuck::Pod;
use vitrail_kernels::rows::known;

use super::facts::Dictionaries;
use super::tables::HeaderRow;
use super::{AddressId, ListId, TermId};
use crate::report::model::Address;

/// No id yet. Never an id: tables end long before (`tables::CAPACITY`).
const UNSEEN: u32 = u32::MAX;

/// Carries entries of the dictionaries `from` over into others, each once.
pub struct Remap<'a> {
    from: &'a Dictionaries,
    terms: Vec<u32>,
    lists: Vec<u32>,
    addresses: Vec<u32>,
    /// The list being carried over; kept for its memory.
    list: Vec<TermId>,
}

impl<'a> Remap<'a> {
    pub fn new(from: &'a Dictionaries) -> Self {
        Self {
            from,
            terms: vec![UNSEEN; from.terms.bound()],
            lists: vec![UNSEEN; from.lists.bound()],
            addresses: vec![UNSEEN; from.addresses.bound()],
            list: Vec::new(),
        }
    }

    pub fn term(&mut self, to: &mut Dictionaries, id: TermId) -> TermId {
        match self.terms.get_mut(id.index()) {
            Some(slot) if *slot == UNSEEN => {
                let text = self.from.terms.get(id);
                let id = text.map_or(TermId::ABSENT, |text| to.terms.intern(text));
                *slot = id.0;
                id
            }
            Some(slot) => TermId(*slot),
            None => TermId::ABSENT,
        }
    }

    pub fn list(&mut self, to: &mut Dictionaries, id: ListId) -> ListId {
        match self.lists.get(id.index()) {
            Some(&slot) if slot != UNSEEN => ListId(slot),
            _ => {
                let mut list = std::mem::take(&mut self.list);
                list.clear();
                list.extend(self.from.lists.get(id).iter().map(|term| self.term(to, *term)));
                let new = to.lists.intern(&list);
                self.list = list;
                if let Some(slot) = self.lists.get_mut(id.index()) {
                    *slot = new.0;
                }
                new
            }
        }
    }

    pub fn address(&mut self, to: &mut Dictionaries, id: AddressId) -> AddressId {
        match self.addresses.get_mut(id.index()) {
            Some(slot) if *slot == UNSEEN => {
                let address: Option<Address<'_>> = self.from.addresses.get(id, &self.from.terms);
                let id = to.addresses.intern(address.as_ref(), &mut to.terms);
                *slot = id.0;
                id
            }
            Some(slot) => AddressId(*slot),
            None => AddressId::ABSENT,
        }
    }

    /// Appends what terms are here to a column.
    pub fn terms(&mut self, to: &mut Dictionaries, ids: &[TermId], column: &mut Vec<TermId>) {
        let carry = |this: &mut Self, id: u32| this.term(to, TermId(id)).0;
        self.column(ids, column, |this| &this.terms, carry);
    }

    /// The same with lists.
    pub fn lists(&mut self, to: &mut Dictionaries, ids: &[ListId], column: &mut Vec<ListId>) {
        let carry = |this: &mut Self, id: u32| this.list(to, ListId(id)).0;
        self.column(ids, column, |this| &this.lists, carry);
    }

    /// The same with addresses.
    pub fn addresses(
        &mut self,
        to: &mut Dictionaries,
        ids: &[AddressId],
        column: &mut Vec<AddressId>,
    ) {
        let carry = |this: &mut Self, id: u32| this.address(to, AddressId(id)).0;
        self.column(ids, column, |this| &this.addresses, carry);
    }

    /// Copies what is known of a table by the run; what is not, is carried over one by one.
    fn column<T: Pod + Default>(
        &mut self,
        ids: &[T],
        column: &mut Vec<T>,
        table: impl Fn(&Self) -> &[u32],
        mut carry: impl FnMut(&mut Self, u32) -> u32,
    ) {
        let start = column.len();
        column.resize(start + ids.len(), T::default());
        let ids: &[u32] = bytemuck::cast_slice(ids);
        let to: &mut [u32] = bytemuck::cast_slice_mut(&mut column[start..]);
        let mut at = 0;
        while at < ids.len() {
            at += known(&ids[at..], table(self), UNSEEN, &mut to[at..]);
            if let (Some(id), Some(to)) = (ids.get(at), to.get_mut(at)) {
                *to = carry(self, *id);
                at += 1;
            }
        }
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
