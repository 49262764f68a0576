//! DMARC aggregate reports: RFC 7489 App. C, RFC 9990 and the drafts before
//! them, in whatever shape reporters send them.
//!
//! [`read`] follows the document's events with a stack of open elements and a
//! lenient schema. Where markup is broken it resumes at the next element whose
//! place is certain; what no schema knows is kept as an extra; what is odd is a
//! finding. One record is held at a time. A record in which nothing is odd is
//! read at a glance ([`express`]), to the same result.

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

use vitrail_kernels::express::{Bounds, Express};

use self::reader::Reader;
use super::xml::{Event, Scanner};
use super::{Hints, Sink};
use crate::base::{Context, Outcome};

/// A document that has not shown to be a report by then is none.
const UNDECIDED_BYTES: u64 = 16 << 20;

/// Looked at together at least, where there is so much: longer than nearly any record.
const AHEAD_BYTES: usize = 4 << 10;

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
    let mut express = Express::new(Bounds {
        text_bytes: context.limits.text_bytes,
        list_entries: context.limits.list_entries as usize,
    });
    loop {
        let event = scanner.next_event();
        let has_ended = matches!(event, Event::End(_));
        let goes_on = reader.event(event);
        if reader.wants_place() {
            reader.place(scanner.whereabouts());
        }
        if !goes_on || (reader.is_undecided() && scanner.offset() > UNDECIDED_BYTES) {
            return reader.finish();
        }
        if has_ended {
            plain_records(&mut scanner, &mut reader, &mut express);
        }
    }
}

/// Reads on as long as there are records in which nothing is odd.
fn plain_records(scanner: &mut Scanner<'_>, reader: &mut Reader<'_>, express: &mut Express) {
    while reader.awaits_record()
        && let Some(text) = scanner.ahead(AHEAD_BYTES)
        && let Some(bytes) = express.record(text, &mut |record| reader.take_record(record))
    {
        scanner.pass(bytes);
    }
}
