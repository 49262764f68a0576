//! What the engine is asked and has not answered yet, worked on by pieces: what was asked last comes
//! first, so that a long question holds up none after it, and what nobody waits for any more is
//! put away.

use super::Engine;
use crate::query::{Answer, Question, Task};

/// Rows of a piece: a few milliseconds of work at most.
const ROWS: u32 = 1 << 18;

/// Questions that are answered together.
struct Item {
    id: u32,
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
    /// Asks, under a number to forget it by.
    pub fn ask(&mut self, id: u32, questions: Vec<Question>) {
        let left = questions.into_iter().rev().map(Task::new).collect();
        self.items.push(Item { id, left, answers: Vec::new() });
    }

    /// Nobody waits for these answers any more.
    pub fn forget(&mut self, id: u32, engine: &mut Engine) {
        if let Some(at) = self.items.iter().position(|item| item.id == id) {
            self.items.remove(at).left.pop().into_iter().for_each(|task| engine.leave(task));
        }
    }

    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Works on the newest question for a piece. Gives all answers under their number, if
    /// that was the last of them.
    pub fn work(&mut self, engine: &mut Engine) -> Option<(u32, Vec<Answer>)> {
        let item = self.items.last_mut()?;
        if let Some(task) = item.left.last_mut()
            && let Some(answer) = engine.step(task, ROWS)
        {
            item.answers.push(answer);
            item.left.pop();
        }
        let is_done = item.left.is_empty();
        let item = self.items.pop_if(|_| is_done)?;
        Some((item.id, item.answers))
    }
}
