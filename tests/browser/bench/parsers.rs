//! One parser's worker on large reports, findings and all, beside what a page without it would do:
//! `DecompressionStream` and `DOMParser`.

use serde_json::json;
use vitrail::wire::{Delivery, decode};

use super::sets::Set;
use super::{figure, workers};
use crate::harness::Outcome;
use crate::harness::browser::Session;
use crate::harness::site::Site;

const WITH_WORKER: &str = "const [start, message] = arguments;
    bench.one ??= await bench.parser(start);
    const millis = await bench.parse(bench.one, message, [...bench.pick.files]);
    return { millis, delivery: bench.pack(bench.one.delivery) };";

/// The same values of each record as in a table, and the sum of messages.
const WITH_DOM: &str = "const start = performance.now();
    let records = 0, messages = 0;
    const rows = [];
    for (const file of bench.pick.files) {
        const unpacked = file.stream().pipeThrough(new DecompressionStream('gzip'));
        const text = await new Response(unpacked).text();
        const page = new DOMParser().parseFromString(text, 'text/xml');
        const of = (element, name) => element.getElementsByTagName(name)[0]?.textContent;
        for (const record of page.getElementsByTagName('record')) {
            const count = Number(of(record, 'count'));
            rows.push([of(record, 'source_ip'), count, of(record, 'disposition'), of(record, 'dkim'),
                of(record, 'spf'), of(record, 'header_from')]);
            records += 1;
            messages += count;
        }
    }
    return { millis: performance.now() - start, records, messages };";

/// Set s, gzipped, by one thread.
pub async fn measure(session: &Session, set: &Set, rounds: usize) -> Outcome {
    let site = Site::new(session, "/").await?;
    workers::prepare(&site).await?;
    workers::pick(&site, set).await?;
    let arguments =
        vec![workers::start_parser().into(), workers::parse(set, 0, set.files.len())?.into()];
    // The first import meets code that is not optimised yet.
    site.run_async_with(WITH_WORKER, arguments.clone()).await?;
    for round in 0..rounds {
        // Many of the fast one, which is over at once, for one of the slow one.
        for _ in 0..5 {
            let result = site.run_async_with(WITH_WORKER, arguments.clone()).await?;
            let delivery: Delivery =
                decode(&workers::bytes(&result["delivery"])?).ok_or("an unreadable delivery")?;
            let tables = delivery.batch.tables();
            let messages: u64 = tables.reports.iter().map(|report| report.messages).sum();
            assert_eq!(tables.rows.len() as u64, set.count("records"));
            assert_eq!(messages, set.count("messages"));
            figure("wasm.s.vitrail", result["millis"].as_f64().unwrap_or(f64::NAN));
        }
        if round < 2 {
            let result = site.run_async_with(WITH_DOM, Vec::new()).await?;
            assert_eq!(result["records"], json!(set.count("records")));
            assert_eq!(result["messages"], json!(set.count("messages")));
            figure("wasm.s.dom", result["millis"].as_f64().unwrap_or(f64::NAN));
        }
    }
    site.close().await
}
