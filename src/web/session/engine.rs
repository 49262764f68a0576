//! The line to the engine: questions out, answers and news in.

use futures_channel::oneshot;

use super::open::Open;
use super::{Inner, with};
use crate::schedule::Slot;
use crate::web::crew::{Hand, Sign};
use crate::web::envelope::Beside;
use crate::web::snapshot::Notice;
use crate::web::timing;
use crate::wire::{FromEngine, FromWorker, ToEngine, ToWorker, decode, encode};

/// An engine that was lost so often without finishing an import will not do better.
const MOST_RESTARTS: u32 = 3;

/// See the module's text.
#[derive(Default)]
pub struct Link {
    hand: Option<Hand>,
    ready: bool,
    /// Counts engines, so that news of a lost one is not taken for the new one's.
    incarnation: u32,
    restarts: u32,
    questions: Open<Asked>,
}

struct Asked {
    at: f64,
    answers: oneshot::Sender<Vec<u8>>,
}

impl Link {
    fn stop(&mut self) {
        self.hand = None;
        self.ready = false;
        // Dropping the senders answers all open questions with nothing.
        self.questions.clear();
    }

    pub fn is_ready(&self) -> bool {
        self.ready
    }

    pub fn send(&self, message: ToEngine) {
        self.send_beside(message, Beside::default());
    }

    pub fn send_beside(&self, message: ToEngine, beside: Beside) {
        if let Some(hand) = &self.hand {
            hand.send(&encode(&ToWorker::Engine(message)), beside);
        }
    }

    /// Hands on questions of the screens' program, under its number for what it draws. The page
    /// reads neither them nor their answers.
    pub fn ask(&mut self, id: u32, questions: Vec<u8>) -> oneshot::Receiver<Vec<u8>> {
        let (answers, receiver) = oneshot::channel();
        if self.ready {
            self.questions.add(id, Asked { at: timing::now(), answers });
            self.send(ToEngine::Ask { id, questions });
        }
        receiver
    }

    /// Nobody waits for these answers any more, if they are not here yet.
    pub fn forget(&mut self, id: u32) {
        if self.questions.take(id).is_some() {
            self.send(ToEngine::Forget { id });
        }
    }

    /// The store survived an import: the next loss is a new one.
    pub fn proved(&mut self) {
        self.restarts = 0;
    }
}

impl Inner {
    /// Starts an engine in the place of the one there may be.
    pub(super) fn start_engine(&mut self) {
        self.engine.stop();
        self.engine.incarnation += 1;
        let (this, incarnation) = (self.this.clone(), self.engine.incarnation);
        let Some(crew) = &self.crew else { return };
        let hand = crew.start(move |sign| {
            with(&this, |inner| {
                if inner.engine.incarnation == incarnation {
                    inner.heard_from_engine(sign);
                }
            });
        });
        match hand {
            Ok(hand) => self.engine.hand = Some(hand),
            Err(_) => self.broken(Notice::WorkersUnavailable),
        }
    }

    /// Starts an engine where the last one was given up.
    pub(super) fn revive_engine(&mut self) {
        if self.engine.hand.is_none() {
            self.start_engine();
        }
    }

    fn heard_from_engine(&mut self, sign: Sign) {
        match sign {
            Sign::Requests(names) => names.iter().for_each(|name| self.requested(name, f64::MAX)),
            Sign::Fault(_) => self.engine_lost(),
            Sign::Message(message, _) => match decode(&message) {
                Some(FromWorker::Ready { build }) => self.engine_ready(&build),
                Some(FromWorker::Engine(news)) => self.take_news(news),
                Some(FromWorker::Panicked { .. }) => self.engine_lost(),
                Some(FromWorker::Parser(_) | FromWorker::Rehearsed) | None => {}
            },
        }
    }

    fn engine_ready(&mut self, build: &str) {
        if self.other_build(build) {
            return;
        }
        self.engine.send(ToEngine::Start);
        self.engine.ready = true;
        self.teach_engine();
        // What comes with the page is asked for before it counts requests.
        self.fetch_screens();
        self.rehearse();
        self.ready_at.get_or_insert_with(timing::now);
        // First the work, then the hands: without work the import would seem to be over.
        self.deal(self.files.refs());
        for slot in 0..self.parsers.len() {
            self.seat_parser(Slot(slot as u32));
        }
        self.snapshot.generation += 1;
        self.changed();
        self.obey();
    }

    /// Hands over what an engine has to know, if both are there.
    pub(super) fn teach_engine(&mut self) {
        if self.engine.ready
            && let Some(list) = &self.suffixes
        {
            self.engine.send(ToEngine::Suffixes { list: list.clone() });
        }
    }

    fn engine_lost(&mut self) {
        self.engine.stop();
        self.pool.restart();
        self.obey();
        self.engine.restarts += 1;
        if self.engine.restarts > MOST_RESTARTS {
            if self.ready_at.is_none() {
                return self.broken(Notice::WorkersUnavailable);
            }
            // Whoever adds files tries anew.
            self.engine.proved();
            self.import_failed();
            return self.notify(Notice::EngineFailed);
        }
        let refs = self.files.refs();
        if !refs.is_empty() {
            self.restart_import(&refs);
            self.notify(Notice::EngineRestarted);
        }
        self.start_engine();
    }

    fn take_news(&mut self, news: FromEngine) {
        match news {
            FromEngine::Appended { job, totals, wasm_bytes } => {
                self.import.engine_bytes = wasm_bytes;
                self.snapshot.totals = totals;
                self.snapshot.generation += 1;
                self.pool.appended(job, timing::now());
                self.obey();
            }
            FromEngine::Cancelled { files } => {
                return files.into_iter().for_each(|file| self.files.cancel(file));
            }
            FromEngine::Changed { totals } => {
                self.snapshot.totals = totals;
                self.snapshot.generation += 1;
            }
            FromEngine::Answered { id, answers, rows, millis } => {
                if let Some(asked) = self.engine.questions.take(id) {
                    measure(asked.at, rows, millis);
                    let _ = asked.answers.send(answers);
                }
                return;
            }
        }
        self.changed();
    }
}

/// Notes how long a question took (see the handles in CONTRIBUTING.md).
fn measure(asked_at: f64, rows: u32, millis: f64) {
    timing::measure("vitrail:query", asked_at, &[("rows", rows.into()), ("millis", millis)]);
}
