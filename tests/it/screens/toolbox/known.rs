//! What loaded reports tell fills fields.

use vitrail::screens::toolbox::{Ask, Block, Known, Target, Tool, draw};

use super::{ask, blocks, copies, words};

fn pairs(of: &[(&str, &str)]) -> Vec<(String, String)> {
    of.iter().map(|(domain, name)| ((*domain).to_owned(), (*name).to_owned())).collect()
}

fn known() -> Known {
    Known {
        domains: vec!["example.org".to_owned(), "example.net".to_owned()],
        servers: pairs(&[
            ("example.org", "MX1.example.org."),
            ("example.org", "<b>mx</b>"),
            ("example.org", "192.0.2.25"),
            ("example.net", "mx.example.net"),
        ]),
        patterns: pairs(&[
            ("example.org", "*.old.example"),
            ("example.net", "mx.example.net"),
            ("example.com", "*.mx.example"),
        ]),
        sources: Vec::new(),
    }
}

/// What the suggestions put into a field.
fn suggested(tool: Tool, field: &str, values: &[(&str, &str)]) -> Vec<String> {
    let sheet = draw(&Ask { known: known(), ..ask(tool, values) });
    let links = blocks(&sheet).into_iter().filter_map(|block| match block {
        Block::Links(links) => Some(links),
        _ => None,
    });
    let put = |to: &Target| match to {
        Target::Set(values) => Some(values.get(field).to_owned()).filter(|it| !it.is_empty()),
        _ => None,
    };
    links.flatten().filter_map(|link| put(&link.to)).collect()
}

#[test]
fn domains_are_filled_in_and_offered() {
    let drawn = draw(&Ask { known: known(), ..ask(Tool::MtaSts, &[]) });
    assert_eq!(copies(&drawn, "Name"), ["_mta-sts.example.org"]);
    assert!(words(&drawn).contains("+ example.net"));
}

#[test]
fn mail_servers_are_those_of_the_domains_in_question() {
    let of = |domains| suggested(Tool::MtaSts, "mx", &[("domains", domains)]);
    let first = "*.old.example\nmx1.example.org";
    assert_eq!(of(""), [first], "names only, and of the first domain");
    assert_eq!(of("example.net"), ["mx.example.net"]);
    assert_eq!(of("example.org, example.net"), ["*.old.example\nmx.example.net\nmx1.example.org"]);
    assert_eq!(of("example.com"), ["*.mx.example"], "the policy that senders have");
    assert!(of("example.test").is_empty());
    let typed = [("domains", "example.org"), ("mx", "mail.example.org")];
    assert!(suggested(Tool::MtaSts, "mx", &typed).is_empty(), "nothing typed is replaced");
}

#[test]
fn a_policy_is_compared_with_those_of_one_domain() {
    assert_eq!(suggested(Tool::Policy, "hosts", &[]), ["mx1.example.org", "mx.example.net"]);
}
