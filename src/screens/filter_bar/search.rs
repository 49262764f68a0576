//! The search box. What is typed becomes conditions on Enter, or when one of the completions
//! under it is taken.

use crate::query::{Answer, Facet, Filter, Key, Question};
use crate::screens::isolated::disarmed;
use crate::screens::markup::{Act, Attribute, Node, Tag, element, text};
use crate::screens::parts::{icon, link, masked_value, paragraph, search_field};
use crate::screens::{Desk, hints};
use crate::view::complete;

/// The name of the field.
pub const FIELD: &str = "search";

/// The list of its completions.
const LIST: &str = "completions";

const GLASS: &str = "M2.5 6.8A4.3 4.3 0 0 1 11.1 6.8 4.3 4.3 0 0 1 2.5 6.8M10 10 13.8 13.8";

/// The filter with what was typed.
pub fn take(desk: &Desk<'_>, typed: &str, filter: &Filter) -> Filter {
    complete::with(filter, typed, facets(desk, typed))
}

/// What the data has that could complete the line.
fn facets<'a>(desk: &Desk<'a>, typed: &str) -> &'a [Facet] {
    let question = complete::question(typed, &desk.filter, desk.route.table());
    if question.of.is_empty() {
        return &[];
    }
    match desk.ask(Question::Facets(question)) {
        Some(Answer::Facets(facets)) => facets,
        _ => &[],
    }
}

/// The box with its completions: a combobox whose list arrow keys go through.
pub fn draw(desk: &Desk<'_>, typed: &str) -> Node {
    // Nobody is named who was not asked for.
    let may_name = typed.contains('@');
    let is_shown = |on, key: &Key| may_name || masked_value(desk, on, key).is_none();
    let mut lines = complete::lines(typed, facets(desk, typed), desk.route.table(), &is_shown);
    lines.extend(complete::meant(typed, |word| hints::values(desk, word)));
    let (label, example) = (desk.text("filter.search"), desk.text("filter.example"));
    let input = search_field("field", FIELD, label, example)
        .with(Attribute::Role, "combobox")
        .with(Attribute::Completes, "list")
        .with(Attribute::Expanded, (!lines.is_empty()).to_string())
        .with(Attribute::Controls, LIST);
    // Empty or not: where the number of elements changes, the page would make the box anew.
    let below = element(Tag::Div, "filter-bar__below", below(desk, typed, &lines));
    element(Tag::Form, "filter-bar__search", vec![icon(GLASS), input, below])
        .with(Attribute::Choices, FIELD)
}

/// What hangs below the box.
fn below(desk: &Desk<'_>, typed: &str, lines: &[String]) -> Vec<Node> {
    let hint = hints::of_line(desk, typed).map(|words| paragraph("filter-bar__hint", words));
    let list = || {
        let lines = lines.iter().map(|line| completion(desk, line)).collect();
        element(Tag::Div, "filter-bar__completions", lines)
            .with(Attribute::Id, LIST)
            .with(Attribute::Role, "listbox")
            .with(Attribute::Label, desk.text("filter.completions"))
    };
    hint.into_iter().chain((!lines.is_empty()).then(list)).collect()
}

/// The name of a field goes into the box, all else is asked for at once.
fn completion(desk: &Desk<'_>, line: &str) -> Node {
    let words = vec![element(Tag::Bdi, "", vec![text(disarmed(line))])];
    let taken = match line.ends_with(':') {
        true => {
            let act = Act::Put(vec![(FIELD.to_owned(), line.to_owned())]);
            element(Tag::Button, "choices__choice", words)
                .with(Attribute::Type, "button")
                .with(Attribute::Act, desk.act(act))
        }
        false => {
            let filter = take(desk, line, &desk.filter);
            link(&desk.route.filtered(&filter), "choices__choice", words)
        }
    };
    taken.with(Attribute::Role, "option").with(Attribute::TabIndex, "-1")
}
