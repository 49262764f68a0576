//! The values of some dimensions, each a link that asks for it or no longer does. The messages
//! beside them follow what is asked of all other dimensions.

use crate::query::{Answer, Dimension, Facet, Facets, Key, Question, Table, Term};
use crate::screens::Desk;
use crate::screens::markup::{Attribute, Node, Tag, element, text};
use crate::screens::parts::{dropdown, icon, link, masked_value, paragraph, search_field, value};

const CHECK: &str = "M3.5 8.5 6.5 11.5 12.5 4.5";

/// The field that narrows the list of domains.
pub const FIELD: &str = "domains";

/// Domains shown at once, and from how many on one can look for them.
const DOMAINS: u32 = 60;
const MANY: u32 = 12;

/// Domains, of which there may be hundreds, with a field to find one; `typed` is what it says.
pub fn domains(desk: &Desk<'_>, table: Table, typed: &str) -> Node {
    let of = [Dimension::Domain];
    let answer = ask(desk, table, &of, typed, DOMAINS);
    let total = match answer {
        Some(Answer::Facets(facets)) => facets.first().map_or(0, |facet| facet.total),
        _ => 0,
    };
    let mut content = Vec::new();
    if total > MANY || !typed.is_empty() {
        let label = desk.text("filter.domains-find");
        content.push(search_field("field choices__field", FIELD, label, label));
    }
    content.extend(lists(desk, answer, false));
    menu(desk, &of, "filter.domains", FIELD, content)
}

/// Values of these dimensions, each with so many; `label` is the key of the button's words.
pub fn choices(desk: &Desk<'_>, table: Table, of: &[Dimension], label: &str, limit: u32) -> Node {
    menu(desk, of, label, "", lists(desk, ask(desk, table, of, "", limit), true))
}

fn ask<'a>(
    desk: &Desk<'a>,
    table: Table,
    of: &[Dimension],
    containing: &str,
    limit: u32,
) -> Option<&'a Answer> {
    desk.ask(Question::Facets(Facets {
        table,
        filter: desk.filter.clone(),
        of: of.to_vec(),
        containing: containing.to_owned(),
        limit,
    }))
}

fn menu(desk: &Desk<'_>, of: &[Dimension], label: &str, field: &str, content: Vec<Node>) -> Node {
    let set = of.iter().map(|on| desk.filter.on(Some(*on)).count()).sum::<usize>();
    let label = match set {
        0 => desk.text(label).to_owned(),
        set => desk.count(&format!("{label}-set"), set as u64),
    };
    dropdown(&label, set > 0, field, content)
}

fn lists(desk: &Desk<'_>, answer: Option<&Answer>, is_named: bool) -> Vec<Node> {
    match answer {
        Some(Answer::Facets(facets)) => facets.iter().map(|it| facet(desk, it, is_named)).collect(),
        _ => Vec::new(),
    }
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
    // The way to one that is masked would have it in the address.
    if masked_value(desk, on, key).is_some() {
        return element(Tag::Span, "choices__choice", content);
    }
    let choice = link(&desk.route.filtered(&filter), "choices__choice", content);
    if is_set { choice.with(Attribute::Current, "true") } else { choice }
}
