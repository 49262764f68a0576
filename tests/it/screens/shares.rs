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

/// The shares that are drawn somewhere, without bars.
fn shares(nodes: &[Node]) -> Vec<String> {
    let mut shares = Vec::new();
    walk(nodes, &mut |node| match node {
        Node::Element { attributes, content, .. }
            if attributes.iter().any(|(_, value)| value == "share__number") =>
        {
            shares.push(words_of(content));
        }
        _ => {}
    });
    shares
}

#[test]
fn a_report_passes_as_much_as_its_records_do() {
    // By all messages, "half" passes less than "fourth".
    let mut engine = reading(&[
        report("half", DAY, &[("90", UNSTATED), ("5", PASS), ("5", FAIL)]),
        report("none", DAY, &[("7", UNSTATED)]),
        report("fourth", DAY, &[("1", PASS), ("3", FAIL)]),
        report("all", DAY, &[("1", PASS)]),
        report("empty", DAY, &[("0", PASS)]),
    ]);
    let explore = draw(&mut Program::default(), Some(&mut engine), &ask("#/explore?by=report"));
    let explored = shares(&explore.content);
    assert!(explored.contains(&"50.0%".to_owned()), "{explored:?}");
    for (sort, expected) in
        [("-passed", ["100%", "50.0%", "25.0%"]), ("passed", ["25.0%", "50.0%", "100%"])]
    {
        let asked = ask(&format!("#/reports?sort={sort}"));
        let drawn = draw(&mut Program::default(), Some(&mut engine), &asked);
        let rows = drawn.table.expect("a table").rows;
        let of_row: Vec<_> = rows.iter().map(|row| shares(row).concat()).collect();
        assert_eq!(of_row[..3], expected, "{sort}");
        assert_eq!(of_row[3..], ["", ""], "{sort}: what nobody judged comes last");
        let said = words_of(&rows[4]);
        assert!(said.contains("no verdict is stated"), "{said}");
        for (row, share) in (0..).zip(&of_row) {
            let mut asked = asked.clone();
            asked.shown.open = Some(row);
            let drawn = draw(&mut Program::default(), Some(&mut engine), &asked);
            assert_eq!(shares(&drawn.content).concat(), *share, "details of row {row}");
        }
    }
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
    assert!(said.contains("Counted with them: 5 messages in reports dated outside"), "{said}");
    assert!(offers_the_last_week(&mut engine, "#/overview"));
    // Coverage is of the same time, and says what it leaves out.
    let drawn = draw(&mut Program::default(), Some(&mut engine), &ask("#/reports/coverage"));
    let said = words(&drawn);
    assert!(
        said.contains("15–16 Nov 2026 ·") && said.contains("Not drawn: 1 report of 28"),
        "{said}"
    );
    assert_eq!(values(&drawn, "data-step").len(), 2);
    // Asked for, they are drawn.
    let late = draw(
        &mut Program::default(),
        Some(&mut engine),
        &ask("#/overview?filter=since:2026-11-28"),
    );
    assert!(!words(&late).contains("Not drawn"));
    assert_eq!(values(&late, "data-step").len(), 1);
    // So they are where there is nothing else.
    let mut old = reading(&reports[3..]);
    let alone = draw(&mut Program::default(), Some(&mut old), &ask("#/overview"));
    assert_eq!(values(&alone, "data-step").len(), 1);
}

/// Whether the seven days up to the last one that reports can be of are offered.
fn offers_the_last_week(engine: &mut Engine, route: &str) -> bool {
    let bar = Ask { part: Part::Bar, ..ask(route) };
    let links = values(&draw(&mut Program::default(), Some(engine), &bar), "href");
    let week = Filter::parse("since:2026-11-10 until:2026-11-16");
    links.iter().any(|link| Route::parse(link).filter() == week)
}

/// One of six messages, from a day to another.
fn lasting(id: &str, begin: i64, end: i64) -> (String, String) {
    let (name, text) = report(id, begin, &[("6", PASS)]);
    (name, text.replace(&format!("<end>{}", begin + 86_400), &format!("<end>{end}")))
}

#[test]
fn a_report_of_years_is_of_the_day_that_it_begins_on() {
    let others = [report("a", DAY, &[("5", PASS)]), report("b", DAY - 86_400, &[("4", FAIL)])];
    // From one of the days to 9999, from 1970 to the other, and what a clock that is wrong states.
    for (long, is_drawn) in [
        (lasting("e", DAY - 86_400, 253_402_214_400), true),
        (lasting("f", 86_400, DAY), false),
        (lasting("g", DAY - 86_400, DAY + 2 * 366 * 86_400), true),
    ] {
        let name = long.0.clone();
        let mut engine = reading(&[others[0].clone(), others[1].clone(), long]);
        let drawn = draw(&mut Program::default(), Some(&mut engine), &ask("#/overview"));
        assert_eq!(values(&drawn, "data-step").len(), 2, "{name}: days, not months");
        let overview = words(&drawn);
        assert!(overview.contains("15–16 Nov 2026 ·"), "{name}: {overview}");
        assert_eq!(overview.contains("Not drawn: 6 in reports of before"), !is_drawn, "{name}");
        assert!(offers_the_last_week(&mut engine, "#/overview"), "{name}");
        let coverage = said(&mut engine, "#/reports/coverage");
        assert!(coverage.contains("15–16 Nov 2026 ·"), "{name}: {coverage}");
        assert_eq!(coverage.contains("Not drawn: 1 report of before"), !is_drawn, "{name}");
        // It comes twice on the day that another one is of, and on no day after.
        let twice = if is_drawn { "1 day twice" } else { "0 with days reported twice" };
        assert!(coverage.contains(twice), "{name}: {coverage}");
    }
}

#[test]
fn the_last_days_are_those_of_the_screens_own_reports() {
    let tls = |id: &str, day: &str| {
        let text = format!(
            r#"{{"organization-name": "receiver.test", "report-id": "{id}", "date-range":
            {{"start-datetime": "{day}T00:00:00Z", "end-datetime": "{day}T23:59:59Z"}}, "policies":
            [{{"policy": {{"policy-type": "sts", "policy-domain": "example.com"}}, "summary":
            {{"total-successful-session-count": 1, "total-failure-session-count": 0}}}}]}}"#
        );
        (format!("{id}.json"), text)
    };
    let mut engine = reading(&[tls("a", "2026-11-16"), tls("b", "2031-01-01")]);
    assert!(offers_the_last_week(&mut engine, "#/tls"));
}
