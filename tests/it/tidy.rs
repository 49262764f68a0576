//! The invariants that the compiler cannot keep, read from the source text:
//! who may name whom, what no file may contain, how a file begins and how long
//! it may grow. Each rule says why it is there.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// Which modules the code of a module may name, in the order of the data's path
/// (the map in `src/lib.rs`). Tests may name any.
const MAY_NAME: &[(&str, &[&str])] = &[
    ("base", &[]),
    ("intake", &["base"]),
    ("report", &["base"]),
    ("knowledge", &["base"]),
    ("store", &["base", "report"]),
    ("derive", &["base", "report", "knowledge", "store"]),
    ("query", &["base", "store"]),
    ("advise", &["base", "query", "knowledge"]),
    ("view", &["base", "query"]),
    ("dns", &["base"]),
    ("screens", &["base", "knowledge", "query", "view", "dns"]),
    ("export", &["base", "report", "store", "query"]),
    ("wire", &["base", "knowledge", "store", "query", "screens"]),
    ("ingest", &["base", "intake", "report", "store", "wire"]),
    ("schedule", &["base", "wire"]),
    ("engine", &["base", "knowledge", "store", "derive", "query", "ingest", "wire"]),
    ("rehearsal", &["base", "store", "ingest", "wire", "engine"]),
    (
        "web",
        &[
            "base",
            "intake",
            "store",
            "query",
            "view",
            "screens",
            "ingest",
            "wire",
            "schedule",
            "engine",
            "rehearsal",
        ],
    ),
    ("ui", &["base", "query", "view", "dns", "screens", "wire", "web"]),
];

/// Code that only `web` and `ui` may name: all else runs, and is tested, natively.
const BROWSER: &[&str] = &["web_sys", "js_sys", "gloo", "wasm_bindgen", "yew"];

/// What no source file may contain, and why.
const FORBIDDEN: &[(&str, &str)] = &[
    ("todo!(", "nothing is left for later in code"),
    ("unimplemented!(", "nothing is left for later in code"),
    ("dbg!(", "a debugging aid"),
    ("allow(dead_code)", "code without use goes"),
    ("from_html_unchecked", "report data is text, never markup"),
    ("set_inner_html", "report data is text, never markup"),
    ("set_outer_html", "report data is text, never markup"),
    ("insert_adjacent_html", "report data is text, never markup"),
    ("create_contextual_fragment", "report data is text, never markup"),
    (" style=", "the page's policy blocks style attributes"),
    ("set_attribute(\"style\"", "the page's policy blocks style attributes"),
    (".open_with_url", "a navigation can carry data out"),
    ("set_location", "a navigation can carry data out"),
    (".location().assign(", "a navigation can carry data out"),
    (".location().replace(", "a navigation can carry data out"),
    ("window().open(", "a navigation can carry data out"),
    (".set_href(", "a navigation can carry data out"),
    (".set_search(", "a navigation can carry data out"),
    (".set_hash(", "a navigation can carry data out"),
    (".push_state", "a navigation can carry data out"),
    (".replace_state", "a navigation can carry data out"),
    (".submit()", "a form can carry data out"),
    (".request_submit()", "a form can carry data out"),
    ("<form", "a form can carry data out"),
    ("<iframe", "a frame can carry data out"),
    ("send_beacon", "nothing leaves the page"),
    ("WebSocket", "nothing leaves the page"),
    ("XmlHttpRequest", "nothing leaves the page"),
];

/// Files that may contain one of the above, and why that is safe.
const EXCEPT: &[(&str, &str)] = &[
    // The address of a blob that the page itself made, to be saved.
    ("src/web/save.rs", ".set_href("),
    // The fragment stays in the browser: it holds the screen, the order of its table, and what
    // was typed into a tool.
    ("src/ui/hooks/use_hash_route.rs", ".set_hash("),
    ("src/ui/hooks/use_hash_route.rs", ".replace_state"),
    ("src/ui/components/painted/address.rs", ".replace_state"),
];

/// Lines of code before a file's tests. Longer ones are not read in one sitting.
const LINES: usize = 400;

/// Lines above a panicking call in which its `// invariant:` may stand.
const NEARBY: usize = 3;

