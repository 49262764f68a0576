//! What the filter asks, condition by condition, each with the way to drop it.

use super::{period, search};
use crate::query::{Filter, Term, Test};
use crate::screens::Desk;
use crate::screens::markup::{Attribute, Node, Tag, element, text};
use crate::screens::parts::{icon, link, value};
use crate::view::Screen;

const CROSS: &str = "M4 4 12 12M12 4 4 12";

/// A chip for each condition; nothing without any.
pub fn draw(desk: &Desk<'_>) -> Node {
    let filter = &desk.filter;
    if filter.is_empty() {
        return text("");
    }
    let mut chips = Vec::new();
    if let Some(time) = period::asked(desk) {
        chips.push(chip(desk, vec![text(time)], &Filter::new(filter.terms().to_vec())));
    }
    for term in filter.terms() {
        let mut rest = filter.clone();
        rest.remove(term);
        let mut words = condition(desk, term);
        if is_idle(desk, term) {
            let idle = format!(" ({})", desk.text("filter.idle"));
            words.push(element(Tag::Span, "chips__idle", vec![text(idle)]));
        }
        chips.push(chip(desk, words, &rest));
    }
    let clear = desk.route.filtered(&Filter::default());
    let clear = link(&clear, "chips__all", vec![text(desk.text("filter.clear"))]);
    chips.push(element(Tag::Li, "", vec![clear]));
    element(Tag::Ul, "chips", chips)
        .with(Attribute::Label, desk.text("filter.set"))
        .with(Attribute::Choices, search::FIELD)
}

/// Whether the screen below asks nothing of the kind: its table has no such thing. (Reports are
/// of all tables, as a list and one by one.)
fn is_idle(desk: &Desk<'_>, term: &Term) -> bool {
    let is_foreign = term.on.is_some_and(|on| on.is_foreign(desk.route.table()));
    is_foreign && !matches!(desk.route.screen, Screen::Reports | Screen::Source)
}

fn chip(desk: &Desk<'_>, words: Vec<Node>, rest: &Filter) -> Node {
    let remove = link(&desk.route.filtered(rest), "chips__remove", vec![icon(CROSS)])
        .with(Attribute::Title, desk.text("filter.remove"))
        .with(Attribute::Label, desk.text("filter.remove"));
    element(Tag::Li, "chips__chip", vec![element(Tag::Span, "chips__words", words), remove])
}

/// The condition in words.
fn condition(desk: &Desk<'_>, term: &Term) -> Vec<Node> {
    let value = match (&term.test, term.on) {
        (Test::Is(key), Some(on)) => value(desk, on, key),
        (Test::Is(key), None) => text(key.clone().unwrap_or_default()),
        (Test::Has(words), _) => text(desk.fill("filter.contains", &[("text", words)])),
        (Test::In(network), _) => text(network.to_string()),
    };
    let mut words = String::new();
    if term.not {
        words = format!("{} ", desk.text("filter.not"));
    }
    if let Some(on) = term.on {
        words = words + desk.dimension(on) + " ";
    }
    vec![text(words), element(Tag::Bdi, "chips__value", vec![value])]
}
