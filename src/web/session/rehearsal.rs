//! A worker that rehearses imports ([`crate::rehearsal`]) once all that belongs to the page is here,
//! and is gone when it is through or when there are files. Where browsers compile a module for all
//! workers, as they do, the parsers have the use of it.

use super::{Inner, with};
use crate::web::crew::{Hand, Sign};
use crate::web::envelope::Beside;
use crate::web::timing;
use crate::wire::{BUILD_ID, FromWorker, ToWorker, decode, encode};

/// See the module's text.
#[derive(Default)]
pub struct Rehearsal {
    hand: Option<Hand>,
    started: Option<f64>,
}

impl Rehearsal {
    /// The worker goes, wherever it is.
    pub fn end(&mut self) {
        self.hand = None;
    }
}

impl Inner {
    /// Starts it, once, when engine and screens are here, unless there are files already.
    pub(super) fn rehearse(&mut self) {
        let is_wanted = self.engine.is_ready()
            && self.screens.is_here()
            && !self.snapshot.locked
            && !self.is_broken
            && self.rehearsal.started.is_none();
        let this = self.this.clone();
        let Some(crew) = self.crew.as_ref().filter(|_| is_wanted) else { return };
        let hand = crew.start(move |sign| with(&this, |inner| inner.heard_from_rehearsal(sign)));
        self.rehearsal = Rehearsal { hand: hand.ok(), started: Some(timing::now()) };
    }

    fn heard_from_rehearsal(&mut self, sign: Sign) {
        let news = match sign {
            Sign::Requests(names) => {
                return names.iter().for_each(|name| self.requested(name, f64::MAX));
            }
            Sign::Message(message, _) => decode(&message),
            Sign::Fault(_) => None,
        };
        match (news, &self.rehearsal.hand) {
            (Some(FromWorker::Ready { build }), Some(hand)) if build == BUILD_ID => {
                hand.send(&encode(&ToWorker::Rehearse), Beside::default());
            }
            // It is through, or broke over it: nobody needs to know.
            _ => {
                let started = self.rehearsal.started.unwrap_or_default();
                timing::measure("vitrail:rehearsal", started, &[]);
                self.rehearsal.end();
            }
        }
    }
}
