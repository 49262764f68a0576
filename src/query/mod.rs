//! Questions to the store and their answers: pure, `(&Store, &Question) → Answer`.
//!
//! A question is serialisable (filter, sort and window live in the URL
//! fragment), an answer is one page of plain text and numbers: the page never
//! receives more rows than it shows.
//!
//! How sums come about:
//!
//! ```text
//! Filter ─► Selection   which ids of each column pass: each condition once
//!    │                  for each distinct value
//! Dimension ─► Values   distinct values, numbered ─► Axes: groups of each id
//!                 ╲     ╱
//!                  Pass      one walk over the rows, by look-ups alone
//!                 ╱  │  ╲
//!            Pivot  Sums  Histogram
//! ```

mod ask;
mod axes;
mod collate;
mod column;
mod days;
mod dimension;
mod failures;
mod files;
mod filter;
mod findings;
mod histogram;
mod index;
mod measure;
mod order;
mod orders;
mod pass;
mod periods;
mod pivot;
mod records;
mod reports;
mod selection;
mod table;
mod task;
mod text;
mod values;

use serde::{Deserialize, Serialize};

use crate::base::{FileId, Findings, Locus, Outcome, ReportKind, UnixSeconds};
pub use crate::store::{Agreement, Alignment, Judgement, Totals};
pub use ask::{
    Bar, Bucket, Facet, Facets, GroupBy, GroupLine, Groups, Histogram, Period, Periods, Rank, Sums,
    Timeline,
};
pub use dimension::{Dimension, Key, Kind, PARTS};
pub use failures::{FailureColumn, FailureLine};
pub use filter::{Filter, Term, Test};
pub use measure::Measure;
pub use orders::{Orders, answer};
pub use records::{DkimLine, ReasonLine, RecordColumn, RecordLine, SpfLine};
pub use table::Table;
pub use task::Task;

/// Rows `offset .. offset + limit` of the sorted whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    pub offset: u32,
    pub limit: u32,
}

impl Window {
    /// Whether all rows of the other are among these.
    pub fn covers(self, other: Self) -> bool {
        let end = |window: Self| u64::from(window.offset) + u64::from(window.limit);
        self.offset <= other.offset && end(self) >= end(other)
    }
}

/// A column and a direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sort<Column> {
    pub by: Column,
    pub descending: bool,
}

/// What the page may ask.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Question {
    Records {
        filter: Filter,
        sort: Sort<RecordColumn>,
        window: Window,
    },
    /// Reports of which the filter lets some record through; those without any
    /// record, by what the reports say of themselves.
    Reports {
        filter: Filter,
        sort: Sort<ReportColumn>,
        window: Window,
    },
    /// Which of these reports, in their order, has this digest, from zero.
    PlaceOfReport {
        filter: Filter,
        sort: Sort<ReportColumn>,
        digest: u128,
    },
    /// Messages of failure reports.
    Failures {
        filter: Filter,
        sort: Sort<FailureColumn>,
        window: Window,
    },
    Files {
        sort: Sort<FileColumn>,
        window: Window,
    },
    /// The parts of one file, with their findings.
    Parts {
        file: FileId,
        window: Window,
    },
    /// Findings of all files, added up by kind and reporter.
    FindingKinds,
    /// What reading lost of aggregate reports, and of what nobody can tell that it was none.
    Losses,
    Group(GroupBy),
    Timeline(Timeline),
    /// When the aggregate reports were written for of which the filter lets some record through.
    Periods(Filter),
    Facets(Facets),
    /// Everything that the filter lets through.
    Totals(Table, Filter),
}

impl Question {
    /// The table that it is put to.
    fn table(&self) -> Table {
        match self {
            Self::Group(group) => group.table,
            Self::Timeline(timeline) => timeline.table,
            Self::Facets(facets) => facets.table,
            Self::Totals(table, _) => *table,
            Self::Failures { .. } => Table::Failure,
            _ => Table::default(),
        }
    }
}

/// The answer to the question of the same name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answer {
    Records(Page<RecordLine>),
    Reports(Page<ReportLine>),
    PlaceOfReport(Option<u32>),
    Failures(Page<FailureLine>),
    Files(Page<FileLine>),
    Parts(Page<PartLine>),
    FindingKinds(Vec<FindingLine>),
    /// Kinds of losses, and in how many parts each was met; a report is one, however often it
    /// was opened.
    Losses(Vec<(crate::base::Kind, u32)>),
    Group(Groups),
    Timeline(Histogram),
    /// In order of reporters and domains, as texts.
    Periods(Vec<Periods>),
    /// One for each dimension, in the order of the question.
    Facets(Vec<Facet>),
    Totals(Sums),
}

