//! The same questions to DuckDB-Wasm over the same records, as texts and numbers in one table.

use std::path::Path;

use serde_json::json;

use super::figure;
use super::sets::Set;
use crate::harness::Outcome;
use crate::harness::browser::Session;
use crate::harness::site::Site;
use crate::server::{Options, StaticServer};

/// The folder holds what `scripts/bench` put there: the package as one script, and `rows.csv`.
const LOAD: &str = "const { AsyncDuckDB, VoidLogger } = await import('/duckdb.js');
    const worker = new Worker('/duckdb-browser-eh.worker.js');
    const db = new AsyncDuckDB(new VoidLogger(), worker);
    await db.instantiate('/duckdb-eh.wasm');
    const rows = await (await fetch('/rows.csv')).arrayBuffer();
    const start = performance.now();
    await db.registerFileBuffer('rows.csv', new Uint8Array(rows));
    window.line = await db.connect();
    await line.query(`CREATE TABLE r AS SELECT * FROM read_csv('rows.csv', header = true, columns =
        {'reporter': 'VARCHAR', 'source_ip': 'VARCHAR', 'messages': 'UINTEGER', 'result': 'VARCHAR'})`);
    const millis = performance.now() - start;
    const [sums] = (await line.query('SELECT count(*)::INT c, sum(messages)::DOUBLE s FROM r')).toArray();
    return { millis, records: sums.c, messages: sums.s };";

const ASK: &str = "const start = performance.now();
    const table = await line.query(arguments[0]);
    return { millis: performance.now() - start, rows: table.numRows };";

const QUESTIONS: [(&str, &str); 4] = [
    (
        "group",
        "SELECT reporter, sum(messages) s FROM r WHERE result = 'fail' GROUP BY reporter ORDER BY s DESC",
    ),
    ("top", "SELECT source_ip, sum(messages) s FROM r GROUP BY source_ip ORDER BY s DESC LIMIT 50"),
    ("sort", "SELECT source_ip, messages FROM r ORDER BY messages DESC"),
    ("sort-50", "SELECT source_ip, messages FROM r ORDER BY messages DESC LIMIT 50"),
];

pub async fn measure(session: &Session, folder: &Path, set: &Set, rounds: usize) -> Outcome {
    let server = StaticServer::start(Options {
        root: folder.to_owned(),
        mount: "/",
        port: 0,
        no_store: false,
        on_request: Box::new(|_, _, _| {}),
    })?;
    let site = Site::new(session, "/").await?;
    site.driver.goto(format!("{}blank.html", server.url())).await?;
    let loaded = site.run_async_with(LOAD, Vec::new()).await?;
    assert_eq!(loaded["records"], json!(set.count("records")));
    assert_eq!(loaded["messages"].as_f64(), Some(set.count("messages") as f64));
    figure("duckdb.load", loaded["millis"].as_f64().unwrap_or(f64::NAN));
    for _ in 0..rounds * 3 {
        for (name, sql) in QUESTIONS {
            let result = site.run_async_with(ASK, vec![sql.into()]).await?;
            assert!(result["rows"].as_u64() > Some(0), "{name}");
            figure(&format!("duckdb.{name}"), result["millis"].as_f64().unwrap_or(f64::NAN));
        }
    }
    site.close().await
}
