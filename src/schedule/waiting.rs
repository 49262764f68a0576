//! Files that wait, and how they are cut into jobs: not before somebody is free for one, since
//! files come in by the hundred, and what is known of then makes the better jobs.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use crate::base::FileId;
use crate::wire::FileRef;

/// Files of one job at most. More would make progress and cancelling coarse.
const FILES_PER_JOB: usize = 128;
/// Bytes of one job of several files at most.
pub(super) const BYTES_PER_JOB: u64 = 4 << 20;
/// No job of several files is cut off before it has so many: the engine looks up what is new in each.
pub(super) const BYTES_WORTH_A_JOB: u64 = 1 << 20;
/// Jobs shrink so that each worker still gets so many of what is left: none is left alone at the
/// end, and the engine has little to do after them.
const JOBS_LEFT_PER_WORKER: u64 = 2;

/// No file below this is cut.
pub(super) const BYTES_WORTH_CUTTING: u64 = 8 << 20;

/// See the module's text.
#[derive(Debug, Default)]
pub struct Waiting {
    /// The biggest in front, so that none is left alone at the end.
    files: BinaryHeap<BySize>,
    /// Each is read alone, and before all else: pieces, and what was lost with others.
    alone: VecDeque<FileRef>,
    bytes: u64,
}

impl Waiting {
    pub fn is_empty(&self) -> bool {
        self.files.is_empty() && self.alone.is_empty()
    }

    /// How many files there are, not counting pieces, and the bytes of all.
    pub fn left(&self) -> (u32, u64) {
        let whole = self.alone.iter().filter(|file| file.piece.is_none());
        ((self.files.len() + whole.count()) as u32, self.bytes)
    }

    pub fn add(&mut self, files: Vec<FileRef>) {
        for file in files {
            self.bytes += file.size;
            self.files.push(BySize(file));
        }
    }

    /// This is a job of its own, after those that were put here before.
    pub fn add_alone(&mut self, file: FileRef) {
        self.bytes += file.bytes();
        self.alone.push_back(file);
    }

    /// The pieces of this file do not wait any more.
    pub fn remove_pieces(&mut self, id: FileId) {
        self.alone.retain(|file| {
            let stays = file.id != id;
            self.bytes -= if stays { 0 } else { file.bytes() };
            stays
        });
    }

    /// The file that one of so many workers should look for pieces of: one that is more than a
    /// worker's share of all that waits.
    pub fn next_to_cut(&mut self, workers: usize) -> Option<FileRef> {
        let least = BYTES_WORTH_CUTTING.max(self.share(workers) + 1);
        if workers < 2 || !self.alone.is_empty() || self.files.peek()?.0.size < least {
            return None;
        }
        self.files.pop().map(|BySize(file)| {
            self.bytes -= file.size;
            file
        })
    }

    fn share(&self, workers: usize) -> u64 {
        self.bytes / (workers as u64 * JOBS_LEFT_PER_WORKER)
    }

    /// A job for one of so many workers; `None` where nothing waits.
    pub fn next_job(&mut self, workers: usize) -> Option<Vec<FileRef>> {
        let most = self.share(workers).clamp(BYTES_WORTH_A_JOB, BYTES_PER_JOB);
        let job = match self.alone.pop_front() {
            Some(file) => vec![file],
            None => self.cut(most)?,
        };
        self.bytes -= job.iter().map(FileRef::bytes).sum::<u64>();
        Some(job)
    }

    /// The biggest file, and as many after it as there is room for.
    fn cut(&mut self, most: u64) -> Option<Vec<FileRef>> {
        let BySize(first) = self.files.pop()?;
        let (mut bytes, mut job) = (first.size, vec![first]);
        while let Some(BySize(next)) = self.files.peek()
            && job.len() < FILES_PER_JOB
            && bytes + next.size <= most
        {
            bytes += next.size;
            job.extend(self.files.pop().map(|BySize(file)| file));
        }
        Some(job)
    }

    /// Everything, which does not wait any more.
    pub fn take(&mut self) -> Vec<FileRef> {
        let Self { files, alone, .. } = std::mem::take(self);
        alone.into_iter().chain(files.into_iter().map(|BySize(file)| file)).collect()
    }
}

/// A file, less than those that are read before it: bigger ones, and of equals those that came first.
#[derive(Debug)]
struct BySize(FileRef);

impl BySize {
    fn rank(&self) -> (u64, Reverse<u32>) {
        (self.0.size, Reverse(self.0.id.0))
    }
}

impl PartialEq for BySize {
    fn eq(&self, other: &Self) -> bool {
        self.rank() == other.rank()
    }
}

impl Eq for BySize {}

impl PartialOrd for BySize {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for BySize {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.rank().cmp(&other.rank())
    }
}
