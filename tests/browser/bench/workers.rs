//! The site's own workers, started in a page as the site starts them, and spoken to in its words:
//! what they take is measured without the page around them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use thirtyfour::prelude::*;
use vitrail::base::{FileId, JobId};
use vitrail::wire::{FileRef, ToEngine, ToParser, ToWorker, encode};

use super::sets::Set;
use crate::harness::Outcome;
use crate::harness::site::Site;

/// Defines `bench` in the page. `bench.worker()` gives a worker that is ready; `bench.tell` sends it
/// a message; `bench.parse` has a parser read files and gives the milliseconds; `bench.pack` makes
/// text of bytes. `bench.pick` is a file input of its own.
const PRELUDE: &str = r#"
    const [boot, first] = arguments;
    const bench = window.bench = { told: new Map() };
    const script = URL.createObjectURL(new Blob([await (await fetch('worker.js')).text(), boot],
        { type: 'text/javascript' }));
    const module = await WebAssembly.compile(await (await fetch('worker_bg.wasm')).arrayBuffer());
    bench.bytes = text => Uint8Array.from(atob(text), c => c.charCodeAt(0));
    bench.pack = bytes => {
        let text = '';
        for (let at = 0; at < bytes.length; at += 32768)
            text += String.fromCharCode(...bytes.subarray(at, at + 32768));
        return btoa(text);
    };
    bench.next = (worker, wanted) => new Promise((done, failed) => {
        worker.onerror = event => failed(event.message);
        worker.onmessage = ({ data }) => {
            if (data.fault) failed(data.fault);
            else if (data.bytes && wanted(data.bytes)) done(data.bytes);
        };
    });
    bench.worker = async () => {
        const worker = new Worker(script, { type: 'module' });
        worker.postMessage(module);
        await bench.next(worker, () => true);
        return worker;
    };
    bench.tell = (worker, message, beside = {}) =>
        worker.postMessage({ bytes: bench.bytes(message), ...beside }, beside.port ? [beside.port] : []);
    // What a parser delivers to an engine is kept, the last of it.
    bench.parser = async start => {
        const worker = await bench.worker();
        const { port1, port2 } = new MessageChannel();
        port2.onmessage = ({ data }) => { worker.delivery = data.bytes; };
        bench.tell(worker, start, { port: port1 });
        return worker;
    };
    // `FromWorker::Parser(FromParser::Finished { .. })` begins so.
    bench.parse = async (worker, message, files) => {
        const start = performance.now();
        const finished = bench.next(worker, bytes => bytes[0] === 2 && bytes[1] === 1);
        bench.tell(worker, message, { files: [new File(files, '')] });
        await finished;
        return performance.now() - start;
    };
    bench.pick = document.body.appendChild(document.createElement('input'));
    Object.assign(bench.pick, { type: 'file', multiple: true, id: 'bench-pick' });
    return first;
"#;

const BOOT: &str = include_str!("../../../src/web/worker_boot.js");

/// Opens the site and makes `bench` of it.
pub async fn prepare(site: &Site<'_>) -> Outcome {
    site.open("").await?;
    site.until_rehearsed().await?;
    site.run_async_with(PRELUDE, vec![BOOT.into(), true.into()]).await?;
    Ok(())
}

/// Puts a set's files into `bench.pick.files`.
pub async fn pick(site: &Site<'_>, set: &Set) -> Outcome {
    let input = site.driver.find(By::Id("bench-pick")).await?;
    site.run("arguments[0].value = ''", vec![input.to_json()?]).await?;
    let paths: Vec<_> = set.files.iter().map(|path| path.to_string_lossy()).collect();
    Ok(input.send_keys(paths.join("\n")).await?)
}

pub fn text(message: &ToWorker) -> String {
    STANDARD.encode(encode(message))
}

pub fn bytes(text: &Value) -> Outcome<Vec<u8>> {
    Ok(STANDARD.decode(text.as_str().ok_or("no text")?)?)
}

pub fn start_parser() -> String {
    text(&ToWorker::Parser(ToParser::Start))
}

pub fn start_engine() -> Value {
    let start = ToEngine::Start;
    json!([text(&ToWorker::Engine(start)), text(&ToWorker::Engine(ToEngine::Parser))])
}

/// The files of a set with the numbers `from..to`, as one job.
pub fn parse(set: &Set, from: usize, to: usize) -> Outcome<String> {
    let sizes = (from..to).map(|number| {
        let path = set.files.get(number).ok_or("no such file")?;
        Ok(path.metadata()?.len())
    });
    job(set, from, &sizes.collect::<Outcome<Vec<_>>>()?, "")
}

/// All files of a set as one job, unpacked to these sizes.
pub fn parse_unpacked(set: &Set, sizes: &[u64]) -> Outcome<String> {
    job(set, 0, sizes, ".gz")
}

/// Files of a set from a number on, as many as there are sizes, without an ending of their names.
fn job(set: &Set, from: usize, sizes: &[u64], ending: &str) -> Outcome<String> {
    let file = |(number, size): (usize, &u64)| {
        let path = set.files.get(number).ok_or("no such file")?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let name = name.strip_suffix(ending).unwrap_or(&name).to_owned();
        Ok(FileRef::new(FileId(number as u32), name, *size))
    };
    let files = (from..).zip(sizes).map(file).collect::<Outcome<_>>()?;
    Ok(text(&ToWorker::Parser(ToParser::Parse { job: JobId(from as u32), files })))
}
