//! The engine's worker: the store lives here, parsers deliver to it through
//! their ports, and the page asks it.

use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{MessageChannel, MessageEvent, MessagePort};

use super::{ROLE, Role, say};
use crate::base::{JobId, Limits};
use crate::engine::{Agenda, Engine};
use crate::query::Answer;
use crate::web::envelope::{self, Beside};
use crate::web::timing::{now, wasm_bytes};
use crate::wire::{Delivery, FromEngine, FromWorker, ToEngine, decode, encode};

/// Milliseconds of work on questions, after which whatever else has come is heard. Most are
/// answered in less.
const TURN_MILLIS: f64 = 25.0;

pub struct EngineWorker {
    engine: Engine,
    agenda: Agenda,
    /// When the open questions were asked.
    asked: Vec<(u32, f64)>,
    /// A message to this port is a turn of work; `None` where there can be none.
    turn: Option<MessagePort>,
    /// Such a message is on its way.
    has_turn: bool,
}

impl EngineWorker {
    /// `None` where the message is no `Start`.
    pub fn start(message: ToEngine) -> Option<Self> {
        match message {
            ToEngine::Start => Some(Self {
                engine: Engine::new(Limits::default()),
                agenda: Agenda::default(),
                asked: Vec::new(),
                turn: turns(),
                has_turn: false,
            }),
            _ => None,
        }
    }

    pub fn take(&mut self, message: ToEngine, beside: Beside) {
        match message {
            ToEngine::Start => {}
            ToEngine::Parser => {
                if let Some(port) = beside.port {
                    listen(&port);
                }
            }
            ToEngine::Ask { id, questions } => {
                self.asked.push((id, now()));
                self.agenda.ask(id, decode(&questions).unwrap_or_default());
                self.work();
            }
            ToEngine::Forget { id } => {
                self.asked.retain(|(other, _)| *other != id);
                self.agenda.forget(id, &mut self.engine);
            }
            ToEngine::Suffixes { list } => {
                self.engine.learn_suffixes(list);
                tell(FromEngine::Changed { totals: self.engine.totals() });
            }
            ToEngine::GiveUp { job, refused } => {
                let files = self.engine.give_up(job, &refused);
                tell(FromEngine::Cancelled { files });
                self.appended(job);
            }
            ToEngine::Remove { file } => {
                self.engine.remove(file);
                tell(FromEngine::Changed { totals: self.engine.totals() });
            }
            ToEngine::TakeBack { job, file } => {
                self.engine.take_back(job, file);
                self.appended(job);
            }
            ToEngine::Clear => {
                self.engine.clear();
                tell(FromEngine::Changed { totals: self.engine.totals() });
            }
        }
    }

    /// Answers questions, for no longer than a turn while one is left to come.
    fn work(&mut self) {
        let until = now() + TURN_MILLIS;
        while !self.agenda.is_empty() {
            if let Some((id, answers)) = self.agenda.work(&mut self.engine) {
                self.answer(id, &answers);
            }
            if now() > until && self.has_next_turn() {
                return;
            }
        }
    }

    /// Sees to another turn, before which whatever else has come is heard.
    fn has_next_turn(&mut self) -> bool {
        if !self.has_turn && !self.agenda.is_empty() {
            self.has_turn =
                self.turn.as_ref().is_some_and(|turn| turn.post_message(&true.into()).is_ok());
        }
        self.has_turn
    }

    fn take_turn(&mut self) {
        self.has_turn = false;
        self.work();
    }

    fn answer(&mut self, id: u32, answers: &[Answer]) {
        let at = self.asked.iter().position(|(asked, _)| *asked == id);
        let millis = at.map_or(0.0, |at| now() - self.asked.swap_remove(at).1);
        let rows = answers.iter().map(Answer::rows).sum();
        tell(FromEngine::Answered { id, answers: encode(&answers), rows, millis });
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

/// A port that gives the engine a turn of work for each message posted to it.
fn turns() -> Option<MessagePort> {
    let channel = MessageChannel::new().ok()?;
    let on_turn = Closure::<dyn Fn()>::new(|| {
        ROLE.with_borrow_mut(|role| {
            if let Role::Engine(engine) = role {
                engine.take_turn();
            }
        });
    });
    channel.port2().set_onmessage(Some(on_turn.as_ref().unchecked_ref()));
    on_turn.forget();
    Some(channel.port1())
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
