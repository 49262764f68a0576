//! A range of steps, such as the bars of a drawing: chosen by dragging over them by mouse or finger, or with Shift
//! and the arrow keys. What is chosen is the value of a field, `3-7`: from where, and to where.

use super::Desk;
use super::markup::{Attribute, Drawn, Node};
use crate::view::Route;

/// What is chosen in one drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// Where it was begun.
    pub from: u64,
    /// Where one is now.
    pub to: u64,
}

impl Range {
    /// The value of the field; nothing where a link was followed.
    pub fn of(desk: &Desk<'_>, field: &str) -> Option<Self> {
        if desk.ask.is_new {
            return None;
        }
        let (from, to) = desk.ask.values.get(field).split_once('-')?;
        Some(Self { from: from.parse().ok()?, to: to.parse().ok()? })
    }

    /// Whether it is more than the step one is at.
    pub fn is_wide(self) -> bool {
        self.from != self.to
    }

    pub fn has(self, step: u64) -> bool {
        (self.from.min(self.to)..=self.from.max(self.to)).contains(&step)
    }
}

/// A group of steps as one of a range. One of all is in the order of the Tab key.
pub fn step(node: Node, number: u64, is_tab_stop: bool) -> Node {
    let node = node.with(Attribute::Step, number.to_string());
    node.with(Attribute::TabIndex, if is_tab_stop { "0" } else { "-1" })
}

/// The screen, gone from where the range that was chosen leads elsewhere.
pub fn drawn(desk: &Desk<'_>, field: &str, content: Vec<Node>, to: Option<Route>) -> Drawn {
    let mut drawn = desk.drawn(content);
    if desk.ask.is_new {
        drawn.values.set(field, "");
    }
    drawn.go = to.filter(|_| desk.ask.is_entered).map(|to| to.to_string());
    drawn
}
