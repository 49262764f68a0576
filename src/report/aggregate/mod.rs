//! DMARC aggregate reports: RFC 7489 App. C, RFC 9990 and the drafts before
//! them, in whatever shape reporters send them.
//!
//! [`read`] follows the document's events with a stack of open elements and a
//! lenient schema. Where markup is broken it resumes at the next element whose
//! place is certain; what no schema knows is kept as an extra; what is odd is a
//! finding. One record is held at a time.

mod closing;
mod header;
mod list;
mod out;
mod period;
mod reader;
mod record;
mod schema;
mod stack;
mod starting;
mod value;

use std::io::BufRead;

use self::reader::Reader;
use super::xml::Scanner;
use super::{Hints, Sink};
use crate::base::{Context, Outcome};

/// A document that has not shown to be a report by then is none.
const UNDECIDED_BYTES: u64 = 16 << 20;

/// Reads a document: usually one report, but all of them where it holds
/// several. Each ends with its header. Of a document that is no report,
/// nothing is told but the finding that says so.
///
/// [`Outcome::Opened`] is a report with records, or a sound one without;
/// [`Outcome::Damaged`] a broken one that gave no record, with the header as far
/// as it stands in the text.
pub fn read(
    bytes: &mut dyn BufRead,
    hints: &Hints<'_>,
    context: &Context<'_>,
    sink: &mut dyn Sink,
) -> Outcome {
    let mut scanner = Scanner::new(bytes, *context);
    let mut reader = Reader::new(hints, context.limits, sink);
    loop {
        let goes_on = reader.event(scanner.next_event());
        if reader.wants_place() {
            reader.place(scanner.whereabouts());
        }
        if !goes_on || (reader.is_undecided() && scanner.offset() > UNDECIDED_BYTES) {
            return reader.finish();
        }
    }
}
