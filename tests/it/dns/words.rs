//! Every code has words in both languages, with room for nothing but its arguments.

use std::collections::BTreeSet;

use vitrail::dns::mta_sts::{resolver, rollout};
use vitrail::dns::{Diagnostic, Kind, Say, Words, check, dmarc, explain, lookup};
use vitrail::view::Language;

/// A diagnostic as the command line says it.
pub fn line(diagnostic: &Diagnostic) -> String {
    check::line(diagnostic, words(Language::English))
}

pub fn words(language: Language) -> Words {
    Words::of_tag(language.tag()).expect("a message file for each language")
}

/// The keys that the code asks for, with the names of their arguments.
fn asked() -> Vec<(String, &'static [&'static str])> {
    fn codes<C: Say>() -> impl Iterator<Item = (String, &'static [&'static str])> {
        C::ALL.iter().map(|code| (code.key().to_owned(), code.params()))
    }
    let mut asked: Vec<(String, &'static [&'static str])> = Vec::new();
    asked.extend(["fault", "warning", "hint"].map(|code| (format!("severity.{code}"), &[][..])));
    asked.extend(codes::<Kind>());
    asked.extend(codes::<dmarc::Fact>());
    asked.extend(codes::<resolver::Reason>());
    asked.extend(codes::<rollout::Step>());
    asked.extend(codes::<rollout::Requirement>());
    asked.extend(codes::<explain::Check>());
    asked.extend(codes::<lookup::Note>());
    asked.extend(codes::<lookup::Sender>());
    for topic in explain::Topic::ALL {
        let parts = ["title", "means", "not"];
        asked.extend(parts.map(|part| (format!("{}.{part}", topic.key()), topic.params())));
    }
    asked
}

/// The `%{names}` of a template.
fn names(template: &str) -> BTreeSet<&str> {
    template.split("%{").skip(1).filter_map(|rest| rest.split('}').next()).collect()
}

#[test]
fn every_code_in_both_languages() {
    let asked = asked();
    let english = words(Language::English);
    for language in Language::ALL {
        let words = words(language);
        for (key, params) in &asked {
            let tag = language.tag();
            let template = words.template(key).unwrap_or_else(|| panic!("no {key} in {tag}"));
            assert!(!template.trim().is_empty(), "{key} says nothing in {tag}");
            let names = names(template);
            assert!(names.iter().all(|name| params.contains(name)), "{key} in {tag}: {names:?}");
            assert_eq!(names, self::names(english.template(key).unwrap_or_default()), "{key}");
        }
        let used: BTreeSet<&str> = asked.iter().map(|(key, _)| key.as_str()).collect();
        // Those of the tools are in step with their own code (tests/it/locales.rs).
        let of_codes =
            Words::keys().filter(|key| !key.starts_with("tool.") && !key.starts_with("tls."));
        let unused: Vec<_> = of_codes.filter(|key| !used.contains(key)).collect();
        assert_eq!(unused, [""; 0], "words without a code");
    }
}
