//! What somebody types or pastes beside the reports, and names that are written to mislead.

use vitrail::engine::Engine;
use vitrail::screens::markup::Drawn;
use vitrail::screens::{Ask, Part, Program, Values};

use super::super::words;
use super::made::{STS, failure, policy, report_of, told};
use super::{ask, draw, engine, said, shown, values};

const FILE: &str = "version: STSv1\nmode: enforce\nmx: mx.example.com\nmax_age: 86400\n";

fn of(policies: &str) -> Engine {
    let (name, bytes) = report_of(1, policies);
    engine(&[(&name, bytes)])
}

/// The screen with these values in its fields.
fn with(engine: &mut Engine, route: &str, fields: &Values) -> Drawn {
    let asked = Ask { values: fields.clone(), ..ask(route) };
    draw(&mut Program::default(), Some(engine), &asked)
}

/// What is said of a policy file.
fn of_file(file: &str) -> String {
    let fields = [("policy", file)].into_iter().collect();
    said(&with(&mut of(&policy(STS, 8, 0, "")), "#/tls", &fields))
}

#[test]
fn a_file_that_senders_reject_is_not_called_the_same() {
    for (right, wrong) in [
        ("version:", "version :"),
        ("version:", "VERSION:"),
        ("mode:", "Mode:"),
        ("mx:", "MX:"),
        ("max_age:", "max_age :"),
    ] {
        let said = of_file(&FILE.replace(right, wrong));
        assert!(said.contains("Senders reject your file"), "{wrong}: {said}");
        assert!(!said.contains("No line differs"), "{wrong}: {said}");
        assert!(said.contains(&format!("+ {wrong}")), "as it stands: {said}");
        assert!(said.contains("Check this file"), "{said}");
    }
    let french = ["fr"].map(|language| {
        let values = [("policy", "mode : none")].into_iter().collect();
        let asked = Ask { language: language.to_owned(), values, ..ask("#/tls") };
        said(&draw(&mut Program::default(), Some(&mut of(&policy(STS, 8, 0, ""))), &asked))
    });
    assert!(french[0].contains("Les expéditeurs rejettent votre fichier"), "{french:?}");
    for good in [
        FILE.to_owned(),
        FILE.replace('\n', "\r\n"),
        "mode: enforce\nversion: STSv1\nmx:  MX.example.com\nmax_age: 86400".to_owned(),
    ] {
        let said = of_file(&good);
        assert!(said.contains("No line differs"), "{good}: {said}");
        assert!(!said.contains("reject"), "{good}: {said}");
    }
    let said = of_file(&format!("{FILE}Future: yes\n"));
    assert!(said.contains("+ Future: yes") && !said.contains("reject"), "{said}");
    let said = of_file(&format!("\u{feff}{FILE}"));
    assert!(said.contains("No line differs"), "the mark of an editor is no line: {said}");
}

#[test]
fn a_pasted_policy_is_of_its_domain_alone() {
    let one = policy(STS, 8, 0, "");
    let two = one.replace("example.com", "example.org");
    let mut engine = of(&format!("{one}, {one}, {two}"));
    let [com, org] = ["com", "org"].map(|top| format!("#/tls?filter=domain:=example.{top}"));
    let fields = [("policy", FILE)].into_iter().collect();
    let drawn = with(&mut engine, &com, &fields);
    assert!(said(&drawn).contains("Compared with your file"));
    assert_eq!(drawn.values.get("policy"), FILE);
    let again = with(&mut engine, &com, &drawn.values);
    assert!(said(&again).contains("Compared with your file"));
    let other = with(&mut engine, &org, &drawn.values);
    assert!(!said(&other).contains("Compared with your file"), "{}", said(&other));
    assert_eq!(other.values.get("policy"), "");
}

#[test]
fn the_policy_for_enforce_opens_on_its_own_steps() {
    let day = policy(&STS.replace("enforce", "testing"), 8, 0, "");
    let (drawn, _) = told(&[day.as_str(); 20]);
    let links = values(&drawn, "href").into_iter();
    let to = links.into_iter().find(|to| to.contains("mode=enforce")).expect("the next step");
    let said = said(&draw(&mut Program::default(), None, &ask(&to)));
    assert!(said.contains("Put the file with mode “enforce”"), "{said}");
    assert!(!said.contains("with mode “testing”"), "{said}");
}

#[test]
fn whoever_reads_reports_is_not_told_to_ask_for_them() {
    for mode in ["enforce", "testing"] {
        let (drawn, _) = told(&[&policy(&STS.replace("enforce", mode), 8, 0, "")]);
        let links = values(&drawn, "href");
        assert!(!links.iter().any(|to| to.starts_with("#/toolbox/tls-rpt")), "{links:?}");
        assert!(links.iter().any(|to| to.starts_with("#/toolbox/domain")), "{links:?}");
    }
}

