//! What a person feels with a million records: how long the page's own thread is busy at a time
//! while they scroll, sort and change screens, and how long an answer takes to be seen.

use serde_json::Value;

use super::figure;
use super::page::{import_into, site_with};
use super::sets::Set;
use crate::harness::Outcome;
use crate::harness::browser::Session;
use crate::harness::site::Site;

/// Long tasks from now on, but for those of the script that waits.
const WATCH: &str = "window.tasks = [];
    new PerformanceObserver(list => tasks.push(...list.getEntries().map(task => task.duration)))
        .observe({ type: 'longtask' });
    window.frame = () => new Promise(requestAnimationFrame);
    performance.clearMeasures('vitrail:query');
    return true";

/// Down to the end by pages and by leaps.
const SCROLL: &str = "const box = document.querySelector('.table')?.closest('[tabindex], div');
    const scroller = [...document.querySelectorAll('*')]
        .filter(one => one.scrollHeight > one.clientHeight + 1000)
        .sort((a, b) => b.scrollHeight - a.scrollHeight)[0] ?? document.scrollingElement;
    for (let step = 0; step < 60; step++) { scroller.scrollTop += 700; await frame(); }
    for (let part = 0; part <= 10; part++) {
        scroller.scrollTop = scroller.scrollHeight * part / 10;
        for (let n = 0; n < 6; n++) await frame();
    }
    return !!box";

/// Each column once; seen is when the first row has changed.
const SORT: &str = "const seen = [];
    const first = () => document.querySelector('tbody tr')?.textContent;
    const heads = () => [...document.querySelectorAll('thead th a')];
    for (let nth = 0; nth < heads().length; nth++) {
        for (let turn = 0; turn < 2; turn++) {
            const before = first();
            const start = performance.now();
            heads()[nth].click();
            for (let n = 0; n < 120 && (first() === before || !first()); n++) await frame();
            const query = performance.getEntriesByName('vitrail:query').at(-1);
            if (first() !== before && query?.startTime >= start)
                seen.push([performance.now() - start, query.detail.millis]);
        }
    }
    return seen";

/// A condition, letter by letter, each after the answer to the one before; then it is taken.
const TYPE: &str = "const box = document.querySelector('[data-field=search]');
    box.focus();
    for (const text of ['r', 're', 'res', 'result:', 'result:f', 'result:fail']) {
        box.value = text;
        box.dispatchEvent(new InputEvent('input', { bubbles: true }));
        for (let n = 0; n < 20; n++) await frame();
    }
    box.form.requestSubmit();
    for (let n = 0; n < 300 && !location.hash.includes('filter'); n++) await frame();
    for (let n = 0; n < 300 && document.querySelector('[aria-busy=true]'); n++) await frame();
    return location.hash";

pub async fn measure(session: &Session, set: &Set) -> Outcome {
    let site = site_with(session, 2).await?;
    import_into(&site, set).await?;
    site.viewport(1440, 900).await?;
    site.go("#/records").await?;
    site.until("records are shown", "return document.querySelectorAll('tbody tr').length > 10")
        .await?;
    site.run(WATCH, Vec::new()).await?;

    site.run_async(SCROLL).await?;
    longest(&site, "scroll").await?;
    let seen = site.run_async(SORT).await?;
    longest(&site, "sort").await?;
    site.run_async(TYPE).await?;
    longest(&site, "type").await?;
    for pair in seen.as_array().into_iter().flatten() {
        let number = |at: usize| pair.get(at).and_then(Value::as_f64).unwrap_or(f64::NAN);
        figure("ui.sort.seen", number(0));
        figure("ui.sort.beyond_engine", number(0) - number(1));
    }
    for by in ["ip", "org", "dkim-domain", "day", "domain,ip"] {
        site.go(&format!("#/explore?by={by}")).await?;
        site.until(
            "the pivot is shown",
            "return !document.querySelector('[aria-busy=true]')
            && document.querySelectorAll('.plain-table tbody tr').length > 0",
        )
        .await?;
    }
    longest(&site, "pivot").await?;
    for route in ["#/reports", "#/files", "#/records?filter=result:fail", "#/records"] {
        site.go(route).await?;
        site.until("rows are shown", "return document.querySelectorAll('tbody tr').length > 3")
            .await?;
    }
    longest(&site, "screens").await?;
    site.close().await
}

/// The longest task since the last time; 0 where none was over 50 ms.
async fn longest(site: &Site<'_>, name: &str) -> Outcome {
    site.settle().await?;
    let longest = site.run("return Math.max(0, ...tasks.splice(0))", Vec::new()).await?;
    figure(&format!("ui.{name}.longest_task"), longest.as_f64().unwrap_or(f64::NAN));
    Ok(())
}
