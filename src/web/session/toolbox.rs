//! The line to the toolbox, which is fetched after all else and before the lock, and
//! started when a tool is first asked for.

use futures_channel::oneshot;
use wasm_bindgen_futures::spawn_local;

use super::open::Open;
use super::{Inner, with};
use crate::toolbox::markup::Drawn;
use crate::toolbox::{Ask, Values};
use crate::web::crew::{Crew, Hand, Sign};
use crate::web::envelope::Beside;
use crate::wire::{BUILD_ID, FromToolbox, ToToolbox, decode, encode};

/// The toolbox's program, as far as it has come.
#[derive(Default)]
enum Program {
    #[default]
    Unasked,
    Coming,
    Here(Crew),
    /// It did not come before the lock, or not at all, or is another build's.
    Lost,
}

/// See the module's text.
#[derive(Default)]
pub struct Link {
    program: Program,
    hand: Option<Hand>,
    ready: bool,
    /// Asked, and not yet drawn.
    waiting: Open<Waiting>,
    pub(super) typed: Values,
}

struct Waiting {
    /// Encoded, to be sent once there is a worker, and again to another one.
    message: Vec<u8>,
    drawn: oneshot::Sender<Drawn>,
}

impl Link {
    fn stop(&mut self) {
        self.hand = None;
        self.ready = false;
    }

    fn lose(&mut self) {
        self.stop();
        self.program = Program::Lost;
        // Dropping the senders answers all that wait with nothing.
        self.waiting.clear();
    }

    fn send(&self, message: &[u8]) {
        if let Some(hand) = self.hand.as_ref().filter(|_| self.ready) {
            hand.send(message, Beside::default());
        }
    }
}

impl Inner {
    /// Fetches the program, unless that was tried before.
    pub(super) fn fetch_toolbox(&mut self) {
        if !matches!(self.toolbox.program, Program::Unasked) {
            return;
        }
        if self.snapshot.locked {
            return self.toolbox.lose();
        }
        self.toolbox.program = Program::Coming;
        let (this, crew) = (self.this.clone(), Crew::muster("toolbox"));
        spawn_local(async move {
            let crew = crew.await;
            with(&this, |inner| match crew {
                Ok(crew) => {
                    inner.toolbox.program = Program::Here(crew);
                    inner.start_toolbox();
                }
                Err(_) => inner.toolbox.lose(),
            });
        });
    }

    pub(super) fn draw(&mut self, ask: Ask) -> oneshot::Receiver<Drawn> {
        let (drawn, receiver) = oneshot::channel();
        self.fetch_toolbox();
        if !matches!(self.toolbox.program, Program::Lost) {
            let id = self.toolbox.waiting.number();
            let message = encode(&ToToolbox { id, ask });
            self.toolbox.send(&message);
            self.toolbox.waiting.add(id, Waiting { message, drawn });
            self.start_toolbox();
        }
        receiver
    }

    /// Starts the worker if somebody waits for it.
    fn start_toolbox(&mut self) {
        if self.toolbox.hand.is_some() || self.toolbox.waiting.is_empty() {
            return;
        }
        let this = self.this.clone();
        let Program::Here(crew) = &self.toolbox.program else { return };
        let hand = crew.start(move |sign| with(&this, |inner| inner.heard_from_toolbox(sign)));
        match hand {
            Ok(hand) => self.toolbox.hand = Some(hand),
            Err(_) => self.toolbox.lose(),
        }
    }

    /// One that was started before the lock is not locked itself.
    pub(super) fn restart_toolbox(&mut self) {
        self.toolbox.stop();
        self.start_toolbox();
    }

    fn heard_from_toolbox(&mut self, sign: Sign) {
        match sign {
            Sign::Requests(names) => names.iter().for_each(|name| self.requested(name, f64::MAX)),
            Sign::Fault(_) => self.toolbox_broke(),
            Sign::Message(message) => match decode(&message) {
                Some(FromToolbox::Ready { build }) if build == BUILD_ID => {
                    self.toolbox.ready = true;
                    for waiting in self.toolbox.waiting.iter() {
                        self.toolbox.send(&waiting.message);
                    }
                }
                Some(FromToolbox::Drawn { id, drawn }) => {
                    if let Some(waiting) = self.toolbox.waiting.take(id) {
                        // Nobody may be waiting any more; then it is of no use.
                        let _ = waiting.drawn.send(drawn);
                    }
                }
                Some(FromToolbox::Panicked { .. }) => self.toolbox_broke(),
                Some(FromToolbox::Ready { .. }) | None => self.toolbox.lose(),
            },
        }
    }

    /// It broke over what it was asked. What is asked next starts another.
    fn toolbox_broke(&mut self) {
        self.toolbox.stop();
        self.toolbox.waiting.clear();
    }
}
