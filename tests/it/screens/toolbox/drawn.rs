//! What the page gets of a tool: elements, addresses, acts.

use vitrail::screens::markup::Drawn;
use vitrail::screens::toolbox::Tool;
use vitrail::screens::{Ask, Program};

use super::{ARTICLE, PASTED};
use crate::screens::{ask, attributes, draw};

/// What is drawn at an address with these values typed, and no reports loaded.
fn drawn(address: &str, values: &[(&str, &str)]) -> Drawn {
    let values = values.iter().copied().collect();
    draw(&mut Program::default(), None, &Ask { values, ..ask(&format!("#/toolbox/{address}")) })
}

#[test]
fn a_link_holds_and_leaves_the_rest() {
    let values = [("rua", "a@example.org"), ("p", "none")];
    let drawn = drawn("dmarc?domains=example.org&p=reject", &values);
    assert_eq!(drawn.place, "#/toolbox/dmarc");
    assert_eq!(drawn.values.get("p"), "reject");
    assert_eq!(drawn.values.get("rua"), "a@example.org");
    let address = "#/toolbox/dmarc?domains=example.org&p=reject&rua=a@example.org";
    assert_eq!(drawn.address.as_deref(), Some(address));
}

#[test]
fn elements_are_named_once_and_do_something() {
    for tool in Tool::ALL {
        let values = [("error", "STSFetchResult.NONE"), ("output", PASTED), ("policy", ARTICLE)];
        let drawn = drawn(tool.path(), &values);
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
        for path in of("href").into_iter().filter(|path| *path != "#/records") {
            let address = path.strip_prefix("#/toolbox/").unwrap_or_default();
            assert!(Tool::ALL.iter().any(|tool| address.starts_with(tool.path())), "{path}");
        }
    }
}
