//! The tools for records and policies: what a person has typed goes in, a sheet of fields,
//! records, files and remarks comes out, and from that the screen.
//!
//! ```text
//! Ask ─► draw ─► Sheet ─► drawing ─► Drawn
//! values         blocks              elements
//! ```

mod address;
mod dmarc;
mod domain;
mod drawing;
mod explain;
mod known;
mod mta_sts;
mod pen;
mod policy;
mod record;
mod remarks;
mod sheet;
mod tls_rpt;
mod zone;

use std::rc::Rc;

use super::markup::Drawn;
pub use super::markup::Tone;
use super::{Desk, Values};
use crate::base::UnixSeconds;
use crate::knowledge::Suffixes;
pub use address::{Address, Tool};
pub(super) use drawing::Desk as Brush;
pub use known::Known;
pub(super) use pen::Pen;
pub use sheet::{
    Block, Choice, Field, FieldKind, Line, Link, Remark, Section, Sheet, Target, Text,
};

/// What a tool is to be drawn from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    /// The BCP 47 tag of the language.
    pub language: String,
    pub tool: Tool,
    pub values: Values,
    /// A file in the place of a field's value, as the field's name and its bytes: a text
    /// field would change line ends and encoding.
    pub file: Option<(String, Vec<u8>)>,
    pub known: Known,
    /// The list of public suffixes; `None` where it has not come.
    pub suffixes: Option<Rc<Suffixes>>,
    /// When the tools were opened.
    pub opened: UnixSeconds,
    pub now: UnixSeconds,
}

impl Ask {
    /// For what is drawn on a desk, in the manner of the tools but not by one.
    pub(super) fn of(desk: &Desk<'_>) -> Self {
        let asked = desk.ask;
        Self {
            language: asked.language.clone(),
            tool: Tool::default(),
            values: asked.values.clone(),
            file: asked.file.clone(),
            known: Known::default(),
            suffixes: None,
            opened: asked.opened,
            now: asked.now,
        }
    }

    /// Puts what is in the file into its field, as far as a text field can hold it.
    pub(super) fn take_file(&mut self) {
        if let Some((field, bytes)) = &self.file {
            self.values.set(field, &String::from_utf8_lossy(bytes));
        }
    }
}

/// The screen of the tool that the route says. A link to one holds for what it says; what it
/// does not say stays.
pub(super) fn drawn(desk: &Desk<'_>) -> Drawn {
    let asked = desk.ask;
    let here = Address::parse(&desk.route.tool);
    let mut ask = Ask {
        tool: here.tool,
        values: if asked.is_new { asked.values.with(&here.values) } else { asked.values.clone() },
        known: known::look_up(desk),
        suffixes: desk.suffixes.cloned(),
        ..Ask::of(desk)
    };
    ask.take_file();
    drawing::drawn(desk, Pen::new(&ask), &draw(&ask))
}

/// What a tool shows.
pub fn draw(ask: &Ask) -> Sheet {
    let pen = Pen::new(ask);
    match ask.tool {
        Tool::Explain => explain::draw(pen),
        Tool::Domain => domain::draw(pen),
        Tool::MtaSts => mta_sts::draw(pen),
        Tool::Policy => policy::draw(pen),
        Tool::TlsRpt => tls_rpt::draw(pen),
        Tool::Dmarc => dmarc::draw(pen),
        Tool::Record => record::draw(pen),
    }
}
