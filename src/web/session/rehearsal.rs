//! A worker that rehearses imports ([`crate::rehearsal`]) while the page has nothing else to do, and
//! is gone when it is through or when there are files. What the browser has compiled meanwhile is the
//! module's, and with it every worker's.

use super::{Inner, with};
use crate::web::crew::{Hand, Sign};
use crate::web::envelope::Beside;
use crate::web::timing;
use crate::wire::{FromWorker, ToWorker, decode, encode};

/// See the module's text.
#[derive(Default)]
pub struct Rehearsal {
    hand: Option<Hand>,
    started: f64,
}

impl Rehearsal {
    /// The worker goes, wherever it is.
    pub fn end(&mut self) {
        self.hand = None;
    }
}

impl Inner {
    /// Starts it, unless there are files already.
    pub(super) fn rehearse(&mut self) {
        let this = self.this.clone();
        let Some(crew) = self.crew.as_ref().filter(|_| !self.snapshot.locked) else { return };
        let hand = crew.start(move |sign| with(&this, |inner| inner.heard_from_rehearsal(sign)));
        self.rehearsal = Rehearsal { hand: hand.ok(), started: timing::now() };
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
            (Some(FromWorker::Ready { .. }), Some(hand)) => {
                hand.send(&encode(&ToWorker::Rehearse), Beside::default());
            }
            // It is through, or broke over it: nobody needs to know.
            _ => {
                timing::measure("vitrail:rehearsal", self.rehearsal.started, &[]);
                self.rehearsal.end();
            }
        }
    }
}
