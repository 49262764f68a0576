//! A seeded mutator: sound inputs in, broken ones out, the same for the same
//! number. For every reader that must survive anything.

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::random::Random;
use crate::shared_corpus;

/// Far more than any small input needs, on the slowest machine.
const HANGS: Duration = Duration::from_secs(20);

/// Breaks inputs in one to five ways.
pub struct Mutator<'i> {
    inputs: &'i [Vec<u8>],
    /// Pieces that mean something in the format.
    tokens: &'i [&'i [u8]],
}

impl<'i> Mutator<'i> {
    pub fn new(inputs: &'i [Vec<u8>], tokens: &'i [&'i [u8]]) -> Self {
        assert!(!inputs.is_empty() && !tokens.is_empty());
        Self { inputs, tokens }
    }

    /// The broken input with this number.
    pub fn mutated(&self, number: u64) -> Vec<u8> {
        let mut random = Random::new(number);
        let mut bytes = random.pick(self.inputs).clone();
        for _ in 0..=random.below(5) {
            self.mutate(&mut bytes, &mut random);
        }
        bytes
    }

    fn mutate(&self, bytes: &mut Vec<u8>, random: &mut Random) {
        let at = random.below(bytes.len() + 1);
        match random.below(10) {
            0 if at < bytes.len() => bytes[at] ^= 1 << random.below(8),
            1 if at < bytes.len() => bytes[at] = random.next() as u8,
            2 => drop(bytes.drain(range(random, bytes.len(), 12))),
            3 => drop(bytes.drain(range(random, bytes.len(), 400))),
            4 => bytes.truncate(at),
            5 => {
                let again = bytes[range(random, bytes.len(), 200)].to_vec();
                bytes.splice(at..at, again);
            }
            6 => {
                let other = random.pick(self.inputs);
                let piece = &other[range(random, other.len(), 400)];
                bytes.splice(at..at, piece.iter().copied());
            }
            7 => {
                let loud = range(random, bytes.len(), 64);
                bytes[loud].make_ascii_uppercase();
            }
            _ => {
                let token = *random.pick(self.tokens);
                let replaced = if random.percent(50) { token.len() } else { 0 };
                bytes.splice(at..(at + replaced).min(bytes.len()), token.iter().copied());
            }
        }
    }

    /// Hands so many broken inputs to a test, on all threads, and says which one
    /// it failed on.
    pub fn run(&self, numbers: Range<u64>, test: impl Fn(&[u8]) + Sync) {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        std::thread::scope(|scope| {
            for thread in 0..threads {
                let numbers = numbers.clone().skip(thread).step_by(threads);
                let test = &test;
                scope.spawn(move || numbers.for_each(|number| self.try_one(number, test)));
            }
        });
    }

    fn try_one(&self, number: u64, test: &impl Fn(&[u8])) {
        let input = self.mutated(number);
        let start = Instant::now();
        if let Err(cause) = catch_unwind(AssertUnwindSafe(|| test(&input))) {
            let shown = &input[..input.len().min(4096)];
            eprintln!("input {number}:\n{}", String::from_utf8_lossy(shown));
            resume_unwind(cause);
        }
        assert!(start.elapsed() < HANGS, "input {number} takes too long");
    }
}

fn range(random: &mut Random, len: usize, longest: usize) -> Range<usize> {
    let from = random.below(len + 1);
    from..(from + random.below(longest) + 1).min(len).max(from)
}

/// The numbers to try: as many as `VITRAIL_MUTATIONS` asks for, divided by
/// `share`, or else the usual ones.
pub fn rounds(usual: u64, share: u64) -> Range<u64> {
    let asked = std::env::var("VITRAIL_MUTATIONS").ok().and_then(|number| number.parse().ok());
    0..asked.map_or(usual, |asked: u64| asked / share)
}

/// The files to break: all fixtures, the sample data, and the shared corpus where
/// it is, as far as `is_wanted` takes their paths and they are small.
pub fn inputs(is_wanted: impl Fn(&Path) -> bool) -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    for folder in ["tests/corpus", "static/sample"] {
        walk(&root.join(folder), &mut paths);
    }
    if let Some(corpus) = shared_corpus::root() {
        walk(&corpus, &mut paths);
    }
    paths.retain(|path| is_wanted(path) && path.extension().is_none_or(|e| e != "expected"));
    let bytes = paths.iter().filter_map(|path| std::fs::read(path).ok());
    bytes.filter(|bytes| bytes.len() < 1 << 20).collect()
}

/// The files below a folder, in an order that neither the file system nor the clone's place decides.
fn walk(folder: &Path, paths: &mut Vec<PathBuf>) {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut entries: Vec<_> = entries.map(|entry| entry.path()).collect();
    entries.sort();
    for path in entries {
        match path.is_dir() {
            true => walk(&path, paths),
            false => paths.push(path),
        }
    }
}
