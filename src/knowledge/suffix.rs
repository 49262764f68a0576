//! Public suffixes: below which names anybody can register one, and so which
//! domains belong to one organization (RFC 7489 §3.2).
//!
//! The list is a file, `static/data/suffixes.txt`, written by
//! `scripts/update-suffixes`: after a head, a line for each name that rules add
//! labels to, with the labels, all in the order of bytes.
//!
//! ```text
//!  ac ad ae …            the name before all others is empty: top-level domains
//! ck !www *              *.ck, but not www.ck
//! uk ac co gov …         ac.uk, co.uk, gov.uk
//! ```
//!
//! It is searched as it is, by halving: nothing is unpacked or copied. The name
//! before a wildcard is no suffix for that (`kobe.jp` beside `*.kobe.jp`).
//!
//! # Design
//!
//! RFC 9989 §4.10 no longer asks a list but DNS, going up from a name. Nothing
//! here can ask DNS, so the list stands for that walk too. They disagree where an
//! organization's record stands below or above the name that the list would find
//! (an owner who publishes only at `dept.example.com`, a registry with `psd=y`).

use std::borrow::Cow;

use crate::base::domain::{comparable, is_address};

/// How the file's first line begins; the list's date follows.
const TITLE: &str = "Public suffixes of ";

/// The list of public suffixes.
///
/// Any text with the right head is one: a faulty list gives wrong suffixes, but
/// always some.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suffixes {
    text: Cow<'static, str>,
    /// Where the lines begin, behind the head.
    lines: usize,
}

impl Suffixes {
    /// `None` where the text is not such a list: what a host gives for a file that
    /// is not there, say.
    pub fn new(text: impl Into<Cow<'static, str>>) -> Option<Self> {
        let text = text.into();
        let lines = text.find("\n\n")? + 2;
        text.starts_with(TITLE).then_some(Self { text, lines })
    }

    /// The list of this version of Vitrail.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn shipped() -> Self {
        // invariant: the file has its head, which is tested.
        Self::new(include_str!("../../static/data/suffixes.txt")).expect("a list of suffixes")
    }

    /// The day the list was published, `2026-10-22`.
    pub fn date(&self) -> &str {
        self.text.lines().next().and_then(|line| line.strip_prefix(TITLE)).unwrap_or_default()
    }

    /// The public suffix of a comparable name ([`comparable`]): the end of the name
    /// that the longest rule matches, its last label where none does.
    pub fn public_suffix<'n>(&self, name: &'n str) -> &'n str {
        let mut suffix = "";
        let mut parent = "";
        for (at, label) in labels(name) {
            let added = self.labels_before(parent);
            let has = |label: &str| find(added, b' ', label.as_bytes()).is_some();
            let here = name.get(at..).unwrap_or_default();
            let any = has("*");
            if any && has(&format!("!{label}")) {
                return parent;
            }
            if any || parent.is_empty() || has(label) {
                suffix = here;
            }
            parent = here;
        }
        suffix
    }

    /// The Organizational Domain of a comparable name: its public suffix and one
    /// label more (RFC 7489 §3.2). A public suffix is its own; an address has none.
    pub fn organizational_domain<'n>(&self, name: &'n str) -> Option<&'n str> {
        if name.is_empty() || is_address(name) {
            return None;
        }
        let above = name.len() - self.public_suffix(name).len();
        let start = labels(name).map(|(at, _)| at).find(|at| *at < above);
        name.get(start.unwrap_or(0)..)
    }

    /// The Organizational Domain of a name in any spelling, in comparable form.
    pub fn organization(&self, name: &str) -> Option<String> {
        self.organizational_domain(&comparable(name)?).map(str::to_owned)
    }

    /// The labels that rules put before a name: they are what is left of its line.
    fn labels_before(&self, name: &str) -> &[u8] {
        let lines = self.text.as_bytes().get(self.lines..).unwrap_or_default();
        let line = find(lines, b'\n', name.as_bytes()).unwrap_or_default();
        line.get(name.len() + 1..).unwrap_or_default()
    }
}

/// The labels of a name and where they stand in it, from the last to the first.
fn labels(name: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut end = name.len();
    name.rsplit('.').map(move |label| {
        let at = end - label.len();
        end = at.saturating_sub(1);
        (at, label)
    })
}

