//! Files that are read in pieces: how far that is, and whether the pieces stay together within what
//! one file may cost.

use crate::base::FileId;

/// The files that are being cut, or have pieces which are not done.
#[derive(Debug, Default)]
pub struct Splits(Vec<Split>);

#[derive(Debug)]
struct Split {
    file: FileId,
    /// A parser still looks for pieces.
    is_cutting: bool,
    /// Pieces that were found, and how many of them are done.
    found: u32,
    done: u32,
    /// The share of the limits that they took together.
    share: f64,
}

impl Splits {
    /// How many files are cut, and not done.
    pub fn left(&self) -> u32 {
        self.0.iter().filter(|split| !split.is_cutting).count() as u32
    }

    pub fn begin(&mut self, file: FileId) {
        self.0.push(Split { file, is_cutting: true, found: 0, done: 0, share: 0.0 });
    }

    pub fn found(&mut self, file: FileId) {
        if let Some(split) = self.of(file) {
            split.found += 1;
        }
    }

    /// No more pieces will be found. Whether any was: else the file is to be read as a whole.
    pub fn end(&mut self, file: FileId) -> bool {
        let Some(split) = self.of(file) else { return true };
        split.is_cutting = false;
        let has_pieces = split.found > 0;
        self.forget_done(file);
        has_pieces
    }

    /// A piece is done, and took this share of the limits. Whether the file is still within them.
    pub fn done(&mut self, file: FileId, share: f64) -> bool {
        let Some(split) = self.of(file) else { return true };
        split.done += 1;
        split.share += share;
        let is_within = split.share < 1.0;
        self.forget_done(file);
        is_within
    }

    /// The file is not one in pieces any more.
    pub fn forget(&mut self, file: FileId) {
        self.0.retain(|split| split.file != file);
    }

    pub fn clear(&mut self) {
        self.0.clear();
    }

    fn of(&mut self, file: FileId) -> Option<&mut Split> {
        self.0.iter_mut().find(|split| split.file == file)
    }

    fn forget_done(&mut self, file: FileId) {
        self.0.retain(|it| it.file != file || it.is_cutting || it.done < it.found);
    }
}
