//! Every file there is, broken in a thousand ways: nothing panics, nothing
//! hangs, and what comes out is a batch that the store can take.

use vitrail::base::{FileId, Limits};
use vitrail::store::{Batch, Store};

use super::{read, small_limits};
use crate::mutate::{Mutator, inputs, rounds};

/// Bytes that mean something to one of the readers.
const SPICES: [&[u8]; 18] = [
    b"<record>",
    b"</record>",
    b"<![CDATA[",
    b"]]>",
    b"<!DOCTYPE a [<!ENTITY b \"c\">]>",
    b"&#x10FFFF;",
    b"&b;",
    b"\xef\xbb\xbf",
    b"\xff\xfe<\0",
    b"\r\n\r\n",
    b"\r\n--b\r\n",
    b"\nFrom a@example.com Mon Nov 23 00:00:00 2026\n",
    b"Content-Transfer-Encoding: base64\r\n",
    b"Content-Type: message/rfc822\r\n\r\n",
    b"PK\x03\x04",
    b"\x1f\x8b\x08\x00",
    b"{\"policies\":[",
    b"\0",
];

#[test]
fn no_input_breaks_the_import() {
    let inputs = inputs(|_| true);
    assert!(inputs.len() > 20, "fixtures are where they are looked for");
    let limits = Limits {
        records_per_report: 5_000,
        list_entries: 10,
        text_bytes: 500,
        store_bytes: 8 << 20,
        ..small_limits()
    };
    Mutator::new(&inputs, &SPICES).run(rounds(3_000, 1), |bytes| {
        let mut batch = Batch::default();
        read(&mut batch, 0, "input", bytes, &limits);
        assert_eq!(batch.tables().check(), Ok(()), "the batch is whole");
        assert!(batch.bytes() < 2 * limits.store_bytes, "memory is bounded");
        let mut store = Store::new(Limits::default());
        store.append(&batch);
        store.remove(FileId(0));
    });
}
