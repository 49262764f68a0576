//! The tools for records and policies: what a person has typed goes in, a sheet of fields,
//! records, files and remarks comes out, and from that what the page puts on the screen.
//!
//! ```text
//! Ask ─► draw ─► Sheet ─► drawing ─► Drawn ─► the page, which knows no tool
//! values         blocks              elements
//! ```
//!
//! The page runs this in a worker and a program of its own, which it fetches when it has
//! time: who only reads reports loads none of it. [`Ask`] and [`markup`] are all that the
//! page itself knows.

mod address;
mod dmarc;
mod domain;
mod drawing;
mod explain;
pub mod markup;
mod mta_sts;
mod pen;
mod policy;
mod record;
mod remarks;
mod sheet;
mod tls_rpt;
mod zone;

use serde::{Deserialize, Serialize};

use crate::base::UnixSeconds;
pub use address::{Address, Tool, Values};
use markup::Drawn;
use pen::Pen;
pub use sheet::{
    Block, Choice, Field, FieldKind, Line, Link, Remark, Section, Sheet, Target, Text, Tone,
};

/// What the page wants drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ask {
    /// The BCP 47 tag of the language.
    pub language: String,
    /// The address of a tool where a link to it was followed: what it says holds, what it
    /// does not say stays. `None` where somebody typed.
    pub link: Option<String>,
    pub tool: Tool,
    pub values: Values,
    /// A file in the place of a field's value, as the field's name and its bytes: a text
    /// field would change line ends and encoding.
    pub file: Option<(String, Vec<u8>)>,
    pub known: Known,
    /// When the tools were opened.
    pub opened: UnixSeconds,
    pub now: UnixSeconds,
}

/// What the loaded reports tell, to fill fields and to compare with. Empty where nothing is
/// loaded.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// Domains that reports are about, those with most messages first.
    pub domains: Vec<String>,
    /// Names of mail servers in TLS reports.
    pub servers: Vec<String>,
    /// Domains that SPF was checked for, addresses that sent as them, and messages; those
    /// with most messages first.
    pub sources: Vec<(String, String, u64)>,
}

/// Answers the page.
pub fn answer(mut ask: Ask) -> Drawn {
    if let Some(link) = ask.link.take() {
        let here = Address::parse(&link);
        ask.tool = here.tool;
        ask.values = ask.values.with(&here.values);
    }
    if let Some((field, bytes)) = &ask.file {
        ask.values.set(field, &String::from_utf8_lossy(bytes));
    }
    drawing::drawn(Pen::new(&ask), &draw(&ask))
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