impl Answer {
    /// Lines in it.
    pub fn rows(&self) -> u32 {
        let lines = match self {
            Self::Records(page) => page.lines.len(),
            Self::Reports(page) => page.lines.len(),
            Self::Failures(page) => page.lines.len(),
            Self::Files(page) => page.lines.len(),
            Self::Parts(page) => page.lines.len(),
            Self::FindingKinds(lines) => lines.len(),
            Self::Losses(kinds) => kinds.len(),
            Self::Group(groups) => groups.lines.len(),
            Self::Timeline(histogram) => histogram.bars.len(),
            Self::Periods(all) => all.iter().map(|it| it.periods.len()).sum(),
            Self::Facets(facets) => facets.iter().map(|facet| facet.choices.len()).sum(),
            Self::Totals(_) | Self::PlaceOfReport(_) => 1,
        };
        lines as u32
    }
}

/// A window of rows, and how many rows there are in all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page<Line> {
    pub total: u32,
    pub offset: u32,
    pub lines: Vec<Line>,
}

/// Sortable columns of the Reports screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReportColumn {
    Begin,
    End,
    Kind,
    Reporter,
    Domain,
    Records,
    Messages,
    /// By the part of the messages judged that passes.
    Passed,
    Policy,
    ReportId,
}

/// Sortable columns of the Files screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FileColumn {
    Name,
    Size,
    Outcome,
    Reports,
    Records,
    Findings,
}

/// One report as the Reports screen and its detail panel show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportLine {
    /// Names the report until the store changes.
    pub report: u32,
    pub kind: ReportKind,
    pub reporter: Option<String>,
    pub contact: Option<String>,
    pub extra_contact_info: Option<String>,
    pub report_id: Option<String>,
    pub domain: Option<String>,
    pub begin: Option<UnixSeconds>,
    pub end: Option<UnixSeconds>,
    /// Aggregate rows; TLS policies; 1 for a failure report.
    pub records: u32,
    /// Aggregate reports only.
    pub messages: Option<u64>,
    /// Messages that the reporter says pass. Aggregate reports only.
    pub passed: Option<u64>,
    /// Messages that it states a verdict of: what passes is a part of these. Aggregate reports
    /// only.
    pub judged: Option<u64>,
    pub policy: PolicyLine,
    pub errors: Vec<String>,
    pub generator: Option<String>,
    pub version: Option<String>,
    pub namespace: Option<String>,
    pub extras: Vec<(String, String)>,
    /// Where it was read, the counted copy first, duplicates after.
    pub places: Vec<PlaceLine>,
    /// Of the counted copy.
    pub locus: Locus,
    /// Another report has the same identity and other content.
    pub id_reused: bool,
    pub findings: Findings,
}

/// The policy as the reporter saw it; `None` is "not stated".
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyLine {
    pub p: Option<String>,
    pub sp: Option<String>,
    pub np: Option<String>,
    pub adkim: Option<String>,
    pub aspf: Option<String>,
    pub pct: Option<String>,
    pub fo: Option<String>,
    pub testing: Option<String>,
    pub discovery_method: Option<String>,
}

/// A part of a file, by its path as people read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceLine {
    pub file: FileId,
    pub file_name: String,
    /// Member names from the file inwards; empty for the file itself.
    pub path: Vec<String>,
}

/// One file as the Files screen shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileLine {
    pub file: FileId,
    pub name: String,
    pub size: u64,
    /// The best outcome of its parts.
    pub outcome: Outcome,
    /// Reports opened from it, duplicates apart.
    pub reports: u32,
    pub duplicates: u32,
    /// Records of the reports opened from it, as in [`ReportLine::records`].
    pub records: u32,
    /// Parts that are listed: reports, refusals and whatever has findings.
    pub parts: u32,
    /// Sightings of all kinds in all parts.
    pub findings: u64,
    /// The gravest severity among them.
    pub worst: Option<crate::base::Severity>,
}

/// One part as the Files screen shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartLine {
    pub path: Vec<String>,
    pub format: crate::base::Format,
    /// `None` for a container, listed for its findings.
    pub outcome: Option<Outcome>,
    pub kind: Option<ReportKind>,
    pub reporter: Option<String>,
    pub domain: Option<String>,
    pub report_id: Option<String>,
    pub records: u32,
    /// Where the counted copy of a duplicate is.
    pub duplicate_of: Option<PlaceLine>,
    pub findings: Findings,
}

/// Findings of one kind from one reporter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingLine {
    pub kind: crate::base::Kind,
    pub reporter: Option<String>,
    pub contact: Option<String>,
    pub extra_contact_info: Option<String>,
    /// Parts in which it was seen, duplicates included.
    pub reports: u32,
    pub sightings: u64,
    /// A few examples: where, and what was seen.
    pub examples: Vec<(PlaceLine, crate::base::Sighting)>,
}
