//! What the screens' program draws, driven as the page drives it: with a real engine.

mod coverage;
mod failures;
mod filter;
mod fixes;
mod help;
mod overview;
mod people;
mod pivots;
mod shares;
mod source;
mod stories;
mod tables;
mod tls;
mod toolbox;

use std::path::PathBuf;

use vitrail::base::{JobId, Limits, Locus, UnixSeconds};
use vitrail::engine::Engine;
use vitrail::screens::markup::{Drawn, Node};
use vitrail::screens::{Ask, Part, Program, Raw, Reply, Shown, Values};
use vitrail::store::Batch;
use vitrail::view::Zone;
use vitrail::wire::Delivery;

use crate::ingest::read;

const NOW: UnixSeconds = UnixSeconds(1_795_500_000);

/// What is asked where somebody has followed a link.
pub fn ask(route: &str) -> Ask {
    Ask {
        part: Part::Screen,
        language: "en".to_owned(),
        route: route.to_owned(),
        is_new: true,
        is_entered: false,
        values: Values::default(),
        kept: Values::default(),
        file: None,
        shown: Shown::default(),
        is_reading: false,
        revision: 1,
        opened: NOW,
        now: NOW,
        zone: Zone::UTC,
    }
}

/// An engine that has read these files.
pub fn engine<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Engine {
    let mut engine = Engine::new(Limits::default());
    let mut batch = Batch::default();
    for (id, (name, bytes)) in (0..).zip(files) {
        read(&mut batch, id, name, bytes, &Limits::default());
    }
    engine.append(&Delivery { job: JobId(1), batch });
    engine
}

/// An engine that has read the sample data.
pub fn samples() -> Engine {
    let files = std::fs::read_dir("static/sample").expect("the sample data");
    let mut files: Vec<_> = files.map(|file| file.expect("a file").path()).collect();
    files.sort();
    let read = |path: &PathBuf| (path.display().to_string(), std::fs::read(path).expect("a file"));
    let files: Vec<_> = files.iter().map(read).collect();
    engine(files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())))
}

/// Draws as the page lets draw: the engine is asked until nothing is missing.
pub fn draw(program: &mut Program, engine: Option<&mut Engine>, ask: &Ask) -> Drawn {
    draw_reading(program, engine, ask, |_| panic!("nothing to read again"))
}

/// The same, with what is read again of a report.
fn draw_reading(
    program: &mut Program,
    mut engine: Option<&mut Engine>,
    ask: &Ask,
    mut read: impl FnMut(&Locus) -> Option<Raw>,
) -> Drawn {
    for _ in 0..6 {
        match program.draw(ask) {
            Reply::Drawn(drawn) => return *drawn,
            Reply::Source(locus) => {
                let raw = read(&locus);
                program.learn_source(*locus, raw);
            }
            Reply::Questions(questions) => {
                let answers = engine
                    .as_deref_mut()
                    .map(|engine| questions.iter().map(|question| engine.ask(question)).collect());
                program.learn(program.revision(), questions, answers.unwrap_or_default());
            }
        }
    }
    panic!("it asks without end");
}

/// All elements of what was drawn: attribute values by names of tags and attributes.
fn attributes(drawn: &Drawn) -> Vec<(&'static str, &'static str, String)> {
    fn add(nodes: &[Node], all: &mut Vec<(&'static str, &'static str, String)>) {
        for node in nodes {
            if let Node::Data(text) = node {
                all.push(("bdi", "title", text.clone()));
            }
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

/// Shows every node, those within an element before it.
fn walk(nodes: &[Node], see: &mut impl FnMut(&Node)) {
    for node in nodes {
        if let Node::Element { content, .. } = node {
            walk(content, see);
        }
        see(node);
    }
}

/// Everything that was drawn as one text.
fn words(drawn: &Drawn) -> String {
    words_of(&drawn.content)
}

fn words_of(nodes: &[Node]) -> String {
    let mut words = String::new();
    walk(nodes, &mut |node| match node {
        Node::Text(text) => words.push_str(text),
        Node::Data(text) => {
            words.push_str(text);
            words.push(' ');
        }
        Node::Element { .. } => words.push(' '),
        Node::Copy { label, .. } => words.push_str(label),
        Node::Mark(_) | Node::Table => {}
        Node::Judged { word, .. } => words.push_str(word),
    });
    words
}

/// The values of one attribute.
fn values(drawn: &Drawn, name: &str) -> Vec<String> {
    let all = attributes(drawn).into_iter();
    all.filter(|(_, attribute, _)| *attribute == name).map(|(.., value)| value).collect()
}
