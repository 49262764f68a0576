//! From a sheet to what the page puts on the screen.

mod blocks;
mod field;
mod texts;

use super::markup::{Act, Attribute, Drawn, Node, Tag};
use super::pen::Pen;
use super::{Address, Section, Sheet, Tool};

/// The screen of a tool.
pub fn drawn(pen: Pen<'_>, sheet: &Sheet) -> Drawn {
    let mut desk = Desk { pen, acts: Vec::new() };
    let content = desk.screen(sheet);
    let address = Address { tool: pen.ask.tool, values: pen.ask.values.clone() };
    Drawn {
        tool: address.tool,
        address: address.to_string(),
        values: address.values,
        content,
        acts: desk.acts,
    }
}

/// Draws, and keeps what the elements do.
struct Desk<'a> {
    pen: Pen<'a>,
    acts: Vec<Act>,
}

impl Desk<'_> {
    fn screen(&mut self, sheet: &Sheet) -> Vec<Node> {
        let head =
            vec![h1(&sheet.title), element(Tag::P, "toolbox__lead", vec![text(&sheet.lead)])];
        let verdict = sheet.verdict.iter().map(|it| self.remark(it)).collect();
        let mut result =
            vec![element(Tag::Div, "toolbox__verdict", verdict).with(Attribute::Role, "status")];
        for section in &sheet.sections {
            result.push(self.section(section));
        }
        let form = self.blocks(&sheet.form);
        let columns = vec![
            element(Tag::Div, "toolbox__form", form),
            element(Tag::Div, "toolbox__result", result),
        ];
        vec![
            self.tabs(),
            element(Tag::Div, "toolbox__head", head),
            element(Tag::Div, "toolbox__columns", columns),
        ]
    }

    /// A link to each tool.
    fn tabs(&self) -> Node {
        let here = self.pen.ask.tool;
        let tab = |tool: Tool| {
            let label = self.pen.text(&format!("tool.tab.{}", tool.path()));
            let tab = element(Tag::A, "tabs__tab", vec![text(&label)]);
            let tab = tab.with(Attribute::Link, path_of(&tool.path()));
            if tool == here { tab.with(Attribute::Current, "page") } else { tab }
        };
        element(Tag::Nav, "tabs toolbox__tabs", Tool::ALL.map(tab).into())
            .with(Attribute::Label, self.pen.text("tool.tabs"))
    }

    fn section(&mut self, section: &Section) -> Node {
        let mut content = vec![element(Tag::H2, "card__title", vec![text(&section.title)])];
        content.extend(self.blocks(&section.blocks));
        element(Tag::Section, "card toolbox__section", content)
    }

    /// The number of an act, for the element that does it.
    fn act(&mut self, act: Act) -> String {
        self.acts.push(act);
        (self.acts.len() - 1).to_string()
    }
}

/// The path of a tool among the page's screens.
fn path_of(address: &impl std::fmt::Display) -> String {
    format!("toolbox/{address}")
}

/// The heading, at which reading goes on when another tool is shown.
fn h1(title: &str) -> Node {
    element(Tag::H1, "", vec![text(title)]).with(Attribute::TabIndex, "-1")
}

fn element(tag: Tag, class: &str, content: Vec<Node>) -> Node {
    let node = Node::Element { tag, attributes: Vec::new(), content };
    if class.is_empty() { node } else { node.with(Attribute::Class, class) }
}

fn text(text: &str) -> Node {
    Node::Text(text.to_owned())
}

impl Node {
    /// With this attribute; only elements have any.
    fn with(mut self, attribute: Attribute, value: impl Into<String>) -> Self {
        if let Self::Element { attributes, .. } = &mut self {
            attributes.push((attribute, value.into()));
        }
        self
    }
}
