//! The page's end of everything: it holds the files, deals them to the parsers
//! as the pool says, asks the engine, and tells the screens what changed.
//!
//! If the engine dies, the store is gone but the files are not: a new engine is
//! started and they are read again. The same for a parser, with the files it
//! had in hand.

mod again;
mod engine;
mod files;
mod import;
mod open;
mod parsers;
mod rehearsal;
mod screens;

use std::cell::RefCell;
use std::rc::{Rc, Weak};
use std::vec;

use gloo::timers::callback::{Interval, Timeout};
use wasm_bindgen_futures::spawn_local;
use yew::Callback;

use super::crew::Crew;
use super::fetch::fetch;
use super::pick::Picked;
use super::requests::Watch;
use super::snapshot::{ImportState, Notice, Snapshot};
use super::{lock, storage, timing};
use crate::base::FileId;
use crate::schedule::Pool;
use crate::screens::markup::Drawn;
use crate::screens::{Ask, Part, Shown, Values};
use crate::wire::{BUILD_ID, FileRef, Refusal, ToEngine};
use import::Given;

/// Milliseconds between two snapshots: about a frame.
const SNAPSHOT_MILLIS: u32 = 16;
/// The same during an import, which has better things to do than to paint.
const PROGRESS_MILLIS: f64 = 200.0;
/// Milliseconds for which files are taken in between two turns of the page: each costs the browser
/// a tenth of one or more, since it asks the system for the file's size.
const TAKING_MILLIS: f64 = 24.0;
/// Milliseconds between two looks for stalled parsers.
const WATCHDOG_MILLIS: u32 = 1_000;
/// The list of public suffixes, beside the page.
const SUFFIXES: &str = "data/suffixes.txt";
/// Parsers at most: beyond it the engine, which is one thread, is the limit.
const MOST_PARSERS: u32 = 8;
/// What is kept on the device of what was chosen in screens.
const KEPT: &str = "vitrail.kept";

/// A handle to the one session of the page. Cheap to clone; equal if the same.
#[derive(Clone)]
pub struct Session(Rc<RefCell<Inner>>);

impl PartialEq for Session {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

struct Inner {
    this: Weak<RefCell<Inner>>,
    on_change: Callback<Rc<Snapshot>>,
    snapshot: Snapshot,
    /// Set while a snapshot is about to be handed out.
    flush: Option<Timeout>,
    flushed_at: f64,
    /// `None` until script and module are here.
    crew: Option<Crew>,
    /// There are no workers and will be none: nothing can be read.
    is_broken: bool,
    engine: engine::Link,
    /// What every engine has to know; `None` until it is here.
    suffixes: Option<String>,
    suffixes_asked: bool,
    screens: screens::Link,
    rehearsal: rehearsal::Rehearsal,
    again: again::Again,
    parsers: Vec<parsers::Seat>,
    pool: Pool,
    import: import::Import,
    files: files::Files,
    /// When the page could be used; requests before it loaded the page.
    ready_at: Option<f64>,
    _watch: Option<Watch>,
    _watchdog: Interval,
}

impl Session {
    /// Starts engine and parsers. `on_change` gets a snapshot at most once a frame.
    pub fn start(on_change: Callback<Rc<Snapshot>>) -> Self {
        let cores = super::window().navigator().hardware_concurrency();
        let pool = Pool::new((cores as u32).clamp(1, MOST_PARSERS));
        let session = Self(Rc::new_cyclic(|this: &Weak<RefCell<Inner>>| {
            let (request, beat) = (this.clone(), this.clone());
            RefCell::new(Inner {
                this: this.clone(),
                on_change,
                snapshot: Snapshot::default(),
                flush: None,
                flushed_at: 0.0,
                crew: None,
                is_broken: false,
                engine: engine::Link::default(),
                suffixes: None,
                suffixes_asked: false,
                screens: screens::Link::keeping(storage::load(KEPT).as_deref()),
                rehearsal: rehearsal::Rehearsal::default(),
                again: again::Again::default(),
                parsers: parsers::seats(pool.workers()),
                pool,
                import: import::Import::default(),
                files: files::Files::default(),
                ready_at: None,
                _watch: Watch::start(move |name, at| {
                    with(&request, |inner| inner.requested(name, at))
                }),
                _watchdog: Interval::new(WATCHDOG_MILLIS, move || {
                    with(&beat, |inner| {
                        inner.pool.tick(timing::now());
                        inner.obey();
                    });
                }),
            })
        }));
        let this = Rc::downgrade(&session.0);
        spawn_local(async move {
            let crew = Crew::muster("worker").await;
            with(&this, |inner| inner.mustered(crew.ok()));
        });
        session
    }

