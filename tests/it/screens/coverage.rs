//! Coverage, and ranges that are chosen of a drawing.

use vitrail::query::Filter;
use vitrail::screens::markup::Drawn;
use vitrail::screens::{Ask, Program};
use vitrail::view::{Route, Screen};

use super::{ask, draw, engine, samples, values, words};

const COVERAGE: &str = "#/reports/coverage";

/// With this in the field of the drawing.
fn chosen(route: &str, field: &str, range: &str) -> Ask {
    let mut ask = Ask { is_new: false, ..ask(route) };
    ask.values.set(field, range);
    ask
}

fn went(drawn: &Drawn) -> Route {
    Route::parse(drawn.go.as_deref().expect("somewhere to go"))
}

/// Reports of one reporter: each an id, the first day of November, and days.
fn reports(of: &[(&str, u32, i64)]) -> Drawn {
    let report = include_str!("../../corpus/rfc/aggregate-7489.xml");
    let tag = |name: &str, value: &str, report: String| {
        let (start, end) = (format!("<{name}>"), format!("</{name}>"));
        let (before, rest) = report.split_once(&start).expect("the tag");
        let (_, after) = rest.split_once(&end).expect("its end");
        format!("{before}{start}{value}{end}{after}")
    };
    let files: Vec<_> = of
        .iter()
        .map(|(id, day, days)| {
            let begin = Filter::parse(&format!("since:2026-11-{day:02}")).since.expect("a day").0;
            let text = tag("report_id", id, report.to_owned());
            let text = tag("begin", &begin.to_string(), text);
            (format!("{id}.xml"), tag("end", &(begin + days * 86_400).to_string(), text))
        })
        .collect();
    let files = files.iter().map(|(name, text)| (name.as_str(), text.as_bytes()));
    draw(&mut Program::default(), Some(&mut engine(files)), &ask(COVERAGE))
}

#[test]
fn missing_days_are_shown_with_the_way_to_the_reports_around_them() {
    let drawn = draw(&mut Program::default(), Some(&mut samples()), &ask(COVERAGE));
    let said = words(&drawn);
    assert!(said.contains("8 reporters: 2 with missing days, 0 with days reported twice."));
    assert!(said.contains("AMAZON-SES · 14 Sep 2026 · 1 day missing"));
    assert!(!said.contains('?'));
    let steps = values(&drawn, "data-step");
    assert_eq!(steps.len(), 8 * 42, "a step for each reporter and day");
    let stops = values(&drawn, "tabindex").iter().filter(|index| *index == "0").count();
    assert_eq!(stops, 3, "one step, the box that scrolls, and the table's");
    let links: Vec<_> = values(&drawn, "href").iter().map(|link| Route::parse(link)).collect();
    let around = Filter::parse("org:=AMAZON-SES since:2026-09-13 until:2026-09-15");
    assert!(links.contains(&Route::to(Screen::Reports).filtered(&around)));
    let records = Filter::parse("org:=AMAZON-SES");
    assert!(links.contains(&Route::to(Screen::Records).filtered(&records)));
}

#[test]
fn only_reports_on_the_same_time_overlap() {
    let said = words(&reports(&[("a", 1, 1), ("b", 2, 1), ("c", 5, 1)]));
    assert!(
        said.contains("1 reporter: 1 with missing days, 0 with days reported twice."),
        "{said}"
    );
    assert!(said.contains("3 Nov 2026 · 1 day missing"), "{said}");
    let said = words(&reports(&[("a", 1, 3), ("b", 2, 1)]));
    assert!(
        said.contains("1 reporter: 0 with missing days, 1 with days reported twice."),
        "{said}"
    );
    assert!(said.contains("2 Nov 2026 · 1,609 messages · 1 day twice"), "{said}");
}

