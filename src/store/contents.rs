//! Which reports are here already: by what they say they are, and by their bytes.

use std::hash::BuildHasher;

use hashbrown::HashTable;
use vitrail_kernels::hash::State;

use super::ReportId;
use super::tables::{Identity, Tables};

/// An index over the reports of some tables, which are passed to each call.
#[derive(Debug, Default)]
pub struct Contents {
    by_content: HashTable<ReportId>,
    /// How many contents one identity has, with any report that has it.
    by_identity: HashTable<(ReportId, u32)>,
    hasher: State,
}

impl Contents {
    /// The report of this identity and content.
    pub fn find(&self, tables: &Tables, identity: &Identity, digest: u128) -> Option<ReportId> {
        let content = Some((*identity, digest));
        let same = |id: &ReportId| content_of(tables, *id) == content;
        self.by_content.find(self.hasher.hash_one(content), same).copied()
    }

    /// Takes a report up that [`find`](Self::find) does not know. The number of
    /// contents that its identity has now.
    pub fn insert(&mut self, tables: &Tables, id: ReportId) -> u32 {
        let Self { by_content, by_identity, hasher } = self;
        let of_content = |id: &ReportId| hasher.hash_one(content_of(tables, *id));
        by_content.insert_unique(of_content(&id), id, of_content);
        let identity = identity_of(tables, id);
        let hash = hasher.hash_one(identity);
        let same = |(id, _): &(ReportId, u32)| identity_of(tables, *id) == identity;
        if let Some((_, contents)) = by_identity.find_mut(hash, same) {
            *contents += 1;
            return *contents;
        }
        by_identity
            .insert_unique(hash, (id, 1), |(id, _)| hasher.hash_one(identity_of(tables, *id)));
        1
    }

    /// How many reports have this identity.
    pub fn of_identity(&self, tables: &Tables, identity: &Identity) -> u32 {
        let identity = Some(*identity);
        let same = |(id, _): &(ReportId, u32)| identity_of(tables, *id) == identity;
        let found = self.by_identity.find(self.hasher.hash_one(identity), same);
        found.map_or(0, |(_, contents)| *contents)
    }

    /// Memory held.
    pub fn bytes(&self) -> u64 {
        (self.by_content.allocation_size() + self.by_identity.allocation_size()) as u64
    }
}

fn content_of(tables: &Tables, id: ReportId) -> Option<(Identity, u128)> {
    Some((identity_of(tables, id)?, tables.reports.get(id.index())?.digest))
}

fn identity_of(tables: &Tables, id: ReportId) -> Option<Identity> {
    tables.header_of(id).map(|header| header.identity())
}
