//! What the Overview says is to be fixed: of each failing message one cause, and that a true one.

use vitrail::engine::Engine;
use vitrail::query::{Answer, Measure, Question, Table};
use vitrail::screens::markup::Drawn;
use vitrail::screens::{Ask, Part, Program};
use vitrail::view::Route;

use super::{ask, draw, engine, values, words};

/// A report of failing records, each `messages author; results`, under a policy of these modes.
fn report(modes: &str, records: &[(u64, &str, &str)]) -> String {
    let record = |(messages, author, results): &(u64, &str, &str)| {
        format!(
            "<record><row><source_ip>192.0.2.{}</source_ip><count>{messages}</count>\
             <policy_evaluated><disposition>none</disposition><dkim>fail</dkim><spf>fail</spf>\
             </policy_evaluated></row><identifiers>{author}</identifiers>\
             <auth_results>{results}</auth_results></record>",
            messages % 256
        )
    };
    format!(
        "<feedback><report_metadata><org_name>mx.test</org_name><report_id>1</report_id>\
         <date_range><begin>1794787200</begin><end>1794873600</end></date_range></report_metadata>\
         <policy_published><domain>example.com</domain>{modes}<p>none</p></policy_published>{}\
         </feedback>",
        records.iter().map(record).collect::<String>()
    )
}

fn from(author: &str) -> String {
    format!("<header_from>{author}</header_from>")
}

fn dkim(domain: &str, result: &str) -> String {
    format!("<dkim><domain>{domain}</domain><selector>s</selector><result>{result}</result></dkim>")
}

fn spf(domain: &str, scope: &str, result: &str) -> String {
    format!("<spf><domain>{domain}</domain><scope>{scope}</scope><result>{result}</result></spf>")
}

fn taught(report: &str) -> Engine {
    let mut engine = engine([("report.xml", report.as_bytes())]);
    engine.learn_suffixes(include_str!("../../../static/data/suffixes.txt").to_owned());
    engine
}

fn overview(engine: &mut Engine, language: &str) -> Drawn {
    let ask = Ask { language: language.to_owned(), ..ask("#/overview") };
    draw(&mut Program::default(), Some(engine), &ask)
}

/// The items, each as its words up to the number of its messages.
fn items(drawn: &Drawn) -> Vec<String> {
    let said = words(drawn);
    let (_, rest) = said.split_once("What to fix").expect("the list");
    let (list, _) = rest.split_once("Messages over time").expect("the timeline");
    let mut items: Vec<_> = list.split(" Messages").map(|it| it.trim().to_owned()).collect();
    items.retain(|item| !item.is_empty());
    items
}

/// Messages of the records that the items' links lead to.
fn led_to(engine: &mut Engine, drawn: &Drawn) -> Vec<u64> {
    let links = values(drawn, "href").into_iter();
    let links = links.filter(|link| link.starts_with("#/records?") && link.contains("agreement"));
    let messages = |link: String| {
        let filter = Route::parse(&link).filter();
        match engine.ask(&Question::Totals(Table::Aggregate, filter)) {
            Answer::Totals(sums) => sums.get(Measure::Messages),
            _ => 0,
        }
    };
    links.map(messages).collect()
}

#[test]
fn who_passes_is_named_and_counted_once() {
    let both = [dkim("example.com", "fail"), dkim("esp.test", "pass")].concat();
    let softfail = spf("bounce.esp.test", "mfrom", "softfail");
    let two = [dkim("one.test", "pass"), dkim("two.test", "pass")].concat();
    let author = from("example.com");
    let report = report(
        "<adkim>r</adkim><aspf>r</aspf>",
        &[(1_000, &author, &(both + &softfail)), (30, &author, &two), (7, &author, "")],
    );
    let mut engine = taught(&report);
    let drawn = overview(&mut engine, "en");
    let items = items(&drawn);
    assert_eq!(items.len(), 3, "{items:?}");
    assert!(items[0].starts_with("esp.test"), "{items:?}");
    let broken =
        "It is signed in the name of example.com or of its organization, but the signature";
    assert!(items[0].contains(broken) && !items[0].contains("forgery"), "{items:?}");
    assert!(items[1].contains("It signs with DKIM, but in its own name"), "{items:?}");
    assert!(items[1].starts_with("one.test"), "of two that pass, the first: {items:?}");
    assert!(items[2].contains("Neither SPF nor DKIM passes."), "{items:?}");
    let said = words(&drawn);
    assert!(!said.contains("strict"), "relaxed alignment is published: {said}");
    assert!(said.contains("1,000 messages that fail"), "{said}");
    assert_eq!(led_to(&mut engine, &drawn), [1_000, 30, 7]);
}

#[test]
fn a_helo_name_is_no_sender_beside_a_mail_from() {
    let beside = [spf("bounce.test", "mfrom", "fail"), spf("mx.test", "helo", "pass")].concat();
    let alone = spf("mx.bounces.test", "helo", "pass");
    let author = from("example.com");
    let report = report("", &[(900, &author, &beside), (20, &author, &alone)]);
    let mut engine = taught(&report);
    let items = items(&overview(&mut engine, "en"));
    assert_eq!(items.len(), 2, "{items:?}");
    assert!(items[0].starts_with("192.0.2.132"), "{items:?}");
    assert!(items[0].contains("Neither SPF nor DKIM passes."), "{items:?}");
    assert!(items[1].starts_with("mx.bounces.test"), "a bounce has no other name: {items:?}");
}

