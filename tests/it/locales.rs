//! The message files: complete in every language, and in step with the code.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use vitrail::base::Kind;
use vitrail::view::Language;

type Messages = BTreeMap<String, String>;

fn messages(language: Language) -> Messages {
    let all = vitrail::_rust_i18n_backend().messages_for_locale(language.tag());
    let all = all.expect("a message file for each language");
    let all = all.into_iter().filter(|(key, _)| key != "_version");
    all.map(|(key, text)| (key.into_owned(), text.into_owned())).collect()
}

/// The `%{names}` in a message.
fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split("%{").skip(1).filter_map(|rest| rest.split('}').next()).collect()
}

#[test]
fn every_language_says_the_same() {
    let english = messages(Language::English);
    for language in Language::ALL {
        let other = messages(language);
        let keys = |messages: &Messages| messages.keys().cloned().collect::<BTreeSet<_>>();
        let missing: Vec<_> = keys(&english).symmetric_difference(&keys(&other)).cloned().collect();
        assert_eq!(missing, Vec::<String>::new(), "only in one of en and {}", language.tag());
        for (key, text) in &other {
            assert!(!text.trim().is_empty(), "{key} says nothing in {}", language.tag());
            assert_eq!(placeholders(text), placeholders(&english[key]), "{key}");
        }
    }
}

#[test]
fn every_kind_of_finding_has_words() {
    let english = messages(Language::English);
    for kind in Kind::ALL {
        for part in ["title", "text"] {
            let key = format!("finding.{}.{part}", kind.code());
            assert!(english.contains_key(&key), "{key}");
        }
    }
}

/// Keys as the code writes them: whole, or with `{…}` for what is put in.
fn keys_in_code() -> BTreeSet<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut keys = BTreeSet::new();
    for module in ["ui", "view"] {
        collect(&root.join(module), &mut keys);
    }
    assert!(keys.len() > 100, "the code is where it is looked for");
    keys
}

fn collect(folder: &Path, keys: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, keys);
            continue;
        }
        let text = fs::read_to_string(&path).expect("a source file is text");
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        let literals = code.lines().flat_map(|line| line.split('"').skip(1).step_by(2));
        keys.extend(literals.filter(|literal| is_key(literal)).map(str::to_owned));
    }
}

fn is_key(literal: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./{}()".contains(c);
    literal.contains('.') && literal.chars().all(plain) && !literal.ends_with('.')
}

/// Whether a message's key is what the code writes: `{…}` is anything, and a
/// count has its `.one` and `.other`.
fn fits(written: &str, key: &str) -> bool {
    let count = key.strip_suffix(".one").or(key.strip_suffix(".other"));
    fits_whole(written, key) || count.is_some_and(|key| fits_whole(written, key))
}

fn fits_whole(written: &str, key: &str) -> bool {
    let Some((before, rest)) = written.split_once('{') else { return written == key };
    let after = rest.split_once('}').map_or("", |(_, after)| after);
    key.strip_prefix(before).is_some_and(|key| match after.split_once('{') {
        Some((between, _)) => key.contains(between),
        None => key.ends_with(after),
    })
}

#[test]
fn the_code_asks_for_what_there_is() {
    let english = messages(Language::English);
    let sections: BTreeSet<_> = english.keys().filter_map(|key| key.split('.').next()).collect();
    for written in keys_in_code() {
        let section = written.split(['.', '{']).next().unwrap_or_default();
        if sections.contains(section) {
            assert!(english.keys().any(|key| fits(&written, key)), "no message for {written}");
        }
    }
}

#[test]
fn every_message_is_asked_for() {
    let written = keys_in_code();
    // `{table}.{column}` fits everything: the tables' columns are their codes.
    let tables = ["records", "reports", "files"];
    for key in messages(Language::English).keys() {
        let section = key.split('.').next().unwrap_or_default();
        let asked = written.iter().any(|written| !written.starts_with('{') && fits(written, key));
        assert!(asked || tables.contains(&section), "nothing asks for {key}");
    }
}