/// Of entries in the order of bytes, with `separator` between them, the one whose
/// first word is `key`.
fn find<'t>(entries: &'t [u8], separator: u8, key: &[u8]) -> Option<&'t [u8]> {
    let mut rest = entries;
    while !rest.is_empty() {
        let (before, behind) = rest.split_at(rest.len() / 2);
        let start = before.iter().rposition(|b| *b == separator).map_or(0, |at| at + 1);
        let end = behind.iter().position(|b| *b == separator);
        let end = end.map_or(rest.len(), |at| before.len() + at);
        let entry = rest.get(start..end).unwrap_or_default();
        let word = entry.split(|b| *b == b' ').next().unwrap_or_default();
        rest = match key.cmp(word) {
            std::cmp::Ordering::Equal => return Some(entry),
            std::cmp::Ordering::Less => rest.get(..start.saturating_sub(1)),
            std::cmp::Ordering::Greater => rest.get(end + 1..),
        }
        .unwrap_or_default();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::domain::comparable;

    #[track_caller]
    fn check(list: &Suffixes, name: &str, organization: Option<&str>) {
        let name = comparable(name).unwrap_or_default();
        let organization = organization.map(|name| comparable(name).unwrap());
        assert_eq!(list.organizational_domain(&name), organization.as_deref(), "{name}");
    }

    #[test]
    fn the_shipped_list_is_in_order_and_says_its_day() {
        let list = Suffixes::shipped();
        assert_eq!((list.date().len(), list.date().matches('-').count()), (10, 2));
        let lines: Vec<&str> = list.text[list.lines..].lines().collect();
        assert!(lines.len() > 1_000);
        let name = |line: &&str| line.split(' ').next().map(str::to_owned);
        assert!(lines.is_sorted_by(|a, b| name(a) < name(b)));
        for line in lines {
            let labels = line.split(' ').skip(1).collect::<Vec<_>>();
            assert!(!labels.is_empty() && labels.is_sorted_by(|a, b| a < b), "{line}");
        }
    }

    /// The cases that publishers of the list ask every reader to get right.
    #[test]
    fn rules_wildcards_and_exceptions() {
        let list = Suffixes::shipped();
        for (name, organization) in [
            // Unknown top-level domains, and known ones with a rule of one label.
            ("a.b.example", Some("b.example")),
            ("b.biz", Some("b.biz")),
            ("WWW.B.Biz.", Some("b.biz")),
            // Rules of two labels beside one of one.
            ("a.b.uk.com", Some("b.uk.com")),
            ("a.b.com", Some("b.com")),
            ("b.c.mm", Some("b.c.mm")),
            ("a.b.c.mm", Some("b.c.mm")),
            ("test.ac.jp", Some("test.ac.jp")),
            ("www.test.kyoto.jp", Some("test.kyoto.jp")),
            ("a.b.ide.kyoto.jp", Some("b.ide.kyoto.jp")),
            // A wildcard, and an exception to it.
            ("b.c.kobe.jp", Some("b.c.kobe.jp")),
            ("a.b.c.kobe.jp", Some("b.c.kobe.jp")),
            ("a.city.kobe.jp", Some("city.kobe.jp")),
            ("www.www.ck", Some("www.ck")),
            ("b.test.ck", Some("b.test.ck")),
            // The private section counts.
            ("www.someone.github.io", Some("someone.github.io")),
            ("b.test.k12.ak.us", Some("test.k12.ak.us")),
            // U-labels and A-labels.
            ("www.食狮.公司.cn", Some("食狮.公司.cn")),
            ("www.xn--85x722f.xn--55qx5d.cn", Some("食狮.公司.cn")),
            ("a.shishi.中国", Some("shishi.中国")),
        ] {
            check(&list, name, organization);
        }
    }

    #[test]
    fn suffixes_addresses_and_oddities() {
        let list = Suffixes::shipped();
        for name in ["com", "co.uk", "c.kobe.jp", "github.io", "example"] {
            check(&list, name, Some(name));
        }
        for name in ["", "192.0.2.1", "[192.0.2.1]", "[IPv6:2001:db8::1]"] {
            check(&list, name, None);
        }
        check(&list, ".com", Some(".com"));
        check(&list, "a..com", Some(".com"));
        check(&list, "_dmarc.example.com", Some("example.com"));
        check(&list, &"a.".repeat(126), Some("a.a"));
    }

    #[test]
    fn any_text_with_a_head_can_be_asked() {
        assert!(Suffixes::new("<html>\n\n com\n").is_none());
        assert!(Suffixes::new(TITLE).is_none());
        let whole = "com a *\nuk co !co * ac\n\n \n  \nex*mple é é.com \n";
        for end in (0..=whole.len()).filter(|end| whole.is_char_boundary(*end)) {
            for start in (0..=end).filter(|start| whole.is_char_boundary(*start)) {
                let list = Suffixes::new(format!("{TITLE}\n\n{}", &whole[start..end])).unwrap();
                for name in ["a.co.uk", "é.com", "*", "!co.uk", "", "..", "com"] {
                    let suffix = list.public_suffix(name);
                    assert!(name.ends_with(suffix), "{name}: {suffix}");
                }
            }
        }
    }
}