#[test]
fn who_has_only_misdated_reports_has_no_row_and_all_of_them_are_told() {
    let report = |reporter: &str, begin: i64| {
        let end = begin + 86_400;
        // Only one of the reporters saw a message.
        let record = match reporter {
            "c" => "<record><row><source_ip>192.0.2.1</source_ip><count>1</count></row></record>",
            _ => "",
        };
        let text = format!(
            "<feedback><report_metadata><org_name>{reporter}</org_name><report_id>{begin}</report_id>\
             <date_range><begin>{begin}</begin><end>{end}</end></date_range></report_metadata>\
             <policy_published><domain>example.com</domain><p>none</p></policy_published>{record}\
             </feedback>"
        );
        (format!("{reporter}-{begin}.xml"), text)
    };
    let day = 1_794_787_200;
    let all = [("a", day), ("b", day), ("b", 86_400), ("c", 86_400), ("c", day + 30 * 86_400)];
    let files = all.map(|(reporter, begin)| report(reporter, begin));
    let mut engine = engine(files.iter().map(|(name, text)| (name.as_str(), text.as_bytes())));
    let drawn = draw(&mut Program::default(), Some(&mut engine), &ask(COVERAGE));
    let said = words(&drawn);
    assert!(said.contains("2 reporters: 0 with missing days"), "{said}");
    assert_eq!(values(&drawn, "data-step").len(), 2);
    assert!(said.contains("Not drawn: 2 reports of before 1 Jan 2012, surely misdated."), "{said}");
    assert!(said.contains("Not drawn: 1 report of 28 Nov 2026 or later"), "{said}");
    let french = Ask { language: "fr".to_owned(), ..ask(COVERAGE) };
    let said = words(&draw(&mut Program::default(), Some(&mut engine), &french));
    assert!(said.contains("Hors du dessin\u{a0}: 2 rapports d’avant le 1"), "{said}");
}

#[test]
fn the_filter_decides_who_is_drawn() {
    let only = format!("{COVERAGE}?filter=org:=Yahoo");
    let drawn = draw(&mut Program::default(), Some(&mut samples()), &ask(&only));
    assert!(words(&drawn).contains("1 reporter: 0 with missing days"), "{}", words(&drawn));
    let nobody = format!("{COVERAGE}?filter=nobody");
    let drawn = draw(&mut Program::default(), Some(&mut samples()), &ask(&nobody));
    assert!(words(&drawn).contains("Nothing matches the filter"));
}

#[test]
fn cells_that_are_chosen_lead_to_their_reports() {
    let (mut engine, mut program) = (samples(), Program::default());
    // From the first day of the first reporter to the second day of the second.
    let mut asked = chosen(COVERAGE, "coverage", "1001-0");
    let drawn = draw(&mut program, Some(&mut engine), &asked);
    assert_eq!(drawn.go, None, "not before it is let go");
    let classes = values(&drawn, "class");
    assert_eq!(classes.iter().filter(|class| class.ends_with("--chosen")).count(), 4);
    asked.is_entered = true;
    let drawn = draw(&mut program, Some(&mut engine), &asked);
    let names = "org:=google.com org:=\"Enterprise Outlook\"";
    let asked_for = Filter::parse(&format!("{names} since:2026-09-07 until:2026-09-08"));
    for (language, between) in [("en", "; "), ("fr", "\u{a0}; ")] {
        let asked = Ask { language: language.to_owned(), is_entered: false, ..asked.clone() };
        let said = words(&draw(&mut program, Some(&mut engine), &asked));
        assert!(said.contains(&format!("{between}Enterprise Outlook · ")), "{said}");
    }
    assert_eq!(went(&drawn), Route::to(Screen::Reports).filtered(&asked_for));
}

#[test]
fn bars_that_are_chosen_are_the_time_asked_for() {
    let (mut engine, mut program) = (samples(), Program::default());
    let mut asked = chosen("#/overview", "timeline", "6-2");
    let drawn = draw(&mut program, Some(&mut engine), &asked);
    let classes = values(&drawn, "class");
    assert_eq!(classes.iter().filter(|class| class.ends_with("--chosen")).count(), 5);
    let said = words(&drawn);
    assert!(said.contains("9–13 Sep 2026") && said.contains("Show only this time"), "{said}");
    assert_eq!(drawn.values.get("timeline"), "6-2", "it goes on being chosen");
    asked.is_entered = true;
    let route = went(&draw(&mut program, Some(&mut engine), &asked));
    assert_eq!(route.filter(), Filter::parse("since:2026-09-09 until:2026-09-13"));
    // There, nothing is chosen any more.
    asked = Ask { route: route.to_string(), is_new: true, is_entered: false, ..asked };
    let drawn = draw(&mut program, Some(&mut engine), &asked);
    assert_eq!((drawn.go, drawn.values.get("timeline")), (None, ""));
}

#[test]
fn a_strange_range_is_none() {
    let (mut engine, mut program) = (samples(), Program::default());
    for range in ["", "-", "3", "x-y", "0-999999", "999-18446744073709551615", "5-5"] {
        for (route, field) in [("#/overview", "timeline"), (COVERAGE, "coverage")] {
            let mut asked = chosen(route, field, range);
            asked.is_entered = true;
            let drawn = draw(&mut program, Some(&mut engine), &asked);
            assert_eq!(drawn.go, None, "{range} on {route}");
        }
    }
}
