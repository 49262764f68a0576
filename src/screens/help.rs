//! What keys do, what can be searched for, and what the words mean.

use super::Desk;
use super::markup::{Attribute, Drawn, Node, Tag, element, text};
use super::parts::paragraph;
use crate::query::Dimension;

/// What keys do: the last words of two messages, one of which names the keys as they are printed.
const KEYS: [&str; 10] =
    ["help", "tab", "rows", "open", "close", "steps", "range", "follow", "let-go", "search"];

/// What is typed into the search box.
const SEARCHES: [(&str, &str); 12] = [
    ("newsletter", "word"),
    ("\"two words\"", "quoted"),
    ("org:google", "field"),
    ("org:=Yahoo", "exact"),
    ("selector:=", "unstated"),
    ("ip:192.0.2.0/24", "network"),
    ("-org:yahoo", "not"),
    ("spf:fail spf:softfail", "either"),
    ("spf:fail result:pass", "both"),
    ("type:certificate-expired mx:mx2", "tls-failure"),
    ("policy:sts mode:testing", "tls-policy"),
    ("since:2026-09-01 until:2026-09-30", "period"),
];

const TERMS: [&str; 19] = [
    "dmarc",
    "spf",
    "dkim",
    "alignment",
    "policy",
    "disposition",
    "report",
    "reporter",
    "source",
    "override",
    "tls-report",
    "mta-sts",
    "mode",
    "dane",
    "no-policy",
    "result-type",
    "session",
    "gate",
    "utc",
];

pub fn drawn(desk: &Desk<'_>) -> Drawn {
    let section = |title: &str, content: Vec<Node>| {
        let mut all = vec![element(Tag::H3, "help__title", vec![text(desk.text(title))])];
        all.extend(content);
        element(Tag::Section, "", all)
    };
    let codes = |of: &[(&str, &str)], message: fn(&str) -> String| {
        let lines = of.iter().flat_map(|(code, key)| {
            let code = element(Tag::Code, "help__code", vec![text(*code)]);
            line(vec![code], desk.text(&message(key)))
        });
        element(Tag::Dl, "help__list", lines.collect())
    };
    let terms = TERMS.iter().flat_map(|term| {
        let name = desk.text(&format!("help.term.{term}"));
        line(vec![text(name)], desk.text(&format!("help.means.{term}")))
    });
    let fields = Dimension::ALL.into_iter().flat_map(|on| {
        let code = element(Tag::Code, "help__code", vec![text(format!("{}:", on.code()))]);
        line(vec![code], desk.dimension(on))
    });
    let keys = KEYS.map(|key| (desk.text(&format!("help.press.{key}")), key));
    let heading = element(Tag::H2, "", vec![text(desk.text("help.title"))]);
    let content = vec![
        heading.with(Attribute::Id, "help-title"),
        section("help.keys", vec![codes(&keys, |key| format!("help.key.{key}"))]),
        section(
            "help.searching",
            vec![
                codes(&SEARCHES, |key| format!("help.search.{key}")),
                paragraph("", desk.text("help.fields")),
            ],
        ),
        element(Tag::Dl, "help__list help__list--fields", fields.collect()),
        section("help.terms", vec![element(Tag::Dl, "help__list", terms.collect())]),
    ];
    // Wherever one is, this is the same place.
    Drawn { place: "help".to_owned(), ..desk.drawn(content) }
}

fn line(name: Vec<Node>, words: &str) -> [Node; 2] {
    [element(Tag::Dt, "", name), element(Tag::Dd, "", vec![text(words)])]
}
