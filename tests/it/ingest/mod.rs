//! Whole files into batches: what the site and the command line do.

mod again;
mod containers;
mod corpus;
mod mutate;
mod pieces;

use std::io::Cursor;

use vitrail::base::context::decode_natively;
use vitrail::base::{Context, FileId, Limits};
use vitrail::ingest;
use vitrail::store::{Batch, Store};
use vitrail::wire::FileRef;

/// What may be in one file, and so little that each limit is reached now and then.
pub fn small_limits() -> Limits {
    Limits {
        output_bytes_per_file: 4 << 20,
        ratio_floor_bytes: 1 << 20,
        buffered_bytes: 1 << 20,
        members: 50,
        parts_per_mail: 50,
        parts_per_file: 500,
        plain_parts: 20,
        ..Limits::default()
    }
}

/// Reads one file into a batch.
pub fn read(batch: &mut Batch, id: u32, name: &str, bytes: &[u8], limits: &Limits) {
    let cx = Context { limits, decode: decode_natively };
    let file = FileRef::new(FileId(id), name.to_owned(), bytes.len() as u64);
    ingest::file(&mut Cursor::new(bytes), &file, &cx, batch, &mut |_| ());
}

/// A store of files, a batch each.
pub fn store<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Store {
    let limits = Limits::default();
    let mut store = Store::new(limits.clone());
    for (id, (name, bytes)) in (0..).zip(files) {
        let mut batch = Batch::default();
        read(&mut batch, id, name, bytes, &limits);
        store.append(&batch);
    }
    store
}
