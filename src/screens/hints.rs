//! What somebody may have meant whose words match nothing: a field that there is not, a value
//! typed without its field, a value that its field never has. Each with links that ask for it.

use super::Desk;
use super::markup::{Node, Tag, element, text};
use super::parts::{link, paragraph};
use crate::base::Network;
use crate::dns::near::nearest;
use crate::query::{Answer, Dimension, Facet, Facets, Filter, Kind, Measure, Question, Term, Test};
use crate::view::complete;

/// Values of a field that are offered.
const MOST: usize = 12;

/// What is said of the conditions of the filter that can match nothing.
pub fn draw(desk: &Desk<'_>) -> Option<Node> {
    // All is asked before one is looked at.
    let hints: Vec<_> = desk.filter.terms().iter().map(|term| hint(desk, term)).collect();
    let hints: Vec<_> = hints.into_iter().flatten().collect();
    (!hints.is_empty()).then(|| element(Tag::Div, "empty__hints", hints))
}

fn hint(desk: &Desk<'_>, term: &Term) -> Option<Node> {
    let (words, meant) = match (term.on, &term.test) {
        (None, Test::Has(word)) if let Some((field, rest)) = unknown(word) => {
            let near = near(desk, field).and_then(|on| term_of(on, rest));
            (no_field(desk, field), near.into_iter().collect())
        }
        // What is nowhere hides nothing where it is ruled out.
        _ if term.not => return None,
        (None, Test::Has(word)) => {
            let values = values(desk, word);
            if values.is_empty() {
                return None;
            }
            (desk.fill("hint.word", &[("word", word)]), values)
        }
        (Some(on), test) => nowhere(desk, on, test)?,
        _ => return None,
    };
    let ways = meant.into_iter().map(|meant| instead(desk, term, meant));
    let ways = element(Tag::Div, "empty__ways", ways.collect());
    Some(element(Tag::Div, "", vec![paragraph("", words), ways]))
}

/// That a line which is being typed names a field that there is not.
pub fn of_line(desk: &Desk<'_>, line: &str) -> Option<String> {
    let typed = Filter::parse(line);
    let mut words = typed.on(None).filter_map(|term| match &term.test {
        Test::Has(word) => unknown(word),
        _ => None,
    });
    words.next().map(|(field, _)| no_field(desk, field))
}

/// The conditions whose value begins like a word that is typed without its field.
pub fn values(desk: &Desk<'_>, word: &str) -> Vec<Term> {
    let word = word.to_lowercase();
    if word.chars().count() < 2 {
        return Vec::new();
    }
    let is_it = |text: &str| text.to_lowercase().starts_with(&word);
    let found = facets(desk).iter().flat_map(|facet| {
        let on = facet.dimension;
        let keys = facet.choices.iter().map(|(key, _)| key).filter(|key| key.is_some());
        let named = keys.filter(move |key| {
            key.as_deref().is_some_and(is_it) || desk.value_words(on, key).is_some_and(is_it)
        });
        named.map(move |key| Term::is(on, key.clone()))
    });
    found.take(MOST).collect()
}

/// That no value of a field passes a test, whatever else is asked for; what one looks like, where
/// not any text can be one; and the conditions that may be meant.
fn nowhere(desk: &Desk<'_>, on: Dimension, test: &Test) -> Option<(String, Vec<Term>)> {
    let value = match test {
        Test::Has(value) | Test::Is(Some(value)) => value.clone(),
        Test::In(network) => network.to_string(),
        Test::Is(None) => return None,
    };
    let has = Term { on: Some(on), not: false, test: Test::Has(value.clone()) };
    if on.is_foreign(desk.route.table())
        || is_somewhere(desk, &Term { test: test.clone(), ..has.clone() })?
    {
        return None;
    }
    let (key, meant) = match (test, on.kind()) {
        (_, Kind::Day) => ("hint.no-day", Vec::new()),
        (_, Kind::Month) => ("hint.no-month", Vec::new()),
        (Test::Is(_), _) if is_word(desk, on) => ("hint.value", words(desk, on)),
        (Test::Has(_), Kind::Address) => ("hint.no-address", Vec::new()),
        (Test::Has(_), _) => ("hint.nowhere", Vec::new()),
        (Test::In(_), _) if value.contains('/') => ("hint.no-network", Vec::new()),
        (Test::Is(_) | Test::In(_), _) => {
            let is_part = is_somewhere(desk, &has)?;
            ("hint.not-exactly", is_part.then_some(has).into_iter().collect())
        }
    };
    Some((desk.fill(key, &[("field", on.code()), ("value", &value)]), meant))
}