#[test]
fn strict_alignment_is_to_blame_only_where_it_is() {
    let author = from("www.example.com");
    let sibling = [dkim("esp.test", "pass"), dkim("mail.example.com", "pass")].concat();
    let bounce = spf("bounce.example.com", "mfrom", "pass");
    let records = [(100, author.as_str(), sibling.as_str()), (9, &author, &bounce)];
    let mut engine = taught(&report("<adkim>s</adkim><aspf>r</aspf>", &records[..1]));
    let drawn = overview(&mut engine, "en");
    let told = items(&drawn);
    assert_eq!(told.len(), 1, "{told:?}");
    let advice = "alignment is strict, so the name must be the very one in the From line. \
                  Let them pass as www.example.com";
    assert!(told[0].starts_with("www.example.com") && told[0].contains(advice), "{told:?}");
    let said = words(&drawn);
    let first = "www.example.com   has 100 messages that fail for strict alignment alone";
    assert!(said.contains(first), "{said}");
    let french = words(&overview(&mut engine, "fr"));
    assert!(french.contains("n’échouent qu’à cause de l’alignement strict"), "{french}");

    // SPF is relaxed here: that its record fails is for the reporter to explain.
    let mut engine = taught(&report("<adkim>s</adkim><aspf>r</aspf>", &records[1..]));
    let told = items(&overview(&mut engine, "en"));
    assert!(told[0].starts_with("mx.test") && !told[0].contains("strict"), "{told:?}");
}

#[test]
fn what_no_author_is_named_of_is_not_explained() {
    let mut engine = taught(&report("", &[(15, "", &dkim("example.com", "pass"))]));
    let told = items(&overview(&mut engine, "en"));
    assert!(told[0].contains("The report names no author (From)"), "{told:?}");
    let mut engine = taught(&report("", &[(15, "<header_from></header_from>", "")]));
    let drawn = overview(&mut engine, "en");
    assert!(items(&drawn)[0].contains("The report names no author (From)"));
    let said = words(&drawn);
    assert!(said.contains("sends 15 messages that fail (100% of all that fails)"), "{said}");
    assert!(!told[0].contains("strict") && !told[0].contains("its own name"), "{told:?}");
}

#[test]
fn the_filter_is_kept_by_what_is_to_be_fixed() {
    let author = from("example.com");
    let signed = dkim("esp.test", "pass");
    let sent = spf("bounce.test", "mfrom", "pass");
    let mut engine = taught(&report("", &[(40, &author, &signed), (20, &author, &sent)]));
    let route = "#/overview?filter=spf-passing:=bounce.test";
    let drawn = draw(&mut Program::default(), Some(&mut engine), &ask(route));
    let told = items(&drawn);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].starts_with("bounce.test"), "{told:?}");
    for (language, said) in [("en", "Domain that passes SPF"), ("fr", "Domaine qui réussit SPF")] {
        let mut ask = ask(route);
        (ask.part, ask.language) = (Part::Bar, language.to_owned());
        let bar = words(&draw(&mut Program::default(), Some(&mut engine), &ask));
        assert!(bar.contains(said), "{bar}");
    }
}

#[test]
fn one_message_passes_and_does_not_pass_as_many() {
    let report = report("", &[(1, &from("example.com"), "")]).replace("fail</dkim>", "pass</dkim>");
    let said = words(&overview(&mut taught(&report), "en"));
    assert!(said.contains("100% of 1 message passes DMARC."), "{said}");
}

#[test]
fn a_reporter_that_misjudges_is_no_sender_and_comes_last() {
    let author = from("example.com");
    let misjudged = (500, author.as_str(), &*dkim("example.com", "pass"));
    let failing = (20, author.as_str(), &*dkim("esp.test", "pass"));
    let mut engine = taught(&report("", &[misjudged, failing]));
    let drawn = overview(&mut engine, "en");
    let told = items(&drawn);
    assert!(told[0].starts_with("esp.test") && told[1].contains("judges as failing"), "{told:?}");
    let said = words(&drawn);
    assert!(said.contains("Fix first: esp.test   sends 20 messages that fail"), "{said}");

    let mut engine = taught(&report("", &[misjudged]));
    let said = words(&overview(&mut engine, "en"));
    let alone = "mx.test   counts 500 messages as failing that pass by its own results";
    assert!(said.contains(alone) && !said.contains("Fix first"), "{said}");
}

#[test]
fn advice_is_for_the_name_in_the_from_line() {
    let author = from("news.example.com");
    let records = [(7, author.as_str(), ""), (5, &author, &dkim("esp.test", "pass"))];
    let mut engine = taught(&report("<adkim>s</adkim><aspf>s</aspf>", &records));
    let told = items(&overview(&mut engine, "en"));
    assert!(told[0].contains("let it sign with DKIM as news.example.com"), "{told:?}");
    assert!(told[1].contains("set up its DKIM keys for news.example.com"), "{told:?}");
}

#[test]
fn no_signature_is_none_that_fails() {
    let author = from("example.com");
    let none = [dkim("example.com", "none"), dkim("example.com", "temperror")].concat();
    let mut engine = taught(&report("", &[(4, &author, &none)]));
    let told = items(&overview(&mut engine, "en"));
    assert!(told[0].contains("Neither SPF nor DKIM passes."), "{told:?}");
}
