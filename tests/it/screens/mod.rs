//! What the screens' program draws, driven as the page drives it: with a real engine.

mod tls;
mod toolbox;

use vitrail::base::UnixSeconds;
use vitrail::engine::Engine;
use vitrail::screens::markup::{Drawn, Node};
use vitrail::screens::{Ask, Program, Reply, Values};

const NOW: UnixSeconds = UnixSeconds(1_795_500_000);

/// What is asked where somebody has followed a link.
fn ask(route: &str) -> Ask {
    Ask {
        language: "en".to_owned(),
        route: route.to_owned(),
        is_new: true,
        is_entered: false,
        values: Values::default(),
        file: None,
        revision: 1,
        opened: NOW,
        now: NOW,
    }
}

/// Draws as the page lets draw: the engine is asked until nothing is missing.
fn draw(program: &mut Program, engine: Option<&mut Engine>, ask: &Ask) -> Drawn {
    let mut engine = engine;
    for _ in 0..4 {
        match program.draw(ask) {
            Reply::Drawn(drawn) => return *drawn,
            Reply::Questions(questions) => {
                let answers = engine
                    .as_deref_mut()
                    .map(|engine| questions.iter().map(|question| engine.ask(question)).collect());
                program.learn(ask.revision, questions, answers.unwrap_or_default());
            }
        }
    }
    panic!("it asks without end");
}

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
