//! The line to the screens' program, which is fetched after all else and before the lock, and
//! started when a screen is first asked for.

use futures_channel::oneshot;
use wasm_bindgen_futures::spawn_local;

use super::open::Open;
use super::{Inner, with};
use crate::screens::markup::Drawn;
use crate::screens::{Ask, Part, Shown, Values};
use crate::web::crew::{Crew, Hand, Sign};
use crate::web::envelope::Beside;
use crate::web::style;
use crate::wire::{BUILD_ID, FromScreens, ToScreens, decode, encode};

/// The program, as far as it has come.
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
    /// By the number of the part.
    pub(super) typed: [Values; Part::COUNT],
    /// What was seen of tables, by the entry of the history.
    pub(super) left: Vec<(f64, (Shown, f64))>,
    /// Of this visit and earlier ones.
    pub(super) kept: Values,
}

struct Waiting {
    /// Encoded, to be sent once there is a worker, and again to another one.
    message: Vec<u8>,
    drawn: oneshot::Sender<Box<Drawn>>,
}

impl Link {
    /// With what an earlier visit has kept.
    pub fn keeping(kept: Option<&str>) -> Self {
        Self { kept: Values::of_lines(kept.unwrap_or_default()), ..Self::default() }
    }

    /// Whether the program has come.
    pub fn is_here(&self) -> bool {
        matches!(self.program, Program::Here(_))
    }

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
        self.send_beside(message, Beside::default());
    }

    pub fn send_beside(&self, message: &[u8], beside: Beside) {
        if let Some(hand) = self.hand.as_ref().filter(|_| self.ready) {
            hand.send(message, beside);
        }
    }
}

impl Inner {
    /// Fetches the program, unless that was tried before.
    pub(super) fn fetch_screens(&mut self) {
        if !matches!(self.screens.program, Program::Unasked) {
            return;
        }
        if self.snapshot.locked {
            return self.screens.lose();
        }
        self.screens.program = Program::Coming;
        style::load("screens.css");
        let (this, crew) = (self.this.clone(), Crew::muster("screens"));
        spawn_local(async move {
            let crew = crew.await;
            with(&this, |inner| match crew {
                Ok(crew) => {
                    inner.screens.program = Program::Here(crew);
                    inner.start_screens();
                    inner.rehearse();
                }
                Err(_) => inner.screens.lose(),
            });
        });
    }

    pub(super) fn draw(&mut self, ask: Ask) -> (u32, oneshot::Receiver<Box<Drawn>>) {
        let (drawn, receiver) = oneshot::channel();
        let id = self.screens.waiting.number();
        self.fetch_screens();
        if !matches!(self.screens.program, Program::Lost) {
            let message = encode(&ToScreens::Draw { id, ask });
            self.screens.send(&message);
            self.screens.waiting.add(id, Waiting { message, drawn });
            self.start_screens();
        }
        (id, receiver)
    }

    /// Nobody waits for this drawing any more, if it is not here yet.
    pub(super) fn forget_drawing(&mut self, id: u32) {
        if self.screens.waiting.take(id).is_some() {
            self.screens.send(&encode(&ToScreens::Forget { id }));
            self.engine.forget(id);
        }
    }

    /// Starts the worker if somebody waits for it.
    fn start_screens(&mut self) {
        if self.screens.hand.is_some() || self.screens.waiting.is_empty() {
            return;
        }
        let this = self.this.clone();
        let Program::Here(crew) = &self.screens.program else { return };
        let hand = crew.start(move |sign| with(&this, |inner| inner.heard_from_screens(sign)));
        match hand {
            Ok(hand) => self.screens.hand = Some(hand),
            Err(_) => self.screens.lose(),
        }
    }

    /// One that was started before the lock is not locked itself.
    pub(super) fn restart_screens(&mut self) {
        self.screens.stop();
        self.start_screens();
    }

    /// Hands over what the program has to know, if both are there.
    pub(super) fn teach_screens(&mut self) {
        if let Some(list) = self.suffixes.clone().filter(|_| self.screens.ready) {
            self.screens.send(&encode(&ToScreens::Suffixes { list }));
        }
    }

    fn heard_from_screens(&mut self, sign: Sign) {
        match sign {
            Sign::Requests(names) => names.iter().for_each(|name| self.requested(name, f64::MAX)),
            Sign::Fault(_) => self.screens_broke(),
            Sign::Message(message, _) => match decode(&message) {
                Some(FromScreens::Ready { build }) if build == BUILD_ID => {
                    self.screens.ready = true;
                    self.teach_screens();
                    for waiting in self.screens.waiting.iter() {
                        self.screens.send(&waiting.message);
                    }
                }
                Some(FromScreens::Questions { id, questions }) => self.relay(id, questions),
                Some(FromScreens::Source { id, file, locus }) => self.read_again(id, file, locus),
                Some(FromScreens::Drawn { id, drawn }) => {
                    if let Some(waiting) = self.screens.waiting.take(id) {
                        // Nobody may be waiting any more; then it is of no use.
                        let _ = waiting.drawn.send(drawn);
                    }
                }
                Some(FromScreens::Panicked { .. }) => self.screens_broke(),
                Some(FromScreens::Ready { .. }) | None => self.screens.lose(),
            },
        }
    }

    /// Lets the engine answer what the screens must know.
    fn relay(&mut self, id: u32, questions: Vec<u8>) {
        let (this, answers) = (self.this.clone(), self.engine.ask(id, questions));
        spawn_local(async move {
            let answers = answers.await.ok();
            with(&this, |inner| inner.screens.send(&encode(&ToScreens::Answers { id, answers })));
        });
    }

    /// It broke over what it was asked. What is asked next starts another.
    fn screens_broke(&mut self) {
        self.screens.stop();
        self.screens.waiting.clear();
    }
}
