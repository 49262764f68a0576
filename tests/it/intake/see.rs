//! A visitor that writes down what it sees, and takes a leaf for a report by
//! the simplest signs.

use std::io::{self, BufRead, Cursor, Read, Seek, SeekFrom};

use vitrail::base::context::decode_natively;
use vitrail::base::{Context, Feedback, Findings, Format, Kind, Limits, Outcome};
use vitrail::intake::{Leaf, Source, Step, Visitor, open};

/// A part as it was told.
#[derive(Debug)]
pub struct Seen {
    pub steps: Vec<Step>,
    pub format: Format,
    pub name: Option<String>,
    pub outcome: Option<Outcome>,
    pub findings: Findings,
}

/// All that was told of one file.
#[derive(Debug, Default)]
pub struct Sight {
    pub parts: Vec<Seen>,
    /// The leaves handed over: format, and content as far as it is kept.
    pub leaves: Vec<(Format, Vec<u8>)>,
    /// Subjects of the mails around the leaves.
    pub subjects: Vec<String>,
    pub feedback: Vec<SeenFeedback>,
    /// Bytes that leaves had in all.
    pub bytes: u64,
}

#[derive(Debug, Default, PartialEq)]
pub struct SeenFeedback {
    pub text: Option<String>,
    pub report: Option<String>,
    pub sample: Option<(String, bool)>,
}

/// Content kept of each leaf.
const KEEP: usize = 1 << 16;

impl Visitor for Sight {
    fn leaf(
        &mut self,
        leaf: &Leaf<'_>,
        bytes: &mut dyn BufRead,
        _findings: &mut Findings,
    ) -> Outcome {
        let mut content = Vec::new();
        bytes.take(KEEP as u64).read_to_end(&mut content).unwrap();
        let rest = std::io::copy(bytes, &mut std::io::sink()).unwrap();
        self.bytes += content.len() as u64 + rest;
        let text = String::from_utf8_lossy(&content).replace('\0', "");
        let is_report = text.contains("<feedback") || text.contains("\"organization-name\"");
        self.leaves.push((leaf.format, content));
        self.subjects.extend(leaf.mail.and_then(|mail| mail.subject.clone()));
        if is_report { Outcome::Opened } else { Outcome::NotAReport }
    }

    fn feedback(
        &mut self,
        _leaf: &Leaf<'_>,
        feedback: &Feedback<'_>,
        _findings: &mut Findings,
    ) -> Outcome {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let is_report = feedback.report.is_some()
            || feedback.text.is_some_and(|text| text.contains("claiming to be from you"));
        self.feedback.push(SeenFeedback {
            text: feedback.text.map(str::to_owned),
            report: feedback.report.map(text),
            sample: feedback.sample.map(|sample| (text(sample.bytes), sample.headers_only)),
        });
        if is_report { Outcome::Opened } else { Outcome::NotAReport }
    }

    fn part(&mut self, leaf: &Leaf<'_>, outcome: Option<Outcome>, findings: Findings) {
        self.parts.push(Seen {
            steps: leaf.steps.to_vec(),
            format: leaf.format,
            name: leaf.name.map(str::to_owned),
            outcome,
            findings,
        });
    }
}

impl Sight {
    /// One line a part: `mail.2 gzip.0: xml opened [line-too-long]`.
    pub fn lines(&self) -> Vec<String> {
        self.parts.iter().map(Seen::line).collect()
    }

    /// The findings of all parts of one kind: their details.
    pub fn details(&self, kind: Kind) -> Vec<&str> {
        self.parts
            .iter()
            .flat_map(|part| part.findings.tallies())
            .filter(|tally| tally.kind == kind)
            .flat_map(|tally| tally.first.iter().map(|sighting| &*sighting.detail))
            .collect()
    }

    pub fn has(&self, kind: Kind) -> bool {
        self.parts.iter().any(|part| part.findings.has(kind))
    }

    pub fn count(&self, outcome: Outcome) -> usize {
        self.parts.iter().filter(|part| part.outcome == Some(outcome)).count()
    }
}

impl Seen {
    fn line(&self) -> String {
        let steps: Vec<_> = self
            .steps
            .iter()
            .map(|step| format!("{}.{}", code(&step.format), step.index))
            .collect();
        let outcome = self.outcome.map_or("-".to_owned(), |outcome| code(&outcome));
        let findings: Vec<_> =
            self.findings.tallies().iter().map(|tally| tally.kind.code()).collect();
        let line = format!(
            "{}: {} {outcome} [{}]",
            steps.join(" "),
            code(&self.format),
            findings.join(" ")
        );
        line.trim_start_matches(": ").to_owned()
    }
}

fn code(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).unwrap().as_str().unwrap().to_owned()
}

/// Opens bytes as a file with the usual limits.
pub fn see(bytes: &[u8]) -> Sight {
    see_within(bytes, &Limits::default())
}

pub fn see_within(bytes: &[u8], limits: &Limits) -> Sight {
    see_named(bytes, "file", limits)
}

pub fn see_named(bytes: &[u8], name: &str, limits: &Limits) -> Sight {
    see_source(&mut Cursor::new(bytes), name, bytes.len() as u64, limits)
}

pub fn see_source(source: &mut dyn Source, name: &str, size: u64, limits: &Limits) -> Sight {
    let mut sight = Sight::default();
    let cx = Context { limits, decode: decode_natively };
    open(source, name, size, None, &cx, &|_| (), &mut sight);
    sight
}

/// Opens bytes and compares what is told of them.
#[track_caller]
pub fn check(bytes: &[u8], expected: &[&str]) -> Sight {
    let sight = see(bytes);
    assert_eq!(sight.lines(), expected);
    sight
}

/// A file that counts what is read of it.
pub struct Counted<'a> {
    bytes: Cursor<&'a [u8]>,
    pub read: usize,
}

impl<'a> Counted<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes: Cursor::new(bytes), read: 0 }
    }
}

impl Read for Counted<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.bytes.read(buf)?;
        self.read += n;
        Ok(n)
    }
}

impl Seek for Counted<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.bytes.seek(to)
    }
}