struct Source {
    /// From `src` or `tests` on, with `/`.
    path: String,
    text: String,
    /// Lines before the file's own tests.
    code: usize,
}

impl Source {
    /// The module of the crate that the file belongs to.
    fn module(&self) -> Option<&str> {
        let inner = self.path.strip_prefix("src/")?;
        Some(inner.split_once('/').map_or(inner.trim_end_matches(".rs"), |(module, _)| module))
    }

    fn is_test(&self) -> bool {
        !["src/", "kernels/src/"].iter().any(|code| self.path.starts_with(code))
            || self.path.ends_with("/tests.rs")
    }

    /// Code without comments, with line numbers from 1; the file's tests left out.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        self.lines().take(self.code).map(|(number, line)| (number, without_comment(line)))
    }

    fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        (1..).zip(self.text.lines())
    }
}

/// The part of a line before `//`, but for addresses (`https://`) in texts.
fn without_comment(line: &str) -> &str {
    let starts = line.match_indices("//").map(|(at, _)| at);
    let comment = starts.into_iter().find(|at| !line[..*at].ends_with(':'));
    comment.map_or(line, |at| &line[..at])
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for folder in ["src", "kernels/src", "tests", "benches", "examples", "fuzz"] {
        walk(&root.join(folder), &mut files);
    }
    files.sort();
    let sources: Vec<_> = files
        .into_iter()
        .map(|file| {
            let text = fs::read_to_string(&file).expect("a source file is text");
            let path = file.strip_prefix(root).expect("below the root");
            let tests = text.lines().position(|line| line == "#[cfg(test)]");
            Source {
                path: path.to_string_lossy().replace('\\', "/"),
                code: tests.unwrap_or_else(|| text.lines().count()),
                text,
            }
        })
        .collect();
    assert!(sources.len() > 20, "the sources are where they are looked for");
    sources
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.expect("a readable folder").path();
        if path.is_dir() && !path.ends_with("target") && !path.ends_with("corpus") {
            walk(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

/// Collects what breaks a rule, to show all of it at once.
#[derive(Default)]
struct Faults(String);

impl Faults {
    fn add(&mut self, source: &Source, line: usize, why: &str) {
        writeln!(self.0, "{}:{line}: {why}", source.path).expect("a string takes text");
    }

    fn none(self) {
        assert!(self.0.is_empty(), "\n{}", self.0);
    }
}

/// The words that follow `prefix` in a line, those of a `{…}` group included.
fn named<'a>(line: &'a str, prefix: &str) -> Vec<&'a str> {
    let mut words = Vec::new();
    for (at, _) in line.match_indices(prefix) {
        let before = line[..at].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
            continue;
        }
        let rest = &line[at + prefix.len()..];
        match rest.strip_prefix('{') {
            Some(group) => words.extend(group.split([',', '{', '}']).map(|item| word(item.trim()))),
            None => words.push(word(rest)),
        }
    }
    words
}

fn word(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    &text[..end]
}

#[test]
fn modules_name_only_those_before_them() {
    let mut faults = Faults::default();
    for source in sources() {
        let Some(module) = source.module().filter(|module| !["lib", "bin"].contains(module)) else {
            continue;
        };
        let Some((_, allowed)) = MAY_NAME.iter().find(|(name, _)| *name == module) else {
            faults.add(&source, 1, "a module that the map does not have");
            continue;
        };
        for (number, line) in source.code() {
            for other in named(line, "crate::") {
                let known = MAY_NAME.iter().any(|(name, _)| *name == other);
                if known && other != module && !allowed.contains(&other) {
                    faults.add(&source, number, &format!("`{module}` may not name `{other}`"));
                }
            }
        }
    }
    faults.none();
}

#[test]
fn only_web_and_ui_touch_the_browser() {
    let mut faults = Faults::default();
    for source in sources() {
        if source.is_test() || matches!(source.module(), Some("web" | "ui")) {
            continue;
        }
        for (number, line) in source.code() {
            for name in BROWSER {
                if named(line, name).iter().any(|rest| rest.is_empty()) {
                    faults.add(&source, number, &format!("`{name}` outside of web and ui"));
                }
            }
        }
    }
    faults.none();
}

