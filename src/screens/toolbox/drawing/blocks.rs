//! Each kind of block.

use super::texts::inline;
use super::{Desk, path_of};
use crate::screens::facts::{fact, facts};
use crate::screens::markup::{Act, Attribute, Node, Tag, element, text};
use crate::screens::parts::{Head, Table, scrolling};
use crate::screens::toolbox::{Block, Link, Target, Text};
use crate::view::{Route, Screen};

impl Desk<'_> {
    /// One under the other.
    pub fn blocks(&self, blocks: &[Block]) -> Vec<Node> {
        blocks.iter().map(|it| self.block(it)).collect()
    }

    fn block(&self, block: &Block) -> Node {
        match block {
            Block::Text(text) => element(Tag::P, "toolbox__text", inline(text)),
            Block::Title(title) => element(Tag::H3, "toolbox__title", vec![text(title)]),
            Block::Field(field) => self.field(field),
            Block::Remark(remark) => self.remark(remark),
            Block::Listing(lines) => self.listing(lines),
            Block::Points(texts) => element(Tag::Ul, "points", items(texts)),
            Block::Steps(texts) => element(Tag::Ol, "steps", items(texts)),
            Block::Checklist(texts) => element(Tag::Ul, "checklist", ticks(texts)),
            Block::Facts(stated) => {
                let said = |value: &String| element(Tag::Span, "", inline(value));
                facts(stated.iter().map(|(name, value)| fact(name, said(value))).collect())
            }
            Block::Copy(text) => self.copy(text),
            Block::Table { head, rows } => self.table(head, rows),
            Block::Fold { title, blocks } => {
                let summary = element(Tag::Summary, "fold__summary", vec![text(title)]);
                let body = element(Tag::Div, "fold__body", self.blocks(blocks));
                element(Tag::Details, "fold toolbox__fold", vec![summary, body])
            }
            Block::Group { title, blocks } => {
                let mut content = vec![element(Tag::H3, "toolbox__title", vec![text(title)])];
                content.extend(self.blocks(blocks));
                element(Tag::Div, "toolbox__group", content)
            }
            Block::Links(links) => {
                let links = links.iter().map(|it| self.link(it)).collect();
                element(Tag::Div, "toolbox__links", links)
            }
        }
    }

    /// A text with the buttons that take it along.
    fn copy(&self, taken: &Text) -> Node {
        let mut head = vec![element(Tag::Span, "take__label", vec![text(&taken.label)])];
        if let Some(name) = &taken.file {
            let act = Act::Save { name: name.clone(), text: taken.text.clone() };
            let save = self.screen.button("button button--small", &self.pen.text("tool.save"), act);
            head.push(save);
        }
        let mut content = Vec::new();
        if !taken.text.is_empty() {
            head.push(Node::Copy { label: self.pen.text("tool.copy"), text: taken.text.clone() });
            let code = element(Tag::Code, "", vec![text(&taken.text)]);
            content.push(element(Tag::Pre, "take__text", vec![code]));
        }
        content.insert(0, element(Tag::Div, "take__head", head));
        element(Tag::Div, "take", content)
    }

    fn table(&self, head: &[String], rows: &[Vec<String>]) -> Node {
        let class = |at: usize| if is_numeric(rows, at) { "plain-table__number" } else { "" };
        let heads = head.iter().enumerate().map(|(at, words)| Head::new(words, class(at)));
        let cell = |cell: &String| element(Tag::Span, "", inline(cell));
        let name = head.join(", ");
        let table = Table {
            caption: name.clone(),
            heads: heads.collect(),
            rows: rows.iter().map(|row| row.iter().map(cell).collect()).collect(),
            ..Table::default()
        };
        scrolling("toolbox__table", &name, vec![table.draw(self.screen)])
    }

    fn link(&self, link: &Link) -> Node {
        let class = if link.first { "button button--primary" } else { "button button--small" };
        let to = match &link.to {
            Target::Set(values) => {
                return self.screen.button(class, &link.label, Act::Put(values.pairs().to_vec()));
            }
            Target::Tool(address) => path_of(address),
            Target::Route(fragment) => fragment.clone(),
            Target::Records => Route::to(Screen::Records).to_string(),
        };
        element(Tag::A, class, vec![text(&link.label)]).with(Attribute::Link, to)
    }
}

fn items(texts: &[String]) -> Vec<Node> {
    texts.iter().map(|text| element(Tag::Li, "", inline(text))).collect()
}

fn ticks(texts: &[String]) -> Vec<Node> {
    let tick = |text: &String| {
        let tick = element(Tag::Input, "", Vec::new()).with(Attribute::Type, "checkbox");
        let label = vec![tick, element(Tag::Span, "", inline(text))];
        element(Tag::Li, "", vec![element(Tag::Label, "tick", label)])
    };
    texts.iter().map(tick).collect()
}

/// Whether a column holds numbers and nothing else but what stands for none.
fn is_numeric(rows: &[Vec<String>], column: usize) -> bool {
    let is_part = |c: char| c.is_ascii_digit() || c.is_whitespace() || ",.%–".contains(c);
    let is_number = |cell: &String| !cell.is_empty() && cell.chars().all(is_part);
    !rows.is_empty() && rows.iter().all(|row| row.get(column).is_some_and(is_number))
}
