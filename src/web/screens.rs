//! The screens' side: a worker that draws what it is asked for.

use std::cell::RefCell;

use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{DedicatedWorkerGlobalScope, File, MessageEvent};

use super::blob_source;
use super::envelope::{self, Beside};
use crate::base::{Format, Limits, Locus};
use crate::intake::readable_message;
use crate::query::Question;
use crate::screens::{Ask, MOST_OF_SOURCE, Program, Raw, Reply};
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
    missing: Missing,
}

/// What it waits for.
enum Missing {
    /// Answers to these, asked of this store.
    Answers(Vec<Question>, u64),
    /// The report that stands here.
    Source(Box<Locus>),
}

impl Screens {
    fn take(&mut self, message: ToScreens, files: &[File]) {
        match message {
            ToScreens::Suffixes { list } => self.program.learn_suffixes(list),
            ToScreens::Draw { id, ask } => self.draw(id, ask),
            ToScreens::Answers { id, answers } => {
                let Some((ask, Missing::Answers(questions, revision))) = self.waiting(id) else {
                    return;
                };
                let answers = answers.and_then(|answers| decode(&answers)).unwrap_or_default();
                self.program.learn(revision, questions, answers);
                self.draw(id, ask);
            }
            ToScreens::Source { id } => {
                let Some((ask, Missing::Source(locus))) = self.waiting(id) else { return };
                let raw = raw(files, locus.format);
                self.program.learn_source(*locus, raw);
                self.draw(id, ask);
            }
            ToScreens::Forget { id } => self.waiting.retain(|waiting| waiting.id != id),
        }
    }

    fn draw(&mut self, id: u32, ask: Ask) {
        match self.program.draw(&ask) {
            Reply::Drawn(drawn) => say(&FromScreens::Drawn { id, drawn }),
            Reply::Questions(questions) => {
                say(&FromScreens::Questions { id, questions: encode(&questions) });
                let missing = Missing::Answers(questions, self.program.revision());
                self.waiting.push(Waiting { id, ask, missing });
            }
            Reply::Source(locus) => {
                say(&FromScreens::Source { id, file: locus.file, locus: encode(&*locus) });
                self.waiting.push(Waiting { id, ask, missing: Missing::Source(locus) });
            }
        }
    }

    /// What waits under this number, taken off the list.
    fn waiting(&mut self, id: u32) -> Option<(Ask, Missing)> {
        let at = self.waiting.iter().position(|waiting| waiting.id == id)?;
        let Waiting { ask, missing, .. } = self.waiting.swap_remove(at);
        Some((ask, missing))
    }
}

/// As much of a report that was read again as is shown; `None` where it was not found.
fn raw(files: &[File], format: Format) -> Option<Raw> {
    let read =
        |file: &File| blob_source::read(file, 0, MOST_OF_SOURCE.min(file.size() as u64)).ok();
    let (file, sample) = (files.first()?, files.get(1));
    let (bytes, size, sample) = (read(file)?, file.size() as u64, sample.and_then(read));
    if format != Format::Msg {
        return Some(Raw { bytes, size, sample });
    }
    let bytes = readable_message(bytes, &Limits::default())?.into_bytes();
    Some(Raw { size: bytes.len() as u64, bytes, sample })
}

/// Starts listening. Called once, by the program's `main`.
pub fn run() {
    std::panic::set_hook(Box::new(|panic| {
        say(&FromScreens::Panicked { message: panic.to_string() });
    }));
    let screens = RefCell::new(Screens::default());
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        if let Some((message, beside)) = envelope::open(&event.data()) {
            screens.borrow_mut().take(message, &beside.files);
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
