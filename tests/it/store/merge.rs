//! Batches in any order, cut anywhere, give the same store; a removal leaves no
//! trace; a report is counted once, wherever it stands.

use vitrail::base::{FileId, Kind, Limits, Outcome, ReportKind};
use vitrail::query::Totals;
use vitrail::report::token::TlsPolicyType;
use vitrail::report::{AggregateRecord, Header, Sink, TlsPolicy, Token};
use vitrail::store::{Batch, RowId, Store};

use super::facts::{self, FileFacts};
use super::queries::agree;
use crate::random::{Random, for_seeds};

fn store(batches: &[Batch]) -> Store {
    let mut store = Store::new(Limits::default());
    batches.iter().for_each(|batch| store.append(batch));
    store
}

/// Cuts files into pieces and deals them to batches, all at random.
fn cut(random: &mut Random, files: &[FileFacts]) -> Vec<Batch> {
    let mut pieces = Vec::new();
    for file in files {
        let (mut one, mut two) = (file.clone(), file.clone());
        let cut = random.below(file.parts.len() + 1);
        two.parts.drain(..cut);
        one.parts.truncate(cut);
        pieces.push(one);
        pieces.extend((!two.parts.is_empty()).then_some(two));
    }
    random.shuffle(&mut pieces);
    let mut batches = Vec::new();
    while !pieces.is_empty() {
        // Two pieces of one file stay in batches of their own, as in an import.
        let mut batch: Vec<FileFacts> = Vec::new();
        for _ in 0..=random.below(3) {
            if pieces.last().is_some_and(|next| batch.iter().all(|file| file.id != next.id)) {
                batch.extend(pieces.pop());
            }
        }
        batches.push(facts::batch(&batch));
    }
    batches
}

#[test]
fn any_order_and_any_cut_give_the_same_store() {
    for_seeds(0..120, |random| {
        let files = facts::files(random);
        let whole = store(&[facts::batch(&files)]);
        let pieces = store(&cut(random, &files));
        assert_eq!(pieces.totals(), whole.totals());
        assert_eq!(pieces.digest(), whole.digest());
        agree(&pieces, &whole);
    });
}

#[test]
fn a_file_that_comes_twice_counts_once() {
    for_seeds(0..50, |random| {
        let files = facts::files(random);
        let batch = facts::batch(&files);
        let mut twice = store(&[batch.clone(), batch.clone()]);
        let once = store(&[batch]);
        twice.append(&facts::batch(files.last()));
        assert_eq!((twice.digest(), twice.totals()), (once.digest(), once.totals()));
    });
}

#[test]
fn a_removed_file_leaves_no_trace() {
    for_seeds(0..80, |random| {
        let mut files = facts::files(random);
        let mut with = store(&cut(random, &files));
        while !files.is_empty() {
            let file = files.remove(random.below(files.len()));
            with.remove(file.id);
            let without = store(&[facts::batch(&files)]);
            assert_eq!((with.digest(), with.totals()), (without.digest(), without.totals()));
            agree(&with, &without);
        }
        assert_eq!(with.totals(), Totals::default());
    });
}

#[test]
fn the_digest_tells_stores_apart() {
    let mut random = Random::new(7);
    let mut digests = Vec::new();
    for _ in 0..50 {
        let files = facts::files(&mut random);
        if !files.is_empty() {
            digests.push(store(&[facts::batch(&files)]).digest());
        }
    }
    let all = digests.len();
    digests.sort_unstable();
    digests.dedup();
    assert_eq!(digests.len(), all);
}

#[test]
fn messages_of_failure_reports_come_back_as_they_were_stated() {
    for_seeds(0..50, |random| {
        let files = facts::files(random);
        let batch = facts::batch(&files);
        let tables = batch.tables();
        let parts = files.iter().flat_map(|file| &file.parts);
        let opened = parts.filter(|part| part.outcome == Some(Outcome::Opened));
        let stated = opened.filter_map(|part| part.report.as_ref());
        for (report, stated) in tables.reports.iter().zip(stated) {
            let rows = (report.failures.start..report.failures.end).map(RowId);
            let found: Vec<_> = rows.filter_map(|row| tables.failure(row)).collect();
            assert_eq!(found, stated.failures);
        }
    });
}

#[test]
fn policies_of_tls_reports_come_back_as_they_were_stated() {
    for_seeds(0..50, |random| {
        let files = facts::files(random);
        let batch = facts::batch(&files);
        let tables = batch.tables();
        let parts = files.iter().flat_map(|file| &file.parts);
        let opened = parts.filter(|part| part.outcome == Some(Outcome::Opened));
        let stated = opened.filter_map(|part| part.report.as_ref());
        let mut reports = tables.reports.iter();
        for stated in stated {
            let report = reports.next().expect("a report for each that was opened");
            assert_eq!(tables.tls_policies(report), stated.policies);
        }
        assert!(reports.next().is_none());
    });
}

