//! Every file there is, broken in a thousand ways: nothing panics, nothing
//! hangs, and what comes out is a batch that the store can take.

use std::panic::{catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use vitrail::base::{FileId, Limits};
use vitrail::store::{Batch, Store};

use super::read;
use crate::random::Random;
use crate::shared_corpus;

/// Mutated inputs, where `VITRAIL_MUTATIONS` asks for no other number.
const INPUTS: usize = 3_000;

/// Far more than any of these small inputs needs, on the slowest machine.
const HANGS: Duration = Duration::from_secs(20);

/// Bytes that mean something to one of the readers.
const SPICES: [&[u8]; 18] = [
    b"<record>",
    b"</record>",
    b"<![CDATA[",
    b"]]>",
    b"<!DOCTYPE a [<!ENTITY b \"c\">]>",
    b"&#x10FFFF;",
    b"&b;",
    b"\xef\xbb\xbf",
    b"\xff\xfe<\0",
    b"\r\n\r\n",
    b"\r\n--b\r\n",
    b"\nFrom a@example.com Mon Nov 23 00:00:00 2026\n",
    b"Content-Transfer-Encoding: base64\r\n",
    b"Content-Type: message/rfc822\r\n\r\n",
    b"PK\x03\x04",
    b"\x1f\x8b\x08\x00",
    b"{\"policies\":[",
    b"\0",
];

fn fixtures() -> Vec<(String, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    for folder in ["tests/corpus", "static/sample"] {
        walk(&root.join(folder), &mut paths);
    }
    if let Some(corpus) = shared_corpus::root() {
        walk(&corpus, &mut paths);
    }
    paths.sort();
    let fixture = |path: PathBuf| (path.display().to_string(), std::fs::read(&path).ok());
    let fixtures: Vec<_> = paths
        .into_iter()
        .map(fixture)
        .filter_map(|(name, bytes)| Some((name, bytes?)))
        .filter(|(name, bytes)| !name.ends_with(".expected") && bytes.len() < 1 << 20)
        .collect();
    assert!(fixtures.len() > 20, "fixtures are where they are looked for");
    fixtures
}

fn walk(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        match entry.path() {
            path if path.is_dir() => walk(&path, paths),
            path => paths.push(path),
        }
    }
}

fn mutate(random: &mut Random, bytes: &mut Vec<u8>, other: &[u8]) {
    for _ in 0..=random.below(4) {
        let at = random.below(bytes.len() + 1);
        let end = (at + random.below(64)).min(bytes.len());
        match random.below(8) {
            0 => bytes.truncate(at),
            1 => drop(bytes.drain(at..end)),
            2 => {
                let again = bytes[at..end].to_vec();
                bytes.splice(at..at, again);
            }
            3 => drop(bytes.splice(at..end, random.pick(&SPICES).iter().copied())),
            4 => {
                let from = random.below(other.len() + 1);
                let to = (from + random.below(200)).min(other.len());
                bytes.splice(at..at, other[from..to].iter().copied());
            }
            5 => bytes[at..end].iter_mut().for_each(|byte| *byte = byte.to_ascii_uppercase()),
            _ => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = random.next() as u8;
                }
            }
        }
    }
}

/// One input, made of the fixture whose turn it is.
fn check(seed: usize, fixtures: &[(String, Vec<u8>)], limits: &Limits) {
    let mut random = Random::new(seed as u64);
    let (name, bytes) = &fixtures[seed % fixtures.len()];
    let mut bytes = bytes.clone();
    let (_, other) = random.pick(fixtures);
    mutate(&mut random, &mut bytes, other);
    let start = Instant::now();
    let run = || {
        let mut batch = Batch::default();
        read(&mut batch, 0, name, &bytes, limits);
        assert_eq!(batch.tables().check(), Ok(()), "the batch is whole");
        assert!(batch.bytes() < 2 * limits.store_bytes, "memory is bounded");
        let mut store = Store::new(Limits::default());
        store.append(&batch);
        store.remove(FileId(0));
    };
    if let Err(cause) = catch_unwind(run) {
        eprintln!("fails with seed {seed}, made of {name}");
        resume_unwind(cause);
    }
    assert!(start.elapsed() < HANGS, "seed {seed}, made of {name}, takes too long");
}

#[test]
fn no_input_breaks_the_import() {
    let inputs = std::env::var("VITRAIL_MUTATIONS").ok().and_then(|number| number.parse().ok());
    let inputs: usize = inputs.unwrap_or(INPUTS);
    let fixtures = fixtures();
    // Small, so that each is reached now and then.
    let limits = Limits {
        output_bytes_per_file: 4 << 20,
        ratio_floor_bytes: 1 << 20,
        buffered_bytes: 1 << 20,
        members: 50,
        parts_per_mail: 50,
        parts_per_file: 500,
        plain_parts: 20,
        records_per_report: 5_000,
        list_entries: 10,
        text_bytes: 500,
        store_bytes: 8 << 20,
        ..Limits::default()
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for thread in 0..threads {
            let (fixtures, limits) = (&fixtures, &limits);
            scope.spawn(move || {
                (thread..inputs).step_by(threads).for_each(|seed| check(seed, fixtures, limits));
            });
        }
    });
}
