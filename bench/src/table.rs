//! From figures to the table of `docs/performance.md`.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::Outcome;
use crate::figures::Figures;

/// How a measure must compare with its target.
enum Aim {
    AtLeast(f64),
    AtMost(f64),
}

/// One line of the table: what it says, from which figures, and what is aimed at.
struct Line {
    what: &'static str,
    value: fn(&Figures) -> Option<f64>,
    unit: &'static str,
    aim: Option<Aim>,
    /// The figures behind it, in words.
    behind: fn(&Figures) -> Option<String>,
}

const MEGABYTE: f64 = 1e6;

fn get(figures: &Figures, name: &str) -> Option<f64> {
    figures.get(name).copied()
}

fn ratio(figures: &Figures, above: &str, below: &str) -> Option<f64> {
    Some(get(figures, above)? / get(figures, below)?)
}

fn millis(figures: &Figures, names: [(&str, &str); 2]) -> Option<String> {
    let [ours, theirs] =
        names.map(|(name, figure)| Some(format!("{name} {:.1} ms", get(figures, figure)?)));
    Some(format!("{}, {}", ours?, theirs?))
}

/// What the browser takes to hand over a file is no part of making columns of it.
fn xml_in_wasm(figures: &Figures) -> Option<f64> {
    Some(get(figures, "wasm.s.vitrail-xml")? - get(figures, "wasm.s.reading-xml")?)
}

/// `against!(WHAT, THEIRS, OURS, TARGET)`: how many times as fast we are.
macro_rules! against {
    ($what:literal, $theirs:literal, $ours:literal, $aim:expr) => {
        Line {
            what: $what,
            value: |f| ratio(f, $theirs, $ours),
            unit: "x",
            aim: $aim,
            behind: |f| millis(f, [("ours", $ours), ("theirs", $theirs)]),
        }
    };
}