/// Whether a condition by itself lets something through; `None` as long as it is not known.
fn is_somewhere(desk: &Desk<'_>, term: &Term) -> Option<bool> {
    let alone = Filter::new([term.clone()]);
    match desk.ask(Question::Totals(desk.route.table(), alone))? {
        Answer::Totals(sums) => Some(sums.get(Measure::Reports) > 0),
        _ => None,
    }
}

/// The conditions that there are on a field whose values are a vocabulary.
fn words(desk: &Desk<'_>, on: Dimension) -> Vec<Term> {
    let facet = facets(desk).iter().find(|facet| facet.dimension == on);
    let keys = facet.into_iter().flat_map(|facet| &facet.choices).map(|(key, _)| key);
    keys.filter(|key| key.is_some()).map(|key| Term::is(on, key.clone())).collect()
}

/// The field and the rest of a word that looks as if it named one. Parts of an IPv6 address do
/// not, though there are names of such letters.
fn unknown(word: &str) -> Option<(&str, &str)> {
    let is_group = |group: &str| group.len() <= 4 && group.bytes().all(|it| it.is_ascii_hexdigit());
    if Network::parse(word).is_some() || word.split(':').all(is_group) {
        return None;
    }
    let (field, rest) = word.split_once(':')?;
    let is_name = |letter: char| letter.is_ascii_alphabetic() || matches!(letter, '-' | '_');
    let is_field = !field.is_empty() && field.chars().all(is_name) && !rest.starts_with("//");
    is_field.then_some((field, rest))
}

fn fields(desk: &Desk<'_>) -> Vec<&'static str> {
    complete::fields(desk.route.table()).map(Dimension::code).collect()
}

fn near(desk: &Desk<'_>, field: &str) -> Option<Dimension> {
    Dimension::of_code(nearest(field, &fields(desk))?)
}

/// The condition that the rest of a word is of another field.
fn term_of(on: Dimension, rest: &str) -> Option<Term> {
    Filter::parse(&format!("{}:{rest}", on.code())).terms().first().cloned()
}

fn no_field(desk: &Desk<'_>, field: &str) -> String {
    if matches!(field, "since" | "until") {
        return desk.fill("hint.day", &[("field", field)]);
    }
    let fields = fields(desk).join(", ");
    let near = near(desk, field).map(Dimension::code);
    match near {
        Some(near) => {
            desk.fill("hint.near", &[("field", field), ("near", near), ("fields", &fields)])
        }
        None => desk.fill("hint.field", &[("field", field), ("fields", &fields)]),
    }
}

/// Another condition in the place of one.
fn instead(desk: &Desk<'_>, term: &Term, meant: Term) -> Node {
    let mut filter = desk.filter.clone();
    filter.remove(term);
    let meant = Term { not: term.not, ..meant };
    let words = vec![element(Tag::Bdi, "", vec![text(meant.to_string())])];
    filter.add(meant);
    link(&desk.route.filtered(&filter), "button button--small", words)
}

/// Whether its values are a vocabulary. (Policies as a whole are none that anybody types.)
fn is_word(desk: &Desk<'_>, on: Dimension) -> bool {
    on.kind() == Kind::Word && on != Dimension::Tags && !on.is_foreign(desk.route.table())
}

/// The words that the data has, whatever is asked for.
fn facets<'a>(desk: &Desk<'a>) -> &'a [Facet] {
    let answer = desk.ask(Question::Facets(Facets {
        table: desk.route.table(),
        filter: Filter::default(),
        of: Dimension::ALL.into_iter().filter(|on| is_word(desk, *on)).collect(),
        containing: String::new(),
        limit: MOST as u32,
    }));
    match answer {
        Some(Answer::Facets(facets)) => facets,
        _ => &[],
    }
}
