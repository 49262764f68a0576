//! What the engine has answered about the store as it is now.

use std::cell::RefCell;
use std::collections::VecDeque;

use crate::query::{Answer, Question};

/// Answers that are kept: more than one screen and its filter bar need.
const MOST: usize = 128;

/// See the module's text.
#[derive(Debug, Default)]
pub struct Answers {
    revision: u64,
    /// The oldest first. Without an answer where the engine had none.
    known: VecDeque<(Question, Option<Answer>)>,
    /// Asked of this and not known, since the last look.
    missing: RefCell<Vec<Question>>,
}

impl Answers {
    /// Forgets what was true of another store. (An older one is of no use to anybody.)
    pub fn turn_to(&mut self, revision: u64) {
        if revision > self.revision {
            self.revision = revision;
            self.known.clear();
        }
    }

    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// The answer, if it is known; if it could be, it is missing.
    pub fn get(&self, question: Question) -> Option<&Answer> {
        match self.known.iter().find(|(known, _)| *known == question) {
            Some((_, answer)) => answer.as_ref(),
            None => {
                let mut missing = self.missing.borrow_mut();
                if !missing.contains(&question) {
                    missing.push(question);
                }
                None
            }
        }
    }

    /// What was found missing since the last call.
    pub fn missing(&mut self) -> Vec<Question> {
        std::mem::take(self.missing.get_mut())
    }

    pub fn learn(&mut self, revision: u64, questions: Vec<Question>, answers: Vec<Answer>) {
        if revision < self.revision {
            return;
        }
        self.turn_to(revision);
        let mut answers = answers.into_iter();
        for question in questions {
            self.known.push_back((question, answers.next()));
        }
        while self.known.len() > MOST {
            self.known.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{Filter, Sums, Table};

    fn question(line: &str) -> Question {
        Question::Totals(Table::Aggregate, Filter::parse(line))
    }

    fn answer() -> Answer {
        Answer::Totals(Sums { values: Vec::new(), end: None })
    }

    #[test]
    fn what_is_not_known_is_missing_once() {
        let mut answers = Answers::default();
        assert_eq!(answers.get(question("a")), None);
        assert_eq!(answers.get(question("a")), None);
        assert_eq!(answers.missing(), [question("a")]);
        answers.learn(0, vec![question("a"), question("b")], vec![answer()]);
        assert!(answers.get(question("a")).is_some());
        assert_eq!(answers.get(question("b")), None, "the engine had no answer");
        assert!(answers.missing().is_empty());
    }

    #[test]
    fn answers_hold_for_one_store() {
        let mut answers = Answers::default();
        answers.turn_to(2);
        answers.learn(1, vec![question("a")], vec![answer()]);
        assert_eq!(answers.get(question("a")), None, "late");
        answers.learn(2, vec![question("a")], vec![answer()]);
        assert!(answers.get(question("a")).is_some());
        answers.turn_to(3);
        assert_eq!(answers.get(question("a")), None);
    }

    #[test]
    fn the_oldest_go() {
        let mut answers = Answers::default();
        for number in 0..=MOST {
            answers.learn(0, vec![question(&number.to_string())], vec![answer()]);
        }
        assert_eq!(answers.get(question("0")), None);
        assert!(answers.get(question("1")).is_some());
    }
}
