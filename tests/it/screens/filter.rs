//! The filter bar: what it offers, and where its links lead.

use vitrail::query::Filter;
use vitrail::screens::{Ask, Part, Program};
use vitrail::view::Route;

use super::{ask, draw, engine, samples, values, words};

fn bar(route: &str) -> Ask {
    Ask { part: Part::Bar, ..ask(route) }
}

/// The bar in which somebody types into a field.
pub fn typing(route: &str, field: &str, text: &str) -> Ask {
    let mut ask = Ask { is_new: false, ..bar(route) };
    ask.values.set(field, text);
    ask
}

/// The filters that links lead to.
fn filters(links: &[String]) -> Vec<Filter> {
    links.iter().map(|link| Route::parse(link).filter()).collect()
}

#[test]
fn without_records_there_is_no_bar() {
    assert!(draw(&mut Program::default(), None, &bar("#/records")).content.is_empty());
}

#[test]
fn choices_and_chips_are_links_that_stay_on_the_screen() {
    let mut engine = samples();
    let drawn =
        draw(&mut Program::default(), Some(&mut engine), &bar("#/reports?filter=result:fail"));
    let links = values(&drawn, "href");
    assert!(links.iter().all(|link| link.starts_with("#/reports")), "{links:?}");
    let filters = filters(&links);
    assert!(filters.contains(&Filter::parse("result:fail domain:=example.org")));
    assert!(filters.contains(&Filter::parse("result:fail result:pass")), "another one beside it");
    assert!(filters.contains(&Filter::default()), "without the chip");
    assert!(filters.iter().any(|filter| filter.since.is_some()), "the last days");
    let said = words(&drawn);
    assert!(said.contains("Clear filter") && !said.contains('?'), "{said}");
}

#[test]
fn what_is_typed_is_completed_and_taken() {
    let mut engine = samples();
    let (mut program, mut typed) =
        (Program::default(), typing("#/records?filter=result:fail", "search", "org:goo"));
    let drawn = draw(&mut program, Some(&mut engine), &typed);
    assert!(words(&drawn).contains("org:google.com"));
    assert_eq!(drawn.values.get("search"), "org:goo", "it goes on being typed");
    assert_eq!(drawn.go, None);
    typed.is_entered = true;
    let drawn = draw(&mut program, Some(&mut engine), &typed);
    let went = Route::parse(&drawn.go.expect("somewhere to go"));
    assert_eq!(went.filter(), Filter::parse("result:fail org:goo"));
    typed.values.set("search", "");
    typed.values.set("since", "2026-10-01");
    let drawn = draw(&mut program, Some(&mut engine), &typed);
    let went = Route::parse(&drawn.go.expect("somewhere to go"));
    assert_eq!(went.filter(), Filter::parse("result:fail since:2026-10-01"));
    typed.values.set("since", "");
    for nothing in ["", "\"", "\"\"", "org:\""] {
        typed.values.set("search", nothing);
        let drawn = draw(&mut program, Some(&mut engine), &typed);
        assert_eq!(drawn.go, None, "nothing else is asked: {nothing}");
    }
}

#[test]
fn dates_of_the_address_are_in_the_fields() {
    let mut engine = samples();
    let asked = bar("#/records?filter=since:2026-10-01%20until:2026-10-31");
    let drawn = draw(&mut Program::default(), Some(&mut engine), &asked);
    assert_eq!(drawn.values.get("since"), "2026-10-01");
    assert_eq!(drawn.values.get("until"), "2026-10-31");
}

#[test]
fn typing_asks_nothing_that_was_asked() {
    let mut engine = samples();
    let (mut program, asked) = (Program::default(), bar("#/records"));
    draw(&mut program, Some(&mut engine), &asked);
    // Without an engine: everything is known.
    let again = draw(&mut program, None, &asked);
    assert!(words(&again).contains("example.org"));
}

#[test]
fn who_has_not_heard_of_the_newest_store_is_drawn_all_the_same() {
    let mut engine = samples();
    let mut program = Program::default();
    draw(&mut program, Some(&mut engine), &Ask { revision: 2, ..bar("#/records") });
    let late = Ask { revision: 1, ..bar("#/records?filter=result:fail") };
    assert!(words(&draw(&mut program, Some(&mut engine), &late)).contains("Clear filter"));
}

