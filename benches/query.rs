//! How long the engine takes over a million records: `cargo bench --bench query`.
//!
//! The records are made here, from a seed: 200 reports of 5,000, from 19,500
//! addresses. Every answer is checked against plain sums before it is timed;
//! nothing is kept from one round to the next. `QUERY_ROWS=10000000` makes it
//! another number of records.

use std::hint::black_box;
use std::net::Ipv4Addr;
use std::time::{Duration, Instant};

use vitrail::base::{FileId, Findings, Format, Limits, Outcome, ReportKind, UnixSeconds};
use vitrail::query::{
    Answer, Dimension, Facets, Filter, GroupBy, Measure, Orders, Question, Rank, RecordColumn,
    Sort, Table, Timeline, Window,
};
use vitrail::report::model::{Address, AggregateRecord, Auth, Dkim, Header, Spf};
use vitrail::report::token::{Disposition, DkimResult, SpfResult, Verdict};
use vitrail::report::{Sink, Token};
use vitrail::store::{Batch, Part, Store};

const PER_REPORT: u64 = 5_000;
const ADDRESSES: u64 = 19_500;
const ROUNDS: usize = 15;

/// A number for each place in a sequence, the same on every run.
fn mixed(at: u64) -> u64 {
    let mixed = at.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed ^ mixed >> 29).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 16
}

fn passes(at: u64) -> bool {
    mixed(at) % 10 < 8
}

fn count(at: u64) -> u64 {
    mixed(at ^ 1 << 40) % 40 + 1
}

fn record(at: u64) -> AggregateRecord<'static> {
    // A few addresses send most of it.
    let address = mixed(at ^ 1 << 41) % ADDRESSES * (mixed(at ^ 1 << 42) % 8) / 7;
    let verdict = if passes(at) { Verdict::Pass } else { Verdict::Fail };
    let domain = format!("d{}.example.com", address % 40);
    AggregateRecord {
        source_ip: Some(Address::Ip(Ipv4Addr::from_bits(0xC633_0000 + address as u32).into())),
        count: Some(count(at)),
        disposition: Some(Token::Known(match mixed(at) % 20 {
            0 => Disposition::Quarantine,
            1 => Disposition::Reject,
            _ => Disposition::None,
        })),
        dkim: Some(Token::Known(verdict)),
        spf: Some(Token::Known(Verdict::Fail)),
        header_from: Some("example.com".into()),
        auth: Auth {
            dkim: vec![Dkim {
                domain: Some(domain.clone().into()),
                selector: Some(format!("s{}", address % 5).into()),
                result: Some(Token::Known(DkimResult::Pass)),
                human_result: None,
            }],
            spf: vec![Spf {
                domain: Some(domain.into()),
                scope: None,
                result: Some(Token::Known(SpfResult::Fail)),
                human_result: None,
            }],
        },
        ..AggregateRecord::default()
    }
}

fn store(rows: u64) -> Store {
    let limits = Limits { store_bytes: u64::MAX, ..Limits::default() };
    let mut store = Store::new(limits.clone());
    for report in 0..rows.div_ceil(PER_REPORT) {
        let mut batch = Batch::default();
        batch.open_file(FileId(report as u32), "report.xml", 0);
        let mut filler = batch.filler(&limits);
        let begin = 1_700_000_000 + (report / 20 * 86_400) as i64;
        let from = report * PER_REPORT;
        (from..rows.min(from + PER_REPORT)).for_each(|at| filler.record(&record(at)));
        // A reader tells of a report after its records.
        filler.header(&Header {
            reporter: Some(format!("Reporter {}", report % 20).into()),
            report_id: Some(report.to_string().into()),
            domain: Some("example.com".into()),
            begin: Some(UnixSeconds(begin)),
            end: Some(UnixSeconds(begin + 86_399)),
            ..Header::new(ReportKind::Aggregate)
        });
        let (filled, _) = filler.keep(Outcome::Opened, report.into());
        batch.part(Part {
            steps: &[],
            format: Format::Xml,
            outcome: Some(Outcome::Opened),
            filled,
            findings: &Findings::default(),
        });
        store.append(&batch);
    }
    store
}

