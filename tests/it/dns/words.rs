//! Every code has words in both languages, with room for nothing but its arguments.
//! (That both languages say the same is tested for all messages together.)

use std::collections::BTreeSet;

use vitrail::dns::mta_sts::resolver;
use vitrail::dns::{Diagnostic, Kind, Say, check, dmarc};
use vitrail::view::Language;

/// A diagnostic as the command line says it.
pub fn line(diagnostic: &Diagnostic) -> String {
    check::line(diagnostic, &Language::English.text(diagnostic.kind.key()))
}

fn assert_said<C: Say>(language: Language, used: &mut BTreeSet<String>) {
    for code in C::ALL {
        assert_template(language, code.key(), code.params());
        used.insert(code.key().to_owned());
    }
}

fn assert_template(language: Language, key: &str, params: &[&str]) {
    let template = language.find(key).unwrap_or_else(|| panic!("no words for {key}"));
    let names = template.split("%{").skip(1).filter_map(|rest| rest.split('}').next());
    for name in names {
        assert!(params.contains(&name), "{key} has no {name}: {template}");
    }
}

#[test]
fn every_code_in_both_languages() {
    for language in Language::ALL {
        let mut used: BTreeSet<String> =
            ["fault", "warning", "hint"].map(|code| format!("dns.severity.{code}")).into();
        assert_said::<Kind>(language, &mut used);
        assert_said::<dmarc::Fact>(language, &mut used);
        assert_said::<resolver::Reason>(language, &mut used);
        let messages = vitrail::_rust_i18n_backend().messages_for_locale(language.tag());
        let written: BTreeSet<String> = messages
            .expect("a message file for each language")
            .into_iter()
            .map(|(key, _)| key.into_owned())
            .filter(|key| key.starts_with("dns."))
            .collect();
        assert_eq!(written, used, "words without a code, or the other way round");
    }
}
