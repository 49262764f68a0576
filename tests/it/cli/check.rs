//! `vitrail check`: one line a diagnostic, and an exit code that tells faults from the rest.

use super::{folder, vitrail, vitrail_reading};

/// Where, how grave, and by which rule, without the words.
fn told(stdout: &str) -> Vec<&str> {
    stdout.lines().map(|line| line.split_once(" — ").expect("words").0).collect()
}

#[test]
fn a_policy_that_people_copy_from_an_article() {
    let policy = "version : STSv1
mode : test
mx : mail.example.com
mx : *.example.com
max_age : 806400
";
    let run = vitrail_reading(["check", "mta-sts", "-"], policy.as_bytes());
    assert_eq!(run.code, Some(1), "{}", run.stdout);
    assert_eq!(
        told(&run.stdout),
        [
            "1:8 fault RFC 8461 §3.2",
            "2:5 fault RFC 8461 §3.2",
            "2:8 fault RFC 8461 §3.2",
            "3:3 fault RFC 8461 §3.2",
            "4:3 fault RFC 8461 §3.2",
            "5:8 fault RFC 8461 §3.2",
            "5:11 hint RFC 8461 §3.2",
        ]
    );
    assert!(run.stdout.contains("“test”"), "{}", run.stdout);
}

#[test]
fn a_sound_policy_passes_and_is_held_against_the_servers() {
    let policy = b"version: STSv1\nmode: enforce\nmx: *.example.com\nmax_age: 604800\n";
    let folder = folder("policy", &[("mta-sts.txt", policy)]);
    let file = folder.join("mta-sts.txt");
    let check = |hosts: &[&str]| {
        let arguments = ["check".as_ref(), "mta-sts".as_ref(), file.as_os_str(), "--mx".as_ref()];
        vitrail(arguments.into_iter().chain(hosts.iter().map(|host| (*host).as_ref())))
    };
    assert_eq!(check(&["mx1.example.com", "mx2.example.com"]).code, Some(0));
    let run = check(&["mx1.example.com", "mx.other.test"]);
    assert_eq!(run.code, Some(1));
    assert!(run.stdout.contains("mx.other.test"), "{}", run.stdout);
}

#[test]
fn what_is_no_policy_has_a_fault() {
    for text in ["", "<!doctype html><title>404 Not Found</title>", "v=STSv1; id=1;"] {
        let run = vitrail_reading(["check", "mta-sts", "-"], text.as_bytes());
        assert_eq!(run.code, Some(1), "{text}: {}", run.stdout);
        assert!(run.stdout.contains(" fault "), "{text}: {}", run.stdout);
    }
    assert_eq!(vitrail(["check", "mta-sts", "not/there.txt"]).code, Some(2));
}

#[test]
fn records_are_told_apart_by_their_version() {
    let sound = [
        "v=DMARC1; p=reject; rua=mailto:dmarc@example.com",
        "v=spf1 ip4:192.0.2.0/24 -all",
        "v=STSv1; id=20260907T000000;",
        "v=TLSRPTv1; rua=mailto:tls@example.com",
    ];
    let run = vitrail(["check", "record"].iter().chain(&sound));
    assert_eq!(run.code, Some(0), "{}", run.stdout);

    for text in ["v=DMARC2; p=reject", "p=reject; v=DMARC1", "dmarc", "", "v=STSv1;"] {
        let run = vitrail(["check", "record", text]);
        assert_eq!(run.code, Some(1), "{text}: {}", run.stdout);
        assert!(run.stdout.contains(" fault "), "{text}: {}", run.stdout);
    }
}

#[test]
fn warnings_and_hints_are_no_faults() {
    let run = vitrail(["check", "record", "v=spf1 +all"]);
    assert_eq!(run.code, Some(0));
    assert!(run.stdout.starts_with("1:8 warning RFC 7208"), "{}", run.stdout);
}

#[test]
fn lines_number_the_records_that_are_given() {
    let run = vitrail(["check", "record", "v=spf1 -all", "v=DMARC2; p=reject"]);
    assert!(told(&run.stdout).iter().all(|told| told.starts_with("2:")), "{}", run.stdout);
}

#[test]
fn a_sibling_of_the_domain_needs_no_permission_for_its_reports() {
    let hints = |rua: &str| {
        let record = format!("_dmarc.a.example.co.uk. IN TXT \"v=DMARC1; p=none; rua={rua}\"");
        let run = vitrail(["check", "record", record.as_str()]);
        assert_eq!(run.code, Some(0), "{}", run.stdout);
        run.stdout.lines().count()
    };
    assert_eq!(hints("mailto:d@b.example.co.uk"), 0);
    assert_eq!(hints("mailto:d@other.co.uk"), 1);
}

#[test]
fn a_mail_server_must_have_a_name() {
    for host in ["", "a b", "192.0.2.1", "-"] {
        let run = vitrail(["check", "mta-sts", "-", "--mx", host]);
        assert_eq!(run.code, Some(2), "{host:?}: {}", run.stdout);
    }
}
