//! The worker's side: a fresh worker says `Ready`, its first message makes it
//! the engine or a parser, and from then on it answers messages one by one.

mod engine;
mod parser;

use std::cell::RefCell;

use vitrail_kernels::hash;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use super::envelope::{self, Beside};
use super::timing::now;
use crate::base::{Context, Limits};
use crate::rehearsal;
use crate::wire::{BUILD_ID, FromWorker, ToWorker};

/// Rounds of a rehearsal.
const REHEARSALS: u32 = 100;
/// Milliseconds after which no round begins.
const REHEARSAL_MILLIS: f64 = 400.0;

/// What this worker has become.
enum Role {
    Fresh,
    Engine(Box<engine::EngineWorker>),
    Parser(parser::ParserWorker),
}

thread_local! {
    static ROLE: RefCell<Role> = const { RefCell::new(Role::Fresh) };
}

/// Starts listening. Called once, by the worker's `main`.
pub fn run() {
    hash::sow((js_sys::Math::random() * 2_f64.powi(53)) as u64);
    std::panic::set_hook(Box::new(|panic| {
        say(&FromWorker::Panicked { message: panic.to_string() });
    }));
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(|event: MessageEvent| {
        if let Some((message, beside)) = envelope::open(&event.data()) {
            ROLE.with_borrow_mut(|role| role.take(message, beside));
        }
    });
    scope().set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    // The listener lives as long as the worker.
    on_message.forget();
    say(&FromWorker::Ready { build: BUILD_ID.to_owned() });
}

impl Role {
    fn take(&mut self, message: ToWorker, beside: Beside) {
        match (&mut *self, message) {
            (Role::Fresh, ToWorker::Engine(message)) => {
                *self = engine::EngineWorker::start(message)
                    .map_or(Role::Fresh, |engine| Role::Engine(Box::new(engine)));
            }
            (Role::Fresh, ToWorker::Parser(message)) => {
                *self =
                    parser::ParserWorker::start(message, beside).map_or(Role::Fresh, Role::Parser);
            }
            (Role::Fresh, ToWorker::Rehearse) => rehearse(),
            (Role::Engine(engine), ToWorker::Engine(message)) => engine.take(message, beside),
            (Role::Parser(parser), ToWorker::Parser(message)) => parser.take(message, beside),
            // A worker has one role for life.
            (Role::Engine(_), _) | (Role::Parser(_), _) => {}
        }
    }
}

/// Rehearses until what is needed is quick, or for some time: a slow device has other things to do.
fn rehearse() {
    let limits = Limits::default();
    let cx = Context { limits: &limits, decode: parser::decode };
    let until = now() + REHEARSAL_MILLIS;
    for number in (0..REHEARSALS).take_while(|_| now() < until) {
        rehearsal::round(&cx, number);
    }
    say(&FromWorker::Rehearsed);
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

fn say(message: &FromWorker) {
    say_beside(message, Beside::default());
}

fn say_beside(message: &FromWorker, beside: Beside) {
    envelope::send(&scope(), message, beside);
}
