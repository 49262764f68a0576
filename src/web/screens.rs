//! The screens' side: a worker that draws what it is asked for.

use std::cell::RefCell;

use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use super::envelope::{self, Beside};
use crate::query::Question;
use crate::screens::{Ask, Program, Reply};
use crate::wire::{BUILD_ID, FromScreens, ToScreens, decode, encode};

/// The program, and what waits for answers: its number, the ask, and what was asked for it.
#[derive(Default)]
struct Screens {
    program: Program,
    waiting: Vec<(u32, Ask, Vec<Question>)>,
}

impl Screens {
    fn take(&mut self, message: ToScreens) {
        match message {
            ToScreens::Suffixes { list } => self.program.learn_suffixes(list),
            ToScreens::Draw { id, ask } => self.draw(id, ask),
            ToScreens::Answers { id, answers } => {
                let at = self.waiting.iter().position(|(waiting, ..)| *waiting == id);
                let Some((_, ask, questions)) = at.map(|at| self.waiting.swap_remove(at)) else {
                    return;
                };
                let answers = answers.and_then(|answers| decode(&answers)).unwrap_or_default();
                self.program.learn(ask.revision, questions, answers);
                self.draw(id, ask);
            }
        }
    }

    fn draw(&mut self, id: u32, ask: Ask) {
        match self.program.draw(&ask) {
            Reply::Drawn(drawn) => say(&FromScreens::Drawn { id, drawn }),
            Reply::Questions(questions) => {
                say(&FromScreens::Questions { id, questions: encode(&questions) });
                self.waiting.push((id, ask, questions));
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
