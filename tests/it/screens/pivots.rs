//! Overview and Explore over the sample data.

use std::net::Ipv4Addr;

use vitrail::engine::Engine;
use vitrail::query::{Answer, Dimension, Filter, Measure, Question, Table};
use vitrail::screens::markup::{Act, Node};
use vitrail::screens::{Ask, Program};
use vitrail::view::{Route, Screen};

use super::{ask, attributes, draw, engine, samples, values, walk, words, words_of};

/// The service whose mail fails most in the sample data.
const WORST: &str = "bounce.sendwell.test";

#[test]
fn the_overview_names_what_to_fix_first() {
    let mut engine = samples();
    let drawn = draw(&mut Program::default(), Some(&mut engine), &ask("#/overview"));
    let said = words(&drawn);
    let first = said.find("Fix first:").expect("it says what to fix");
    assert!(said[first..].trim_start_matches("Fix first:").trim().starts_with(WORST), "{said}");
    assert!(said.contains("pass DMARC."));
    let links = values(&drawn, "href");
    assert!(links.iter().all(|link| link.starts_with("#/")), "{links:?}");
    let classes = values(&drawn, "class");
    let count = |name: &str| classes.iter().filter(|class| *class == name).count();
    assert_eq!(count("card ranking"), 3);
    assert_eq!(count("bars"), 4, "the timeline and a trend for each domain");
    assert!(count("bars__slot") > 30);
    // Also where the newest report of a domain is one of TLS, which knows no DMARC policy.
    assert_eq!(count("domains__policy"), 3);
    assert_eq!((count("tag tag--quarantine"), count("tag tag--policy-reject")), (1, 1));
}

#[test]
fn the_overview_tells_when_policies_changed() {
    let mut engine = samples();
    let drawn = draw(&mut Program::default(), Some(&mut engine), &ask("#/overview"));
    let said = words(&drawn);
    assert!(said.contains("example.net: p=none becomes p=quarantine, sp=none becomes"), "a mark");
    let card = &said[said.find("Policy changes").expect("a card")..];
    for words in
        ["28 Sep 2026", "Mail that fails should be treated", "Subdomains that do not exist"]
    {
        assert!(card.contains(words), "{words}: {card}");
    }
    let classes = values(&drawn, "class");
    assert_eq!(
        classes.iter().filter(|class| *class == "bars__mark").count(),
        2,
        "and what it means"
    );
    let since = Filter::parse("domain:=example.net since:2026-09-28");
    let link = Route::to(Screen::Overview).filtered(&since).to_string();
    assert!(values(&drawn, "href").contains(&link), "its day");
    let other = ask("#/overview?filter=domain:=example.com");
    let said = words(&draw(&mut Program::default(), Some(&mut engine), &other));
    assert!(!said.contains("Policy changes"), "{said}");
}

/// An engine with so many source addresses.
fn sources(number: u32) -> Engine {
    let record = |number: u32| {
        let ip = Ipv4Addr::from(0xC633_6400 + number);
        format!("<record><row><source_ip>{ip}</source_ip><count>{number}</count></row></record>")
    };
    let records: String = (1..=number).map(record).collect();
    let report = format!(
        "<feedback><report_metadata><org_name>mx.test</org_name><report_id>7</report_id>\
        </report_metadata><policy_published><domain>example.com</domain></policy_published>\
        {records}</feedback>"
    );
    engine([("a.xml", report.as_bytes())])
}

#[test]
fn all_lines_are_saved_however_few_are_in_view() {
    // More than are fetched at once.
    let (mut engine, mut program) = (sources(5_003), Program::default());
    let mut asked = ask("#/explore?by=ip&sort=-messages");
    let drawn = draw(&mut program, Some(&mut engine), &asked);
    assert!(words(&drawn).contains("Copy: the 50 lines in view; save: all 5,003"));
    assert_eq!(drawn.save, None, "nobody has asked");
    let [Act::Put(fields)] = drawn.acts.as_slice() else { panic!("{:?}", drawn.acts) };
    fields.iter().for_each(|(field, value)| asked.values.set(field, value));
    let elsewhere = Ask { route: "#/explore?by=org".to_owned(), ..asked.clone() };
    assert_eq!(draw(&mut program, Some(&mut engine), &elsewhere).save, None, "it was of another");
    let drawn = draw(&mut program, Some(&mut engine), &asked);
    let (name, text) = drawn.save.expect("what was asked for");
    let lines: Vec<_> = text.lines().skip(1).collect();
    let expected = (1..=5_003).rev().map(|number| {
        let ip = Ipv4Addr::from(0xC633_6400 + number);
        format!("{ip},{number},")
    });
    assert!(lines.iter().zip(expected).all(|(line, start)| line.starts_with(&start)), "in order");
    assert_eq!((name.as_str(), lines.len()), ("ip.csv", 5_003));
    let next = Ask { values: drawn.values, ..asked };
    assert_eq!(draw(&mut program, Some(&mut engine), &next).save, None, "once");
}

