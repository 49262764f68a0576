//! The messages of the page: complete in every language, and in step with the code.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use vitrail::base::Kind;
use vitrail::base::template::places;
use vitrail::dns::Words;
use vitrail::screens::words;
use vitrail::view::{Language, messages};

#[test]
fn every_language_says_the_same() {
    for key in messages::keys() {
        let names = |language: Language| places(language.text(key)).collect::<BTreeSet<_>>();
        for language in Language::ALL {
            assert_ne!(language.find(key), Some(""), "{key} says nothing in {}", language.tag());
            assert_eq!(names(language), names(Language::English), "{key}");
        }
    }
}

#[test]
fn messages_are_in_order_and_nothing_else_is_in_the_files() {
    check_file("page.txt", messages::keys().collect(), &|key, language| language.text(key));
    check_file("toolbox.txt", Words::keys().collect(), &word);
    check_file("screens.txt", words::keys().collect(), &screen_word);
}

fn screen_word(key: &str, language: Language) -> &'static str {
    words::find(key, language as usize).unwrap_or_default()
}

fn word(key: &str, language: Language) -> &'static str {
    Words::of_tag(language.tag()).and_then(|words| words.template(key)).unwrap_or_default()
}

fn check_file(name: &str, mut keys: Vec<&str>, text: &dyn Fn(&str, Language) -> &'static str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales").join(name);
    let file = fs::read_to_string(file).expect("the file of messages");
    let blocks = keys.iter().map(|key| {
        let texts = Language::ALL.map(|it| format!("{} {}\n", it.tag(), text(key, it)));
        format!("{key}\n{}", texts.concat())
    });
    assert!(file == blocks.collect::<Vec<_>>().join("\n"), "{name} has more or other lines");
    assert!(keys.is_sorted(), "keys are looked up by their order");
    let all = keys.len();
    keys.dedup();
    assert_eq!(keys.len(), all, "{name}: keys are unique");
}

#[test]
fn the_words_of_the_tools_are_those_of_their_code() {
    let written = keys_in_code(&["screens"]);
    let is_own = |key: &str| key.starts_with("tool.");
    let unasked = Words::keys()
        .filter(|key| is_own(key))
        .find(|key| !written.iter().any(|written| fits(written, key)));
    assert_eq!(unasked, None, "nothing asks for it");
    for written in written.iter().filter(|key| is_own(key)) {
        assert!(Words::keys().any(|key| fits(written, key)), "no message for {written}");
    }
    for key in Words::keys() {
        let names = |language| places(word(key, language)).collect::<BTreeSet<_>>();
        assert_eq!(names(Language::French), names(Language::English), "{key}");
    }
}

#[test]
fn the_words_of_the_screens_are_those_of_their_code() {
    let mut written = keys_in_code(&["screens"]);
    written.retain(|key| !key.starts_with("tool."));
    let sections: BTreeSet<_> = words::keys().filter_map(|key| key.split('.').next()).collect();
    for key in words::keys() {
        let names = |language| places(screen_word(key, language)).collect::<BTreeSet<_>>();
        assert_eq!(names(Language::French), names(Language::English), "{key}");
        let is_asked = written.iter().any(|written| {
            let section = written.split('.').next();
            section == key.split('.').next() && fits(written, key)
        });
        // What the names of the filter's buttons end in is put on where they are drawn.
        assert!(is_asked || key.contains("-set."), "nothing asks for {key}");
    }
    for written in &written {
        if sections.contains(written.split(['.', '{']).next().unwrap_or_default()) {
            let is_there = words::keys().chain(messages::keys()).any(|key| fits(written, key));
            assert!(is_there, "no message for {written}");
        }
    }
}

#[test]
fn every_kind_of_finding_has_words() {
    for kind in Kind::ALL {
        for part in ["title", "text"] {
            let key = format!("finding.{}.{part}", kind.code());
            assert!(!screen_word(&key, Language::English).is_empty(), "{key}");
        }
    }
}

/// The modules whose messages are the page's.
const PAGE: &[&str] = &["ui", "view"];

/// Keys as the code writes them: whole, or with `{…}` for what is put in.
fn keys_in_code(modules: &[&str]) -> BTreeSet<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut keys = BTreeSet::new();
    for module in modules {
        collect(&root.join(module), &mut keys);
    }
    assert!(keys.len() > 50, "the code is where it is looked for");
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
    let sections: BTreeSet<_> = messages::keys().filter_map(|key| key.split('.').next()).collect();
    for written in keys_in_code(PAGE) {
        let section = written.split(['.', '{']).next().unwrap_or_default();
        if sections.contains(section) {
            assert!(messages::keys().any(|key| fits(&written, key)), "no message for {written}");
        }
    }
}

#[test]
fn every_message_is_asked_for() {
    let written = keys_in_code(PAGE);
    for key in messages::keys() {
        let asked = written.iter().any(|written| !written.starts_with('{') && fits(written, key));
        assert!(asked, "nothing asks for {key}");
    }
}

/// Else a line begins with a sign that belongs to the word before.
#[test]
fn french_signs_stay_with_their_words() {
    let keys = messages::keys().map(|key| Language::French.text(key));
    let tools = Words::keys().map(|key| word(key, Language::French));
    let screens = words::keys().map(|key| screen_word(key, Language::French));
    for text in keys.chain(tools).chain(screens) {
        // A place to be filled begins with a sign of percent, too.
        let plain = text.replace(" %{", "");
        let apart = ["« ", " »", " :", " ;", " ?", " !", " %"];
        let apart = apart.into_iter().find(|signs| plain.contains(signs));
        assert_eq!(apart, None, "{text}");
    }
}
