//! Names in the letters that people write them with, where no letter can be taken for another.

use super::lower_case;

/// Cyrillic and Greek letters that look like Latin ones.
const LOOK_LATIN: &str = "аԁеһіјкӏорԛѕтԝхуѵвнмгпьҽασεικνορτυχωγ";

/// The name as people read it: each label in Unicode if it is of one script (Latin may stand
/// beside those of East Asia), and cannot pass for a Latin word; all else as A-labels. What
/// nobody could type is no letter here.
///
/// A small part of what browsers ask (UTS #39, restriction level "highly restrictive", and
/// confusables of whole words), without the tables.
pub fn unicode(name: &str) -> String {
    let top = name.rsplit('.').next().and_then(decoded).and_then(|top| script(&top));
    name.split('.').map(|label| readable(label, top)).collect::<Vec<_>>().join(".")
}

fn readable(label: &str, top: Option<Script>) -> String {
    let Some(text) = decoded(label) else { return label.to_owned() };
    let looks_latin = || text.chars().all(|c| c.is_ascii() || LOOK_LATIN.contains(c));
    match script(&text) {
        Some(script) if top == Some(script) || !looks_latin() => text,
        _ if label.is_ascii() => label.to_owned(),
        _ => format!("xn--{}", punycode::encode(&text).unwrap_or_default()),
    }
}

/// The label in Unicode, if it is more than ASCII.
fn decoded(label: &str) -> Option<String> {
    if !label.is_ascii() {
        return Some(lower_case(label));
    }
    let text = punycode::decode(label.strip_prefix("xn--")?).ok()?;
    (!text.is_ascii()).then_some(text)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Latin,
    EastAsian,
    /// One of those whose letters fill whole blocks of Unicode, by the first block.
    Other(u32),
}

/// The one script of a label; `None` if there are several, or what is in no word.
fn script(label: &str) -> Option<Script> {
    let mut all = None;
    for letter in label.chars().filter(|c| !c.is_ascii_digit() && *c != '-') {
        let here = of_letter(letter)?;
        all = match all {
            Some(Script::Latin | Script::EastAsian) if here == Script::EastAsian => Some(here),
            Some(Script::EastAsian) if here == Script::Latin => all,
            Some(other) if other != here => return None,
            _ => Some(here),
        };
    }
    all
}

fn of_letter(letter: char) -> Option<Script> {
    if !letter.is_alphanumeric() {
        return None;
    }
    match u32::from(letter) {
        0x61..=0x7a | 0xdf..=0x24f | 0x1e00..=0x1eff => Some(Script::Latin),
        0x370..=0x3ff => Some(Script::Other(0x370)),
        0x400..=0x52f => Some(Script::Other(0x400)),
        // From Armenian to Georgian, a script has a block of 128 or a half of one.
        code @ 0x530..=0x10ff => Some(Script::Other(code & !0x7f)),
        0x3041..=0x30ff | 0x3400..=0x9fff | 0xac00..=0xd7a3 => Some(Script::EastAsian),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_as_people_read_them() {
        for (name, read) in [
            ("xn--bcher-kva.example", "bücher.example"),
            ("xn--strae-oqa.example", "straße.example"),
            ("xn--wgv71a119e.example", "日本語.example"),
            ("xn--e1afmkfd.xn--p1ai", "пример.рф"),
            ("xn--80ahdri7a.example", "сделай.example"),
            ("xn--mgbh0fb.xn--kgbechtv", "مثال.إختبار"),
            ("bücher.example", "bücher.example"),
            ("BÜCHER.example", "bücher.example"),
        ] {
            assert_eq!(unicode(name), read);
        }
    }

    #[test]
    fn what_could_be_another_name_stays() {
        for name in [
            "example.com",
            "",
            "xn--",
            "xn--99999999999.test",
            // Nothing but ASCII within.
            "xn--google-.example",
            // Cyrillic: p and a within Latin, then a whole word.
            "xn--pypal-4ve.example",
            "xn--80ak6aa92e.example",
            // Greek within Latin, and two scripts of which none is Latin.
            "xn--ggle-0nda.example",
            // Signs, and letters of phonetics.
            "xn--n3h.example",
            "xn--oogle-qmc.example",
        ] {
            assert_eq!(unicode(name), name);
        }
        assert_eq!(unicode("p\u{430}ypal.example"), "xn--pypal-4ve.example");
        assert!(unicode("a\u{202e}b.test").is_ascii());
        // Under a domain of its own script, such a word is at home.
        assert_eq!(unicode("xn--80ak6aa92e.xn--p1ai"), "аррӏе.рф");
    }
}
