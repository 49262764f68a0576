//! The published policy, tag by tag, and what each value asks for in words.

use crate::query::PolicyLine;
use crate::screens::facts::detail;
use crate::screens::markup::{Node, Tag as Element, element, text};
use crate::screens::parts::paragraph;
use crate::screens::words::Words;

/// One tag of a policy as the reporter saw it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag<'a> {
    /// The tag of the DMARC record, or the element's name where there is no tag.
    pub name: &'static str,
    pub value: &'a str,
}

/// The policy that a report was written under.
pub fn published(policy: &PolicyLine, words: Words) -> Node {
    let tags = tags(policy);
    let tag = |tag: &Tag<'_>| {
        let value = element(Element::Bdi, "", vec![text(tag.value)]);
        let code = element(Element::Code, "", vec![text(tag.name), text("="), value]);
        let words = vec![text(explained(tag.name, tag.value, words))];
        [
            element(Element::Dt, "policy__tag", vec![code]),
            element(Element::Dd, "policy__words", words),
        ]
    };
    let told = match tags.is_empty() {
        true => paragraph("detail__none", words.text("report.no-policy")),
        false => element(Element::Dl, "policy", tags.iter().flat_map(tag).collect()),
    };
    detail(words.text("report.policy"), vec![told])
}

/// The tags that are stated, in the order in which people read them.
pub fn tags(policy: &PolicyLine) -> Vec<Tag<'_>> {
    let stated = [
        ("p", &policy.p),
        ("sp", &policy.sp),
        ("np", &policy.np),
        ("adkim", &policy.adkim),
        ("aspf", &policy.aspf),
        ("pct", &policy.pct),
        ("fo", &policy.fo),
        ("t", &policy.testing),
        ("discovery_method", &policy.discovery_method),
    ];
    let stated = stated.into_iter().filter_map(|(name, value)| Some((name, value.as_deref()?)));
    stated.map(|(name, value)| Tag { name, value }).collect()
}

/// What a tag of this value asks for.
pub fn explained(name: &str, value: &str, words: Words) -> String {
    let sentences = keys(name, value).into_iter().map(|key| {
        let key = if words.find(&key).is_some() { &key } else { "policy.unknown" };
        words.fill(key, &[("value", value)])
    });
    sentences.collect::<Vec<_>>().join(" ")
}

/// The keys of the sentences that explain it, in order.
fn keys(name: &str, value: &str) -> Vec<String> {
    match name {
        "pct" if value == "100" => vec!["policy.pct.all".to_owned()],
        "pct" => vec!["policy.pct.some".to_owned()],
        // A list: each of its letters asks for another failure report (RFC 9989 §4.7).
        "fo" => value.split(':').map(|option| format!("policy.fo.{}", option.trim())).collect(),
        _ => vec![format!("policy.{name}.{value}")],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_stated() {
        let policy = PolicyLine {
            p: Some("reject".to_owned()),
            aspf: Some("s".to_owned()),
            pct: Some("20".to_owned()),
            fo: Some("1:d".to_owned()),
            ..PolicyLine::default()
        };
        let read: Vec<_> =
            tags(&policy).into_iter().map(|tag| (tag.name, keys(tag.name, tag.value))).collect();
        let keys = |keys: &[&str]| keys.iter().map(|key| (*key).to_owned()).collect::<Vec<_>>();
        assert_eq!(
            read,
            [
                ("p", keys(&["policy.p.reject"])),
                ("aspf", keys(&["policy.aspf.s"])),
                ("pct", keys(&["policy.pct.some"])),
                ("fo", keys(&["policy.fo.1", "policy.fo.d"])),
            ]
        );
    }
}