#[test]
fn what_a_table_does_not_know_hides_nothing_and_its_chip_says_so() {
    let mut engine = samples();
    for (screen, filter) in [
        ("tls", "from:example.com dkim-domain:x"),
        ("explore", "mx:nowhere"),
        ("overview", "mx:nowhere"),
    ] {
        let route = format!("#/{screen}?filter={}", filter.replace(' ', "%20"));
        let drawn = draw(&mut Program::default(), Some(&mut engine), &bar(&route));
        let said = words(&drawn);
        let chips = filter.split(' ').count();
        assert_eq!(said.matches("(not asked here)").count(), chips, "{screen}: {said}");
        let links = values(&drawn, "href");
        let kept = filters(&links).into_iter().filter(|it| it.terms().len() > chips);
        assert!(kept.count() > 0, "{screen}: choices keep what is not asked here");
        let plain = draw(&mut Program::default(), Some(&mut engine), &ask(&format!("#/{screen}")));
        let drawn = draw(&mut Program::default(), Some(&mut engine), &ask(&route));
        assert!(words(&drawn) == words(&plain), "{screen} shows the same");
    }
    for route in ["#/reports?filter=mx:x", "#/reports/source?filter=mx:x"] {
        let drawn = draw(&mut Program::default(), Some(&mut engine), &bar(route));
        assert!(!words(&drawn).contains("(not asked here)"), "reports are of all tables");
    }
}

#[test]
fn the_search_box_completes_what_the_screen_is_of() {
    let mut engine = samples();
    let (mut program, typed) = (Program::default(), typing("#/tls", "search", "mx:mx2"));
    let drawn = draw(&mut program, Some(&mut engine), &typed);
    assert!(words(&drawn).contains("mx:mx2.example.com"), "{}", words(&drawn));
}

#[test]
fn a_domain_is_found_among_many() {
    let policy = |at: usize| format!("d{at}.test");
    let reports: Vec<_> = (0..70).map(|at| (format!("{at}.xml"), report_on(&policy(at)))).collect();
    let mut engine = engine(reports.iter().map(|(name, text)| (name.as_str(), text.as_bytes())));
    let mut program = Program::default();
    let drawn = draw(&mut program, Some(&mut engine), &bar("#/records"));
    assert!(values(&drawn, "placeholder").contains(&"Find a domain".to_owned()));
    assert!(words(&drawn).contains("and 10 more"), "{}", words(&drawn));
    let typed = typing("#/records", "domains", "D66");
    let drawn = draw(&mut program, Some(&mut engine), &typed);
    let said = words(&drawn);
    assert!(said.contains("d66.test") && !said.contains("d65.test"), "{said}");
    assert!(values(&drawn, "placeholder").contains(&"Find a domain".to_owned()), "to go on");
    let mut few = samples();
    let drawn = draw(&mut Program::default(), Some(&mut few), &bar("#/records"));
    assert!(!values(&drawn, "placeholder").contains(&"Find a domain".to_owned()));
}

/// One message in the name of a domain.
fn report_on(domain: &str) -> String {
    format!(
        "<feedback><report_metadata><org_name>Example Mail</org_name><report_id>{domain}</report_id>\
        <date_range><begin>1790985600</begin><end>1791071999</end></date_range></report_metadata>\
        <policy_published><domain>{domain}</domain><p>none</p></policy_published><record><row>\
        <source_ip>192.0.2.1</source_ip><count>1</count><policy_evaluated><disposition>none\
        </disposition><dkim>fail</dkim><spf>fail</spf></policy_evaluated></row><identifiers>\
        <header_from>{domain}</header_from></identifiers><auth_results/></record></feedback>"
    )
}

