//! vitrail and its native peers on set s, side by side.

use std::fs;
use std::io::{self, BufWriter, Cursor, Write as _};
use std::path::Path;

use vitrail::base::context::decode_natively;
use vitrail::base::{Context, FileId, Limits};
use vitrail::ingest;
use vitrail::store::{Batch, RowId};
use vitrail::wire::FileRef;

use crate::Outcome;
use crate::figures;
use crate::peers;
use crate::rounds::{self, Contestant, Found};

/// Prints a figure a line.
pub fn run(folder: &Path, rounds: usize) -> Outcome {
    let gzipped = files(&folder.join("s"))?;
    let unpacked: Vec<String> = gzipped
        .iter()
        .map(|bytes| Ok(String::from_utf8(peers::unpacked(bytes)?)?))
        .collect::<Outcome<_>>()?;
    let counts = counts(&folder.join("s.txt"))?;
    let xml: Vec<&[u8]> = unpacked.iter().map(String::as_bytes).collect();
    let gz: Vec<&[u8]> = gzipped.iter().map(Vec::as_slice).collect();
    let contestants = vec![
        Contestant { name: "vitrail", run: Box::new(|| Ok(vitrail(&gz, ".xml.gz"))) },
        Contestant { name: "vitrail-xml", run: Box::new(|| Ok(vitrail(&xml, ".xml"))) },
        Contestant {
            name: "quick-xml",
            run: Box::new(|| sum(&unpacked, |text| Ok(((), peers::quick_xml(text)?)))),
        },
        Contestant { name: "mail-auth", run: Box::new(|| sum(&gz, |gz| peers::mail_auth(gz))) },
        Contestant {
            name: "dmarc-report-parser",
            run: Box::new(|| sum(&gz, |gz| peers::dmarc_report_parser(gz))),
        },
        Contestant {
            name: "inflate",
            run: Box::new(|| {
                let mut bytes = 0;
                for gz in &gz {
                    bytes += peers::unpacked(gz)?.len();
                }
                Ok(if bytes == xml_bytes(&xml) {
                    counts
                } else {
                    Found { records: 0, messages: 0 }
                })
            }),
        },
    ];
    for (name, millis) in rounds::time(contestants, rounds, counts)? {
        println!("native.s.{name}\t{millis}");
    }
    println!("s.records\t{}", counts.records);
    println!("s.xml\t{}", xml_bytes(&xml));
    Ok(())
}

fn xml_bytes(xml: &[&[u8]]) -> usize {
    xml.iter().map(|xml| xml.len()).sum()
}

/// What `make-load` wrote that there is.
fn counts(file: &Path) -> Outcome<Found> {
    let figures = figures::read(file)?;
    let of =
        |name: &str| figures.get(name).copied().ok_or_else(|| format!("no {name} in {file:?}"));
    Ok(Found { records: of("records")? as usize, messages: of("messages")? as u64 })
}

fn files(folder: &Path) -> Outcome<Vec<Vec<u8>>> {
    let mut paths: Vec<_> =
        fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<Outcome<_>>()?;
    paths.sort();
    Ok(paths.iter().map(fs::read).collect::<Result<_, _>>()?)
}

/// Prints reporter, address, messages and result of each record of set b.
pub fn rows(folder: &Path) -> Outcome {
    let files = files(&folder.join("b"))?;
    let files: Vec<_> = files.iter().map(Vec::as_slice).collect();
    let batch = batch(&files, ".xml.gz");
    let tables = batch.tables();
    let terms = &tables.dictionaries.terms;
    let mut out = BufWriter::new(io::stdout().lock());
    writeln!(out, "reporter,source_ip,messages,result")?;
    for row in (0..tables.rows.len() as u32).filter_map(|row| tables.rows.get(RowId(row))) {
        let header = tables.header_of(row.report).ok_or("a row without a report")?;
        let reporter = terms.get(header.reporter).unwrap_or_default().replace('"', "\"\"");
        let source = tables.dictionaries.addresses.get(row.source, terms).ok_or("no address")?;
        let passed = tables.dictionaries.evaluated(row.evaluated).passed();
        let result = if passed == Some(true) { "pass" } else { "fail" };
        writeln!(out, "\"{reporter}\",{source},{},{result}", row.count)?;
    }
    Ok(out.flush()?)
}

/// As a parser's worker does it: all files into one batch, findings and all.
fn batch(files: &[&[u8]], suffix: &str) -> Batch {
    let limits = Limits::default();
    let cx = Context { limits: &limits, decode: decode_natively };
    let mut batch = Batch::default();
    for (number, bytes) in (0..).zip(files) {
        let name = format!("{number}{suffix}");
        let file = FileRef::new(FileId(number), name, bytes.len() as u64);
        ingest::file(&mut Cursor::new(*bytes), &file, &cx, &mut batch, &mut |_| {});
    }
    batch
}

fn vitrail(files: &[&[u8]], suffix: &str) -> Found {
    let batch = batch(files, suffix);
    let tables = batch.tables();
    let messages = tables.reports.iter().map(|report| report.messages).sum();
    Found { records: tables.rows.len(), messages }
}

/// All files with one peer, whose results stay alive until all are there.
fn sum<T, F>(files: &[F], read: impl Fn(&F) -> Outcome<(T, Found)>) -> Outcome<Found> {
    let results: Vec<_> = files.iter().map(read).collect::<Outcome<_>>()?;
    Ok(Found {
        records: results.iter().map(|(_, found)| found.records).sum(),
        messages: results.iter().map(|(_, found)| found.messages).sum(),
    })
}