    /// Reads these files too. Locks the page first.
    pub fn add(&self, picked: Vec<Picked>) {
        self.0.borrow_mut().add(picked);
    }

    /// Stops the import; what was read stays.
    pub fn cancel(&self) {
        let mut inner = self.0.borrow_mut();
        if inner.snapshot.import != ImportState::Working {
            return;
        }
        inner.import.cancel();
        if !inner.engine.is_ready() {
            // All of them wait for it.
            inner.files.cancel_all();
        }
        inner.pool.cancel(timing::now());
        inner.obey();
    }

    /// Takes one file and all it gave out of the store.
    pub fn remove(&self, file: FileId) {
        let mut inner = self.0.borrow_mut();
        inner.files.remove(file);
        inner.engine.send(ToEngine::Remove { file });
    }

    /// Takes everything out of the store, and stops what is under way.
    pub fn clear(&self) {
        let mut inner = self.0.borrow_mut();
        inner.pool.abandon(timing::now());
        inner.obey();
        inner.files.clear();
        inner.import = inner.import.next();
        inner.snapshot.import = ImportState::Idle;
        if !inner.is_broken {
            inner.snapshot.notices.clear();
        }
        inner.engine.send(ToEngine::Clear);
        inner.revive_engine();
        inner.changed();
    }

    /// Saves the report that was read again last; whether the browser let it.
    pub fn save_source(&self, name: &str) -> bool {
        self.0.borrow().save_source(name)
    }

    /// What was typed into a part of the page, for as long as it is open: of two that are shown
    /// together, neither takes the other's for its own.
    pub fn typed(&self, part: Part) -> Values {
        self.0.borrow().screens.typed[part as usize].clone()
    }

    pub fn remember(&self, part: Part, typed: Values) {
        self.0.borrow_mut().screens.typed[part as usize] = typed;
    }

    /// What was seen of the table, and the row that was its first, where this entry of the history
    /// was left.
    pub fn left(&self, entry: f64) -> Option<(Shown, f64)> {
        let core = self.0.borrow();
        core.screens.left.iter().find(|(known, _)| *known == entry).map(|(_, seen)| *seen)
    }

    pub fn leave(&self, entry: f64, shown: Shown, top: f64) {
        let left = &mut self.0.borrow_mut().screens.left;
        left.retain(|(known, _)| *known != entry);
        left.push((entry, (shown, top)));
    }

    /// What was chosen in screens, on this visit or on an earlier one.
    pub fn kept(&self) -> Values {
        self.0.borrow().screens.kept.clone()
    }

    /// Keeps a value on the device.
    pub fn keep(&self, name: &str, value: &str) {
        let kept = &mut self.0.borrow_mut().screens.kept;
        kept.set(name, value);
        storage::save(KEPT, &kept.lines());
    }

    /// Lets the screens' program draw, under a number to [`forget`](Self::forget) it by. `None`
    /// where it cannot be had, or broke over this.
    pub fn draw(&self, ask: Ask) -> (u32, impl Future<Output = Option<Box<Drawn>>> + use<>) {
        let (id, drawn) = self.0.borrow_mut().draw(ask);
        (id, async move { drawn.await.ok() })
    }

    /// Does without a drawing, if it is not here yet: there is none then.
    pub fn forget(&self, id: u32) {
        self.0.borrow_mut().forget_drawing(id);
    }
}

/// Runs `act` on the session, if it still is there.
fn with(this: &Weak<RefCell<Inner>>, act: impl FnOnce(&mut Inner)) {
    if let Some(inner) = this.upgrade() {
        act(&mut inner.borrow_mut());
    }
}

impl Inner {
    fn mustered(&mut self, crew: Option<Crew>) {
        match crew {
            Some(crew) => self.crew = Some(crew),
            None => return self.broken(Notice::WorkersUnavailable),
        }
        self.start_engine();
        self.obey();
        self.ask_for_suffixes();
    }

    /// Once all is here that it takes to start, or else just before the page locks
    /// itself: what was asked for before still comes.
    fn ask_for_suffixes(&mut self) {
        if std::mem::replace(&mut self.suffixes_asked, true) {
            return;
        }
        let list = fetch(&format!("{SUFFIXES}?{BUILD_ID}"));
        let this = self.this.clone();
        spawn_local(async move {
            let list = list.await.ok().and_then(|list| String::from_utf8(list.to_vec()).ok());
            with(&this, |inner| match list {
                Some(list) => {
                    inner.suffixes = Some(list);
                    inner.teach_engine();
                    inner.teach_screens();
                }
                None => inner.notify(Notice::NoSuffixes),
            });
        });
    }

