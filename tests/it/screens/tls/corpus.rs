//! The numbers of the TLS screen are those of the engine: of our own reports, and of those of
//! the shared corpus.

use std::path::PathBuf;

use vitrail::base::percent::encode;
use vitrail::engine::Engine;
use vitrail::query::{
    Answer, Dimension, Filter, GroupBy, Measure, Question, Sort, Table, Term, Window,
};
use vitrail::screens::{Ask, Program};
use vitrail::view::Language;

use super::{ask, draw, engine, said, sample, shown};
use crate::shared_corpus;

/// Groups of TLS rows, with their sessions: successful, failed, failed by details.
fn groups(
    engine: &mut Engine,
    filter: Filter,
    by: (Dimension, Option<Dimension>),
) -> Vec<(Option<String>, Vec<u64>)> {
    let question = GroupBy {
        table: Table::Tls,
        filter,
        by,
        measures: vec![Measure::Successful, Measure::Failed, Measure::Detailed],
        sort: Sort { by: None, descending: false },
        window: Window { offset: 0, limit: u32::MAX },
    };
    let Answer::Group(groups) = engine.ask(&Question::Group(question)) else { panic!("groups") };
    groups.lines.into_iter().map(|line| (line.keys.0, line.values)).collect()
}

/// Draws the screen of each domain in both languages, and compares its numbers with the sums
/// of the engine. Says how many domains there were.
pub fn check(engine: &mut Engine, what: &str) -> usize {
    let domains = groups(engine, Filter::default(), (Dimension::Domain, None));
    let domains: Vec<_> = domains.into_iter().filter_map(|(domain, _)| domain).collect();
    for domain in &domains {
        let filter = Filter::new([Term::is(Dimension::Domain, Some(domain.clone()))]);
        let by = (Dimension::PolicyType, Some(Dimension::Mode));
        let sums = groups(engine, filter.clone(), by);
        for language in Language::ALL {
            let route = format!("#/tls?filter={}", encode(&filter.to_string()));
            let asked = Ask { language: language.tag().to_owned(), ..ask(&route) };
            let drawn = draw(&mut Program::default(), Some(engine), &asked);
            let said = said(&drawn);
            let lines: Vec<_> = said.lines().map(str::trim).collect();
            for number in sums.iter().flat_map(|(_, values)| values) {
                let number = language.integer(*number);
                assert!(lines.contains(&number.as_str()), "{what}, {domain}: {number}\n{said}");
            }
            let is_raw = |line: &&str| *line == "?" || line.contains("%{");
            assert_eq!(lines.iter().find(|line| is_raw(line)), None, "{what}, {domain}");
        }
    }
    domains.len()
}

#[test]
fn every_tls_report_of_our_own_is_shown_with_its_numbers() {
    let mut shown = 0;
    for folder in ["rfc", "vendors", "malformed"] {
        let files = std::fs::read_dir(format!("tests/corpus/{folder}")).expect("a folder");
        let mut files: Vec<PathBuf> = files.map(|file| file.expect("a file").path()).collect();
        files.sort();
        for file in files.iter().filter(|file| file.to_string_lossy().contains("tls")) {
            let name = file.to_string_lossy();
            let bytes = std::fs::read(file).expect("a file");
            shown += check(&mut engine(&[(&*name, bytes)]), &name);
        }
    }
    assert!(shown > 3, "{shown}");
}

#[test]
fn the_tls_reports_of_the_shared_corpus_are_shown_with_their_numbers() {
    let test = "the_tls_reports_of_the_shared_corpus_are_shown_with_their_numbers";
    let Some(rows) = shared_corpus::rows(&["tlsrpt"], test) else { return };
    let mut all = Vec::new();
    for row in &rows {
        let file = (row.path.as_str(), row.bytes.clone());
        check(&mut engine(std::slice::from_ref(&file)), file.0);
        all.push(file);
    }
    assert!(check(&mut engine(&all), "all of them") > 3);
}

#[test]
fn what_has_no_result_type_is_called_a_summary_beside_failures() {
    let mut engine = sample();
    let line = |said: &str| said.contains("summaries of sessions, or not stated");
    for (route, is_summary) in [
        ("#/explore?of=tls&by=type", true),
        ("#/explore?of=tls&by=mx", true),
        ("#/explore?of=tls&by=type&filter=part:failure-details", false),
        ("#/explore?of=tls&by=policy", false),
        ("#/explore?by=ip", false),
    ] {
        assert_eq!(line(&shown(&mut engine, route).1), is_summary, "{route}");
    }
    // All sessions are in its line, and the totals are those of all rows.
    let said = shown(&mut engine, "#/explore?of=tls&by=type").1;
    let sums = groups(&mut engine, Filter::default(), (Dimension::ResultType, None));
    let total = |at: usize| sums.iter().map(|(_, values)| values[at]).sum::<u64>();
    for number in [total(0), total(1), total(2)] {
        let number = Language::English.integer(number);
        assert!(said.lines().any(|line| line == number), "{number}: {said}");
    }
}
