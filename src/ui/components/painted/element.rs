//! Puts on the screen what the program has drawn. That links lead nowhere but within the page
//! is seen to here.

use yew::prelude::*;
use yew::virtual_dom::{AttributeOrProperty, Attributes, VTag};

use crate::screens::Values;
use crate::screens::markup::{Attribute, Node, Tag};
use crate::ui::components::{CopyButton, mark, mark_sign};

/// One after the other, in which there is no table; fields have the texts that were typed.
pub fn nodes(nodes: &[Node], typed: &Values) -> Html {
    nodes_around(nodes, typed, &Html::default())
}

/// One after the other, and the table where it stands.
pub fn nodes_around(nodes: &[Node], typed: &Values, table: &Html) -> Html {
    nodes.iter().map(|it| node(it, typed, table)).collect()
}

fn node(node: &Node, typed: &Values, table: &Html) -> Html {
    match node {
        Node::Text(text) => text.clone().into(),
        Node::Data(text) => {
            html! { <bdi class="data" title={text.clone()}>{text}</bdi> }
        }
        Node::Element { tag, attributes, content } => {
            let mut element = element(*tag, attributes, typed);
            if !content.is_empty() {
                element.add_child(nodes_around(content, typed, table));
            }
            element.into()
        }
        Node::Table => table.clone(),
        Node::Mark(tone) => mark_sign(*tone),
        Node::Judged { tone, word } => mark(*tone, word.clone()),
        Node::Copy { label, text } => {
            html! { <CopyButton text={text.clone()} label={label.clone()} /> }
        }
    }
}

fn element(tag: Tag, attributes: &[(Attribute, String)], typed: &Values) -> VTag {
    let mut element = VTag::new(tag.name());
    let mut values = vec![None; Attribute::NAMES.len()];
    for (attribute, value) in attributes {
        let value = match attribute {
            Attribute::Checked => {
                element.set_checked(!value.is_empty());
                continue;
            }
            Attribute::Key => {
                element.key = Some(value.as_str().into());
                continue;
            }
            Attribute::Link if !value.starts_with("#/") => continue,
            Attribute::Field => {
                element.set_value(Some(AttrValue::from(typed.get(value).to_owned())));
                value.clone()
            }
            _ => value.clone(),
        };
        if let Some(place) = values.get_mut(*attribute as usize) {
            *place = Some(AttributeOrProperty::Attribute(value.into()));
        }
    }
    element.set_attributes(Attributes::Dynamic {
        keys: Attribute::NAMES,
        values: values.into_boxed_slice(),
    });
    element
}
