//! What a table shows: the lines of an answer, as cells.

use std::marker::PhantomData;
use std::rc::Rc;

use yew::prelude::*;

use crate::query::{Lines, Page};
use crate::ui::hooks::use_language;
use crate::view::Language;
use crate::view::window::line;

/// A kind of line that has a table.
pub trait Line: Clone + 'static {
    /// The lines of an answer to a question about this kind.
    fn page(answer: &Lines) -> Option<&Page<Self>>;

    /// The contents of its cells, in the order of the table's columns.
    fn cells(&self, language: Language) -> Vec<Html>;
}

/// The rows of an answer; equal if they are the same ones.
#[derive(Clone)]
pub struct Rows(Rc<dyn Shown>);

impl PartialEq for Rows {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Rows {
    /// Rows in all; `None` before the first answer.
    pub fn total(&self) -> Option<u32> {
        self.0.total()
    }

    /// The cells of a row, or `None` while its line has not come.
    pub fn cells(&self, row: u32) -> Option<Vec<Html>> {
        self.0.cells(row)
    }
}

/// So that the table need not be compiled once for each kind of line.
trait Shown {
    fn total(&self) -> Option<u32>;
    fn cells(&self, row: u32) -> Option<Vec<Html>>;
}

struct Answered<L> {
    answer: Option<Rc<Lines>>,
    language: Language,
    line: PhantomData<L>,
}

impl<L: Line> Answered<L> {
    fn page(&self) -> Option<&Page<L>> {
        L::page(self.answer.as_deref()?)
    }
}

impl<L: Line> Shown for Answered<L> {
    fn total(&self) -> Option<u32> {
        self.page().map(|page| page.total)
    }

    fn cells(&self, row: u32) -> Option<Vec<Html>> {
        Some(line(self.page()?, row)?.cells(self.language))
    }
}

/// The rows of an answer, which stay the same while it does.
#[hook]
pub fn use_rows<L: Line>(answer: Option<Rc<Lines>>) -> Rows {
    let language = use_language();
    let rows = use_memo((answer, language), |(answer, language)| {
        let (answer, language) = (answer.clone(), *language);
        Rows(Rc::new(Answered::<L> { answer, language, line: PhantomData }))
    });
    (*rows).clone()
}
