//! The engine's worker: the store lives here, parsers deliver to it through
//! their ports, and the page asks it.

use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{MessageEvent, MessagePort};

use super::{ROLE, Role, say};
use crate::base::JobId;
use crate::engine::Engine;
use crate::query::{Filter, Question};
use crate::web::envelope::{self, Beside};
use crate::web::timing::{now, wasm_bytes};
use crate::wire::{Delivery, FromEngine, FromWorker, ToEngine, decode, encode};

pub struct EngineWorker {
    engine: Engine,
}

impl EngineWorker {
    /// `None` where the message is no `Start`.
    pub fn start(message: ToEngine) -> Option<Self> {
        match message {
            ToEngine::Start { limits } => Some(Self { engine: Engine::new(limits) }),
            _ => None,
        }
    }

    pub fn take(&mut self, message: ToEngine, beside: Beside) {
        match message {
            ToEngine::Start { .. } => {}
            ToEngine::Parser => {
                if let Some(port) = beside.port {
                    listen(&port);
                }
            }
            ToEngine::Ask { id, question, filter } => {
                let start = now();
                let question = question.filtered(Filter::parse(&filter));
                let answer = self.engine.ask(&question);
                tell(FromEngine::Answered { id, answer, millis: now() - start });
            }
            ToEngine::Relay { id, questions } => {
                let questions: Vec<Question> = decode(&questions).unwrap_or_default();
                let answers: Vec<_> = questions.iter().map(|it| self.engine.ask(it)).collect();
                tell(FromEngine::Relayed { id, answers: encode(&answers) });
            }
            ToEngine::Suffixes { list } => {
                self.engine.learn_suffixes(list);
                tell(FromEngine::Changed { totals: self.engine.totals() });
            }
            ToEngine::GiveUp { job, refused } => {
                self.engine.give_up(job, &refused);
                self.appended(job);
            }
            ToEngine::Remove { file } => {
                self.engine.remove(file);
                tell(FromEngine::Changed { totals: self.engine.totals() });
            }
            ToEngine::Clear => {
                self.engine.clear();
                tell(FromEngine::Changed { totals: self.engine.totals() });
            }
        }
    }

    fn deliver(&mut self, delivery: Delivery) {
        let job = delivery.job;
        self.engine.append(&delivery);
        self.appended(job);
    }

    fn appended(&self, job: JobId) {
        let totals = self.engine.totals();
        tell(FromEngine::Appended { job, totals, wasm_bytes: wasm_bytes() });
    }
}

/// Takes deliveries from a parser's port for the rest of the worker's life.
fn listen(port: &MessagePort) {
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(|event: MessageEvent| {
        let Some((delivery, _)) = envelope::open(&event.data()) else { return };
        ROLE.with_borrow_mut(|role| {
            if let Role::Engine(engine) = role {
                engine.deliver(delivery);
            }
        });
    });
    port.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
}

fn tell(message: FromEngine) {
    say(&FromWorker::Engine(message));
}
