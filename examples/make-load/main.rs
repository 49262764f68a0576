//! Writes the reports that `scripts/bench` measures with: many, or large, and the same on every run.
//!
//! ```text
//! cargo run --release --example make-load -- SET FOLDER [SHARE]
//! ```
//!
//! | set | what it is |
//! |---|---|
//! | a | 2,000 report mails of 1 to 30 records, and 200 TLS reports |
//! | s | 10 gzipped aggregate reports of 5,000 records |
//! | b | 200 gzipped aggregate reports of 5,000 records: a million |
//! | c | one gzipped aggregate report of 500,000 records |
//! | m | one mailbox of 200 report mails of 5,000 records |
//!
//! The files go to `FOLDER/SET/`, what must be found in them to `FOLDER/SET.txt`. A `SHARE` of 20
//! makes a twentieth of the set's reports (of set c: of its records).

mod mail;
#[path = "../make-sample/random.rs"]
mod random;
mod report;
mod world;

use std::io::{self, Write as _};
use std::path::Path;
use std::{env, fs};

use flate2::{Compression, GzBuilder};

use crate::random::Random;
use crate::report::Report;
use crate::world::World;

/// What a set is made of.
struct Set {
    reports: usize,
    /// Records of each report: at least, at most.
    records: (usize, usize),
    mails: Mails,
    tls: usize,
}

/// What the reports come in.
#[derive(Clone, Copy, PartialEq)]
enum Mails {
    No,
    Loose,
    Mailbox,
}

impl Set {
    fn named(name: &str, share: usize) -> Option<Self> {
        let few = |whole: usize| (whole / share).max(1);
        let big = |reports, records| Self {
            reports,
            records: (records, records),
            mails: Mails::No,
            tls: 0,
        };
        Some(match name {
            "a" => {
                Self { reports: few(2_000), records: (1, 30), mails: Mails::Loose, tls: few(200) }
            }
            "s" => big(10, few(5_000)),
            "b" => big(few(200), 5_000),
            "c" => big(1, few(500_000)),
            "m" => Self { mails: Mails::Mailbox, ..big(few(200), 5_000) },
            _ => return None,
        })
    }
}

/// What the files of a set hold, all together.
#[derive(Default)]
struct Counts {
    files: usize,
    /// Bytes of the files, and of the XML in them.
    bytes: usize,
    xml: usize,
    reports: usize,
    records: usize,
    messages: u64,
}

impl Counts {
    fn lines(&self) -> String {
        let Self { files, bytes, xml, reports, records, messages } = self;
        format!(
            "files {files}\nbytes {bytes}\nxml {xml}\nreports {reports}\nrecords {records}\nmessages {messages}\n"
        )
    }

    fn write(&mut self, file: &Path, bytes: &[u8]) -> io::Result<()> {
        self.files += 1;
        self.bytes += bytes.len();
        fs::write(file, bytes)
    }
}

fn main() -> io::Result<()> {
    let usage = || io::Error::other("usage: make-load a|s|b|c|m FOLDER [SHARE]");
    let arguments: Vec<String> = env::args().skip(1).collect();
    let (name, folder) = arguments.first().zip(arguments.get(1)).ok_or_else(usage)?;
    let share = arguments.get(2).map_or(Ok(1), |share| share.parse()).map_err(io::Error::other)?;
    let set = Set::named(name, share).ok_or_else(usage)?;
    let counts = make(name, &set, &Path::new(folder).join(name))?;
    fs::write(Path::new(folder).join(format!("{name}.txt")), counts.lines())?;
    io::stdout().write_all(counts.lines().as_bytes())
}

fn make(name: &str, set: &Set, folder: &Path) -> io::Result<Counts> {
    fs::create_dir_all(folder)?;
    let mut random = Random::of(&["load", name], 0);
    let world = World::new(&mut random);
    let mut counts = Counts::default();
    let mut mailbox = String::new();
    for number in 0..set.reports {
        let (least, most) = set.records;
        // Most reports are short.
        let long = (random.fraction() * random.fraction() * (most - least + 1) as f64) as usize;
        let report = Report::new(&world, &mut random, number, least + long.min(most - least));
        counts.reports += 1;
        counts.records += report.records;
        counts.messages += report.messages;
        counts.xml += report.xml.len();
        let gzipped = gzip(report.xml.as_bytes())?;
        match set.mails {
            Mails::No => counts.write(&folder.join(format!("{number:05}.xml.gz")), &gzipped)?,
            Mails::Loose => {
                let bytes = mail::of(&report, &gzipped, &mut random);
                counts.write(&folder.join(format!("{number:05}.eml")), bytes.as_bytes())?;
            }
            Mails::Mailbox => {
                mailbox += "From reports@example.net Sun Nov  1 01:00:00 2026\n";
                mailbox += &mail::of(&report, &gzipped, &mut random).replace('\r', "");
                mailbox.push('\n');
            }
        }
    }
    if set.mails == Mails::Mailbox {
        counts.write(&folder.join("reports.mbox"), mailbox.as_bytes())?;
    }
    for number in 0..set.tls {
        counts.reports += 1;
        let json = report::tls(&world, &mut random, number);
        counts.write(&folder.join(format!("tls-{number:05}.json.gz")), &gzip(json.as_bytes())?)?;
    }
    Ok(counts)
}

/// Gzip as most reporters make it.
fn gzip(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzBuilder::new().mtime(0).write(Vec::new(), Compression::default());
    encoder.write_all(bytes)?;
    encoder.finish()
}
