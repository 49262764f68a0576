//! Fixtures of our own, and beside each what is read from it.
//!
//! `tests/corpus/…/NAME` is read by the reader that its extension asks for;
//! `NAME.expected` holds the outcome, findings and reports as JSON, without
//! what is absent. On a difference `NAME.actual` is written; `UPDATE=1` makes
//! it the expected one.

use std::path::{Path, PathBuf};

use serde_json::Value;
use vitrail::report::Hints;

use super::reading::{Reading, read_aggregate, read_failure_mail, read_tls};
use crate::expected::is_as_expected;

/// The extensions that have a reader.
const EXTENSIONS: [&str; 3] = ["json", "eml", "xml"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus")
}

#[test]
fn fixtures_read_as_expected() {
    let inputs = EXTENSIONS.map(|extension| inputs(&root(), extension)).concat();
    assert!(!inputs.is_empty(), "no fixture was read");
    let mut differing = Vec::new();
    for input in &inputs {
        let bytes = std::fs::read(input).expect("a readable fixture");
        let Some(reading) = read(input, &bytes) else { continue };
        let reading = stated(serde_json::to_value(reading).expect("a reading as JSON"));
        if !reads_as_expected(input, &reading) {
            differing.push(input.display().to_string());
        }
        let with_crlf = read(input, &with_crlf(&bytes)).expect("a reading");
        let with_crlf = stated(serde_json::to_value(with_crlf).expect("a reading as JSON"));
        assert_eq!(without_offsets(with_crlf), without_offsets(reading), "{}", input.display());
    }
    assert!(differing.is_empty(), "see the .actual files beside\n{}", differing.join("\n"));
}

#[test]
fn every_fixture_is_described() {
    let described = std::fs::read_to_string(root().join("README.md")).expect("a README");
    for input in EXTENSIONS.map(|extension| inputs(&root(), extension)).concat() {
        let name = input.file_name().and_then(|name| name.to_str()).expect("a name");
        assert!(described.contains(&format!("- `{name}`: ")), "{name} has no line in the README");
    }
}

/// The same text with other line ends. One in wide characters is left alone.
fn with_crlf(bytes: &[u8]) -> Vec<u8> {
    let mut changed = Vec::new();
    let is_wide = bytes.contains(&0);
    for (at, byte) in bytes.iter().enumerate() {
        if *byte == b'\n' && !is_wide && at.checked_sub(1).is_none_or(|at| bytes[at] != b'\r') {
            changed.push(b'\r');
        }
        changed.push(*byte);
    }
    changed
}

/// Places by their lines alone; a sample's header is kept with its line ends.
fn without_offsets(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let kept = members.into_iter().filter(|(name, _)| name != "offset" && name != "Offset");
            Value::Object(kept.map(|(name, value)| (name, without_offsets(value))).collect())
        }
        Value::Array(values) => Value::Array(values.into_iter().map(without_offsets).collect()),
        Value::String(text) => Value::String(text.replace("\r\n", "\n")),
        value => value,
    }
}

/// The fixtures with this extension, in order.
pub fn inputs(root: &Path, extension: &str) -> Vec<PathBuf> {
    let folders = ["rfc", "vendors", "malformed", "hostile"].map(|folder| root.join(folder));
    let mut inputs: Vec<PathBuf> = folders.iter().flat_map(|folder| files(folder)).collect();
    inputs.retain(|path| path.extension().is_some_and(|found| found == extension));
    inputs.sort();
    inputs
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder of fixtures");
    entries.map(|entry| entry.expect("an entry").path()).filter(|path| path.is_file()).collect()
}

fn read(input: &Path, bytes: &[u8]) -> Option<Reading> {
    let hints = Hints { name: input.file_name()?.to_str(), mail: None };
    match input.extension()?.to_str()? {
        "json" => Some(read_tls(bytes, &hints)),
        "eml" => Some(read_failure_mail(bytes)),
        "xml" => Some(read_aggregate(bytes, &hints)),
        _ => None,
    }
}

fn reads_as_expected(input: &Path, reading: &Value) -> bool {
    let mut expected = input.as_os_str().to_owned();
    expected.push(".expected");
    is_as_expected(Path::new(&expected), &format!("{reading:#}\n"))
}

/// The value without nulls and empty lists, which are most of a report.
fn stated(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let members = members.into_iter().map(|(name, value)| (name, stated(value)));
            Value::Object(members.filter(|(_, value)| !is_absent(value)).collect())
        }
        Value::Array(values) => Value::Array(values.into_iter().map(stated).collect()),
        value => value,
    }
}

fn is_absent(value: &Value) -> bool {
    value.is_null()
        || value.as_array().is_some_and(Vec::is_empty)
        || value.as_object().is_some_and(serde_json::Map::is_empty)
}
