//! Texts that are kept in files: on a difference `NAME.actual` is written beside
//! the expected one; `UPDATE=1` makes it the expected one.

use std::path::{Path, PathBuf};

/// Whether `actual` is the text in the file at `path`.
pub fn is_as_expected(path: &Path, actual: &str) -> bool {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".actual");
    let beside = PathBuf::from(beside);
    let _ = std::fs::remove_file(&beside);
    if std::fs::read_to_string(path).is_ok_and(|expected| expected == actual) {
        return true;
    }
    let bless = std::env::var_os("UPDATE").is_some();
    std::fs::write(if bless { path } else { &beside }, actual).expect("a writable folder");
    bless
}
