//! The files that were given and not taken back, to be read again if need be.

use web_sys::File;

use crate::base::FileId;
use crate::web::pick::Picked;
use crate::wire::FileRef;

/// Files by their ids, which are given out in turn and never again.
#[derive(Default)]
pub struct Files(Vec<Option<(FileRef, File)>>);

impl Files {
    /// Takes a file in, under a new id.
    pub fn add(&mut self, Picked { file, name }: Picked) -> FileRef {
        let id = FileId(self.0.len() as u32);
        let file_ref = FileRef { id, name, size: file.size() as u64 };
        self.0.push(Some((file_ref.clone(), file)));
        file_ref
    }

    /// The handle of a file.
    pub fn get(&self, id: FileId) -> Option<&File> {
        self.0.get(id.index())?.as_ref().map(|(_, handle)| handle)
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

    /// All that are held.
    pub fn refs(&self) -> Vec<FileRef> {
        self.0.iter().flatten().map(|(file_ref, _)| file_ref.clone()).collect()
    }
}
