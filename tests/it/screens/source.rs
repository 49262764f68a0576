//! The page of one report: all of its records, and the reports before and after.

use vitrail::engine::Engine;
use vitrail::screens::markup::{Act, Drawn};
use vitrail::screens::{Ask, Program, Raw};
use vitrail::view::Route;

use super::{ask, draw, draw_reading, engine, values, words};

fn report(number: usize, records: usize) -> Vec<u8> {
    let record = |at: usize| {
        format!(
            "<record><row><source_ip>192.0.2.{}</source_ip><count>{}</count></row>\
             <identifiers><header_from>example.com</header_from></identifiers></record>",
            at % 250,
            records - at,
        )
    };
    let begin = 1_790_000_000 + number * 86_400;
    let records: String = (0..records).map(record).collect();
    format!(
        "<feedback><report_metadata><org_name>receiver.test</org_name><report_id>{number}</report_id>\
         <date_range><begin>{begin}</begin><end>{}</end></date_range></report_metadata>\
         <policy_published><domain>example.com</domain><p>none</p></policy_published>\
         {records}</feedback>",
        begin + 86_400,
    )
    .into_bytes()
}

fn reports(count: usize, records: usize) -> Engine {
    let files: Vec<_> = (0..count).map(|at| (format!("{at}.xml"), report(at, records))).collect();
    engine(files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())))
}

fn drawn(program: &mut Program, engine: &mut Engine, ask: &Ask) -> Drawn {
    let raw = Raw { bytes: b"<feedback/>".to_vec(), size: 11, sample: None };
    draw_reading(program, Some(engine), ask, |_| Some(raw.clone()))
}

/// Where the details of a row of the list lead.
fn page_of(engine: &mut Engine, list: &str, row: u32) -> String {
    let mut asked = ask(list);
    asked.shown.open = Some(row);
    let links = values(&draw(&mut Program::default(), Some(engine), &asked), "href");
    links.into_iter().find(|link| link.starts_with("#/reports/source?")).expect("a page")
}

#[test]
fn one_steps_through_all_reports_as_they_are_sorted() {
    let mut engine = reports(700, 1);
    let mut program = Program::default();
    let list = "#/reports?filter=org:receiver&sort=begin";
    let page = page_of(&mut engine, list, 650);
    let shown = drawn(&mut program, &mut engine, &ask(&page));
    assert!(words(&shown).contains("Report 651 of 700"));
    let [of_before, of_after] = [649, 651].map(|row| page_of(&mut engine, list, row));
    let links = values(&shown, "href");
    assert!(links.contains(&of_before) && links.contains(&of_after), "{links:?}");
    // Back to the list as it was.
    let is_list = |link: &&String| Route::parse(link) == Route::parse(list);
    assert!(links.iter().any(|link| is_list(&link)), "{links:?}");
    let page = page_of(&mut engine, list, 699);
    let last = drawn(&mut program, &mut engine, &ask(&page));
    assert!(!words(&last).contains("Next report"));
}

#[test]
fn all_records_of_a_report_are_listed_page_by_page() {
    let mut engine = reports(2, 450);
    let mut program = Program::default();
    let mut asked = ask(&page_of(&mut engine, "#/reports", 0));
    let mut seen = Vec::new();
    loop {
        let shown = drawn(&mut program, &mut engine, &asked);
        let said = words(&shown);
        assert_eq!(said.matches("192.0.2.").count(), if seen.len() < 2 { 200 } else { 50 });
        let from = said.find(" of 450").expect("which records");
        seen.push(said.get(..from).unwrap_or_default().len());
        asked.is_new = false;
        let next = shown.acts.iter().rev().find_map(|act| match act {
            Act::Put(values) => values.first().filter(|(name, _)| name == "source-from"),
            _ => None,
        });
        let before = asked.values.get("source-from").to_owned();
        match next {
            Some((name, value)) if seen.len() < 3 && *value != before => {
                asked.values.set(name, value);
            }
            _ => break,
        }
    }
    assert_eq!(seen.len(), 3);
    // Another report begins with its first record.
    let mut other = ask(&page_of(&mut engine, "#/reports", 1));
    other.values = asked.values.clone();
    assert!(words(&drawn(&mut program, &mut engine, &other)).contains("1–200"));
}

#[test]
fn what_reading_lost_of_a_report_is_told_at_its_head() {
    let whole = report(0, 2);
    let cut = &whole[..whole.len() - 60];
    for (bytes, is_told) in [(cut, true), (&whole, false)] {
        let mut engine = engine([("a.xml", bytes)]);
        let page = page_of(&mut engine, "#/reports", 0);
        let said = words(&drawn(&mut Program::default(), &mut engine, &ask(&page)));
        let lost = "Reading lost a part of this report: The document breaks off.";
        assert_eq!(said.contains(lost), is_told, "{said}");
    }
}
