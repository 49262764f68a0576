//! Every message comes out as it went in, and nothing else is taken for one.

use std::fmt::Debug;

use serde::{Serialize, de::DeserializeOwned};
use vitrail::base::{FileId, JobId, Limits};
use vitrail::query::{
    Dimension, FileColumn, Filter, GroupBy, Lines, Measure, Page, Question, Sort, Table, Totals,
    Window,
};
use vitrail::wire::{
    FileRef, FromEngine, FromParser, FromWorker, Refusal, ToEngine, ToParser, ToWorker, decode,
    encode,
};

fn comes_back<T: Serialize + DeserializeOwned + PartialEq + Debug>(messages: &[T]) {
    for message in messages {
        let bytes = encode(message);
        assert_eq!(decode::<T>(&bytes).as_ref(), Some(message));
        let whole = bytes.len();
        for len in 0..whole {
            assert!(decode::<T>(&bytes[..len]).is_none(), "{len} of {whole} bytes: {message:?}");
        }
    }
}

fn file(id: u32) -> FileRef {
    FileRef { id: FileId(id), name: format!("folder/é{id}.eml"), size: u64::MAX - 1 }
}

#[test]
fn to_workers() {
    let job = JobId(7);
    let limits = Limits::default();
    let sort = Sort { by: FileColumn::Findings, descending: true };
    let question = Question::Files { sort, window: Window { offset: 3, limit: u32::MAX } };
    let group = Question::Group(GroupBy {
        table: Table::Aggregate,
        filter: Filter::parse("ip:192.0.2.0/24 -from:= word until:2026-01-31"),
        by: (Dimension::SourceIp, Some(Dimension::Day)),
        measures: Measure::ALL.to_vec(),
        sort: Sort { by: Some(Measure::SourceIps), descending: true },
        window: Window { offset: 0, limit: 50 },
    });
    let refusals = [
        Refusal::Crashed("index out of bounds".into()),
        Refusal::Stalled,
        Refusal::Unreadable,
        Refusal::Cancelled,
    ];
    let refused = (0..).map(file).zip(refusals).collect();
    comes_back(&[
        ToWorker::Engine(ToEngine::Start { limits: limits.clone() }),
        ToWorker::Engine(ToEngine::Parser),
        ToWorker::Engine(ToEngine::Ask { id: 1, question, filter: String::new() }),
        ToWorker::Engine(ToEngine::Ask { id: 2, question: group, filter: "org:x".to_owned() }),
        ToWorker::Engine(ToEngine::GiveUp { job, refused }),
        ToWorker::Engine(ToEngine::Remove { file: FileId(u32::MAX) }),
        ToWorker::Engine(ToEngine::Clear),
        ToWorker::Parser(ToParser::Start { limits }),
        ToWorker::Parser(ToParser::Parse { job, files: vec![file(0), file(1)] }),
    ]);
}

#[test]
fn from_workers() {
    let job = JobId(7);
    let totals = Totals { messages: u64::MAX, findings: 3, ..Totals::default() };
    let lines = Lines::Files(Page { total: 9, offset: 0, lines: Vec::new() });
    comes_back(&[
        FromWorker::Ready { build: "1-abc".into() },
        FromWorker::Panicked { message: "no".into() },
        FromWorker::Engine(FromEngine::Appended { job, totals, wasm_bytes: 1 << 40 }),
        FromWorker::Engine(FromEngine::Changed { totals }),
        FromWorker::Engine(FromEngine::Answered { id: 1, lines, millis: 0.25 }),
        FromWorker::Parser(FromParser::Progress { job, bytes: 12 }),
        FromWorker::Parser(FromParser::Finished { job, wasm_bytes: 1 }),
    ]);
}
