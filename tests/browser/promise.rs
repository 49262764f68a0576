//! "Nothing leaves": tried from the page, from a parser and from the engine, before the lock and after.

use serde_json::{Value, json};

use crate::expected;
use crate::harness::Outcome;
use crate::harness::sentinel::Sentinel;
use crate::harness::site::Site;
use crate::imports::assert_totals;
use crate::server::{Options, StaticServer};
use crate::toolbox;

/// Each worker asks for an address when told to.
const PROBE: &str = "
    addEventListener('message', ({ data }) => {
        if (data.probe) fetch(data.probe, { mode: 'no-cors' })
            .then(() => postMessage({ probed: 'sent' }), () => postMessage({ probed: 'refused' }));
    });";

/// What becomes of a request to `address` from the page and from each worker.
async fn attempts(site: &Site<'_>, address: &str) -> Outcome<Vec<String>> {
    let body = format!(
        "const address = {};
        const page = fetch(address, {{ mode: 'no-cors' }}).then(() => 'sent', () => 'refused');
        const probes = workers.map(worker => new Promise(done => {{
            worker.addEventListener('message', ({{ data }}) => data.probed && done(data.probed));
            worker.postMessage({{ probe: address }});
        }}));
        return await Promise.all([page, ...probes]);",
        json!(address)
    );
    Ok(serde_json::from_value(site.run_async(&body).await?)?)
}

pub async fn nothing_leaves_page_or_workers(site: &Site<'_>) -> Outcome {
    site.before_workers(PROBE).await?;
    site.open("").await?;
    site.until_rehearsed().await?;
    site.until("the engine is all there is", "return workers.length === 1").await?;

    let other = Sentinel::start()?;
    for address in [format!("http://{}/", other.address()), "https://leak.example.com/".to_owned()]
    {
        for result in attempts(site, &address).await? {
            assert_eq!(result, "refused", "before the lock: {address}");
        }
    }
    let own = site.address("index.html");
    assert!(attempts(site, &own).await?.iter().all(|result| result == "sent"), "the own host");

    let files = expected::samples()?;
    site.import(&files).await?;
    let started = site.run("return workers.length", Vec::new()).await?;
    assert!(started.as_u64() >= Some(2), "an engine and {started} parsers at least");
    let asked = site.requests().len();
    for address in
        [own, format!("http://{}/", other.address()), "https://leak.example.com/".to_owned()]
    {
        for result in attempts(site, &address).await? {
            assert_eq!(result, "refused", "after the lock: {address}");
        }
    }
    assert_eq!(site.requests().len(), asked, "the server was asked after the lock");
    assert_eq!(other.seen(), [""; 0]);
    // Refusals are reported as violations: they were provoked.
    site.excuse_complaints();
    Ok(())
}

/// A whole session asks for nothing but the files of the site, each once, and the header says so.
pub async fn a_session_asks_for_nothing_more(site: &Site<'_>) -> Outcome {
    site.open("").await?;
    let last =
        "return performance.getEntriesByType('resource').some(it => it.name.includes('suffixes'))";
    site.until("what is fetched when there is time is here", last).await?;
    // So is the Toolbox, by a worker that the page's own list says nothing of.
    site.go("#/toolbox/explain").await?;
    toolbox::drawn(site).await?;
    let asked = site.requests();
    site.import(&expected::samples()?).await?;
    for route in ["#/records", "#/reports", "#/files", "#/files/findings", "#/"] {
        site.go(route).await?;
    }
    assert_eq!(site.requests(), asked, "asked while files were open");
    let badge = "return document.querySelector('[data-testid=requests]').textContent";
    let badge = site.run(badge, Vec::new()).await?;
    let text = badge.as_str().unwrap_or_default();
    assert!(text.contains('0') && text.contains("locked"), "{text}");
    Ok(())
}

/// In a frame of another origin, with storage refused.
pub async fn works_in_a_frame_of_another_site(site: &Site<'_>) -> Outcome {
    let folder =
        std::env::temp_dir().join(format!("vitrail-portal-{}-{:p}", std::process::id(), site));
    std::fs::create_dir_all(&folder)?;
    let frame = site.address("");
    std::fs::write(
        folder.join("index.html"),
        format!(
            "<!DOCTYPE html><title>Portal</title><iframe src=\"{frame}\" width=1200 height=700></iframe>"
        ),
    )?;
    let portal = StaticServer::start(Options {
        root: folder.clone(),
        mount: "/",
        port: 0,
        no_store: true,
        on_request: Box::new(|_, _, _| {}),
    })?;
    site.before_load("() => { for (const name of ['localStorage', 'sessionStorage'])
        Object.defineProperty(window, name, { get() { throw new DOMException('refused', 'SecurityError') } }) }").await?;
    site.driver.goto(portal.url()).await?;
    site.driver.enter_frame(0).await?;
    site.until("the application is drawn", "return !!document.querySelector('nav a')").await?;
    let files = expected::samples()?;
    site.import(&files).await?;
    assert_totals(site, expected::totals(&files)?).await?;
    site.go("#/reports").await?;
    site.until("the reports are shown", "return !!document.querySelector('tbody tr')").await?;
    assert_eq!(site.run("return location.hash", Vec::new()).await?, Value::from("#/reports"));
    site.driver.enter_default_frame().await?;
    std::fs::remove_dir_all(folder)?;
    site.excuse_complaints();
    Ok(())
}
