//! How long senders may keep a policy, as it is typed or chosen.

use vitrail::dns::mta_sts::policy;
use vitrail::screens::toolbox::{Ask, Block, Target, Tool, draw};

use super::{ask, blocks, copies, sheet};

#[test]
fn max_age_in_human_units() {
    for (age, mode, expected) in [
        ("", "testing", "max_age: 604800\n"),
        ("", "enforce", "max_age: 2592000\n"),
        ("", "none", "max_age: 86400\n"),
        ("1 day", "testing", "max_age: 86400\n"),
        ("6 months", "enforce", "max_age: 15552000\n"),
        ("1\u{a0}an", "enforce", "max_age: 31536000\n"),
        ("31557600", "enforce", "max_age: 31557600\n"),
        ("31557601", "enforce", "max_age: 2592000\n"),
        ("soon", "testing", "max_age: 604800\n"),
    ] {
        let values = [("age", age), ("mode", mode), ("mx", "a.example.com")];
        let made = sheet(Tool::MtaSts, &values);
        assert!(copies(&made, ".well-known/mta-sts.txt")[0].ends_with(expected), "{values:?}");
        let faulty = ["31557601", "soon"].contains(&age);
        let field = blocks(&made).into_iter().find_map(|block| match block {
            Block::Field(field) if field.name == "age" => Some(field.fault.as_str()),
            _ => None,
        });
        assert_eq!(field.map(str::is_empty), Some(!faulty), "{values:?}");
    }
}

#[test]
fn usual_values_are_understood_in_each_language() {
    for language in ["en", "fr"] {
        let ask = Ask { language: language.to_owned(), ..ask(Tool::MtaSts, &[]) };
        let sheet = draw(&ask);
        let usual = blocks(&sheet).into_iter().filter_map(|block| match block {
            Block::Links(links) => Some(links),
            _ => None,
        });
        let ages: Vec<_> = usual
            .flatten()
            .filter_map(|link| match &link.to {
                Target::Set(values) => Some(values.get("age")).filter(|age| !age.is_empty()),
                _ => None,
            })
            .collect();
        assert_eq!(ages.len(), 5, "{language}");
        assert!(ages.iter().all(|age| policy::duration(age).is_some()), "{ages:?}");
    }
}