#[test]
fn a_table_that_ends_says_what_it_leaves_out() {
    let mut engine = sources(2_002);
    let mut at_end = |route: &str| {
        let drawn = draw(&mut Program::default(), Some(&mut engine), &ask(route));
        let links = values(&drawn, "href").into_iter();
        let more = links.rev().find(|link| link.contains("lines="));
        (more.and_then(|link| Route::parse(&link).lines), words(&drawn))
    };
    let (more, said) = at_end("#/explore?by=ip&lines=1600");
    assert!(more == Some(2_000) && !said.contains("ends here"), "{more:?}");
    let (_, said) = at_end("#/explore?by=ip&lines=2000");
    let end = "The table ends here, and leaves out 2 lines. A filter leads there, and the CSV to \
        save has all 2,002 lines.";
    assert!(said.contains(end), "{said}");
    assert!(!said.contains("Show"), "no more can be shown");
}

#[test]
fn shares_are_in_the_order_that_is_seen() {
    let mut engine = samples();
    let mut shares = |sort: &str| -> Vec<f64> {
        let route = format!("#/explore?by=org&sort={sort}");
        let drawn = draw(&mut Program::default(), Some(&mut engine), &ask(&route));
        let mut shares = Vec::new();
        walk(&drawn.content, &mut |node| {
            let Node::Element { attributes, content, .. } = node else { return };
            if attributes.iter().any(|(_, value)| value == "share__number") {
                let share = words_of(content);
                shares.push(share.trim_end_matches('%').parse().expect("a percentage"));
            }
        });
        // Three in each line, those of all first.
        shares.into_iter().skip(3).step_by(3).collect()
    };
    let down = shares("-passed");
    assert!(down.len() > 5 && down.is_sorted_by(|a, b| a >= b), "{down:?}");
    assert!(shares("passed").is_sorted());
}

#[test]
fn screens_say_why_they_are_empty() {
    let mut engine = samples();
    for (route, words_of_it) in [
        ("#/overview?filter=nobody", "Nothing matches the filter"),
        ("#/explore?filter=nobody", "Nothing matches the filter"),
    ] {
        let drawn = draw(&mut Program::default(), Some(&mut engine), &ask(route));
        assert!(words(&drawn).contains(words_of_it), "{route}");
    }
    for route in ["#/overview", "#/explore"] {
        let drawn = draw(&mut Program::default(), None, &ask(route));
        assert!(words(&drawn).contains("There is no answer"), "{route}");
    }
}

#[test]
fn explore_groups_by_every_dimension() {
    let mut engine = samples();
    let mut program = Program::default();
    for table in Table::ALL {
        let start = Route::explore(table);
        let drawn = draw(&mut program, Some(&mut engine), &ask(&start.to_string()));
        let links: Vec<_> = values(&drawn, "href").iter().map(|link| Route::parse(link)).collect();
        for on in Dimension::ALL.into_iter().filter(|on| !on.is_foreign(table)) {
            let by = start.clone().by(&[on]);
            assert!(links.contains(&by), "{on:?} can be chosen");
            let drawn = draw(&mut program, Some(&mut engine), &ask(&by.to_string()));
            assert!(!words(&drawn).contains('?'), "{on:?} has words for all it shows");
            // Where not all lines are in view, what it takes to have them.
            let (name, text) = match drawn.acts.as_slice() {
                [Act::Save { name, text }] => (name.clone(), text.clone()),
                [Act::Put(fields)] => {
                    let values = fields
                        .iter()
                        .map(|(name, value)| (name.as_str(), value.as_str()))
                        .collect();
                    let asked = Ask { values, ..ask(&by.to_string()) };
                    draw(&mut program, Some(&mut engine), &asked).save.expect("a CSV")
                }
                acts => panic!("one CSV: {acts:?}"),
            };
            assert_eq!(name, format!("{}.csv", on.code()));
            assert!(text.lines().count() > 1, "{on:?}");
        }
    }
}

