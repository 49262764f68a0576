//! What the page must show of some files, reckoned natively by the same core.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use vitrail::base::context::decode_natively;
use vitrail::base::{Context, FileId, JobId, Limits};
use vitrail::engine::Engine;
use vitrail::ingest;
use vitrail::query::Totals;
use vitrail::screens::words::Words;
use vitrail::store::Batch;
use vitrail::view::{Language, Zone};
use vitrail::wire::{Delivery, FileRef};

use crate::harness::Outcome;

/// The totals of the whole store once all of `files` are read.
pub fn totals(files: &[PathBuf]) -> Outcome<Totals> {
    let limits = Limits::default();
    let cx = Context { limits: &limits, decode: decode_natively };
    let mut engine = Engine::new(limits.clone());
    for (number, path) in files.iter().enumerate() {
        let mut source = File::open(path)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let file = FileRef::new(FileId(number as u32), name, source.metadata()?.len());
        let mut batch = Batch::default();
        ingest::file(&mut source, &file, &cx, &mut batch, &mut |_| {});
        engine.append(&Delivery { job: JobId(number as u32), batch });
    }
    Ok(engine.totals())
}

/// What is told of a file.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FileTold {
    pub name: String,
    /// In English.
    pub outcome: String,
    /// Duplicates left out.
    pub reports: u64,
    pub records: u64,
}

/// What `vitrail inspect` tells of each file, by name.
pub fn files_told(files: &[PathBuf]) -> Outcome<Vec<FileTold>> {
    let inspect = Command::new(env!("CARGO_BIN_EXE_vitrail"))
        .args(["inspect", "--json"])
        .args(files)
        .output()?;
    let lines: Vec<Value> = String::from_utf8(inspect.stdout)?
        .lines()
        .map(serde_json::from_str)
        .collect::<Result<_, _>>()?;
    let told = lines.chunk_by(|a, b| a["path"] == b["path"]).map(|lines| {
        let opened = || lines.iter().filter(|line| line["outcome"] == "opened");
        let is = |outcome: &str| lines.iter().any(|line| line["outcome"] == outcome);
        let outcome = match lines[0]["outcome"].as_str().unwrap_or_default() {
            _ if is("opened") => "opened",
            _ if is("duplicate") => "duplicate",
            other => other,
        };
        let path = Path::new(lines[0]["path"].as_str().unwrap_or_default());
        FileTold {
            name: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            outcome: Words { language: Language::English, zone: &Zone::UTC }
                .text(&format!("outcome.{}.word", outcome.replace('_', "-")))
                .to_owned(),
            reports: opened().count() as u64,
            records: opened().filter_map(|line| line["records"].as_u64()).sum(),
        }
    });
    let mut told: Vec<_> = told.collect();
    told.sort();
    Ok(told)
}

/// Every file under `folder`, by name.
pub fn files_under(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    Ok(files)
}

/// The sample data that ships with the site, without the list of its names.
pub fn samples() -> Outcome<Vec<PathBuf>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("static/sample");
    let mut files = files_under(&folder)?;
    files.retain(|file| file.extension().is_none_or(|extension| extension != "txt"));
    Ok(files)
}
