//! Finds the programs and files the tests need, and says how to get a missing one.

use std::env;
use std::path::{Path, PathBuf};

use super::Outcome;

/// The built site.
pub fn dist() -> Outcome<PathBuf> {
    let dist = Path::new(env!("CARGO_MANIFEST_DIR")).join("dist");
    if dist.join("index.html").is_file() {
        Ok(dist)
    } else {
        Err("there is no dist/index.html to test: run scripts/build first".into())
    }
}

pub fn chromium() -> Outcome<PathBuf> {
    find("VITRAIL_CHROMIUM", &["chromium", "google-chrome"])
}

pub fn chromedriver() -> Outcome<PathBuf> {
    find("VITRAIL_CHROMEDRIVER", &["chromedriver"])
}

pub fn firefox() -> Outcome<PathBuf> {
    find("VITRAIL_FIREFOX", &["firefox-esr", "firefox"])
}

pub fn geckodriver() -> Outcome<PathBuf> {
    find("VITRAIL_GECKODRIVER", &["bin/geckodriver", "geckodriver"])
}

/// The accessibility checker, a script to be run in a page.
pub fn axe() -> Outcome<PathBuf> {
    find("VITRAIL_AXE", &["node_modules/axe-core/axe.min.js"])
}

/// Looks where the variable says, then among the tools that `scripts/test` keeps, then on `PATH`.
fn find(variable: &str, names: &[&str]) -> Outcome<PathBuf> {
    if let Some(path) = env::var_os(variable) {
        return Ok(path.into());
    }
    let path = env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = kept_tools().into_iter().chain(env::split_paths(&path)).collect();
    names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .find(|candidate| candidate.is_file())
        .ok_or_else(|| {
            format!("{} is missing: run scripts/test once, or set {variable}", names[0]).into()
        })
}

/// The folders `NAME-VERSION` of `scripts/lib/tools.sh`, newest name first.
fn kept_tools() -> Vec<PathBuf> {
    let cache = env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(Path::new(&env::var_os("HOME")?).join(".cache")));
    let tools = cache.map(|cache| cache.join("vitrail/tools")).and_then(|it| it.read_dir().ok());
    let mut folders: Vec<PathBuf> =
        tools.into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    folders.sort_unstable_by(|a, b| b.cmp(a));
    folders
}
