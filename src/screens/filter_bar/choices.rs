//! The values of some dimensions, each a link that asks for it or no longer does. The messages
//! beside them follow what is asked of all other dimensions.

use crate::query::{Answer, Dimension, Facet, Facets, Key, Question, Table, Term};
use crate::screens::Desk;
use crate::screens::markup::{Attribute, Node, Tag, element, text};
use crate::screens::parts::{dropdown, icon, link, paragraph, value};

const CHECK: &str = "M3.5 8.5 6.5 11.5 12.5 4.5";

/// Values of these dimensions, each with so many; `label` is the key of the button's words.
pub fn choices(desk: &Desk<'_>, table: Table, of: &[Dimension], label: &str, limit: u32) -> Node {
    let answer = desk.ask(Question::Facets(Facets {
        table,
        filter: desk.filter.clone(),
        of: of.to_vec(),
        containing: String::new(),
        limit,
    }));
    let set = of.iter().map(|on| desk.filter.on(Some(*on)).count()).sum::<usize>();
    let label = match set {
        0 => desk.text(label).to_owned(),
        set => desk.count(&format!("{label}-set"), set as u64),
    };
    let content = match answer {
        Some(Answer::Facets(facets)) => {
            facets.iter().map(|it| facet(desk, it, of.len() > 1)).collect()
        }
        _ => Vec::new(),
    };
    dropdown(&label, set > 0, content)
}

fn facet(desk: &Desk<'_>, facet: &Facet, is_named: bool) -> Node {
    let mut content = Vec::new();
    if is_named {
        let title = text(desk.dimension(facet.dimension));
        content.push(element(Tag::H2, "choices__title", vec![title]));
    }
    let choice = |(key, messages): &(Key, u64)| {
        element(Tag::Li, "", vec![choice(desk, facet.dimension, key, *messages)])
    };
    content.push(element(Tag::Ul, "", facet.choices.iter().map(choice).collect()));
    let more = u64::from(facet.total).saturating_sub(facet.choices.len() as u64);
    if more > 0 {
        content.push(paragraph("choices__more", desk.count("count.more", more)));
    }
    element(Tag::Section, "choices", content)
}

fn choice(desk: &Desk<'_>, on: Dimension, key: &Key, messages: u64) -> Node {
    let term = Term::is(on, key.clone());
    let is_set = desk.filter.has(&term);
    let mut filter = desk.filter.clone();
    match is_set {
        true => filter.remove(&term),
        false => filter.add(term),
    }
    let sign = if is_set { vec![icon(CHECK)] } else { Vec::new() };
    let content = vec![
        element(Tag::Span, "choices__sign", sign),
        element(Tag::Span, "choices__value", vec![value(desk, on, key)]),
        element(Tag::Span, "choices__count", vec![desk.integer(messages)]),
    ];
    let choice = link(&desk.route.filtered(&filter), "choices__choice", content);
    if is_set { choice.with(Attribute::Current, "true") } else { choice }
}