#[test]
fn what_matches_nothing_says_what_may_be_meant() {
    let mut engine = samples();
    let mut empty = |filter: &str, language: &str| {
        let asked =
            Ask { language: language.to_owned(), ..ask(&format!("#/records?filter={filter}")) };
        let drawn = draw(&mut Program::default(), Some(&mut engine), &asked);
        (words(&drawn), filters(&values(&drawn, "href")))
    };
    let (said, ways) = empty("fail", "en");
    assert!(said.contains("Perhaps you meant"), "{said}");
    assert!(
        ways.contains(&Filter::parse("result:fail")) && ways.contains(&Filter::parse("spf:fail"))
    );
    let (said, ways) = empty("quarantine%20org:google", "fr");
    assert!(said.contains("Vouliez-vous dire"), "{said}");
    assert!(ways.contains(&Filter::parse("org:google disposition:quarantine")));
    // The words of a value are told as well as its code.
    assert!(empty("%C3%A9chec", "fr").1.contains(&Filter::parse("result:fail")));
    let (said, ways) = empty("foo:bar", "en");
    assert!(said.contains("There is no field") && said.contains("dkim-domain"), "{said}");
    assert_eq!(ways, [Filter::default()], "nothing is like it");
    let (said, ways) = empty("reslt:fail", "en");
    assert!(
        said.contains("Did you mean") && ways.contains(&Filter::parse("result:fail")),
        "{said}"
    );
    let (said, ways) = empty("result:failed", "en");
    assert!(said.contains("Its values are"), "{said}");
    assert!(ways.contains(&Filter::parse("result:pass")));
    assert!(empty("since:2026-13-01", "en").0.contains("stands a day"));
    let (said, ways) = empty("quar", "en");
    assert!(said.contains("Perhaps you meant"), "{said}");
    assert!(ways.contains(&Filter::parse("disposition:quarantine")));
    let (said, _) = empty("ip:999", "en");
    assert!(said.contains("No address here has “999”") && said.contains("192.0.2.0/24"), "{said}");
    assert!(empty("day:Monday", "en").0.contains("such as 2026-01-31"));
    assert!(empty("org:nobody%20result:fail", "en").0.contains("No value of “org” here"));
    let (said, _) = empty("org:google%20day:1999-12-31", "en");
    assert!(!said.contains("“org”"), "that one is not to blame: {said}");
    let (said, _) = empty("ip:198.18.7.9", "en");
    assert!(said.contains("No value of “ip” here is exactly “198.18.7.9”"), "{said}");
    let (said, _) = empty("ip:198.18.7.0/24", "en");
    assert!(said.contains("No address here lies in “198.18.7.0/24”"), "{said}");
    assert!(empty("198.18.7.0/24", "fr").0.contains("Aucune adresse ici n’est dans"));
    let (said, ways) = empty("org:=goog", "en");
    assert!(said.contains("No value of “org” here is exactly “goog”"), "{said}");
    assert!(ways.contains(&Filter::parse("org:goog")), "which is in some");
    assert!(!empty("org:=goggles", "en").1.contains(&Filter::parse("org:goggles")));
    // What is ruled out and nowhere hides nothing.
    for harmless in [
        "-org:nobody",
        "-org:=goog",
        "-ip:198.18.7.9",
        "-ip:198.18.7.0/24",
        "-result:failed",
        "-quar",
        "-day:Monday",
    ] {
        let (said, ways) = empty(&format!("{harmless}%20day:1999-12-31"), "en");
        assert!(said.contains("No day here is “1999-12-31”"), "{harmless}: {said}");
        assert_eq!(ways, [Filter::default()], "{harmless}");
        let told = ["exactly", "lies in", "no value", "in it", "you meant", "“Monday”"];
        assert_eq!(told.into_iter().find(|told| said.contains(told)), None, "{harmless}: {said}");
    }
    let (said, _) = empty("-reslt:fail%20day:1999-12-31", "en");
    assert!(said.contains("Did you mean “result”"), "it asks nothing of what it seems to: {said}");
    for address in ["dead:beef::1", "dead:beef", "fe80::/10", "::ffff:192.0.2.9"] {
        let (said, _) = empty(address, "en");
        assert!(said.contains("Nothing matches") && !said.contains("no field"), "{said}");
    }
    let (said, _) = empty("https://example.com", "en");
    assert!(said.contains("Nothing matches") && !said.contains("no field"), "{said}");
}

#[test]
fn a_value_and_a_wrong_field_are_told_while_they_are_typed() {
    let mut engine = samples();
    let (mut program, mut typed) = (Program::default(), typing("#/records", "search", "-quar"));
    let said = words(&draw(&mut program, Some(&mut engine), &typed));
    assert!(said.contains("-disposition:quarantine"), "{said}");
    typed.values.set("search", "dead:");
    let said = words(&draw(&mut program, Some(&mut engine), &typed));
    assert!(!said.contains("no field"), "an address begins so: {said}");
    typed.values.set("search", "foo:b");
    let said = words(&draw(&mut program, Some(&mut engine), &typed));
    assert!(said.contains("There is no field"), "{said}");
}
