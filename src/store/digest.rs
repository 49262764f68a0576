//! One number for all that a store holds, whatever the order in which it came:
//! tests and benchmarks compare stores by it.

use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

use super::tables::{HeaderRow, PartRow, Tables};
use super::{AddressId, ListId, ReportId, RowId, Store, TermId};
use crate::base::UnixSeconds;

impl Store {
    /// Equal for stores that hold the same files, parts, reports and rows. Each
    /// fact is hashed by its content, and the hashes are added up.
    pub fn digest(&self) -> u128 {
        let tables = self.tables();
        let words = Words::of(tables);
        let files = tables.files.iter().map(|file| {
            sum(&[u64::from(file.id.0), words.term(file.name), file.size, file.outcome as u64])
        });
        let parts = tables.parts.iter().map(|part| words.part(tables, part));
        let reports = (0..tables.reports.len() as u32).map(|id| words.report(tables, ReportId(id)));
        files.chain(parts).chain(reports).fold(0, u128::wrapping_add)
    }
}

/// Every dictionary entry as a hash of its content.
struct Words {
    terms: Vec<u64>,
    lists: Vec<u64>,
    addresses: Vec<u64>,
}

impl Words {
    fn of(tables: &Tables) -> Self {
        let facts = &tables.dictionaries;
        let term = |id| facts.terms.get(TermId(id)).map_or(0, |text| xxh3_64(text.as_bytes()));
        let terms: Vec<_> = (0..facts.terms.bound() as u32).map(term).collect();
        let list = |id| {
            let list = facts.lists.get(ListId(id)).iter();
            let words: Vec<_> = list.filter_map(|term| terms.get(term.index()).copied()).collect();
            xxh3_64(bytemuck::cast_slice(&words))
        };
        let address = |id| {
            let address = facts.addresses.get(AddressId(id), &facts.terms);
            address.map_or(0, |address| xxh3_64(address.to_string().as_bytes()))
        };
        Self {
            lists: (0..facts.lists.bound() as u32).map(list).collect(),
            addresses: (0..facts.addresses.bound() as u32).map(address).collect(),
            terms,
        }
    }

    fn term(&self, id: TermId) -> u64 {
        self.terms.get(id.index()).copied().unwrap_or_default()
    }

    fn list(&self, id: ListId) -> u64 {
        self.lists.get(id.index()).copied().unwrap_or_default()
    }

    fn address(&self, id: AddressId) -> u64 {
        self.addresses.get(id.index()).copied().unwrap_or_default()
    }

    fn header(&self, row: &HeaderRow) -> u64 {
        let moment = |at: Option<UnixSeconds>| at.map_or(i64::MIN, |at| at.0).cast_unsigned();
        let words = [
            row.kind as u64,
            self.term(row.reporter),
            self.term(row.contact),
            self.term(row.report_id),
            self.term(row.domain),
            moment(row.begin),
            moment(row.end),
            self.list(row.extras),
            self.list(row.extra_contact_info),
            self.list(row.errors),
            self.term(row.generator),
            self.term(row.version),
            self.term(row.namespace),
            self.list(row.policy),
        ];
        xxh3_64(bytemuck::cast_slice(&words))
    }

    fn place(&self, tables: &Tables, part: &PartRow) -> u64 {
        let mut words = vec![u64::from(tables.file_of(part).0)];
        words.extend(tables.path(part));
        for step in tables.steps.get(part.steps.range()).unwrap_or_default() {
            words.extend([step.format as u64, step.index.into(), self.term(step.name)]);
        }
        xxh3_64(bytemuck::cast_slice(&words))
    }

    fn part(&self, tables: &Tables, part: &PartRow) -> u128 {
        let header = part.header.and_then(|id| tables.headers.get(id.index()));
        let report = part.report.and_then(|id| tables.reports.get(id.index()));
        let digest = report.map_or(0, |report| report.digest);
        let mut words = vec![
            self.place(tables, part),
            part.format as u64,
            part.outcome.map_or(0, |outcome| outcome as u64 + 1),
            header.map_or(0, |header| self.header(header)),
            (digest >> 64) as u64,
            digest as u64,
        ];
        for tally in tables.tallies.get(part.tallies.range()).unwrap_or_default() {
            words.extend([tally.kind as u64, tally.count]);
            let sightings = tables.sightings.get(tally.sightings.range()).unwrap_or_default();
            words.extend(sightings.iter().map(|sighting| self.term(sighting.detail)));
        }
        sum(&words)
    }

    fn report(&self, tables: &Tables, id: ReportId) -> u128 {
        let Some(report) = tables.reports.get(id.index()) else { return 0 };
        let place = tables.part(report.part).map_or(0, |part| self.place(tables, part));
        let rows = (0..).zip(report.rows.start..report.rows.end);
        let rows = rows.map(|(number, row)| self.row(tables, [place, number], RowId(row)));
        let tls = (0..).zip(report.tls.start..report.tls.end);
        let tls = tls.map(|(number, row)| self.tls(tables, [place, number], RowId(row)));
        let failures = (0..).zip(report.failures.start..report.failures.end);
        let failures =
            failures.map(|(number, row)| self.failure(tables, [place, number], RowId(row)));
        let [messages, passed, judged] = [report.messages, report.passed, report.judged];
        let own = [place, report.records.into(), messages, passed, judged];
        rows.chain(tls).chain(failures).fold(sum(&own), u128::wrapping_add)
    }

    fn row(&self, tables: &Tables, [place, number]: [u64; 2], id: RowId) -> u128 {
        let Some(row) = tables.rows.get(id) else { return 0 };
        sum(&[
            place,
            number,
            self.address(row.source),
            row.count,
            self.list(row.evaluated),
            self.term(row.header_from),
            self.term(row.envelope_from),
            self.term(row.envelope_to),
            self.list(row.dkim),
            self.list(row.spf),
            self.list(tables.rows.extras.of(id)),
        ])
    }

    fn tls(&self, tables: &Tables, [place, number]: [u64; 2], id: RowId) -> u128 {
        let Some(row) = tables.tls.get(id) else { return 0 };
        sum(&[
            place,
            number,
            self.term(row.domain),
            self.list(row.policy),
            self.list(row.failure),
            self.address(row.source),
            self.address(row.receiver),
            row.successful,
            row.failed,
            row.detailed,
            row.stated.into(),
            self.list(tables.tls.extras.of(id)),
        ])
    }

    fn failure(&self, tables: &Tables, [place, number]: [u64; 2], id: RowId) -> u128 {
        let Some(row) = tables.failures.get(id) else { return 0 };
        sum(&[
            place,
            number,
            self.address(row.source),
            self.list(row.message),
            row.incidents,
            self.list(tables.failures.extras.of(id)),
        ])
    }
}

fn sum(words: &[u64]) -> u128 {
    xxh3_128(bytemuck::cast_slice(words))
}
