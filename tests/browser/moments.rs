//! Imports at odd moments: over before anything is shown, ending while people go elsewhere, in a page that
//! nobody sees.

use serde_json::json;

use crate::expected;
use crate::harness::Outcome;
use crate::harness::site::Site;
use crate::imports::{MANY, overview_shown};

/// Of a quick import nothing may be shown before its end: here the page, which waits a frame before it
/// shows anything new, waits until then.
pub async fn leads_on_from_an_import_too_quick_to_be_seen(site: &Site<'_>) -> Outcome {
    let unseen = "() => {
        const [measure, wait] = [Performance.prototype.measure, window.setTimeout];
        let over = false;
        Performance.prototype.measure = function (name, ...rest) {
            over ||= name === 'vitrail:import';
            return measure.call(this, name, ...rest);
        };
        window.setTimeout = (act, millis, ...rest) =>
            wait(act, over || millis < 16 ? millis : 1e9, ...rest);
        window.shown = new Set();
        new MutationObserver(() => {
            shown.add(document.querySelector('[data-testid=import-status]')?.dataset.state);
        }).observe(document, { subtree: true, childList: true, attributes: true });
    }";
    site.before_load(unseen).await?;
    site.open("").await?;
    let files = expected::samples()?;
    site.import(&files[..1]).await?;
    overview_shown(site).await?;
    assert_eq!(site.run("return shown.has('working')", Vec::new()).await?, json!(false));
    Ok(())
}

/// A busy page comes to lead on a moment after it has shown the end of an import: Yew lets the browser
/// have its turn once its clock has gone on by a frame.
pub async fn leads_nobody_on_who_has_gone_elsewhere(site: &Site<'_>) -> Outcome {
    let busy_and_gone = "() => {
        const now = Date.now;
        let passed = 0;
        Date.now = () => now() + (passed += 20);
        new MutationObserver(() => {
            const status = document.querySelector('[data-testid=import-status]');
            if (status?.dataset.state === 'done') location.hash ||= '#/files';
        }).observe(document, { subtree: true, childList: true, attributes: true });
    }";
    site.before_load(busy_and_gone).await?;
    site.open("").await?;
    site.import(&expected::samples()?).await?;
    site.until("the files are shown", "return !!document.querySelector('.table tbody tr')").await?;
    assert_eq!(site.run("return location.hash", Vec::new()).await?, json!("#/files"));
    Ok(())
}

pub async fn leads_nobody_on_who_has_cleared_all(site: &Site<'_>) -> Outcome {
    let clear = "() => {
        const measure = Performance.prototype.measure;
        Performance.prototype.measure = function (name, ...rest) {
            if (name === 'vitrail:import') setTimeout(() => {
                const buttons = [...document.querySelectorAll('button')];
                window.cleared = buttons.filter(button => button.textContent.includes('Clear'));
                cleared.forEach(button => button.click());
            });
            return measure.call(this, name, ...rest);
        };
    }";
    site.before_load(clear).await?;
    site.open("").await?;
    site.run_async(&format!("{MANY} drop(transfer)")).await?;
    site.until("all is cleared", "return window.cleared?.length === 1").await?;
    let idle =
        "return document.querySelector('[data-testid=import-status]').dataset.state === 'idle'";
    site.until("the page says so", idle).await?;
    site.settle().await?;
    assert_eq!(site.run("return location.hash", Vec::new()).await?, json!(""));
    Ok(())
}

/// Where nobody sees the page, each timer in a chain of them waits for a second: no file may wait for one.
pub async fn reads_on_where_nobody_sees_the_page(site: &Site<'_>) -> Outcome {
    site.open("").await?;
    // From the drop on no timer and no frame, and files of which each takes its time.
    let import = format!(
        "{MANY}
        const size = Object.getOwnPropertyDescriptor(Blob.prototype, 'size');
        Object.defineProperty(Blob.prototype, 'size', {{ get() {{
            const until = performance.now() + 0.05;
            while (performance.now() < until);
            return size.get.call(this);
        }} }});
        const read = Blob.prototype.arrayBuffer;
        let turns = 0;
        Blob.prototype.arrayBuffer = function () {{
            turns += 1;
            return read.call(this);
        }};
        const over = new Promise(done => new PerformanceObserver(list =>
            list.getEntriesByName('vitrail:import').forEach(({{ detail }}) =>
                done([detail.files, turns > 1])))
            .observe({{ type: 'measure' }}));
        window.setTimeout = window.requestAnimationFrame = () => 0;
        drop(transfer);
        return over;"
    );
    assert_eq!(site.run_async(&import).await?, json!([3000, true]));
    Ok(())
}
