//! Answers, and what is kept between them: scrolling asks for many windows of
//! one order.

use super::index::Index;
use super::{
    Answer, FileColumn, Page, Question, RecordColumn, ReportColumn, Sort, Window, files, findings,
    records, reports,
};
use crate::store::Store;

/// The answer to a question, and nothing kept.
pub fn answer(store: &Store, question: &Question) -> Answer {
    Orders::default().answer(store, question)
}

/// The last order of each screen, for one store, as long as it does not change.
#[derive(Default)]
pub struct Orders {
    generation: u64,
    index: Option<Index>,
    records: Kept<RecordColumn>,
    reports: Kept<ReportColumn>,
    files: Kept<FileColumn>,
}

impl Orders {
    /// The answer to a question, always of the same store.
    pub fn answer(&mut self, store: &Store, question: &Question) -> Answer {
        if self.generation != store.generation() {
            *self = Self { generation: store.generation(), ..Self::default() };
        }
        let index = self.index.get_or_insert_with(|| Index::of(store));
        match question {
            Question::Records { sort, window } => {
                let rows = self.records.get(*sort, |sort| records::order(store, index, sort));
                Answer::Records(page(rows, *window, |row| records::line(store, *row)))
            }
            Question::Reports { sort, window } => {
                let rows = self.reports.get(*sort, |sort| reports::order(store, index, sort));
                Answer::Reports(page(rows, *window, |report| reports::line(store, index, *report)))
            }
            Question::Files { sort, window } => {
                let rows = self.files.get(*sort, |sort| files::order(store, index, sort));
                Answer::Files(page(rows, *window, |file| files::line(store, index, *file)))
            }
            Question::Parts { file, window } => {
                let parts = index.parts_of(store.tables(), *file);
                Answer::Parts(page(parts, *window, |part| files::part(store, *part)))
            }
            Question::FindingKinds => Answer::FindingKinds(findings::by_kind(store, index)),
        }
    }
}

/// The order that was asked for last.
struct Kept<Column>(Option<(Sort<Column>, Vec<u32>)>);

impl<Column> Default for Kept<Column> {
    fn default() -> Self {
        Self(None)
    }
}

impl<Column: Copy + PartialEq> Kept<Column> {
    fn get(&mut self, by: Sort<Column>, make: impl FnOnce(Sort<Column>) -> Vec<u32>) -> &[u32] {
        if self.0.as_ref().is_none_or(|(kept, _)| *kept != by) {
            // The old order goes first: two of ten million rows need not be there at once.
            self.0 = None;
        }
        &self.0.get_or_insert_with(|| (by, make(by))).1
    }
}

fn page<Id, Line>(ids: &[Id], window: Window, line: impl Fn(&Id) -> Option<Line>) -> Page<Line> {
    let lines = ids.iter().skip(window.offset as usize).take(window.limit as usize);
    Page { total: ids.len() as u32, offset: window.offset, lines: lines.filter_map(line).collect() }
}
