//! Alignment, one case a line: what a record states, and what we make of it.

use vitrail::base::{FileId, Limits};
use vitrail::derive::Judge;
use vitrail::knowledge::Suffixes;
use vitrail::store::{Agreement, Alignment, Batch, RowId, Store};

use crate::ingest;

/// A report of one record from words `name=value`, which become its elements:
/// `from`, `env` and the modes `adkim`, `aspf` as they are, `said=DKIM/SPF` for
/// the reporter's verdicts, `dkim=DOMAIN:RESULT` and `spf=DOMAIN:RESULT:SCOPE` as
/// often as there are results. What is not named is not stated, nor is `-`.
fn report(picture: &str) -> String {
    let element = |name: &str, text: &str| match text {
        "-" => String::new(),
        text => format!("<{name}>{text}</{name}>"),
    };
    let elements = |names: &[&str], values: &str| -> String {
        names.iter().zip(values.split(':')).map(|(name, text)| element(name, text)).collect()
    };
    let [mut policy, mut evaluated, mut identifiers, mut auth] = [(); 4].map(|()| String::new());
    for (name, value) in picture.split_whitespace().filter_map(|word| word.split_once('=')) {
        match name {
            "from" => identifiers += &element("header_from", value),
            "env" => identifiers += &element("envelope_from", value),
            "adkim" | "aspf" => policy += &element(name, value),
            "said" => {
                let (dkim, spf) = value.split_once('/').expect("two verdicts");
                evaluated += &(element("dkim", dkim) + &element("spf", spf));
            }
            "dkim" => auth += &element("dkim", &elements(&["domain", "result"], value)),
            "spf" => auth += &element("spf", &elements(&["domain", "result", "scope"], value)),
            _ => panic!("{name}: {picture}"),
        }
    }
    format!(
        "<feedback><report_metadata><org_name>Example</org_name></report_metadata>\
         <policy_published><domain>example.com</domain>{policy}</policy_published>\
         <record><row><source_ip>192.0.2.1</source_ip><count>1</count>\
         <policy_evaluated>{evaluated}</policy_evaluated></row>\
         <identifiers>{identifiers}</identifiers>\
         <auth_results>{auth}</auth_results></record></feedback>"
    )
}

fn store(pictures: &[&str], suffixes: Option<Suffixes>) -> Store {
    let reports: Vec<String> = pictures.iter().map(|picture| report(picture)).collect();
    let mut store = ingest::store(reports.iter().map(|report| ("report.xml", report.as_bytes())));
    Judge::new(suffixes).extend(&mut store);
    store
}

/// `DKIM/SPF agreement alignments`: `pass/fail agree yes,no`.
fn said(store: &Store, row: u32) -> String {
    let (judgement, alignments) = store.derived().of_row(RowId(row)).expect("a judged row");
    let verdict = |verdict| match verdict {
        None => "?",
        Some(true) => "pass",
        Some(false) => "fail",
    };
    let agreement = match judgement.agreement {
        Agreement::Unknown => "?",
        Agreement::Agree => "agree",
        Agreement::ReporterPasses => "they-pass",
        Agreement::ReporterFails => "they-fail",
    };
    let alignment = |alignment| match alignment {
        Alignment::Unknown => "?",
        Alignment::No => "no",
        Alignment::Yes => "yes",
        Alignment::Unused => "unused",
        Alignment::Strict => "strict",
    };
    let alignments: Vec<_> = alignments.map(alignment).collect();
    let (dkim, spf) = (verdict(judgement.dkim), verdict(judgement.spf));
    format!("{dkim}/{spf} {agreement} {}", alignments.join(","))
}

#[track_caller]
fn check(suffixes: Option<Suffixes>, cases: &[(&str, &str)]) {
    let pictures: Vec<_> = cases.iter().map(|(picture, _)| *picture).collect();
    let store = store(&pictures, suffixes);
    for (row, (picture, expected)) in (0..).zip(cases) {
        assert_eq!(said(&store, row).trim(), *expected, "{picture}");
    }
}