#[test]
fn files_begin_with_their_duty_and_can_be_read_in_one_sitting() {
    let mut faults = Faults::default();
    for source in sources() {
        if !source.text.starts_with("//! ") {
            faults.add(&source, 1, "the first line says the file's duty (`//! …`)");
        }
        if source.code > LINES {
            faults.add(&source, LINES, &format!("{} lines of code", source.code));
        }
    }
    faults.none();
}

#[test]
fn nothing_panics_without_a_reason() {
    let mut faults = Faults::default();
    for source in sources() {
        if source.is_test() || source.path.starts_with("src/bin/vitrail") {
            continue;
        }
        let lines: Vec<_> = source.lines().map(|(_, line)| line).collect();
        for (number, line) in source.code() {
            let panics = [".unwrap()", ".expect(\"", "panic!(", "unreachable!("]
                .iter()
                .any(|call| line.contains(call));
            let above = &lines[(number - 1).saturating_sub(NEARBY)..number];
            if panics && !above.iter().any(|line| line.contains("// invariant:")) {
                faults.add(&source, number, "panics, and no `// invariant:` says why it cannot");
            }
        }
    }
    faults.none();
}

#[test]
fn imports_are_named() {
    let mut faults = Faults::default();
    for source in sources() {
        for (number, line) in source.lines() {
            let line = without_comment(line).trim();
            let tests = source.is_test() || number > source.code;
            let preludes = ["use super::*;", "use thirtyfour::prelude::*;"];
            let allowed = line == "use yew::prelude::*;" || (tests && preludes.contains(&line));
            let import = line.trim_start_matches("pub ").starts_with("use ");
            if import && line.contains('*') && !allowed {
                faults.add(&source, number, "a glob import hides where names come from");
            }
        }
    }
    faults.none();
}

#[test]
fn links_lead_to_screens_or_to_fixed_addresses() {
    let mut faults = Faults::default();
    for source in sources() {
        for (number, line) in source.code() {
            for (at, _) in line.match_indices("href=") {
                let to = &line[at + "href=".len()..];
                if source.module() == Some("ui")
                    && !to.starts_with("{Route::")
                    && !to.starts_with('"')
                {
                    faults.add(&source, number, "a link that is built from data can carry it out");
                }
            }
        }
    }
    faults.none();
}

#[test]
fn nothing_forbidden_is_there() {
    let mut faults = Faults::default();
    for source in sources() {
        if source.is_test() {
            continue;
        }
        for (number, line) in source.lines() {
            for marker in ["TODO", "FIXME"] {
                let bare = |(at, _): (usize, &str)| {
                    let rest = &line[at + marker.len()..];
                    !rest.trim_start_matches(['(', ' ', ':']).starts_with('#')
                };
                if line.match_indices(marker).any(bare) {
                    faults.add(&source, number, "work left undone, without an issue's number");
                }
            }
            for (text, why) in FORBIDDEN {
                let except = EXCEPT.contains(&(source.path.as_str(), text));
                if without_comment(line).contains(text) && !except {
                    faults.add(&source, number, &format!("`{}`: {why}", text.trim()));
                }
            }
        }
    }
    faults.none();
}

/// The benchmark is a workspace of its own, which no other test builds.
#[test]
fn the_lock_file_of_the_benchmark_keeps_up() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &str| fs::read_to_string(root.join(path)).expect(path);
    let lock = read("bench/Cargo.lock");
    for (package, manifest) in
        [("vitrail", "Cargo.toml"), ("vitrail-kernels", "kernels/Cargo.toml")]
    {
        let manifest = read(manifest);
        let needed = between(&manifest, "\n[dependencies]\n", "\n[");
        let locked = between(&lock, &format!("name = \"{package}\"\n"), "[[package]]");
        for line in needed.lines().filter(|line| !line.contains("optional = true")) {
            let Some((name, _)) = line.split_once(" = ") else { continue };
            assert!(locked.contains(&format!("\"{name}")), "{package} needs {name}");
        }
        assert!(needed.lines().count() > 5, "{package}");
    }
}

/// What stands behind a text, up to another.
fn between<'a>(text: &'a str, before: &str, behind: &str) -> &'a str {
    let rest = text.split_once(before).map_or("", |(_, rest)| rest);
    rest.split_once(behind).map_or(rest, |(between, _)| between)
}
