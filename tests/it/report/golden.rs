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

#[test]
fn fixtures_read_as_expected() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let inputs = ["json", "xml"].map(|extension| inputs(&root, extension)).concat();
    let mut differing = Vec::new();
    let mut read = 0;
    for input in &inputs {
        let Some(reading) = read_by_extension(input) else { continue };
        read += 1;
        if !reads_as_expected(input, &reading) {
            differing.push(input.display().to_string());
        }
    }
    assert!(read > 0, "no fixture was read");
    assert!(differing.is_empty(), "see the .actual files beside\n{}", differing.join("\n"));
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

fn read_by_extension(input: &Path) -> Option<Reading> {
    let extension = input.extension()?.to_str()?;
    let name = input.file_name()?.to_str();
    let hints = Hints { name, mail: None };
    let bytes = || std::fs::read(input).expect("a readable fixture");
    match extension {
        "json" => Some(read_tls(&bytes(), &hints)),
        "eml" => Some(read_failure_mail(&bytes())),
        "xml" => Some(read_aggregate(&bytes(), &hints)),
        _ => None,
    }
}

fn reads_as_expected(input: &Path, reading: &Reading) -> bool {
    let value = serde_json::to_value(reading).expect("a reading as JSON");
    let actual = format!("{:#}\n", stated(value));
    let mut expected = input.as_os_str().to_owned();
    expected.push(".expected");
    is_as_expected(Path::new(&expected), &actual)
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