#[test]
fn headings_sort_and_lines_lead_down() {
    let mut engine = samples();
    let route = "#/explore?by=domain&sort=-passed";
    let drawn = draw(&mut Program::default(), Some(&mut engine), &ask(route));
    let sorted: Vec<_> = attributes(&drawn);
    let sorted: Vec<_> = sorted.iter().filter(|(_, name, _)| *name == "aria-sort").collect();
    assert_eq!(sorted.len(), 1, "one column is sorted");
    assert_eq!(sorted[0].2, "descending");
    let links = values(&drawn, "href");
    assert!(links.contains(&"#/explore?by=domain&sort=passed".to_owned()), "{links:?}");
    assert!(links.contains(&"#/explore?by=domain&sort=-messages".to_owned()), "{links:?}");
    let down = "#/explore?filter=domain:=example.com&by=domain,ip";
    assert!(links.contains(&down.to_owned()), "{links:?}");
    let drawn = draw(&mut Program::default(), Some(&mut engine), &ask(down));
    assert!(values(&drawn, "href").contains(&"#/explore?by=domain".to_owned()), "the way back");
}

#[test]
fn names_of_domains_are_shown_as_people_read_them() {
    let drawn = |route: &str| {
        let report = include_str!("../../corpus/rfc/aggregate-7489.xml");
        let mut engine =
            engine([("r.xml", report.replace("example.com", "xn--bcher-kva.test").as_bytes())]);
        draw(&mut Program::default(), Some(&mut engine), &ask(route))
    };
    let explore = drawn("#/explore");
    assert!(words(&explore).contains("bücher.test"), "{}", words(&explore));
    assert!(values(&explore, "title").contains(&"xn--bcher-kva.test".to_owned()));
}

#[test]
fn failures_of_tls_sessions_are_walked_down_from_their_screen() {
    let mut engine = samples();
    let mut shown = |route: &str| {
        let drawn = draw(&mut Program::default(), Some(&mut engine), &ask(route));
        let links = values(&drawn, "href");
        (words(&drawn), links, drawn)
    };
    let (_, links, _) = shown("#/tls?filter=domain:=example.com");
    let by_mx = "#/tls?filter=domain:=example.com&by=mx".to_owned();
    assert!(links.contains(&by_mx), "the screen stays: {links:?}");
    let (said, links, drawn) = shown(&by_mx);
    assert!(said.contains("Receiving MX"));
    let sort = "#/tls?filter=domain:=example.com&by=mx&sort=-reporters";
    assert!(links.contains(&sort.to_owned()), "{links:?}");
    let filter = Filter::parse("domain:=example.com mx:=mx2.example.com part:failure-details");
    let down = Route::explore(Table::Tls)
        .filtered(&filter)
        .by(&[Dimension::Mx, Dimension::ResultType])
        .to_string();
    assert!(links.contains(&down), "{down}: {links:?}");
    let saves = drawn.acts.iter().filter(|act| matches!(act, Act::Save { .. }));
    assert_eq!(saves.count(), 1, "the table can be taken along");

    let (said, links, drawn) = shown(&down);
    assert!(said.contains("certificate-expired"), "{said}");
    let up = "#/explore?filter=domain:=example.com%20part:failure-details&of=tls&by=mx";
    assert!(links.contains(&up.to_owned()), "the way back: {links:?}");
    // The lines add up to the totals above them: each detail has one result type.
    let sums = Question::Totals(Table::Tls, filter);
    let Answer::Totals(sums) = engine.ask(&sums) else { panic!("totals") };
    let [Act::Save { text, .. }] = drawn.acts.as_slice() else { panic!("one CSV") };
    let detailed = |line: &str| line.split(',').nth(1)?.parse::<u64>().ok();
    let lines: u64 = text.lines().skip(1).filter_map(detailed).sum();
    assert_eq!(lines, sums.get(Measure::Detailed));
    assert!(lines > 0);
}
