//! One parser's worker on large reports, findings and all, beside what a page without it would do:
//! `DecompressionStream` and `DOMParser`.

use serde_json::json;
use vitrail::wire::{Delivery, decode};

use super::sets::Set;
use super::{figure, workers};
use crate::harness::Outcome;
use crate::harness::browser::Session;
use crate::harness::site::Site;

/// The files that were picked, or what was made of them.
const WITH_WORKER: &str = "const [start, message, files] = arguments;
    bench.one ??= await bench.parser(start);
    const millis = await bench.parse(bench.one, message, [...(bench[files] ?? bench.pick.files)]);
    return { millis, delivery: bench.pack(bench.one.delivery) };";

/// Makes plain XML of the files that were picked, and gives their sizes.
const UNPACK: &str = "bench.unpacked = [];
    for (const file of bench.pick.files) {
        const stream = file.stream().pipeThrough(new DecompressionStream('gzip'));
        bench.unpacked.push(new File([await new Response(stream).blob()], file.name.replace('.gz', '')));
    }
    return bench.unpacked.map(file => file.size);";

/// Nothing but reading the plain files, in slices as a parser reads them (`web::blob_source`).
const BARE: &str = "const code = `onmessage = ({ data }) => {
        const [reader, slice, start] = [new FileReaderSync(), 2 << 20, performance.now()];
        let bytes = 0;
        for (const file of data)
            for (let at = 0; at < file.size; at += slice)
                bytes += new Uint8Array(reader.readAsArrayBuffer(file.slice(at, at + slice))).slice().length;
        postMessage({ millis: performance.now() - start, bytes });
    }`;
    bench.bare ??= new Worker(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })));
    const done = new Promise(done => { bench.bare.onmessage = ({ data }) => done(data); });
    bench.bare.postMessage(bench.unpacked);
    return done;";

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

/// Set s by one thread, gzipped and as plain XML.
pub async fn measure(session: &Session, set: &Set, rounds: usize) -> Outcome {
    let site = Site::new(session, "/").await?;
    workers::prepare(&site).await?;
    workers::pick(&site, set).await?;
    let sizes = site.run_async_with(UNPACK, Vec::new()).await?;
    let sizes: Vec<u64> = serde_json::from_value(sizes)?;
    let gzipped = workers::parse(set, 0, set.files.len())?;
    let unpacked = workers::parse_unpacked(set, &sizes)?;
    // The first import meets code that is not optimised yet.
    parse(&site, set, &gzipped, "picked").await?;
    for round in 0..rounds {
        // Many of the fast one, which is over at once, for one of the slow one.
        for _ in 0..5 {
            figure("wasm.s.vitrail", parse(&site, set, &gzipped, "picked").await?);
            figure("wasm.s.vitrail-xml", parse(&site, set, &unpacked, "unpacked").await?);
            let bare = site.run_async_with(BARE, Vec::new()).await?;
            assert_eq!(bare["bytes"], json!(set.count("xml")));
            figure("wasm.s.reading-xml", bare["millis"].as_f64().unwrap_or(f64::NAN));
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

/// Milliseconds that the worker takes for a job, whose result is checked.
async fn parse(site: &Site<'_>, set: &Set, job: &str, files: &str) -> Outcome<f64> {
    let arguments = vec![workers::start_parser().into(), job.into(), files.into()];
    let result = site.run_async_with(WITH_WORKER, arguments).await?;
    let delivery: Delivery =
        decode(&workers::bytes(&result["delivery"])?).ok_or("an unreadable delivery")?;
    let tables = delivery.batch.tables();
    let messages: u64 = tables.reports.iter().map(|report| report.messages).sum();
    assert_eq!(tables.rows.len() as u64, set.count("records"));
    assert_eq!(messages, set.count("messages"));
    Ok(result["millis"].as_f64().unwrap_or(f64::NAN))
}
