//! What a screen is drawn from: the ask, its route and language, the engine's answers; and
//! what the elements do, by number.

use std::cell::RefCell;
use std::rc::Rc;

use super::Ask;
use super::answers::Answers;
use super::markup::{Act, Attribute, Drawn, Node, Tag, element, text};
use super::source::{Source, Sources};
use crate::base::Locus;
use crate::knowledge::Suffixes;
use crate::query::{
    Answer, Dimension, Filter, GroupBy, Groups, Measure, Question, Rank, Sort, Table, Window,
};
use crate::view::{Language, Route};

/// The field that asks for something to be saved that must be worked out before: the address
/// that it is of.
pub const SAVED: &str = "saved";

/// See the module's text.
pub struct Desk<'a> {
    pub ask: &'a Ask,
    pub route: Route,
    /// Which records count, by the route.
    pub filter: Filter,
    pub language: Language,
    answers: &'a Answers,
    sources: &'a Sources,
    pub(super) suffixes: Option<&'a Rc<Suffixes>>,
    acts: RefCell<Vec<Act>>,
    save: RefCell<Option<(String, String)>>,
}

impl<'a> Desk<'a> {
    pub(super) fn new(
        ask: &'a Ask,
        answers: &'a Answers,
        sources: &'a Sources,
        suffixes: Option<&'a Rc<Suffixes>>,
    ) -> Self {
        let route = Route::parse(&ask.route);
        Self {
            ask,
            filter: route.filter(),
            route,
            language: Language::of_tags([&ask.language]).unwrap_or_default(),
            answers,
            sources,
            suffixes,
            acts: RefCell::default(),
            save: RefCell::default(),
        }
    }

    /// What the engine says, if it is known; else it is asked before this is seen.
    pub fn ask(&self, question: Question) -> Option<&'a Answer> {
        self.answers.get(question)
    }

    /// The same for a pivot table.
    pub fn groups(&self, question: GroupBy) -> Option<&'a Groups> {
        match self.ask(Question::Group(question))? {
            Answer::Group(groups) => Some(groups),
            _ => None,
        }
    }

    /// The raw source of a report, if it is read: `Some(None)` where it could not be. Else it
    /// is read before this is seen.
    pub fn source(&self, locus: &Locus) -> Option<Option<&'a Source>> {
        self.sources.get(locus)
    }

    /// The number of an act, for the element that does it.
    pub fn act(&self, act: Act) -> String {
        let mut acts = self.acts.borrow_mut();
        acts.push(act);
        (acts.len() - 1).to_string()
    }

    /// Has a text saved under a name as soon as this is drawn.
    pub fn save(&self, name: String, text: String) {
        self.save.replace(Some((name, text)));
    }

    /// What was to be saved, which [`SAVED`] has asked for: once.
    pub(super) fn saved(&self, drawn: Drawn) -> Drawn {
        let mut drawn = Drawn { save: self.save.take(), ..drawn };
        drawn.values.set(SAVED, "");
        drawn
    }

    /// A screen that says all in its address: what was typed is no part of it.
    pub(super) fn drawn(&self, content: Vec<Node>) -> Drawn {
        Drawn {
            place: self.route.screen.path().to_owned(),
            values: self.ask.values.clone(),
            content,
            acts: self.acts(),
            ..Drawn::default()
        }
    }

    /// A button that does it.
    pub fn button(&self, class: &str, label: &str, act: Act) -> Node {
        let button = element(Tag::Button, class, vec![text(label)]);
        button.with(Attribute::Type, "button").with(Attribute::Act, self.act(act))
    }

    /// All acts so far, by their numbers.
    pub fn acts(&self) -> Vec<Act> {
        self.acts.take()
    }
}

/// A pivot table of the values that come first by the first of the measures.
pub fn most(
    table: Table,
    filter: &Filter,
    by: (Dimension, Option<Dimension>),
    measures: &[Measure],
    limit: u32,
) -> GroupBy {
    GroupBy {
        table,
        filter: filter.clone(),
        by,
        measures: measures.to_vec(),
        sort: Sort { by: measures.first().copied().map(Rank::Amount), descending: true },
        window: Window { offset: 0, limit },
    }
}
