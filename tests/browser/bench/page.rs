//! Imports through the real page, from the choice of files to the word that all is there.

use std::time::Duration;

use serde_json::{Value, json};

use super::sets::Set;
use super::{figure, workers};
use crate::harness::Outcome;
use crate::harness::browser::Session;
use crate::harness::site::Site;

/// The slowest import of all takes less.
const PATIENCE: Duration = Duration::from_secs(600);

/// Told by the browser when the import is over: to ask again and again would cost what is measured.
const IMPORTED: &str = "await new Promise(done => {
        const look = (list, observer) => {
            if (list.getEntriesByName('vitrail:import').length > 0) {
                observer.disconnect();
                done();
            }
        };
        new PerformanceObserver(look).observe({ type: 'measure', buffered: true });
    })";

/// Two parsers side by side, half of the files each, whose deliveries nobody takes.
const TWO_ALONE: &str = "const [start, first, second, half] = arguments;
    const files = [...bench.pick.files];
    const pair = await Promise.all([bench.parser(start), bench.parser(start)]);
    const begin = performance.now();
    await Promise.all([bench.parse(pair[0], first, files.slice(0, half)),
        bench.parse(pair[1], second, files.slice(half))]);
    const millis = performance.now() - begin;
    pair.forEach(worker => worker.terminate());
    return millis;";

/// Nothing but reading, in the quickest way there is: by two workers, 256 files at once.
const BARE: &str = "const code = `onmessage = ({ data }) => {
        const reader = new FileReaderSync();
        let bytes = 0;
        for (let at = 0; at < data.length; at += 256)
            bytes += reader.readAsArrayBuffer(new Blob(data.slice(at, at + 256))).byteLength;
        postMessage(bytes);
    }`;
    const files = [...bench.pick.files];
    const script = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
    const pair = [new Worker(script), new Worker(script)];
    const begin = performance.now();
    const bytes = await Promise.all(pair.map((worker, nth) => new Promise(done => {
        worker.onmessage = ({ data }) => done(data);
        const half = files.length >> 1;
        worker.postMessage(nth ? files.slice(half) : files.slice(0, half));
    })));
    pair.forEach(worker => worker.terminate());
    return { millis: performance.now() - begin, bytes: bytes[0] + bytes[1] };";

/// Sets a (loose mails), b (a million records), c (one large report), and m (b's records in one mailbox).
pub async fn measure(session: &Session, sets: &[Set; 4], rounds: usize) -> Outcome {
    let [mails, many, one, mailbox] = sets;
    for _ in 0..rounds {
        import(session, mailbox, 1).await?;
        import(session, mailbox, 2).await?;
        import(session, many, 1).await?;
        import(session, many, 2).await?;
        import_at_once(session, many).await?;
        two_alone(session, many).await?;
        import(session, mails, 2).await?;
        bare(session, mails).await?;
    }
    import(session, one, 2).await?;
    figure("b.records", many.count("records") as f64);
    figure("c.xml", one.count("xml") as f64);
    Ok(())
}

/// A site that takes the machine to have so many processors, and has come to rest, as it does while
/// somebody chooses files.
pub async fn site_with<'s>(session: &'s Session, workers: u32) -> Outcome<Site<'s>> {
    let site = fresh_site_with(session, workers).await?;
    site.until_rehearsed().await?;
    Ok(site)
}

/// The same, just opened.
async fn fresh_site_with<'s>(session: &'s Session, workers: u32) -> Outcome<Site<'s>> {
    let site = Site::new(session, "/").await?;
    let processors = format!(
        "() => Object.defineProperty(navigator, 'hardwareConcurrency', {{ get: () => {workers} }})"
    );
    site.before_load(&processors).await?;
    site.open("").await?;
    Ok(site)
}

/// Imports a set, and checks what the page says of it.
pub async fn import_into(site: &Site<'_>, set: &Set) -> Outcome<Value> {
    site.choose(&set.files).await?;
    site.driver.set_script_timeout(PATIENCE).await?;
    site.run_async(IMPORTED).await?;
    // Painted in one of the next frames.
    let shown = format!(
        "return ['messages', 'records'].map(what =>
            document.querySelector(`[data-testid=total-${{what}}]`).dataset.value).join() === '{},{}'",
        set.count("messages"),
        set.count("records")
    );
    site.until(&format!("the totals of set {} are shown", set.name), &shown).await?;
    let import = "const { duration, detail } = performance.getEntriesByName('vitrail:import')[0];
        return { duration, ...detail }";
    site.run(import, Vec::new()).await
}

async fn import(session: &Session, set: &Set, workers: u32) -> Outcome {
    let site = site_with(session, workers).await?;
    let import = import_into(&site, set).await?;
    assert_eq!(import["workers"], json!(workers));
    let number = |what: &str| import[what].as_f64().unwrap_or(f64::NAN);
    figure(&format!("page.{}.{workers}.millis", set.name), number("duration"));
    figure(&format!("page.{}.{workers}.wasm_bytes", set.name), number("wasm_bytes"));
    site.close().await
}

/// With files that are given before the page has come to rest.
async fn import_at_once(session: &Session, set: &Set) -> Outcome {
    let site = fresh_site_with(session, 2).await?;
    let import = import_into(&site, set).await?;
    let millis = import["duration"].as_f64().unwrap_or(f64::NAN);
    figure(&format!("page.{}.at-once.millis", set.name), millis);
    site.close().await
}

async fn two_alone(session: &Session, set: &Set) -> Outcome {
    let site = Site::new(session, "/").await?;
    workers::prepare(&site).await?;
    workers::pick(&site, set).await?;
    let (half, all) = (set.files.len() / 2, set.files.len());
    let arguments = vec![
        workers::start_parser().into(),
        workers::parse(set, 0, half)?.into(),
        workers::parse(set, half, all)?.into(),
        half.into(),
    ];
    let millis = site.run_async_with(TWO_ALONE, arguments).await?;
    figure(&format!("page.{}.alone.millis", set.name), millis.as_f64().unwrap_or(f64::NAN));
    site.close().await
}

async fn bare(session: &Session, set: &Set) -> Outcome {
    let site = Site::new(session, "/").await?;
    workers::prepare(&site).await?;
    workers::pick(&site, set).await?;
    let result = site.run_async_with(BARE, Vec::new()).await?;
    assert_eq!(result["bytes"], json!(set.count("bytes")));
    figure(
        &format!("page.{}.bare.millis", set.name),
        result["millis"].as_f64().unwrap_or(f64::NAN),
    );
    site.close().await
}
