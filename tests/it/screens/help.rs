//! Help, and the clock that times are told by.

use vitrail::base::UnixSeconds;
use vitrail::query::{Dimension, Filter};
use vitrail::screens::{Ask, Part, Program, Shown};
use vitrail::view::Zone;

use super::{ask, draw, samples, values, words};

#[test]
fn help_names_every_field_in_both_languages() {
    for (language, keys) in [
        ("en", ["Shift", "Enter", "Home End", "Esc"]),
        ("fr", ["Maj", "Entrée", "Début Fin", "Échap"]),
    ] {
        let asked = Ask { part: Part::Help, language: language.to_owned(), ..ask("#/records") };
        let drawn = draw(&mut Program::default(), None, &asked);
        let said = words(&drawn);
        for on in Dimension::ALL {
            assert!(said.contains(&format!("{}:", on.code())), "{on:?} in {language}");
        }
        assert!(said.contains("DMARC"));
        // As they are printed on them, and as the drawings call them.
        assert!(keys.iter().all(|key| said.contains(key)), "{language}: {said}");
        assert_eq!(said.matches('?').count(), 1, "the key, and no missing message");
        assert_eq!(drawn.place, "help");
    }
}

#[test]
fn examples_of_searches_are_conditions() {
    for (line, conditions) in [
        ("org:google", 1),
        ("selector:=", 1),
        ("ip:192.0.2.0/24", 1),
        ("-org:yahoo", 1),
        ("spf:fail spf:softfail", 2),
        ("type:certificate-expired mx:mx2", 2),
        ("policy:sts mode:testing", 2),
    ] {
        let filter = Filter::parse(line);
        assert_eq!(filter.on(None).count(), 0, "{line}: no words");
        assert_eq!(filter.terms().len(), conditions, "{line}");
    }
}

#[test]
fn times_of_reports_follow_the_clock_and_days_of_drawings_do_not() {
    let mut engine = samples();
    let mut drawn = |route: &str, zone: &Zone| {
        let shown = Shown { open: Some(0), ..Shown::default() };
        let asked = Ask { zone: zone.clone(), shown, ..ask(route) };
        draw(&mut Program::default(), Some(&mut engine), &asked)
    };
    let ahead = Zone::of(|_: UnixSeconds| 5 * 3_600 + 1_800);
    let reports = "#/reports?filter=org:=Yahoo&sort=begin";
    let times = |titles: Vec<String>| {
        titles.into_iter().find(|title| title.contains(":00:00 UTC") || title.contains("30:00 UTC"))
    };
    let exact = |zone: &Zone| times(values(&drawn(reports, zone), "title"));
    let mut exact = exact;
    assert_eq!(
        exact(&Zone::UTC).as_deref(),
        Some("7 Sep 2026, 00:00:00 UTC – 7 Sep 2026, 23:59:59 UTC")
    );
    assert_eq!(
        exact(&ahead).as_deref(),
        Some("7 Sep 2026, 05:30:00 UTC+05:30 – 8 Sep 2026, 05:29:59 UTC+05:30")
    );
    let mut ends = |zone: &Zone| {
        let explored = drawn("#/explore?of=tls&by=org", zone);
        values(&explored, "title").into_iter().filter(|it| it.contains("UTC")).collect::<Vec<_>>()
    };
    let (said, others) = (ends(&Zone::UTC), ends(&ahead));
    assert!(said.len() > 2 && said.iter().all(|end| end.ends_with(" UTC")), "{said:?}");
    assert!(others.iter().all(|end| end.ends_with(" UTC+05:30")), "{others:?}");
    let overview = words(&drawn("#/overview", &Zone::UTC));
    assert_eq!(words(&drawn("#/overview", &ahead)), overview);
}