    fn add(&mut self, picked: Vec<Picked>) {
        // Where nothing can be read, a notice says so already.
        if picked.is_empty() || self.is_broken {
            return;
        }
        if !self.snapshot.locked && !self.lock() {
            return self.notify(Notice::LockFailed);
        }
        self.begin_import();
        self.revive_engine();
        let (this, given) = (self.this.clone(), self.import.last_given());
        spawn_local(async move {
            let mut picked = picked.into_iter();
            while picked.len() > 0 {
                // To take note of all files and to lock the page is one turn's work already.
                timing::another_turn().await;
                with(&this, |inner| inner.take_in(&mut picked, given));
            }
            with(&this, |inner| inner.all_in(given));
        });
    }

    /// Takes some of the files that were given into the import they were given for; all out of
    /// `picked` where that is over.
    fn take_in(&mut self, picked: &mut vec::IntoIter<Picked>, given: Given) {
        if self.import.last_given().epoch != given.epoch {
            return picked.for_each(drop);
        }
        let until = timing::now() + TAKING_MILLIS;
        let mut refs = Vec::new();
        while timing::now() < until
            && let Some(picked) = picked.next()
        {
            refs.push(self.files.add(picked, self.import.has_cancelled(given.batch)));
        }
        self.import.widen(&refs);
        // Without an engine there is nobody to deliver to: it will ask for all files.
        if self.engine.is_ready() {
            self.deal(refs);
        }
        self.obey();
    }

    /// Has these files read, or listed as not read where they are cancelled.
    fn deal(&mut self, files: Vec<FileRef>) {
        let is_cancelled = |file: &FileRef| self.files.is_cancelled(file.id);
        let (cancelled, wanted): (Vec<_>, _) = files.into_iter().partition(is_cancelled);
        if !cancelled.is_empty() {
            self.pool.refuse(cancelled, &Refusal::Cancelled);
        }
        self.pool.add(wanted, timing::now());
    }

    /// Gives up for good, with the import that may be under way.
    fn broken(&mut self, why: Notice) {
        self.is_broken = true;
        self.import_failed();
        self.notify(why);
    }

    /// A worker keeps the policy that the page had when it was started: engine
    /// and screens, which have nothing to lose, are started again, and parsers
    /// are only started now.
    fn lock(&mut self) -> bool {
        self.rehearsal.end();
        self.ask_for_suffixes();
        self.fetch_screens();
        self.snapshot.locked = lock::lock();
        if self.snapshot.locked {
            self.start_engine();
            self.restart_screens();
            self.obey();
        }
        self.snapshot.locked
    }

    /// A worker of another build: the cached page is reloaded once, and only
    /// while there is nothing to lose.
    fn other_build(&mut self, build: &str) -> bool {
        if build == BUILD_ID {
            return false;
        }
        let has_nothing = self.files.is_empty() && self.snapshot.import != ImportState::Working;
        if has_nothing && storage::first_time("vitrail.reloaded") == Some(true) {
            let _ = super::window().location().reload();
        } else {
            self.broken(Notice::BuildMismatch);
        }
        true
    }

    fn requested(&mut self, address: &str, at: f64) {
        let after_start = self.ready_at.is_some_and(|ready| at > ready);
        self.snapshot.requests.count(address, after_start);
        self.changed();
    }

    fn notify(&mut self, notice: Notice) {
        if !self.snapshot.notices.contains(&notice) {
            self.snapshot.notices.push(notice);
        }
        self.changed();
    }

    /// Hands out a snapshot soon, once for many changes.
    fn changed(&mut self) {
        if self.flush.is_some() {
            return;
        }
        let this = self.this.clone();
        let since = timing::now() - self.flushed_at;
        let rest = match self.snapshot.import {
            ImportState::Working => (PROGRESS_MILLIS - since).max(0.0) as u32,
            ImportState::Idle | ImportState::Done | ImportState::Cancelled => 0,
        };
        self.flush = Some(Timeout::new(rest.max(SNAPSHOT_MILLIS), move || {
            let Some(inner) = this.upgrade() else { return };
            // The screens may call back while they draw: nothing is borrowed then.
            let (on_change, snapshot) = {
                let mut inner = inner.borrow_mut();
                inner.flush = None;
                inner.flushed_at = timing::now();
                (inner.on_change.clone(), Rc::new(inner.snapshot.clone()))
            };
            on_change.emit(snapshot);
        }));
    }
}
