//! Every message comes out as it went in, and nothing else is taken for one.

use std::fmt::Debug;

use serde::{Serialize, de::DeserializeOwned};
use vitrail::base::{FileId, JobId, Piece};
use vitrail::query::{
    Answer, Dimension, FileColumn, Filter, GroupBy, Measure, Page, Question, Rank, Sort, Table,
    Totals, Window,
};
use vitrail::screens::Program;
use vitrail::wire::{
    FileRef, FromEngine, FromParser, FromScreens, FromWorker, Refusal, ToEngine, ToParser,
    ToScreens, ToWorker, decode, encode,
};

use crate::screens::{ask, draw, samples};

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

const PIECE: Piece = Piece {
    is_archive: true,
    range: (u64::MAX - 3, u64::MAX),
    before: u32::MAX,
    trusts_length: true,
};

fn file(id: u32) -> FileRef {
    FileRef::new(FileId(id), format!("folder/é{id}.eml"), u64::MAX - 1)
}

#[test]
fn to_workers() {
    let job = JobId(7);
    let sort = Sort { by: FileColumn::Findings, descending: true };
    let question = Question::Files { sort, window: Window { offset: 3, limit: u32::MAX } };
    let group = Question::Group(GroupBy {
        table: Table::Aggregate,
        filter: Filter::parse("ip:192.0.2.0/24 -from:= word until:2026-01-31"),
        by: (Dimension::SourceIp, Some(Dimension::Day)),
        measures: Measure::ALL.to_vec(),
        sort: Sort { by: Some(Rank::Share(Measure::Passed, Measure::Judged)), descending: true },
        window: Window { offset: 0, limit: 50 },
    });
    comes_back(&[question.clone(), group.clone()]);
    let questions = encode(&vec![question, group]);
    let refusals = [
        Refusal::Crashed("index out of bounds".into()),
        Refusal::Stalled,
        Refusal::Unreadable,
        Refusal::Cancelled,
    ];
    let refused = (0..).map(file).zip(refusals).collect();
    let piece = FileRef { piece: Some(PIECE), ..file(2) };
    comes_back(&[
        ToWorker::Engine(ToEngine::Start),
        ToWorker::Engine(ToEngine::Parser),
        ToWorker::Engine(ToEngine::Ask { id: 1, questions }),
        ToWorker::Engine(ToEngine::Forget { id: 1 }),
        ToWorker::Engine(ToEngine::GiveUp { job, refused }),
        ToWorker::Engine(ToEngine::Remove { file: FileId(u32::MAX) }),
        ToWorker::Engine(ToEngine::TakeBack { job, file: FileId(3) }),
        ToWorker::Engine(ToEngine::Clear),
        ToWorker::Parser(ToParser::Start),
        ToWorker::Parser(ToParser::Parse { job, files: vec![file(0), file(1), piece] }),
        ToWorker::Parser(ToParser::Cut { job }),
    ]);
}

#[test]
fn from_workers() {
    let job = JobId(7);
    let totals = Totals { messages: u64::MAX, findings: 3, ..Totals::default() };
    let lines = Answer::Files(Page { total: 9, offset: 0, lines: Vec::new() });
    comes_back(std::slice::from_ref(&lines));
    let answers = encode(&vec![lines]);
    comes_back(&[
        FromWorker::Ready { build: "1-abc".into() },
        FromWorker::Panicked { message: "no".into() },
        FromWorker::Engine(FromEngine::Appended { job, totals, wasm_bytes: 1 << 40 }),
        FromWorker::Engine(FromEngine::Cancelled { files: vec![FileId(7)] }),
        FromWorker::Engine(FromEngine::Changed { totals }),
        FromWorker::Engine(FromEngine::Answered { id: 1, answers, rows: 0, millis: 0.25 }),
        FromWorker::Parser(FromParser::Progress { job, bytes: 12 }),
        FromWorker::Parser(FromParser::Piece { job, piece: PIECE }),
        FromWorker::Parser(FromParser::Finished { job, wasm_bytes: 1, share: f64::INFINITY }),
    ]);
}

#[test]
fn between_page_and_screens() {
    let mut opened = ask("#/records?filter=result:fail&sort=-messages");
    opened.shown.open = Some(3);
    let drawn = Box::new(draw(&mut Program::default(), Some(&mut samples()), &opened));
    assert!(drawn.table.is_some() && !drawn.acts.is_empty());
    let mut found = ToScreens::Draw { id: 1, ask: opened };
    if let ToScreens::Draw { ask, .. } = &mut found {
        ask.file = Some(("policy".to_owned(), vec![0, 255]));
    }
    comes_back(&[found, ToScreens::Forget { id: 1 }, ToScreens::Answers { id: 2, answers: None }]);
    // Each part of a large one is cut somewhere.
    let drawn = FromScreens::Drawn { id: 1, drawn };
    let bytes = encode(&drawn);
    assert_eq!(decode::<FromScreens>(&bytes), Some(drawn));
    assert_eq!(decode::<FromScreens>(&bytes[..bytes.len() - 1]), None);
}
