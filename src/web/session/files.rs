//! The files that were given and not taken back, to be read again if need be.

use web_sys::File;

use crate::base::FileId;
use crate::web::pick::Picked;
use crate::wire::FileRef;

/// Files by their ids, which are given out in turn and never again.
#[derive(Default)]
pub struct Files(Vec<Option<Held>>);

#[derive(Clone)]
struct Held {
    file_ref: FileRef,
    handle: File,
    /// It is listed as not read, and is not to be, whatever becomes of the store.
    cancelled: bool,
}

impl Files {
    /// Takes a file in, under a new id.
    pub fn add(&mut self, Picked { file, name }: Picked, cancelled: bool) -> FileRef {
        let id = FileId(self.0.len() as u32);
        let file_ref = FileRef::new(id, name, file.size() as u64);
        self.0.push(Some(Held { file_ref: file_ref.clone(), handle: file, cancelled }));
        file_ref
    }

    /// The handle of a file.
    pub fn get(&self, id: FileId) -> Option<&File> {
        Some(&self.held(id)?.handle)
    }

    /// Whether a file is not to be read.
    pub fn is_cancelled(&self, id: FileId) -> bool {
        self.held(id).is_some_and(|held| held.cancelled)
    }

    /// A file is not to be read.
    pub fn cancel(&mut self, id: FileId) {
        if let Some(Some(held)) = self.0.get_mut(id.index()) {
            held.cancelled = true;
        }
    }

    /// None is to be read.
    pub fn cancel_all(&mut self) {
        self.0.iter_mut().flatten().for_each(|held| held.cancelled = true);
    }

    fn held(&self, id: FileId) -> Option<&Held> {
        self.0.get(id.index())?.as_ref()
    }

    /// Lets go of a file.
    pub fn remove(&mut self, id: FileId) {
        if let Some(place) = self.0.get_mut(id.index()) {
            *place = None;
        }
    }

    /// Lets go of all.
    pub fn clear(&mut self) {
        self.0.fill(None);
    }

    pub fn is_empty(&self) -> bool {
        self.0.iter().all(Option::is_none)
    }

    /// All that are held.
    pub fn refs(&self) -> Vec<FileRef> {
        self.0.iter().flatten().map(|held| held.file_ref.clone()).collect()
    }
}
