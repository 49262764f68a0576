//! Our verdicts against those of real reporters, row by row: equal wherever the
//! report lists what its verdict rests on.

use vitrail::derive::Judge;
use vitrail::knowledge::Suffixes;
use vitrail::store::{Alignment, RowId, Store, TermId};

use crate::ingest;
use crate::shared_corpus::rows;

/// Reports whose anonymiser replaced every domain by one and the same, so that
/// everything in them aligns.
const ANONYMISED: &[&str] = &["danielsen__DmarcRua/", "/ikea.com!example.de!"];

/// Reports that contradict themselves: in how many rows, and how.
const CONTRADICTING: &[(&str, usize, &str)] = &[
    (
        "/good.com!example.com!1337270400!1337356799.xml",
        403,
        "a draft of 2012: SPF in policy_evaluated is the raw result, aligned or not",
    ),
    (
        "/yeah.net!example.com!1337270400!1337356799.20120518.xml",
        97,
        "a draft of 2012: SPF in policy_evaluated is the raw result, aligned or not",
    ),
    (
        "/dmarc-reports/acme.xml",
        1,
        "made up, 'incoherent' by its own comment: SPF of HELO counts beside a MAIL FROM",
    ),
];

/// How the verdicts of one file compare, counted by row and method.
#[derive(Default)]
struct Counts {
    equal: usize,
    /// One of the two is not known.
    unsure: usize,
    different: Vec<u32>,
    /// Raw results that pass, and do not count.
    unaligned: usize,
}

fn compare(store: &Store) -> Counts {
    let tables = store.tables();
    let facts = &tables.dictionaries;
    let mut counts = Counts::default();
    for id in 0..tables.rows.len() as u32 {
        let row = tables.rows.get(RowId(id)).expect("a row");
        let (judgement, alignments) = store.derived().of_row(RowId(id)).expect("a judged row");
        let theirs = facts.evaluated(row.evaluated);
        let mut same = true;
        for (ours, theirs) in [(judgement.dkim, theirs.dkim), (judgement.spf, theirs.spf)] {
            match ours {
                Some(passed) if theirs != TermId::ABSENT => {
                    same &= passed == (theirs == TermId::PASS);
                    counts.equal += usize::from(passed == (theirs == TermId::PASS));
                }
                _ => counts.unsure += 1,
            }
        }
        if !same {
            counts.different.push(id);
        }
        let dkim = facts.dkim_terms(row.dkim).map(|signature| signature.result);
        let results = dkim.chain(facts.spf_terms(row.spf).map(|check| check.result));
        let unaligned = |(result, alignment): &(TermId, Alignment)| {
            *result == TermId::PASS && matches!(alignment, Alignment::No | Alignment::Strict)
        };
        counts.unaligned += results.zip(alignments).filter(unaligned).count();
    }
    counts
}

#[test]
fn we_judge_as_the_reporters_do() {
    let Some(corpus) = rows(&["aggregate"], "we_judge_as_the_reporters_do") else { return };
    let (mut equal, mut unsure, mut unaligned) = (0, 0, 0);
    let mut contradicting = Vec::new();
    for file in corpus {
        if ANONYMISED.iter().any(|part| file.path.contains(part)) {
            continue;
        }
        let mut store = ingest::store([(file.path.as_str(), file.bytes.as_slice())]);
        Judge::new(Some(Suffixes::shipped())).extend(&mut store);
        let counts = compare(&store);
        equal += counts.equal;
        unsure += counts.unsure;
        unaligned += counts.unaligned;
        let expected = CONTRADICTING.iter().find(|(part, ..)| file.path.ends_with(part));
        match expected {
            Some((part, rows, why)) => {
                assert_eq!(counts.different.len(), *rows, "{part}: {why}");
                contradicting.push(*part);
            }
            None => assert!(counts.different.is_empty(), "{}: {:?}", file.path, counts.different),
        }
    }
    println!("{equal} verdicts equal, {unsure} unsure, {unaligned} passes do not count");
    contradicting.sort_unstable();
    contradicting.dedup();
    assert_eq!(contradicting.len(), CONTRADICTING.len(), "every exception is met");
    assert!(equal > 5_000 && unaligned > 100 && unsure * 20 < equal, "the corpus says much");
}
