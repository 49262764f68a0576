//! Answers, and what is kept between them: scrolling asks for many windows of
//! one order.

use super::index::{Data, Index};
use super::pivot::Pivot;
use super::task::{self, Next, Task};
use super::{
    Answer, FailureColumn, FileColumn, Filter, Page, Question, RecordColumn, ReportColumn, Sort,
    Window, failures, files, findings, records, reports,
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
    records: Kept<(Filter, Sort<RecordColumn>)>,
    reports: Kept<(Filter, Sort<ReportColumn>)>,
    failures: Kept<(Filter, Sort<FailureColumn>)>,
    files: Kept<Sort<FileColumn>>,
    pivot: Option<Pivot>,
}

impl Orders {
    /// The answer to a question, always of the same store.
    pub fn answer(&mut self, store: &Store, question: &Question) -> Answer {
        let mut task = Task::new(question.clone());
        loop {
            if let Some(answer) = self.step(store, &mut task, u32::MAX) {
                return answer;
            }
        }
    }

    /// Goes on with a task for about so many rows; its answer, if that was all.
    /// A task whose store has changed meanwhile begins anew.
    pub fn step(&mut self, store: &Store, task: &mut Task, rows: u32) -> Option<Answer> {
        self.keep_up(store);
        let index = self.index.take().unwrap_or_else(|| Index::of(store));
        let data = Data { store, index: &index, table: task.question.table() };
        let is_current = task.generation == self.generation;
        let next = match task.walk.take().filter(|_| is_current) {
            None => task::begin(&task.question, data, &mut self.pivot),
            Some(mut walk) => match walk.pass.step(data, rows) {
                false => Some(Next::Walk(walk)),
                true => task::go_on(&task.question, *walk, data, &mut self.pivot),
            },
        };
        task.generation = self.generation;
        let answer = match next {
            None => Some(self.at_once(store, &index, &task.question)),
            Some(Next::Answer(answer)) => Some(answer),
            Some(Next::Walk(walk)) => {
                task.walk = Some(walk);
                None
            }
        };
        self.index = Some(index);
        answer
    }

    /// Leaves a task, but keeps what the next one may need of it.
    pub fn leave(&mut self, task: Task) {
        if task.generation == self.generation
            && let Some(pivot) = task.into_pivot()
        {
            self.pivot = Some(pivot);
        }
    }

    /// Forgets all that was of another store.
    fn keep_up(&mut self, store: &Store) {
        if self.generation != store.generation() {
            *self = Self { generation: store.generation(), ..Self::default() };
        }
    }

    /// Answers that are windows of what stands in the store.
    fn at_once(&mut self, store: &Store, index: &Index, question: &Question) -> Answer {
        let data = Data { store, index, table: question.table() };
        match question {
            Question::Records { filter, sort, window } => {
                let make = || records::order(data, filter, *sort);
                let rows = self.records.get((filter.clone(), *sort), make);
                Answer::Records(page(rows, *window, |row| records::line(store, *row)))
            }
            Question::Reports { filter, sort, window } => {
                let make = || reports::order(data, filter, *sort);
                let rows = self.reports.get((filter.clone(), *sort), make);
                Answer::Reports(page(rows, *window, |report| reports::line(store, index, *report)))
            }
            Question::PlaceOfReport { filter, sort, digest } => {
                let make = || reports::order(data, filter, *sort);
                let rows = self.reports.get((filter.clone(), *sort), make);
                let reports = &store.tables().reports;
                let digest_of = |id: &u32| reports.get(*id as usize).map(|row| row.digest);
                let place = rows.iter().position(|id| digest_of(id) == Some(*digest));
                Answer::PlaceOfReport(place.map(|place| place as u32))
            }
            Question::Failures { filter, sort, window } => {
                let make = || failures::order(data, filter, *sort);
                let rows = self.failures.get((filter.clone(), *sort), make);
                Answer::Failures(page(rows, *window, |row| failures::line(store, *row)))
            }
            Question::Files { sort, window } => {
                let rows = self.files.get(*sort, || files::order(store, index, *sort));
                Answer::Files(page(rows, *window, |file| files::line(store, index, *file)))
            }
            Question::Parts { file, window } => {
                let parts = index.parts_of(store.tables(), *file);
                Answer::Parts(page(parts, *window, |part| files::part(store, *part)))
            }
            Question::Losses => Answer::Losses(findings::losses(store)),
            _ => Answer::FindingKinds(findings::by_kind(store, index)),
        }
    }
}

/// The order that was asked for last.
struct Kept<Layout>(Option<(Layout, Vec<u32>)>);

impl<Layout> Default for Kept<Layout> {
    fn default() -> Self {
        Self(None)
    }
}

impl<Layout: PartialEq> Kept<Layout> {
    fn get(&mut self, layout: Layout, make: impl FnOnce() -> Vec<u32>) -> &[u32] {
        if self.0.as_ref().is_none_or(|(kept, _)| *kept != layout) {
            // The old order goes first: two of ten million rows need not be there at once.
            self.0 = None;
        }
        &self.0.get_or_insert_with(|| (layout, make())).1
    }
}

fn page<Id, Line>(ids: &[Id], window: Window, line: impl Fn(&Id) -> Option<Line>) -> Page<Line> {
    let lines = ids.iter().skip(window.offset as usize).take(window.limit as usize);
    Page { total: ids.len() as u32, offset: window.offset, lines: lines.filter_map(line).collect() }
}