#[test]
fn a_name_turns_nothing_round_but_itself() {
    let day = policy(STS, 8, 2, &failure("certificate-expired", "mx.example.com", 2));
    let spelt = "⟨U+202E⟩elgooG".to_owned();
    for (name, alone) in [("\u{202e}elgooG", spelt), ("بريد", "\u{2068}بريد\u{2069}".to_owned())]
    {
        let (file, bytes) = report_of(1, &day);
        let text = String::from_utf8(bytes).expect("text").replace("Example Mail", name);
        let (_, said) = shown(&mut engine(&[(&file, text.into_bytes())]), "#/tls");
        assert!(said.contains(&format!("{alone}, last on 1 Nov 2026")), "{said}");
        let counted = format!("{alone} (2)");
        assert!(said.contains(&counted), "{said}");
    }
}

#[test]
fn names_are_compared_as_they_are_stored() {
    let day = policy(STS, 8, 2, &failure("certificate-expired", "MX1.example.com.", 2));
    let mut engine = of(&day);
    let (_, said) = shown(&mut engine, "#/tls?filter=mx:MX1.example.com.");
    assert!(said.contains("Certificate expired") || said.contains("certificate-expired"), "{said}");
    assert!(!said.contains("No report lists a failure."), "{said}");

    let both = ["BÜCHER.example", "xn--bcher-kva.example."];
    let both = both.map(|name| {
        policy(STS, 8, 0, "").replace(r#"n": "example.com"#, &format!(r#"n": "{name}"#))
    });
    let (drawn, said) = told(&[&both[0], &both[1]]);
    assert!(said.contains("16 successful"), "one domain: {said}");
    let to_domains =
        values(&drawn, "href").into_iter().filter(|to| to.starts_with("#/tls?filter=domain"));
    assert_eq!(to_domains.count(), 0, "there is no other one to choose");
    let (name, bytes) = report_of(1, &both[0]);
    for typed in ["bücher", "xn--bch", "=bücher.example", "=Xn--bcher-kva.example."] {
        let (_, said) = shown(
            &mut super::engine(&[(&name, bytes.clone())]),
            &format!("#/tls?filter=domain:{typed}"),
        );
        assert!(said.contains("8 successful"), "{typed}: {said}");
    }
}

#[test]
fn servers_are_read_in_their_letters_and_asked_by_their_labels() {
    let details = failure("certificate-expired", "mx.BÜCHER.example", 2);
    let (_, said) = told(&[&policy(STS, 8, 2, &details)]);
    assert!(said.lines().any(|line| line == "mx.bücher.example"), "{said}");
    assert!(said.contains("openssl s_client -connect mx.xn--bcher-kva.example:25"), "{said}");
}

#[test]
fn an_empty_name_is_none() {
    let details = [
        failure("certificate-expired", "", 1),
        failure("certificate-expired", "mx.example.com", 1),
    ];
    let (_, said) = told(&[&policy(STS, 8, 2, &details.join(","))]);
    assert!(said.contains("mx.example.com") && !said.contains("mx.example.com, \n"), "{said}");
    assert!(
        !said.lines().any(|line| line.trim().ends_with(',') || line.trim() == "empty"),
        "{said}"
    );
}

#[test]
fn sums_that_no_number_holds_say_so() {
    let most = policy(STS, u64::MAX, 3, "");
    let (_, said) = told(&[&most, &most]);
    assert!(
        said.contains("≥\u{a0}18,446,744,073,709,551,615 successful, 6 failed (99.9%)"),
        "{said}"
    );
    assert!(!said.lines().any(|line| line.trim() == "100%"), "{said}");
    let (_, said) = told(&[&policy(STS, 3, u64::MAX, "")]);
    assert!(said.contains("(<\u{a0}0.1%)"), "{said}");
}

#[test]
fn a_time_without_an_end_is_not_one_day() {
    let mut engine = of(&policy(STS, 8, 0, ""));
    for (filter, language, words_for_it) in [
        ("since:2026-10-10", "en", "since 10 Oct 2026"),
        ("until:2026-11-10", "en", "until 10 Nov 2026"),
        ("since:2026-10-10", "fr", "depuis le 10 oct. 2026"),
        ("since:2026-10-10%20until:2026-10-12", "en", "10–12 Oct 2026"),
    ] {
        let route = format!("#/tls?filter={filter}");
        let asked = Ask { part: Part::Bar, language: language.to_owned(), ..ask(&route) };
        let said = words(&draw(&mut Program::default(), Some(&mut engine), &asked));
        assert_eq!(said.matches(words_for_it).count(), 2, "the chip and the button: {said}");
    }
}