#[test]
fn dane_policies_named_after_hosts_are_of_the_domain_they_serve() {
    let policy = |kind, domain: &'static str| TlsPolicy {
        policy_type: Some(Token::Known(kind)),
        policy_domain: Some(domain.into()),
        ..TlsPolicy::default()
    };
    use TlsPolicyType::{Sts, Tlsa};
    for (policies, domain, domains) in [
        (vec![policy(Tlsa, "mx1.b.test"), policy(Sts, "a.test")], "a.test", ["a.test"; 2]),
        (vec![policy(Tlsa, "mx1.b.test"), policy(Tlsa, "mx2.b.test")], "a.test", ["a.test"; 2]),
        // No other domain than that of a host is known.
        (
            vec![policy(Tlsa, "mx1.b.test"), policy(Tlsa, "mx2.b.test")],
            "mx1.b.test",
            ["mx1.b.test", "mx2.b.test"],
        ),
    ] {
        let mut batch = Batch::default();
        let limits = Limits::default();
        let mut filler = batch.filler(&limits);
        policies.iter().for_each(|policy| filler.tls_policy(policy));
        filler.header(&Header { domain: Some(domain.into()), ..Header::new(ReportKind::Tls) });
        filler.keep(Outcome::Opened, 0);
        let tables = batch.tables();
        let found = tables.tls.domain.iter().filter_map(|id| tables.dictionaries.terms.get(*id));
        assert_eq!(found.collect::<Vec<_>>(), domains);
        assert_eq!(tables.tls_policies(&tables.reports[0]), policies);
    }
}

#[test]
fn records_and_headers_come_back_as_they_were_stated() {
    for_seeds(0..50, |random| {
        let files = facts::files(random);
        let batch = facts::batch(&files);
        let tables = batch.tables();
        let stated = files.iter().flat_map(|file| &file.parts).filter_map(|part| {
            let report = part.report.as_ref()?;
            Some((report, part.outcome == Some(Outcome::Opened)))
        });
        let mut rows = (0..).map(RowId);
        let mut headers = tables.parts.iter().filter_map(|part| part.header);
        for (report, opened) in stated {
            let id = headers.next().expect("a header for each report");
            assert_eq!(tables.header(id).as_ref(), Some(&report.header));
            for record in report.records.iter().filter(|_| opened) {
                let mut stated = record.clone();
                stated.count = Some(record.count.unwrap_or(0));
                assert_eq!(rows.next().and_then(|id| tables.record(id)), Some(stated));
            }
        }
        assert_eq!(rows.next().and_then(|id| tables.record(id)), None);
    });
}

/// Records are numbered many at a time: those of reports that end anywhere, and are kept or not.
#[test]
fn records_come_back_however_many_there_are() {
    let (mut random, limits) = (Random::new(2), Limits::default());
    let (mut batch, mut stated) = (Batch::default(), Vec::new());
    for (nth, count) in [1, 127, 128, 129, 200, 256, 300, 5].into_iter().enumerate() {
        let records: Vec<_> = (0..count).map(|_| facts::record(&mut random)).collect();
        let mut filler = batch.filler(&limits);
        records.iter().for_each(|record| filler.record(record));
        if nth % 3 == 1 {
            drop(filler);
            continue;
        }
        filler.header(&Header::new(ReportKind::Aggregate));
        // What comes behind the end of a report is no part of it.
        filler.record(&records[0]);
        filler.keep(Outcome::Opened, nth as u128);
        let counted = |mut record: AggregateRecord<'static>| {
            record.count = Some(record.count.unwrap_or(0));
            record
        };
        stated.extend(records.into_iter().map(counted));
    }
    let rows = (0..batch.tables().rows.len() as u32).map(RowId);
    let kept: Vec<_> = rows.filter_map(|id| batch.tables().record(id)).collect();
    assert_eq!(kept.len(), stated.len());
    assert!(kept.iter().zip(&stated).all(|(kept, stated)| kept == stated));
}

#[test]
fn a_full_store_refuses_by_name() {
    for_seeds(0..20, |random| {
        let files = facts::files(random);
        let batch = facts::batch(&files);
        let limits = Limits { store_bytes: batch.bytes() - 1, ..Limits::default() };
        let mut store = Store::new(limits);
        store.append(&batch);
        let totals = store.totals();
        assert_eq!((totals.reports, totals.files as usize), (0, files.len()));
        assert_eq!(totals.findings, files.len() as u64);
        for part in &store.tables().parts {
            assert_eq!(part.outcome, Some(Outcome::OverLimit));
            assert!(store.tables().findings(part).has(Kind::StoreLimit));
        }
    });
}

#[test]
fn a_batch_stops_at_the_limit_and_keeps_what_it_has() {
    let mut random = Random::new(1);
    let records: Vec<_> = (0..10_000).map(|_| facts::record(&mut random)).collect();
    let limits = Limits { store_bytes: 300_000, ..Limits::default() };
    let mut batch = Batch::default();
    let report = facts::Report {
        failures: Vec::new(),
        header: Header::new(ReportKind::Aggregate),
        records,
        policies: Vec::new(),
        digest: 0,
    };
    let part = facts::PartFacts {
        steps: Vec::new(),
        format: vitrail::base::Format::Xml,
        outcome: Some(Outcome::Opened),
        report: Some(report),
        findings: Default::default(),
    };
    let file = FileFacts { id: FileId(0), name: "big.xml".into(), size: 1, parts: vec![part] };
    facts::fill(&mut batch, &file, &limits);
    let tables = batch.tables();
    assert!((100..10_000).contains(&tables.rows.len()), "{} rows", tables.rows.len());
    assert!(batch.bytes() < 2 * limits.store_bytes);
    assert!(tables.findings(&tables.parts[0]).has(Kind::StoreLimit));
}