#[test]
fn relaxed_is_the_same_organization_strict_the_same_name() {
    check(
        Some(Suffixes::shipped()),
        &[
            ("from=example.com dkim=example.com:pass said=pass/fail", "pass/fail agree yes"),
            ("from=example.com dkim=m.example.com:pass said=pass/fail", "pass/fail agree yes"),
            ("from=a.example.com dkim=b.example.com:pass said=pass/fail", "pass/fail agree yes"),
            ("from=example.com dkim=example.org:pass said=fail/fail", "fail/fail agree no"),
            ("from=a.co.uk dkim=b.co.uk:pass said=fail/fail", "fail/fail agree no"),
            ("from=a.co.uk dkim=co.uk:pass said=fail/fail", "fail/fail agree no"),
            ("from=a.github.io dkim=b.github.io:pass said=fail/fail", "fail/fail agree no"),
            ("from=github.io dkim=github.io:pass said=pass/fail", "pass/fail agree yes"),
            (
                "adkim=s from=example.com dkim=m.example.com:pass said=fail/fail",
                "fail/fail agree strict",
            ),
            // Neither below nor above, but of one organization.
            (
                "adkim=s from=a.example.com dkim=b.example.com:pass said=fail/fail",
                "fail/fail agree strict",
            ),
            ("adkim=s from=a.co.uk dkim=b.co.uk:pass said=fail/fail", "fail/fail agree no"),
            ("adkim=s from=example.com dkim=example.com:pass said=pass/-", "pass/fail agree yes"),
            // Each method has a mode of its own.
            (
                "aspf=s from=example.com dkim=m.example.com:pass spf=m.example.com:pass said=pass/fail",
                "pass/fail agree yes,strict",
            ),
            (
                "adkim=S aspf=x from=example.com dkim=m.example.com:pass spf=m.example.com:pass said=fail/pass",
                "fail/pass agree strict,yes",
            ),
        ],
    );
}

#[test]
fn names_are_compared_whatever_their_spelling() {
    check(
        Some(Suffixes::shipped()),
        &[
            ("adkim=s from=Example.COM. dkim=example.com:pass said=pass/-", "pass/fail agree yes"),
            (
                "adkim=s from=bücher.example dkim=xn--bcher-kva.example:pass said=pass/-",
                "pass/fail agree yes",
            ),
            (
                "from=BÜCHER.example dkim=m.xn--bcher-kva.example:pass said=pass/-",
                "pass/fail agree yes",
            ),
            ("from=example.com dkim=@m.example.com:pass said=pass/-", "pass/fail agree yes"),
            // An address is aligned with itself, and has no organization.
            ("from=[192.0.2.1] dkim=[192.0.2.1]:pass said=pass/-", "pass/fail agree yes"),
            ("from=[192.0.2.1] dkim=[192.0.2.2]:pass said=fail/-", "fail/fail agree no"),
            ("from=192.0.2.1 spf=1.2.1:pass said=fail/fail", "fail/fail agree no"),
        ],
    );
}

#[test]
fn one_result_that_passes_aligned_is_enough() {
    check(
        Some(Suffixes::shipped()),
        &[
            (
                "from=example.com dkim=esp.test:pass dkim=example.com:pass said=pass/fail",
                "pass/fail agree no,yes",
            ),
            // It has to be one result that does both.
            (
                "from=example.com dkim=esp.test:pass dkim=example.com:fail said=fail/fail",
                "fail/fail agree no,yes",
            ),
            ("from=example.com dkim=:fail said=fail/fail", "fail/fail agree no"),
            ("from=example.com said=fail/fail", "fail/fail agree"),
            ("from=example.com dkim=example.com:not.evaluated said=fail/-", "fail/fail agree yes"),
            ("from=example.com spf=example.com:softfail said=fail/fail", "fail/fail agree yes"),
            (
                "from=example.com spf=esp.test:pass spf=example.com:pass said=fail/pass",
                "fail/pass agree no,yes",
            ),
        ],
    );
}

