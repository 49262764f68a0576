//! What is looked for in a source, and which of the places one is at: both are fields. The second
//! says what it is about, so that of another text it says nothing.

use super::Source;
use super::find::MOST;
use crate::screens::facts::span;
use crate::screens::markup::{Act, Attribute, Node, Tag, element};
use crate::screens::parts::{icon, search_field};
use crate::screens::{Desk, Values};

/// What is looked for.
const FIND: &str = "source-find";
/// A number that goes round the places, and what was looked for.
const AT: &str = "source-at";

const PREVIOUS: &str = "M3.5 10 8 5.5 12.5 10";
const NEXT: &str = "M3.5 6 8 10.5 12.5 6";

/// A text that is looked for in a source.
pub struct Search<'a> {
    desk: &'a Desk<'a>,
    pub wanted: &'a str,
    /// Where it begins, in order.
    pub found: std::rc::Rc<[u32]>,
    /// Counts on with every step: it is told when one goes to where one is already.
    pub turn: u64,
}

impl<'a> Search<'a> {
    /// Where a link was followed, nothing is looked for yet. Enter goes to the next place.
    pub fn of(desk: &'a Desk<'a>, source: &Source) -> Self {
        let wanted = if desk.ask.is_new { "" } else { desk.ask.values.get(FIND) };
        let turn = desk.ask.values.get(AT).split_once(' ').filter(|(_, of)| *of == wanted);
        let turn: u64 = turn.and_then(|(number, _)| number.parse().ok()).unwrap_or_default();
        let turn = turn.wrapping_add(desk.ask.is_entered.into());
        Self { desk, wanted, found: source.find(wanted), turn }
    }

    /// The number of the place one is at.
    fn at(&self) -> usize {
        (self.turn % (self.found.len() as u64).max(1)) as usize
    }

    /// The place one is at.
    pub fn current(&self) -> Option<u32> {
        self.found.get(self.at()).copied()
    }

    /// What is in the fields now.
    pub fn values(&self) -> Values {
        let mut values = self.desk.ask.values.clone();
        values.set(FIND, self.wanted);
        values.set(AT, &self.step(0));
        values
    }

    fn step(&self, by: u64) -> String {
        if self.wanted.is_empty() {
            return String::new();
        }
        format!("{} {}", self.turn.wrapping_add(by), self.wanted)
    }

    /// The field, how much was found, and the way from one place to the next.
    pub fn draw(&self) -> Node {
        let (desk, words, count) = (self.desk, self.desk.words(), self.found.len());
        let label = words.text("source.find");
        let field = search_field("input", FIND, label, label);
        let number = |number: usize| {
            let more = if number == MOST { "+" } else { "" };
            words.language.integer(number as u64) + more
        };
        let said = match count {
            _ if self.wanted.is_empty() => String::new(),
            0 => words.text("source.none").to_owned(),
            _ => {
                let values = [("at", number(self.at() + 1)), ("count", number(count))];
                words.fill_all("source.place", &values)
            }
        };
        let step = |label: &str, sign: &str, by: u64| {
            let label = words.text(label);
            let button = element(Tag::Button, "button button--icon", vec![icon(sign)])
                .with(Attribute::Type, "button")
                .with(Attribute::Title, label)
                .with(Attribute::Label, label)
                .with(Attribute::Act, desk.act(Act::Put(vec![(AT.to_owned(), self.step(by))])));
            if count == 0 { button.with(Attribute::Disabled, "") } else { button }
        };
        let content = vec![
            field,
            step("source.previous", PREVIOUS, (count as u64).saturating_sub(1)),
            step("source.next", NEXT, 1),
            span("source__count", said).with(Attribute::Role, "status"),
        ];
        element(Tag::Form, "source__search", content).with(Attribute::Role, "search")
    }
}
