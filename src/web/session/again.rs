//! Reports that are read again: the screens' program asks, a parser reads, and the page hands
//! the file from one to the other without looking into it.

use web_sys::File;

use super::Inner;
use crate::base::FileId;
use crate::schedule::Slot;
use crate::web::envelope::Beside;
use crate::web::save;
use crate::wire::{ToParser, ToScreens, encode};

/// See the module's text.
#[derive(Default)]
pub struct Again {
    /// Under way: the parsers that read, and the drawings that wait for it.
    open: Vec<(Slot, u32)>,
    /// The report that was read last.
    last: Option<File>,
}

impl Inner {
    /// Lets a parser read a report again, for the drawing of this number.
    pub(super) fn read_again(&mut self, id: u32, file: FileId, locus: Vec<u8>) {
        match (self.files.get(file).cloned(), self.pool.reader()) {
            (Some(file), Some(slot)) => {
                self.again.open.push((slot, id));
                let beside = Beside { files: vec![file], port: None };
                self.send_parser(slot, ToParser::Again { id, locus }, beside);
            }
            _ => self.have_read_again(id, Vec::new()),
        }
    }

    /// Hands over what a parser has found; no file where it found nothing.
    pub(super) fn have_read_again(&mut self, id: u32, files: Vec<File>) {
        self.again.open.retain(|(_, other)| *other != id);
        self.again.last = files.first().cloned();
        let beside = Beside { files, port: None };
        self.screens.send_beside(&encode(&ToScreens::Source { id }), beside);
    }

    /// What this parser was reading again will not come.
    pub(super) fn lose_again(&mut self, slot: Slot) {
        while let Some((_, id)) = self.again.open.iter().find(|(other, _)| *other == slot).copied()
        {
            self.have_read_again(id, Vec::new());
        }
    }

    /// Saves the report that was read last; whether the browser let it.
    pub(super) fn save_source(&self, name: &str) -> bool {
        self.again.last.as_ref().is_some_and(|file| save::blob(name, file).is_ok())
    }
}