#[test]
fn helo_counts_where_there_is_no_mail_from() {
    check(
        Some(Suffixes::shipped()),
        &[
            (
                "from=example.com env=esp.test spf=mx.example.com:pass:helo said=fail/fail",
                "fail/fail agree unused",
            ),
            (
                "from=example.com spf=mx.example.com:pass:helo spf=esp.test:pass:mfrom said=fail/fail",
                "fail/fail agree unused,no",
            ),
            (
                "from=example.com env= spf=mx.example.com:pass:helo said=fail/pass",
                "fail/pass agree yes",
            ),
            ("from=example.com spf=mx.example.com:pass:helo said=fail/pass", "fail/pass agree yes"),
            ("from=example.com env=<> spf=mx.test:pass:helo said=fail/fail", "fail/fail agree no"),
            // A MAIL FROM whose domain stands only in the envelope.
            (
                "from=example.com env=m.example.com spf=-:pass:mfrom said=fail/pass",
                "fail/pass agree yes",
            ),
            ("from=example.com env=m.example.com spf=:pass said=fail/pass", "fail/pass agree yes"),
        ],
    );
}

#[test]
fn who_disagrees_and_what_cannot_be_told() {
    check(
        Some(Suffixes::shipped()),
        &[
            ("from=example.com dkim=esp.test:pass said=pass/fail", "fail/fail they-pass no"),
            ("from=example.com dkim=example.com:pass said=fail/fail", "pass/fail they-fail yes"),
            ("from=example.com dkim=example.com:fail said=pass/fail", "fail/fail they-pass yes"),
            // On DMARC as a whole they agree.
            (
                "from=example.com dkim=example.com:pass spf=example.com:pass said=fail/pass",
                "pass/pass agree yes,yes",
            ),
            // The list is incomplete: what the verdict rests on is not in it.
            ("from=example.com said=pass/fail", "?/fail ?"),
            ("from=example.com dkim=esp.test:pass said=fail/pass", "fail/? ? no"),
            ("from=example.com dkim=-:pass said=pass/fail", "?/fail ? ?"),
            ("from=example.com dkim=example.com:- said=pass/fail", "?/fail ? yes"),
            // But where one method settles it, the other need not be known.
            ("from=example.com dkim=example.com:pass said=pass/pass", "pass/? agree yes"),
            ("dkim=example.com:pass said=pass/fail", "?/? ? ?"),
            ("from= dkim=example.com:fail said=fail/fail", "?/? ? ?"),
            ("from=example.com dkim=example.com:pass", "pass/fail ? yes"),
        ],
    );
}

#[test]
fn without_the_suffixes_only_equal_names_are_sure() {
    check(
        None,
        &[
            ("from=example.com dkim=Example.com:pass said=pass/fail", "pass/fail agree yes"),
            ("from=example.com dkim=m.example.com:pass said=pass/fail", "?/fail ? ?"),
            ("from=example.com dkim=esp.test:pass said=fail/fail", "?/fail ? ?"),
            ("from=example.com dkim=esp.test:fail said=fail/fail", "fail/fail agree ?"),
            ("adkim=s from=example.com dkim=m.example.com:pass said=fail/-", "fail/fail agree no"),
        ],
    );
}

#[test]
fn rows_are_judged_as_they_come_and_anew_after_a_removal() {
    let first = report("from=example.com dkim=m.example.com:pass said=pass/fail");
    let second = report("from=a.co.uk dkim=b.co.uk:pass said=pass/fail");
    let mut judge = Judge::new(Some(Suffixes::shipped()));
    let mut store = ingest::store([("a.xml", first.as_bytes())]);
    judge.extend(&mut store);
    assert_eq!((store.derived().rows(), said(&store, 0).as_str()), (1, "pass/fail agree yes"));

    let mut batch = Batch::default();
    ingest::read(&mut batch, 7, "b.xml", second.as_bytes(), &Limits::default());
    store.append(&batch);
    judge.extend(&mut store);
    let expected = "fail/fail they-pass no";
    assert_eq!((store.derived().rows(), said(&store, 1).as_str()), (2, expected));

    let generation = store.generation();
    store.remove(FileId(0));
    judge.extend(&mut store);
    assert!(store.generation() > generation);
    assert_eq!((store.derived().rows(), said(&store, 0).as_str()), (1, expected));
}
