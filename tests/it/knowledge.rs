//! The tables that are shipped, and what is said of them.

use std::fs;
use std::path::Path;

use vitrail::knowledge::Suffixes;

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect(path)
}

#[test]
fn the_source_of_the_public_suffixes_is_named() {
    let head = read("static/data/suffixes.txt");
    let source = head.lines().nth(1).expect("a second line");
    let package = source.split("packed in ").nth(1).expect("a package").trim_end_matches('.');
    let (name, version) = package.split_once(' ').expect("a name and a version");
    let attribution = read("ATTRIBUTION.md");
    assert!(attribution.contains(&format!("`{name}` {version} ")), "{package}");
    assert!(read("scripts/update-suffixes").contains(&format!("VERSION = \"{version}\"")));
    assert!(head.contains("Mozilla Public License") && attribution.contains("MPL 2.0"));
    assert!(Suffixes::shipped().date().starts_with("20"));
}
