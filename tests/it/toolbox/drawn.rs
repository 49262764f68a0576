//! What the page gets of a tool: elements, addresses, acts.

use vitrail::toolbox::markup::{Drawn, Node};
use vitrail::toolbox::{Ask, Tool, answer};

use super::{ARTICLE, PASTED, ask};

/// All elements of what was drawn: attribute values by names of tags and attributes.
fn attributes(drawn: &Drawn) -> Vec<(&'static str, &'static str, String)> {
    fn add(nodes: &[Node], all: &mut Vec<(&'static str, &'static str, String)>) {
        for node in nodes {
            if let Node::Element { tag, attributes, content } = node {
                for (attribute, value) in attributes {
                    all.push((tag.name(), attribute.name(), value.clone()));
                }
                add(content, all);
            }
        }
    }
    let mut all = Vec::new();
    add(&drawn.content, &mut all);
    all
}

#[test]
fn a_link_holds_and_leaves_the_rest() {
    let link = Some("dmarc?domains=example.org&p=reject".to_owned());
    let asked = Ask { link, ..ask(Tool::Explain, &[("rua", "a@example.org"), ("p", "none")]) };
    let drawn = answer(asked);
    assert_eq!(drawn.tool, Tool::Dmarc);
    assert_eq!(drawn.values.get("p"), "reject");
    assert_eq!(drawn.values.get("rua"), "a@example.org");
    assert_eq!(drawn.address, "dmarc?domains=example.org&p=reject&rua=a@example.org");
}

#[test]
fn elements_are_named_once_and_do_something() {
    for tool in Tool::ALL {
        let values = [("error", "STSFetchResult.NONE"), ("output", PASTED), ("policy", ARTICLE)];
        let drawn = answer(ask(tool, &values));
        let all = attributes(&drawn);
        let of = |name: &str| {
            let of = all.iter().filter(move |(_, attribute, _)| *attribute == name);
            of.map(|(_, _, value)| value.as_str()).collect::<Vec<_>>()
        };
        let mut ids = of("id");
        ids.sort_unstable();
        assert!(ids.windows(2).all(|pair| pair[0] != pair[1]), "{tool:?}: {ids:?}");
        for label in of("for").into_iter().chain(of("aria-describedby")) {
            assert!(ids.contains(&label), "{tool:?}: nothing is called {label}");
        }
        let acts = of("data-act").into_iter().map(|act| act.parse::<usize>().expect("a number"));
        let mut acts: Vec<_> = acts.collect();
        acts.sort_unstable();
        assert!(acts.iter().copied().eq(0..drawn.acts.len()), "{tool:?}: {acts:?}");
        let buttons =
            all.iter().filter(|(tag, attribute, _)| *tag == "button" && *attribute == "type");
        assert!(buttons.clone().all(|(_, _, kind)| kind == "button"));
        assert!(of("href").len() >= Tool::ALL.len(), "a tab for each");
        for path in of("href").into_iter().filter(|path| *path != "records") {
            let address = path.strip_prefix("toolbox/").unwrap_or_default();
            assert!(Tool::ALL.iter().any(|tool| address.starts_with(tool.path())), "{path}");
        }
    }
}
