//! The screens' side: a worker that draws what it is asked for.

use std::cell::RefCell;

use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use super::envelope::{self, Beside};
use crate::query::Question;
use crate::screens::{Ask, Program, Reply};
use crate::wire::{BUILD_ID, FromScreens, ToScreens, decode, encode};

/// The program, and what waits for answers.
#[derive(Default)]
struct Screens {
    program: Program,
    waiting: Vec<Waiting>,
}

struct Waiting {
    id: u32,
    ask: Ask,
    /// What was asked for it, and of which store.
    questions: Vec<Question>,
    revision: u64,
}

impl Screens {
    fn take(&mut self, message: ToScreens) {
        match message {
            ToScreens::Suffixes { list } => self.program.learn_suffixes(list),
            ToScreens::Draw { id, ask } => self.draw(id, ask),
            ToScreens::Answers { id, answers } => {
                let at = self.waiting.iter().position(|waiting| waiting.id == id);
                let Some(of) = at.map(|at| self.waiting.swap_remove(at)) else { return };
                let answers = answers.and_then(|answers| decode(&answers)).unwrap_or_default();
                self.program.learn(of.revision, of.questions, answers);
                self.draw(id, of.ask);
            }
            ToScreens::Forget { id } => self.waiting.retain(|waiting| waiting.id != id),
        }
    }

    fn draw(&mut self, id: u32, ask: Ask) {
        match self.program.draw(&ask) {
            Reply::Drawn(drawn) => say(&FromScreens::Drawn { id, drawn }),
            Reply::Questions(questions) => {
                say(&FromScreens::Questions { id, questions: encode(&questions) });
                let revision = self.program.revision();
                self.waiting.push(Waiting { id, ask, questions, revision });
            }
        }
    }
}

/// Starts listening. Called once, by the program's `main`.
pub fn run() {
    std::panic::set_hook(Box::new(|panic| {
        say(&FromScreens::Panicked { message: panic.to_string() });
    }));
    let screens = RefCell::new(Screens::default());
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        if let Some((message, _)) = envelope::open(&event.data()) {
            screens.borrow_mut().take(message);
        }
    });
    scope().set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    // The listener lives as long as the worker.
    on_message.forget();
    say(&FromScreens::Ready { build: BUILD_ID.to_owned() });
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

fn say(message: &FromScreens) {
    envelope::send(&scope(), message, Beside::default());
}
