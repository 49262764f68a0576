//! Questions to the engine's worker over set b: its own time, and until the page has the answer.

use serde_json::Value;
use vitrail::query::{
    Answer, Dimension, Filter, GroupBy, Measure, Question, Rank, RecordColumn, Sort, Table, Window,
};
use vitrail::wire::{FromEngine, FromWorker, ToEngine, ToWorker, decode, encode};

use super::sets::Set;
use super::{figure, workers};
use crate::harness::Outcome;
use crate::harness::browser::Session;
use crate::harness::site::Site;

/// Reads the files with one parser into an engine.
const FILL: &str = "const [engineStart, engineParser, parserStart, message, files] = arguments;
    const engine = bench.engine = await bench.worker();
    bench.tell(engine, engineStart);
    const parser = await bench.worker();
    const { port1, port2 } = new MessageChannel();
    bench.tell(engine, engineParser, { port: port2 });
    bench.tell(parser, parserStart, { port: port1 });
    // `FromWorker::Engine(FromEngine::Appended { .. })` begins so.
    const appended = bench.next(engine, bytes => bytes[0] === 1 && bytes[1] === 0);
    await bench.parse(parser, message, [...bench.pick.files]);
    const told = bench.pack(await appended);
    parser.terminate();
    return told;";

/// `FromWorker::Engine(FromEngine::Answered { .. })` begins so.
const ASK: &str = "const start = performance.now();
    const answered = bench.next(bench.engine, bytes => bytes[0] === 1 && bytes[1] === 2);
    bench.tell(bench.engine, arguments[0]);
    const told = await answered;
    return { millis: performance.now() - start, told: bench.pack(told) };";

const WINDOW: Window = Window { offset: 0, limit: 50 };

/// Grouped by a dimension, the most messages first.
fn group(filter: &str, by: Dimension) -> Question {
    Question::Group(GroupBy {
        table: Table::Aggregate,
        filter: Filter::parse(filter),
        by: (by, None),
        measures: vec![Measure::Messages],
        sort: Sort { by: Some(Rank::Amount(Measure::Messages)), descending: true },
        window: WINDOW,
    })
}

pub async fn measure(session: &Session, set: &Set, rounds: usize) -> Outcome {
    let site = Site::new(session, "/").await?;
    workers::prepare(&site).await?;
    workers::pick(&site, set).await?;
    let Value::Array(mut arguments) = workers::start_engine() else { return Ok(()) };
    arguments.push(workers::start_parser().into());
    arguments.push(workers::parse(set, 0, set.files.len())?.into());
    let told = site.run_async_with(FILL, arguments).await?;
    match decode(&workers::bytes(&told)?) {
        Some(FromWorker::Engine(FromEngine::Appended { totals, wasm_bytes, .. })) => {
            assert_eq!(totals.messages, set.count("messages"));
            figure("query.engine_bytes", wasm_bytes as f64);
        }
        told => return Err(format!("not appended: {told:?}").into()),
    }
    let records = |filter: &str| Question::Records {
        filter: Filter::parse(filter),
        sort: Sort { by: RecordColumn::Messages, descending: true },
        window: WINDOW,
    };
    let questions = [
        ("group", group("result:fail", Dimension::Reporter)),
        ("top", group("", Dimension::SourceIp)),
        ("sort", records("")),
    ];
    // Asked between two of the same, so that nothing is left of the one before.
    let others = [group("d:example.com", Dimension::Day), records("result:pass")];
    let mut id = 0;
    for _ in 0..rounds * 5 {
        for (name, question) in &questions {
            for other in &others {
                id += 1;
                ask(&site, id, other).await?;
            }
            id += 1;
            let (answer, inside, outside) = ask(&site, id, question).await?;
            check(name, &answer, set);
            figure(&format!("query.{name}.engine"), inside);
            figure(&format!("query.{name}.page"), outside);
        }
    }
    site.close().await
}

fn check(name: &str, answer: &Answer, set: &Set) {
    match answer {
        Answer::Group(groups) if name == "top" => {
            assert_eq!(groups.totals[0], set.count("messages"), "{name}");
        }
        Answer::Group(groups) => assert!(groups.totals[0] < set.count("messages"), "{name}"),
        Answer::Records(page) => {
            assert_eq!(u64::from(page.total), set.count("records"), "{name}");
            assert!(page.lines.is_sorted_by(|a, b| a.messages >= b.messages), "{name}");
        }
        answer => panic!("{name}: {answer:?}"),
    }
}

/// The answer, and milliseconds in the engine and until the page has it.
async fn ask(site: &Site<'_>, id: u32, question: &Question) -> Outcome<(Answer, f64, f64)> {
    // A list: an array says nothing of how many it holds.
    let message = ToEngine::Ask { id, questions: encode(&vec![question]) };
    let message = workers::text(&ToWorker::Engine(message));
    let result = site.run_async_with(ASK, vec![message.into()]).await?;
    match decode(&workers::bytes(&result["told"])?) {
        Some(FromWorker::Engine(FromEngine::Answered { answers, millis, .. })) => {
            let answers: Option<Vec<Answer>> = decode(&answers);
            let answer = answers.and_then(|mut answers| answers.pop()).ok_or("no answer")?;
            Ok((answer, millis, result["millis"].as_f64().unwrap_or(f64::NAN)))
        }
        told => Err(format!("no answer: {told:?}").into()),
    }
}
