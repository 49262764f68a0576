//! What the engine is asked and has not answered yet, worked on by pieces: what was asked last comes
//! first, so that a long question holds up none after it, and what nobody waits for any more is
//! put away.

use super::Engine;
use crate::query::{Answer, Question, Task};

/// Rows of a piece: a few milliseconds of work at most.
const ROWS: u32 = 1 << 18;

/// Who asks, and under which number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asker {
    Page(u32),
    Screens(u32),
}

/// Questions that are answered together.
struct Item {
    asker: Asker,
    /// The one in hand is the last.
    left: Vec<Task>,
    answers: Vec<Answer>,
}

/// Open questions, the newest last.
#[derive(Default)]
pub struct Agenda {
    items: Vec<Item>,
}

impl Agenda {
    pub fn ask(&mut self, asker: Asker, questions: Vec<Question>) {
        let left = questions.into_iter().rev().map(Task::new).collect();
        self.items.push(Item { asker, left, answers: Vec::new() });
    }

    /// Nobody waits for these answers any more.
    pub fn forget(&mut self, asker: Asker, engine: &mut Engine) {
        if let Some(at) = self.items.iter().position(|item| item.asker == asker) {
            self.items.remove(at).left.pop().into_iter().for_each(|task| engine.leave(task));
        }
    }

    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Works on the newest question for a piece. Gives all answers to who asked, if
    /// that was the last of them.
    pub fn work(&mut self, engine: &mut Engine) -> Option<(Asker, Vec<Answer>)> {
        let item = self.items.last_mut()?;
        if let Some(task) = item.left.last_mut()
            && let Some(answer) = engine.step(task, ROWS)
        {
            item.answers.push(answer);
            item.left.pop();
        }
        let is_done = item.left.is_empty();
        let item = self.items.pop_if(|_| is_done)?;
        Some((item.asker, item.answers))
    }
}
