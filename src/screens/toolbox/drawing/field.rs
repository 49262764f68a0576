//! The fields of a form.

use super::Desk;
use super::texts::inline;
use crate::screens::markup::{Act, Attribute, Node, Tag, element, text};
use crate::screens::toolbox::{Choice, Field, FieldKind};

impl Desk<'_> {
    /// A field with its label, help and fault.
    pub fn field(&self, field: &Field) -> Node {
        let notes = notes(field);
        let content = match &field.kind {
            FieldKind::Choice(choices) => return self.choice(field, choices, notes),
            FieldKind::Tick => vec![self.tick(field), notes],
            FieldKind::Line => {
                vec![label(field), typed(field, Tag::Input, "input"), notes]
            }
            FieldKind::Area { rows, choose } => {
                let area = typed(field, Tag::Textarea, "input tool-field__area");
                let area = area.with(Attribute::Rows, rows.to_string());
                match choose.is_empty() {
                    true => vec![label(field), area, notes],
                    false => {
                        let area = area.with(Attribute::Drop, field.name.as_str());
                        vec![label(field), area, chooser(field, choose), notes]
                    }
                }
            }
        };
        element(Tag::Div, "tool-field", content)
    }

    fn choice(&self, field: &Field, choices: &[Choice], notes: Node) -> Node {
        let typed = self.pen.value(&field.name);
        let chosen = choices.iter().find(|choice| choice.value == typed);
        let chosen = chosen.map_or(&field.default, |choice| &choice.value);
        let radio = |choice: &Choice| {
            let is_chosen = choice.value == *chosen;
            let act = self.act(Act::Put(vec![(field.name.clone(), choice.value.clone())]));
            let radio = element(Tag::Input, "choice__radio", Vec::new())
                .with(Attribute::Type, "radio")
                .with(Attribute::Name, id(field))
                .with(Attribute::Value, choice.value.as_str())
                .with(Attribute::Checked, if is_chosen { "true" } else { "" })
                .with(Attribute::Act, act);
            let word = element(Tag::Span, "choice__label", vec![text(&choice.label)]);
            element(Tag::Label, "choice__option", vec![radio, word])
        };
        let options = choices.iter().map(radio).collect();
        let content = vec![
            element(Tag::Legend, "tool-field__label", vec![text(&field.label)]),
            element(Tag::Div, "choice__options", options),
            notes,
        ];
        element(Tag::Fieldset, "tool-field choice", content)
            .with(Attribute::DescribedBy, notes_id(field))
    }

    fn tick(&self, field: &Field) -> Node {
        let is_on = !self.pen.value(&field.name).is_empty();
        let next = if is_on { "" } else { "y" }.to_owned();
        let act = self.act(Act::Put(vec![(field.name.clone(), next)]));
        let tick = element(Tag::Input, "", Vec::new())
            .with(Attribute::Type, "checkbox")
            .with(Attribute::Checked, if is_on { "true" } else { "" })
            .with(Attribute::DescribedBy, notes_id(field))
            .with(Attribute::Act, act);
        element(Tag::Label, "tick", vec![tick, element(Tag::Span, "", vec![text(&field.label)])])
    }
}

fn id(field: &Field) -> String {
    format!("tool-{}", field.name)
}

fn notes_id(field: &Field) -> String {
    format!("notes-{}", field.name)
}

fn label(field: &Field) -> Node {
    element(Tag::Label, "tool-field__label", vec![text(&field.label)])
        .with(Attribute::For, id(field))
}

/// What is wrong with it, and what it is for.
fn notes(field: &Field) -> Node {
    let notes = [("tool-field__fault", &field.fault), ("tool-field__help", &field.help)];
    let notes = notes.into_iter().filter(|(_, text)| !text.is_empty());
    let notes = notes.map(|(class, text)| element(Tag::P, class, inline(text)));
    element(Tag::Div, "", notes.collect()).with(Attribute::Id, notes_id(field))
}

/// A field to type into; the page knows its text.
fn typed(field: &Field, tag: Tag, class: &str) -> Node {
    let input = element(tag, class, Vec::new())
        .with(Attribute::Id, id(field))
        .with(Attribute::Field, field.name.as_str())
        .with(Attribute::Autocomplete, "off")
        .with(Attribute::Spellcheck, "false")
        .with(Attribute::Placeholder, field.default.as_str())
        .with(Attribute::DescribedBy, notes_id(field));
    if field.fault.is_empty() { input } else { input.with(Attribute::Invalid, "true") }
}

/// A button that chooses a file for the field.
fn chooser(field: &Field, label: &str) -> Node {
    let input = element(Tag::Input, "visually-hidden", Vec::new())
        .with(Attribute::Type, "file")
        .with(Attribute::File, field.name.as_str());
    element(Tag::Label, "button button--small tool-field__choose", vec![input, text(label)])
}
