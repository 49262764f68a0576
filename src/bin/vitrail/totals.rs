//! Counts of a whole run, duplicates once.

use vitrail::base::Outcome;

use crate::entries::Entry;

#[derive(Debug, Default)]
pub struct Totals {
    pub files: u64,
    pub files_without_report: u64,
    pub reports: u64,
    pub duplicates: u64,
    pub records: u64,
    pub messages: u64,
}

impl Totals {
    /// Adds one file.
    pub fn add(&mut self, entries: &[Entry<'_>]) {
        let of = |outcome| entries.iter().filter(move |entry| entry.outcome == outcome);
        let opened = of(Outcome::Opened).filter_map(|entry| entry.report);
        let duplicates = of(Outcome::Duplicate).count() as u64;
        let before = self.reports;
        for report in opened {
            self.reports += 1;
            self.records += u64::from(report.rows.end - report.rows.start);
            self.messages = self.messages.saturating_add(report.messages);
        }
        self.duplicates += duplicates;
        self.files += 1;
        self.files_without_report += u64::from(self.reports == before && duplicates == 0);
    }
}
