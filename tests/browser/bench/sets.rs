//! A set of reports as `make-load` wrote it: its files, and what must be found in them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::harness::Outcome;

pub struct Set {
    pub name: String,
    pub files: Vec<PathBuf>,
    counts: BTreeMap<String, u64>,
}

impl Set {
    pub fn read(folder: &Path, name: &str) -> Outcome<Self> {
        let counts = fs::read_to_string(folder.join(format!("{name}.txt")))?;
        let counts = counts
            .lines()
            .filter_map(|line| line.split_once(' '))
            .map(|(what, number)| Ok((what.to_owned(), number.parse()?)))
            .collect::<Outcome<_>>()?;
        let mut files = fs::read_dir(folder.join(name))?
            .map(|entry| Ok(entry?.path()))
            .collect::<Outcome<Vec<_>>>()?;
        files.sort();
        Ok(Self { name: name.to_owned(), files, counts })
    }

    /// `records`, `messages`, `reports`, `files`, `bytes`, or bytes of `xml`.
    pub fn count(&self, what: &str) -> u64 {
        self.counts.get(what).copied().unwrap_or_default()
    }
}
