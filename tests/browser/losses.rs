//! Workers that crash, hang or die: the file at fault is named, the rest goes on. And workers that
//! never come: it is said why, and nobody waits for them.

use serde_json::json;
use vitrail::query::Totals;

use crate::expected;
use crate::harness::Outcome;
use crate::harness::site::Site;
use crate::imports::{assert_totals, drop_many_and_cancel};

/// Files of these sizes bring down, or hold up, whoever reads them; and a worker told to ends itself.
/// Nothing that the product ships can be made to do so.
const FAULTS: &str = "
    const read = FileReaderSync.prototype.readAsArrayBuffer;
    let fall = false;
    FileReaderSync.prototype.readAsArrayBuffer = function (blob) {
        if (blob.size === 1966666) for (;;);
        if (blob.size === 1955555) fall = true;
        return read.call(this, blob);
    };
    const now = Performance.prototype.now;
    Performance.prototype.now = function () {
        if (fall) throw new Error('made to fall');
        return now.call(this);
    };
    addEventListener('message', ({ data }) => {
        if (data.die) setTimeout(() => { throw new Error('made to die') });
    });";

/// Drops ten sound reports, and one of this many bytes.
async fn drop_with_one_of(site: &Site<'_>, size: usize) -> Outcome {
    let body = format!(
        "const report = await (await fetch('sample/careless-reporter.xml')).text();
        const transfer = new DataTransfer();
        for (let n = 0; n < 10; n++)
            transfer.items.add(new File([report.replace('report_id>', `report_id>${{n}}-`)], `${{n}}.xml`));
        transfer.items.add(new File([report.padEnd({size})], 'bad.xml'));
        document.querySelector('main').dispatchEvent(
            new DragEvent('drop', {{ dataTransfer: transfer, bubbles: true, cancelable: true }}));"
    );
    site.run_async(&body).await?;
    Ok(())
}

/// What ten copies of the report make, if the bad file is not read.
async fn assert_ten(site: &Site<'_>) -> Outcome {
    let sample =
        expected::samples()?.into_iter().filter(|file| file.ends_with("careless-reporter.xml"));
    let one = expected::totals(&sample.collect::<Vec<_>>())?;
    let ten = Totals { messages: 10 * one.messages, reports: 10, records: 10 * one.records, ..one };
    assert_totals(site, ten).await
}

pub async fn a_crash_costs_its_own_file(site: &Site<'_>) -> Outcome {
    site.before_workers(FAULTS).await?;
    site.open("").await?;
    drop_with_one_of(site, 1_955_555).await?;
    site.until_imported(1).await?;
    assert_ten(site).await?;
    site.go("#/files").await?;
    site.click_row("bad.xml").await?;
    site.until("the fall is told", "return document.body.innerText.includes('made to fall')")
        .await?;
    site.excuse_complaints();
    Ok(())
}

/// The page's clock is made to run fast, or the watchdog would take its time twice: for the job,
/// then for the file alone.
pub async fn a_stall_costs_its_own_file(site: &Site<'_>) -> Outcome {
    site.before_workers(FAULTS).await?;
    let fast = "() => {
        const now = Performance.prototype.now;
        Performance.prototype.now = function () { return 10 * now.call(this); };
    }";
    site.before_load(fast).await?;
    site.open("").await?;
    drop_with_one_of(site, 1_966_666).await?;
    site.until_imported(1).await?;
    assert_ten(site).await?;
    site.go("#/files").await?;
    site.click_row("bad.xml").await?;
    let told = "return /stopped|nothing moved/i.test(document.body.innerText)";
    site.until("the stall is told", told).await?;
    site.excuse_complaints();
    Ok(())
}

pub async fn a_lost_engine_is_replaced_and_files_read_again(site: &Site<'_>) -> Outcome {
    let files = expected::samples()?;
    site.before_workers(FAULTS).await?;
    site.open("").await?;
    site.import(&files).await?;
    site.run("workers[0].postMessage(arguments[0])", vec![json!({ "die": true })]).await?;
    site.until_imported(2).await?;
    assert_totals(site, expected::totals(&files)?).await?;
    site.until("it is said", "return document.body.innerText.includes('read again')").await?;
    site.excuse_complaints();
    Ok(())
}

pub async fn what_was_cancelled_is_not_read_again(site: &Site<'_>) -> Outcome {
    site.before_workers(FAULTS).await?;
    site.open("").await?;
    drop_many_and_cancel(site).await?;
    let reports =
        "return Number(document.querySelector('[data-testid=total-reports]').dataset.value)";
    let read = site.run(reports, Vec::new()).await?;
    site.run("workers[0].postMessage(arguments[0])", vec![json!({ "die": true })]).await?;
    site.until_imported(2).await?;
    site.until("it is said", "return document.body.innerText.includes('read again')").await?;
    assert_eq!(site.run(reports, Vec::new()).await?, read);
    let state = "return document.querySelector('[data-testid=import-status]').dataset.state";
    assert_eq!(site.run(state, Vec::new()).await?, json!("cancelled"));
    site.excuse_complaints();
    Ok(())
}

/// Puts `answer` in the place of what the host sends for the files whose name begins with `name`.
async fn with_answers(site: &Site<'_>, name: &str, answer: &str) -> Outcome {
    let answers = format!(
        "() => {{
            const ask = window.fetch;
            window.fetch = async (address, ...rest) => {{
                const answer = await ask(address, ...rest);
                return String(address).startsWith('{name}') ? {answer} : answer;
            }};
        }}"
    );
    site.before_load(&answers).await
}

/// Fails unless this is said, and a file given then starts no import that would never end.
async fn assert_given_up(site: &Site<'_>, words: &str) -> Outcome {
    let said = format!(
        "return document.querySelector('.notices')?.innerText.includes('{words}') === true"
    );
    site.until("it is said", &said).await?;
    site.choose(&expected::samples()?).await?;
    site.settle().await?;
    let state = "return document.querySelector('[data-testid=import-status]').dataset.state";
    assert_eq!(site.run(state, Vec::new()).await?, json!("idle"));
    Ok(())
}

pub async fn a_missing_script_is_told(site: &Site<'_>) -> Outcome {
    with_answers(site, "worker.js", "new Response('', { status: 404 })").await?;
    site.open("").await?;
    assert_given_up(site, "could not be loaded").await
}

pub async fn a_worker_of_another_build_is_told(site: &Site<'_>) -> Outcome {
    let other = "new Response(await answer.arrayBuffer().then(buffer => {
        const bytes = new Uint8Array(buffer);
        const id = new TextEncoder().encode(String(address).split('?')[1]);
        for (let at = bytes.indexOf(id[0]); at >= 0; at = bytes.indexOf(id[0], at + 1))
            if (id.every((byte, n) => bytes[at + n] === byte)) bytes[at] = 'x'.charCodeAt(0);
        return bytes;
    }))";
    with_answers(site, "worker_bg.wasm", other).await?;
    site.open("").await?;
    assert_given_up(site, "different versions").await
}

/// Some static hosts know no media type for WebAssembly.
pub async fn a_host_need_not_know_wasm(site: &Site<'_>) -> Outcome {
    with_answers(site, "worker_bg.wasm", "new Response(await answer.arrayBuffer())").await?;
    let files = expected::samples()?;
    site.open("").await?;
    site.import(&files).await?;
    assert_totals(site, expected::totals(&files)?).await
}