/// The middle of several rounds, each with nothing kept but what belongs to the store.
fn time(store: &Store, question: &Question) -> (Answer, Duration) {
    let mut times = Vec::new();
    let mut last = None;
    for _ in 0..ROUNDS {
        let mut orders = Orders::default();
        // What is found out once for each state of the store is not the question's.
        black_box(orders.answer(store, &Question::Totals(Table::Aggregate, Filter::default())));
        let start = Instant::now();
        let answer = black_box(orders.answer(store, question));
        times.push(start.elapsed());
        last = Some(answer);
    }
    times.sort();
    (last.expect("a round"), times[ROUNDS / 2])
}

fn main() {
    let rows = std::env::var("QUERY_ROWS").ok().and_then(|rows| rows.parse().ok());
    let rows: u64 = rows.unwrap_or(1_000_000);
    let store = store(rows);
    let bytes = store.bytes() as f64 / rows as f64;
    println!("{rows} records, {bytes:.1} bytes each at rest, dictionaries included");

    let group = |filter: &str, by, measures: &[Measure], limit| {
        Question::Group(GroupBy {
            table: Table::Aggregate,
            filter: Filter::parse(filter),
            by,
            measures: measures.to_vec(),
            sort: Sort { by: Some(Rank::Amount(Measure::Messages)), descending: true },
            window: Window { offset: 0, limit },
        })
    };
    let messages = [Measure::Messages];
    let all = Measure::ALL;
    let by_org = (Dimension::Reporter, None);
    let by_ip = (Dimension::SourceIp, None);
    let sort = Sort { by: RecordColumn::Messages, descending: true };
    let window = Window { offset: 0, limit: 50 };
    let records = |filter: &str| Question::Records { filter: Filter::parse(filter), sort, window };
    let facets = Question::Facets(Facets {
        table: Table::Aggregate,
        filter: Filter::parse("result:fail d17"),
        of: Dimension::ALL.to_vec(),
        containing: String::new(),
        limit: 10,
    });
    let timeline = |split| Timeline {
        table: Table::Aggregate,
        filter: Filter::default(),
        measure: Measure::Messages,
        within: None,
        bucket: None,
        split,
    };
    let failed: u64 = (0..rows).filter(|at| !passes(*at)).map(count).sum();
    let total: u64 = (0..rows).map(count).sum();

    for (name, question, expected) in [
        (
            "filter fail, group by reporter, sum",
            group("result:fail", by_org, &messages, 50),
            failed,
        ),
        ("top 50 addresses, sum", group("", by_ip, &messages, 50), total),
        ("top 50 addresses, all measures", group("", by_ip, &all, 50), total),
        (
            "address and day, all measures",
            group("", (Dimension::SourceIp, Some(Dimension::Day)), &all, 50),
            total,
        ),
        ("a word, group by reporter", group("d17", by_org, &messages, 50), 0),
        ("totals", Question::Totals(Table::Aggregate, Filter::default()), total),
        ("timeline by verdict", Question::Timeline(timeline(Some(Dimension::Verdict))), total),
        ("sort by messages", records(""), 0),
        ("filter fail, sort by messages", records("result:fail"), 0),
        ("facets of all dimensions", facets, 0),
    ] {
        let (answer, took) = time(&store, &question);
        let found = match &answer {
            Answer::Group(groups) => groups.totals[0],
            Answer::Totals(sums) => sums.get(Measure::Messages),
            Answer::Timeline(histogram) => {
                histogram.bars.iter().flat_map(|bar| &bar.values).sum::<u64>() + histogram.undated
            }
            _ => 0,
        };
        assert!(expected == 0 || found == expected, "{name}: {found}, not {expected}");
        println!("{name:40} {:8.2} ms", took.as_secs_f64() * 1e3);
    }
}
