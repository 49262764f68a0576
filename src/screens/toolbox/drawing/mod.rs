//! From a sheet to what the page puts on the screen.

mod blocks;
mod field;
mod texts;

use super::pen::Pen;
use super::{Address, Section, Sheet, Tool};
use crate::screens::Desk as Screen;
use crate::screens::markup::{Act, Attribute, Drawn, Node, Tag, element, text};
use crate::view::Route;

/// The screen of a tool.
pub fn drawn(screen: &Screen<'_>, pen: Pen<'_>, sheet: &Sheet) -> Drawn {
    let desk = Desk { pen, screen };
    let content = desk.screen(sheet);
    let address = Address { tool: pen.ask.tool, values: pen.ask.values.clone() };
    Drawn {
        place: path_of(&address.tool.path()),
        address: Some(Route::tool(&address).to_string()),
        values: address.values,
        content,
        acts: screen.acts(),
        ..Drawn::default()
    }
}

/// Draws.
pub struct Desk<'a> {
    pub pen: Pen<'a>,
    pub screen: &'a Screen<'a>,
}

impl Desk<'_> {
    fn screen(&self, sheet: &Sheet) -> Vec<Node> {
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

    pub fn section(&self, section: &Section) -> Node {
        let mut content = vec![element(Tag::H2, "card__title", vec![text(&section.title)])];
        content.extend(self.blocks(&section.blocks));
        element(Tag::Section, "card toolbox__section", content)
    }

    /// The number of an act, for the element that does it.
    fn act(&self, act: Act) -> String {
        self.screen.act(act)
    }
}

/// The way to a tool.
fn path_of(address: &impl ToString) -> String {
    Route::tool(address).to_string()
}

/// The heading, at which reading goes on when another tool is shown.
fn h1(title: &str) -> Node {
    element(Tag::H1, "", vec![text(title)]).with(Attribute::TabIndex, "-1")
}
