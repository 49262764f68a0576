//! The shared corpus through everything: the totals that its notes give, and
//! the same store in whatever order it is read.

use vitrail::base::{FileId, Limits};
use vitrail::query::FileColumn;
use vitrail::query::{Answer, FileLine, Question, Sort, Window, answer};
use vitrail::store::{Batch, Store};

use super::read;
use crate::random::Random;
use crate::shared_corpus::{self, Row};

/// Files whose notes say `ok`, and what they are known to hold otherwise.
const DISAGREED: &[(&str, u32)] = &[
    // Their one record is empty: such are counted in a finding, not stored.
    ("stuartmaxwell__dmarc-report/tests/reports/dmarc-invalid-2.xml", 0),
    ("stuartmaxwell__dmarc-report/tests/reports/dmarc-invalid-2.xml.gz", 0),
];

fn files(store: &Store) -> Vec<FileLine> {
    let sort = Sort { by: FileColumn::Size, descending: false };
    let window = Window { offset: 0, limit: u32::MAX };
    let Answer::Files(page) = answer(store, &Question::Files { sort, window }) else {
        panic!("files");
    };
    let mut lines = page.lines;
    lines.sort_by_key(|line| line.file);
    lines
}

/// Each file alone, so that what two of them share is counted in both.
fn records(row: &Row) -> u32 {
    let mut batch = Batch::default();
    read(&mut batch, 0, &row.path, &row.bytes, &Limits::default());
    let mut store = Store::new(Limits::default());
    store.append(&batch);
    files(&store).iter().map(|file| file.records).sum()
}

#[test]
fn every_sound_file_opens_with_all_its_records() {
    let Some(rows) = shared_corpus::rows(
        &["aggregate", "failure", "tlsrpt"],
        "every_sound_file_opens_with_all_its_records",
    ) else {
        return;
    };
    let mut wrong = Vec::new();
    for row in rows.iter().filter(|row| row.notes.starts_with("ok")) {
        let noted = row.note("records").and_then(|records| records.parse().ok()).unwrap_or(1);
        let known = DISAGREED.iter().find(|(path, _)| *path == row.path);
        let expected = known.map_or(noted, |(_, records)| *records);
        let records = records(row);
        if records != expected {
            wrong.push(format!("{}: {records}, not {expected} ({})", row.path, row.notes));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn the_corpus_is_the_same_in_any_order() {
    let kinds = ["aggregate", "failure", "tlsrpt", "other"];
    let Some(rows) = shared_corpus::rows(&kinds, "the_corpus_is_the_same_in_any_order") else {
        return;
    };
    let batches: Vec<Batch> = (0..)
        .zip(&rows)
        .map(|(id, row)| {
            let mut batch = Batch::default();
            read(&mut batch, id, &row.path, &row.bytes, &Limits::default());
            batch
        })
        .collect();
    let store = |order: &[usize]| {
        let mut store = Store::new(Limits::default());
        order.iter().for_each(|at| store.append(&batches[*at]));
        store
    };
    let mut order: Vec<usize> = (0..batches.len()).collect();
    let whole = store(&order);
    for seed in 0..3 {
        Random::new(seed).shuffle(&mut order);
        let mut shuffled = store(&order);
        assert_eq!((shuffled.digest(), shuffled.totals()), (whole.digest(), whole.totals()));
        assert_eq!(files(&shuffled), files(&whole));
        shuffled.remove(FileId(order[0] as u32));
        assert_eq!(shuffled.totals(), store(&order[1..]).totals());
    }
}