fn lines() -> Vec<Line> {
    use Aim::{AtLeast, AtMost};
    vec![
        Line {
            what: "large `.xml.gz` in wasm, one thread, findings on, against parsedmarc",
            value: |f| {
                Some(
                    get(f, "s.records")? / get(f, "wasm.s.vitrail")? * 1e3
                        / get(f, "parsedmarc.rate")?,
                )
            },
            unit: "x",
            aim: Some(AtLeast(130.0)),
            behind: |f| {
                Some(format!("parsedmarc reads {:.0} records a second", get(f, "parsedmarc.rate")?))
            },
        },
        against!(
            "the same against `mail-auth`, native",
            "native.s.mail-auth",
            "wasm.s.vitrail",
            Some(AtLeast(2.0))
        ),
        against!(
            "the same against `dmarc-report-parser`, native",
            "native.s.dmarc-report-parser",
            "wasm.s.vitrail",
            Some(AtLeast(4.5))
        ),
        against!(
            "the same against DOMParser and DecompressionStream in the page",
            "wasm.s.dom",
            "wasm.s.vitrail",
            Some(AtLeast(50.0))
        ),
        Line {
            what: "large XML in wasm, to columns, less bare reading of the files, against quick-xml's bare tokeniser, native",
            value: |f| Some(get(f, "native.s.quick-xml")? / xml_in_wasm(f)?),
            unit: "x",
            aim: Some(AtLeast(1.5)),
            behind: |f| {
                let (whole, reading) =
                    (get(f, "wasm.s.vitrail-xml")?, get(f, "wasm.s.reading-xml")?);
                let theirs = get(f, "native.s.quick-xml")?;
                Some(format!(
                    "ours {:.1} ms ({whole:.1} less {reading:.1} of reading), theirs {theirs:.1} ms",
                    xml_in_wasm(f)?
                ))
            },
        },
        against!(
            "the same with the reading, where theirs has the bytes in memory",
            "native.s.quick-xml",
            "wasm.s.vitrail-xml",
            None
        ),
        against!(
            "the same from `.xml.gz`, unpacking included",
            "native.s.quick-xml",
            "wasm.s.vitrail",
            None
        ),
        against!(
            "the same from `.xml.gz` by vitrail natively",
            "native.s.quick-xml",
            "native.s.vitrail",
            None
        ),
        against!(
            "XML without gzip, natively, against quick-xml's bare tokeniser",
            "native.s.quick-xml",
            "native.s.vitrail-xml",
            None
        ),
        against!(
            "a million records through the page: 2 parsers against 1",
            "page.b.1.millis",
            "page.b.2.millis",
            Some(AtLeast(1.5))
        ),
        against!(
            "the same against two parsers without a store",
            "page.b.alone.millis",
            "page.b.2.millis",
            Some(AtLeast(0.85))
        ),
        against!(
            "the same: files given at once, against a page that has come to rest",
            "page.b.2.millis",
            "page.b.at-once.millis",
            None
        ),
        Line {
            what: "the same: peak wasm memory of all threads",
            value: |f| Some(get(f, "page.b.2.wasm_bytes")? / MEGABYTE),
            unit: " MB",
            aim: Some(AtMost(250.0)),
            behind: |f| {
                Some(format!(
                    "{:.0} records a second",
                    get(f, "b.records")? / get(f, "page.b.2.millis")? * 1e3
                ))
            },
        },
        against!(
            "as many records in one mailbox: 2 parsers against 1",
            "page.m.1.millis",
            "page.m.2.millis",
            None
        ),
        Line {
            what: "one report of 500,000 records: peak wasm memory against its XML",
            value: |f| ratio(f, "page.c.2.wasm_bytes", "c.xml"),
            unit: "",
            aim: Some(AtMost(0.4)),
            behind: |f| {
                Some(format!(
                    "{:.0} MB of XML, {:.0} ms",
                    get(f, "c.xml")? / MEGABYTE,
                    get(f, "page.c.2.millis")?
                ))
            },
        },
        Line {
            what: "2,000 loose mails through the page against bare reading of the files",
            value: |f| ratio(f, "page.a.2.millis", "page.a.bare.millis"),
            unit: "x",
            aim: Some(AtMost(1.5)),
            behind: |f| millis(f, [("page", "page.a.2.millis"), ("bare", "page.a.bare.millis")]),
        },
        Line {
            what: "memory at rest, all included",
            value: |f| get(f, "engine.1000000.bytes"),
            unit: " B a record",
            aim: Some(AtMost(80.0)),
            behind: |_| None,
        },
        Line {
            what: "ten million rows, natively: filter, group, sum, against a million",
            value: |f| ratio(f, "engine.10000000.group", "engine.1000000.group"),
            unit: "x",
            aim: Some(AtMost(12.0)),
            behind: |f| {
                millis(f, [("ten", "engine.10000000.group"), ("one", "engine.1000000.group")])
            },
        },
        against!(
            "a million rows in wasm: filter, group, sum, against DuckDB-Wasm",
            "duckdb.group",
            "query.group.engine",
            Some(AtLeast(8.0))
        ),
        against!(
            "top 50 addresses, against DuckDB-Wasm",
            "duckdb.top",
            "query.top.engine",
            Some(AtLeast(20.0))
        ),
        against!(
            "sort, against DuckDB-Wasm (all rows)",
            "duckdb.sort",
            "query.sort.engine",
            Some(AtLeast(20.0))
        ),
        against!(
            "sort, against DuckDB-Wasm (50 rows)",
            "duckdb.sort-50",
            "query.sort.engine",
            None
        ),
        Line {
            what: "filter, group, sum: milliseconds until the page has the answer, beyond the engine's",
            value: |f| Some(get(f, "query.group.page")? - get(f, "query.group.engine")?),
            unit: " ms",
            aim: Some(AtMost(33.0)),
            behind: |f| millis(f, [("engine", "query.group.engine"), ("page", "query.group.page")]),
        },
        Line {
            what: "another order of the table until it is painted, beyond the engine's time",
            value: |f| get(f, "ui.sort.beyond_engine"),
            unit: " ms",
            aim: Some(AtMost(33.0)),
            behind: |f| Some(format!("seen after {:.0} ms", get(f, "ui.sort.seen")?)),
        },
        longest("longest task of the page's thread: scrolling a million records", |f| {
            get(f, "ui.scroll.longest_task")
        }),
        longest("the same: sorting them", |f| get(f, "ui.sort.longest_task")),
        longest("the same: typing a filter", |f| get(f, "ui.type.longest_task")),
        longest("the same: switching pivots", |f| get(f, "ui.pivot.longest_task")),
        longest("the same: changing screens and filters", |f| get(f, "ui.screens.longest_task")),
        Line {
            what: "`worker_bg.wasm`, gzipped",
            value: |f| Some(get(f, "worker.gz")? / 1e3),
            unit: " kB",
            aim: Some(AtMost(250.0)),
            behind: |_| None,
        },
    ]
}

fn longest(what: &'static str, value: fn(&Figures) -> Option<f64>) -> Line {
    Line { what, value, unit: " ms", aim: Some(Aim::AtMost(50.0)), behind: |_| None }
}

/// The table, without the lines of which nothing was measured.
pub fn of(figures: &Figures, machine: &str) -> String {
    let mut table = format!("{machine}.\n\n| measure | measured | aim | |\n|---|---:|---:|---|\n");
    for line in lines() {
        let Some(value) = (line.value)(figures) else { continue };
        let (aim, mark) = match line.aim {
            None => (String::new(), ""),
            Some(Aim::AtLeast(aim)) => {
                (format!("≥ {aim}{}", line.unit), if value >= aim { "" } else { "missed; " })
            }
            Some(Aim::AtMost(aim)) => {
                (format!("≤ {aim}{}", line.unit), if value <= aim { "" } else { "missed; " })
            }
        };
        let behind = (line.behind)(figures).unwrap_or_default();
        // invariant: a string takes all that is written to it.
        let _ =
            writeln!(table, "| {} | {value:.2}{} | {aim} | {mark}{behind} |", line.what, line.unit);
    }
    table
}

const BEGIN: &str = "<!-- scripts/bench writes from here -->\n";
const END: &str = "<!-- to here -->";

/// Puts the table between its marks in a page.
pub fn put(page: &Path, table: &Path) -> Outcome {
    let text = fs::read_to_string(page)?;
    let table = fs::read_to_string(table)?;
    let (before, rest) = text.split_once(BEGIN).ok_or("the page has no place for a table")?;
    let (_, after) = rest.split_once(END).ok_or("the table's place has no end")?;
    Ok(fs::write(page, format!("{before}{BEGIN}{table}{END}{after}"))?)
}
