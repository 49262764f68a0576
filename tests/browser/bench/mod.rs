//! Times the built site in Chromium: `cargo test --features browser-tests --test browser -- bench FOLDER [OPTION…]`.
//!
//! FOLDER holds the sets that `make-load` writes. Prints a figure a line: a name, a tab, a number
//! (milliseconds, bytes); what was measured several times is there several times. Every result is
//! checked before its time counts.
//!
//! - `--rounds N` rounds, in which all contestants take turns; 3 without it
//! - `--ui` only what a person feels: long tasks on the page's thread while a million records are used
//! - `--only NAME` one of `parsers`, `page`, `queries`, `ui`, `duckdb`
//! - `--duckdb FOLDER` compares queries with DuckDB-Wasm, whose npm package is unpacked there
//!
//! `scripts/bench` runs all of it.

mod duckdb;
mod page;
mod parsers;
mod queries;
mod sets;
mod ui;
mod workers;

use std::path::PathBuf;

use crate::harness::Outcome;
use crate::harness::browser::{Browser, Session};
use sets::Set;

/// What the command line asks for.
struct Order {
    folder: PathBuf,
    rounds: usize,
    only: Option<String>,
    duckdb: Option<PathBuf>,
}

/// Measures what the arguments ask for, and prints it.
pub async fn run(arguments: &[String]) -> Outcome {
    let order = Order::read(arguments)?;
    let session = Session::start(Browser::Chromium).await?;
    let done = measure(&order, &session).await;
    session.quit().await?;
    done
}

async fn measure(order: &Order, session: &Session) -> Outcome {
    let set = |name| Set::read(&order.folder, name);
    if order.wants("parsers") {
        parsers::measure(session, &set("s")?, order.rounds).await?;
    }
    if order.wants("page") {
        let sets = [set("a")?, set("b")?, set("c")?, set("m")?];
        page::measure(session, &sets, order.rounds).await?;
    }
    if order.wants("queries") {
        queries::measure(session, &set("b")?, order.rounds).await?;
    }
    if order.wants("ui") {
        ui::measure(session, &set("b")?).await?;
    }
    if let Some(folder) = order.duckdb.as_ref().filter(|_| order.wants("duckdb")) {
        duckdb::measure(session, folder, &set("b")?, order.rounds).await?;
    }
    Ok(())
}

impl Order {
    fn wants(&self, part: &str) -> bool {
        self.only.as_ref().is_none_or(|only| only == part)
    }

    fn read(arguments: &[String]) -> Outcome<Self> {
        let mut arguments = arguments.iter();
        let folder = arguments.next().ok_or("bench: name the folder of the sets")?.into();
        let mut order = Self { folder, rounds: 3, only: None, duckdb: None };
        while let Some(option) = arguments.next() {
            let mut value = || arguments.next().ok_or_else(|| format!("{option} wants a value"));
            match option.as_str() {
                "--rounds" => order.rounds = value()?.parse()?,
                "--ui" => order.only = Some("ui".to_owned()),
                "--only" => order.only = Some(value()?.clone()),
                "--duckdb" => order.duckdb = Some(value()?.into()),
                _ => return Err(format!("bench: unknown option {option}").into()),
            }
        }
        Ok(order)
    }
}

/// Prints a figure.
fn figure(name: &str, number: f64) {
    println!("{name}\t{number}");
}
