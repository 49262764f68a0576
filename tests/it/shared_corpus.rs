//! The shared corpus of real reports: not part of this repository, and not
//! everywhere at hand.

use std::path::{Path, PathBuf};

/// One row of its `SOURCES.tsv`.
pub struct Row {
    /// Below the corpus's root.
    pub path: String,
    pub bytes: Vec<u8>,
    /// `aggregate`, `failure`, `tlsrpt` or `other`.
    #[cfg(feature = "cli")]
    pub kind: String,
    /// `eml>gz>json`: what has to be unwrapped.
    pub container: String,
    /// `ok; reporter=…; records=…; quirks=…`.
    pub notes: String,
}

impl Row {
    /// A value of the notes: `records`, `reporter`.
    pub fn note(&self, name: &str) -> Option<&str> {
        let fields = self.notes.split("; ").filter_map(|field| field.split_once('='));
        fields.into_iter().find(|(key, _)| *key == name).map(|(_, value)| value)
    }
}

/// The rows of the kinds given (`aggregate`, `failure`, `tlsrpt`), or `None` where there is no corpus: then the
/// test that asked says its name and does nothing.
pub fn rows(kinds: &[&str], test: &str) -> Option<Vec<Row>> {
    let Some(root) = root() else {
        println!("{test}: skipped, no shared corpus here");
        return None;
    };
    let table = std::fs::read_to_string(root.join("SOURCES.tsv")).expect("SOURCES.tsv");
    let rows: Vec<Row> = table
        .lines()
        .filter_map(|line| {
            let fields: Vec<&str> = line.split('\t').collect();
            let [path, _, _, _, _, kind, container, notes] = fields[..] else { return None };
            let wanted = kinds.contains(&kind);
            wanted.then(|| Row {
                path: path.to_owned(),
                bytes: std::fs::read(root.join(path)).expect(path),
                #[cfg(feature = "cli")]
                kind: kind.to_owned(),
                container: container.to_owned(),
                notes: notes.to_owned(),
            })
        })
        .collect();
    assert!(!rows.is_empty(), "{test}: no row of {kinds:?}");
    Some(rows)
}

/// Where it is, if it is.
pub fn root() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    let named = std::env::var_os("VITRAIL_CORPUS").map(PathBuf::from);
    [Some(beside), named].into_iter().flatten().find(|root| root.join("SOURCES.tsv").is_file())
}
