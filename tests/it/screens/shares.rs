//! Shares without a base, sums at their limit, and dates that are mistakes.

use vitrail::engine::Engine;
use vitrail::query::Filter;
use vitrail::screens::markup::{Node, Tag};
use vitrail::screens::{Ask, Part, Program};
use vitrail::view::Route;

use super::{ask, draw, engine, values, walk, words, words_of};

const GREATEST: &str = "18446744073709551615";

/// A report of a day with records: a count, and what is evaluated of it.
fn report(id: &str, begin: i64, records: &[(&str, &str)]) -> (String, String) {
    let record = |(count, evaluated): &(&str, &str)| {
        format!(
            "<record><row><source_ip>192.0.2.1</source_ip><count>{count}</count>\
             <policy_evaluated>{evaluated}</policy_evaluated></row>\
             <identifiers><header_from>example.com</header_from></identifiers></record>"
        )
    };
    let records: String = records.iter().map(record).collect();
    let text = format!(
        "<feedback><report_metadata><org_name>receiver.test</org_name><report_id>{id}</report_id>\
         <date_range><begin>{begin}</begin><end>{}</end></date_range></report_metadata>\
         <policy_published><domain>example.com</domain><p>none</p></policy_published>\
         {records}</feedback>",
        begin + 86_400,
    );
    (format!("{id}.xml"), text)
}

fn reading(reports: &[(String, String)]) -> Engine {
    engine(reports.iter().map(|(name, text)| (name.as_str(), text.as_bytes())))
}

const PASS: &str = "<disposition>none</disposition><dkim>pass</dkim><spf>fail</spf>";
const FAIL: &str = "<disposition>none</disposition><dkim>fail</dkim><spf>fail</spf>";
const UNSTATED: &str = "<disposition>none</disposition>";
const DAY: i64 = 1_794_787_200;

fn said(engine: &mut Engine, route: &str) -> String {
    words(&draw(&mut Program::default(), Some(engine), &ask(route)))
}

#[test]
fn without_a_verdict_there_is_no_share() {
    let mut none = reading(&[report("a", DAY, &[("7", UNSTATED)])]);
    for route in ["#/overview", "#/explore"] {
        let said = said(&mut none, route);
        assert!(said.contains("no verdict is stated") && !said.contains("0%"), "{route}: {said}");
    }
    let overview = said(&mut none, "#/overview");
    assert!(overview.contains("Of 7 messages, reports state no verdict."), "{overview}");
    assert!(overview.contains("cannot be told"), "{overview}");
    // What passes is a part of what is judged.
    let mut some = reading(&[report("a", DAY, &[("6", UNSTATED), ("1", PASS), ("1", FAIL)])]);
    let overview = said(&mut some, "#/overview");
    assert!(overview.contains("50.0% of 2 messages pass DMARC"), "{overview}");
    assert!(overview.contains("Of 6 messages, reports state no verdict."), "{overview}");
}

#[test]
fn a_share_of_a_sum_at_its_limit_is_that_much_at_most() {
    let mut engine =
        reading(&[report("a", DAY, &[(GREATEST, FAIL), (GREATEST, FAIL), ("1", PASS)])]);
    let overview = said(&mut engine, "#/overview");
    assert!(overview.contains("<\u{a0}0.1%") && overview.contains("≥\u{a0}18,446"), "{overview}");
    let mut both = reading(&[report("a", DAY, &[(GREATEST, FAIL), (GREATEST, PASS)])]);
    let overview = said(&mut both, "#/overview");
    assert!(!overview.contains("(–") && !overview.contains("of all that fails"), "{overview}");
    let explore = said(&mut both, "#/explore");
    assert!(explore.contains("reached its limit") && !explore.contains("100%"), "{explore}");
    let half = "9300000000000000000";
    let mut half = reading(&[report("a", DAY, &[(half, FAIL), (half, PASS)])]);
    let explore = said(&mut half, "#/explore");
    assert!(explore.contains("≤\u{a0}50.4%"), "{explore}");
}

#[test]
fn a_misdated_report_leaves_room_for_the_others() {
    let reports = [
        report("a", DAY, &[("5", PASS)]),
        report("b", DAY - 86_400, &[("4", FAIL)]),
        report("c", 253_402_128_000, &[("3", PASS)]),
        report("d", 86_400, &[("2", PASS)]),
    ];
    let mut engine = reading(&reports);
    let drawn = draw(&mut Program::default(), Some(&mut engine), &ask("#/overview"));
    let said = words(&drawn);
    assert!(said.contains("Not drawn: 2 in reports of before 1 Jan 2012"), "{said}");
    assert!(said.contains("Not drawn: 3 in reports of 28 Nov 2026 or later"), "{said}");
    let mut sentences = 0;
    walk(&drawn.content, &mut |node| {
        if let Node::Element { tag: Tag::P, content, .. } = node {
            let said = words_of(content);
            let told = said.matches("Not drawn").count();
            assert!(told <= 1, "each stands by itself: {said}");
            sentences += told;
        }
    });
    assert_eq!(sentences, 2);
    let steps = values(&drawn, "data-step");
    assert_eq!(steps.len(), 2, "a bar for each of the days that can be");
    let filters: Vec<_> =
        values(&drawn, "href").iter().map(|link| Route::parse(link).filter()).collect();
    for line in ["until:2011-12-31", "since:2026-11-28"] {
        assert!(filters.contains(&Filter::parse(line)), "{line}");
    }
    assert!(said.contains("15–16 Nov 2026 ·"), "the head says what time it is about: {said}");
    let bar = Ask { part: Part::Bar, ..ask("#/overview") };
    let links = values(&draw(&mut Program::default(), Some(&mut engine), &bar), "href");
    let week = Filter::parse("since:2026-11-10 until:2026-11-16");
    assert!(links.iter().any(|link| Route::parse(link).filter() == week), "the last 7 days");
    // Coverage is of the same time, and says what it leaves out.
    let drawn = draw(&mut Program::default(), Some(&mut engine), &ask("#/reports/coverage"));
    let said = words(&drawn);
    assert!(said.contains("15–16 Nov 2026 ·") && said.contains("Not drawn: 3 in"), "{said}");
    assert_eq!(values(&drawn, "data-step").len(), 2);
    // Asked for, they are drawn.
    let late = draw(
        &mut Program::default(),
        Some(&mut engine),
        &ask("#/overview?filter=since:2026-11-28"),
    );
    assert!(!words(&late).contains("Not drawn"));
    assert_eq!(values(&late, "data-step").len(), 1);
    // One that ends far off is of the day that it begins on.
    let (name, text) = report("e", DAY, &[("6", PASS)]);
    let text = text.replace(&format!("<end>{}", DAY + 86_400), "<end>253402214400");
    let mut long = reading(&[(name, text), reports[1].clone()]);
    let drawn = draw(&mut Program::default(), Some(&mut long), &ask("#/overview"));
    assert_eq!(values(&drawn, "data-step").len(), 2, "days, not months");
    // So they are where there is nothing else.
    let mut old = reading(&reports[3..]);
    let alone = draw(&mut Program::default(), Some(&mut old), &ask("#/overview"));
    assert_eq!(values(&alone, "data-step").len(), 1);
}
