//! What holds for every text: written records are read back, mended texts are right,
//! and nothing that anybody pastes makes the readers fall.

use vitrail::base::Network;
use vitrail::dns::check;
use vitrail::dns::mta_sts::policy::{self, MAX_AGE_LIMIT, Mode, Policy};
use vitrail::dns::mta_sts::record as sts;
use vitrail::dns::spf::{self, Directive, Hosts, Mechanism, Qualifier, Term};
use vitrail::dns::txt::{self, Txt};
use vitrail::dns::uri::ReportUri;
use vitrail::dns::{Checked, dmarc, tls_rpt};

use super::cases;
use super::policies::assert_sayable;
use crate::mutate::rounds;
use crate::random::{Random, for_seeds};

fn name(random: &mut Random) -> String {
    let labels = ["mail", "mx1", "a", "xn--bcher-kva", "example", "1st", "relay-2"];
    let mut name: Vec<_> = random.several(3, |random| *random.pick(&labels));
    name.push(*random.pick(&["com", "net", "test"]));
    name.insert(0, *random.pick(&labels));
    name.join(".")
}

fn extensions(random: &mut Random) -> Vec<(String, String)> {
    let mut names = vec!["x-note", "a.b", "9_", "ticket"];
    random.shuffle(&mut names);
    let values = ["1", "some/thing", "a:b", "%41"];
    names[..random.below(3)]
        .iter()
        .map(|name| ((*name).to_owned(), (*random.pick(&values)).to_owned()))
        .collect()
}

fn uris(random: &mut Random, web: bool) -> Vec<ReportUri> {
    let mut uris: Vec<_> = (0..random.below(4))
        .map(|n| match web && random.percent(30) {
            true => format!("https://{}/report?n={n}", name(random)),
            false => format!("mailto:dmarc+{n}%2Cx@{}", name(random)),
        })
        .map(|uri| ReportUri { uri, size: None })
        .collect();
    if !web && let Some(first) = uris.first_mut() {
        first.size = random.unless(80, |_| "10m".to_owned());
    }
    uris
}

fn dmarc_record(random: &mut Random) -> dmarc::Record {
    let policy = |random: &mut Random| *random.pick(dmarc::Policy::ALL);
    let alignment = |random: &mut Random| *random.pick(dmarc::Alignment::ALL);
    let mut options =
        vec![dmarc::FailureOption::Any, dmarc::FailureOption::Dkim, dmarc::FailureOption::Spf];
    options.truncate(random.below(4));
    dmarc::Record {
        policy: Some(policy(random)),
        subdomains: random.unless(50, policy),
        nonexistent: random.unless(50, policy),
        testing: random.unless(50, |random| random.percent(50)),
        suffix: random.unless(80, |random| *random.pick(dmarc::Suffix::ALL)),
        dkim: random.unless(50, alignment),
        spf: random.unless(50, alignment),
        aggregate: uris(random, false),
        failure: uris(random, false),
        failure_options: options,
        percent: random.unless(70, |random| u8::try_from(random.below(101)).expect("a percentage")),
        interval: random.unless(80, |_| 86_400),
        format: random.unless(80, |_| "afrf".to_owned()),
        unknown: random
            .unless(80, |_| vec![("contact".to_owned(), "a b".to_owned())])
            .unwrap_or_default(),
    }
}

fn spf_record(random: &mut Random) -> spf::Record {
    let qualifiers = [Qualifier::Pass, Qualifier::Fail, Qualifier::SoftFail, Qualifier::Neutral];
    let mut terms: Vec<Term> = Vec::new();
    for _ in 0..random.below(8) {
        let prefix = |random: &mut Random, most: usize| {
            u8::try_from(random.below(most + 1)).expect("a prefix")
        };
        let hosts = Hosts {
            domain: random.unless(50, name),
            v4: random.unless(60, |random| prefix(random, 32)),
            v6: random.unless(60, |random| prefix(random, 128)),
        };
        let mechanism = match random.below(7) {
            0 => Mechanism::Include(name(random)),
            1 => Mechanism::A(hosts),
            2 => Mechanism::Mx(hosts),
            3 => Mechanism::Exists(format!("%{{ir}}.{}", name(random))),
            4 => {
                let address = std::net::Ipv4Addr::from(random.next() as u32);
                Mechanism::Ip(Network { address: address.into(), prefix: prefix(random, 32) })
            }
            5 => {
                let address = std::net::Ipv6Addr::from(u128::from(random.next()) << 64);
                Mechanism::Ip(Network { address: address.into(), prefix: prefix(random, 128) })
            }
            _ => Mechanism::Ptr(random.unless(50, name)),
        };
        let term = Term::Directive(Directive { qualifier: *random.pick(&qualifiers), mechanism });
        if !terms.contains(&term) {
            terms.push(term);
        }
    }
    match random.below(3) {
        0 => terms.push(Term::Modifier { name: "redirect".to_owned(), value: name(random) }),
        1 => terms.push(Term::Directive(Directive {
            qualifier: *random.pick(&qualifiers),
            mechanism: Mechanism::All,
        })),
        _ => {}
    }
    spf::Record { terms }
}

/// The record is read as it was written, without a fault.
fn assert_back<T: std::fmt::Debug + PartialEq>(record: T, text: &str, checked: Checked<Option<T>>) {
    assert!(!checked.has_faults(), "{text}: {:?}", checked.diagnostics);
    assert_eq!(checked.value.as_ref(), Some(&record), "{text}");
}

#[test]
fn records_are_read_as_they_were_written() {
    for_seeds(0..3000, |random| {
        let record = dmarc_record(random);
        let text = record.to_string();
        assert_back(
            record,
            &text,
            dmarc::read(&Txt::plain(&text), dmarc::Place::of_owner(None, &|_| None)),
        );

        let record = spf_record(random);
        let text = record.to_string();
        let checked = spf::read(&Txt::plain(&text));
        if record.lookups() <= spf::LOOKUP_LIMIT {
            assert_back(record, &text, checked);
        }

        let id = random.next().to_string();
        let record = sts::Record { id, extensions: extensions(random) };
        let text = record.to_string();
        assert_back(record, &text, sts::read(&Txt::plain(&text)));

        let mut rua = uris(random, true);
        rua.push(ReportUri { uri: "mailto:tls@example.com".to_owned(), size: None });
        let record = tls_rpt::Record { rua, extensions: extensions(random) };
        let text = record.to_string();
        assert_back(record, &text, tls_rpt::read(&Txt::plain(&text)));
    });
}

#[test]
fn policies_are_read_as_they_were_written() {
    for_seeds(0..3000, |random| {
        let mut mx: Vec<String> = random.several(5, |random| {
            let star = if random.percent(30) { "*." } else { "" };
            format!("{star}{}", name(random))
        });
        mx.push("mail.example.com".to_owned());
        mx.sort();
        mx.dedup();
        let limit = usize::try_from(MAX_AGE_LIMIT).expect("a number") + 1;
        let policy = Policy {
            mode: *random.pick(&Mode::ALL),
            max_age: u32::try_from(random.below(limit)).expect("below the limit"),
            mx,
            extensions: extensions(random),
        };
        let mut text = policy.to_string();
        if random.percent(30) {
            text = text.replace('\n', "\r\n");
        }
        let checked = policy::read(text.as_bytes(), &[]);
        assert!(!checked.has_faults(), "{text}: {:?}", checked.diagnostics);
        // A slip in max_age is mended unasked.
        let expected = checked.mended.is_none().then_some(policy);
        assert!(expected.is_none() || checked.value == expected, "{text}");
    });
}

#[test]
fn a_zone_line_is_read_as_it_was_written() {
    for_seeds(0..1000, |random| {
        let pieces = ["v=DMARC1; ", "\"", "\\", "p=none", "\u{e9}", ";", " ", "(", ")", "\\059"];
        let text: String = (0..random.below(120)).map(|_| *random.pick(&pieces)).collect();
        let line = txt::zone_line("_dmarc.example.com", 3600, &text);
        let (records, found) = txt::read(&line, 1);
        let [record] = records.as_slice() else { panic!("{line}: {records:?}") };
        assert_eq!((record.text.as_str(), found.as_slice()), (text.as_str(), &[][..]), "{line}");
        assert_eq!(record.owner.as_deref(), Some("_dmarc.example.com."));
    });
}

/// One text made of others: pieces cut, doubled, swapped, and strewn with odd bytes.
fn mutated(random: &mut Random, seeds: &[Vec<u8>]) -> Vec<u8> {
    const ODD: [&[u8]; 22] = [
        b" ",
        b"\t",
        b"\r",
        b"\n",
        b"\0",
        b"\xff",
        b"\xef\xbb\xbf",
        b"\xc2\xa0",
        b"\xe2\x80\x8b",
        b":",
        b"=",
        b";",
        b",",
        b"\"",
        b"\\",
        b"*",
        b"%",
        b"!",
        b"(",
        b"/",
        b"99999999999999999999",
        b"\xe2\x80\x9c",
    ];
    let mut text = random.pick(seeds).clone();
    for _ in 0..=random.below(6) {
        let at = random.below(text.len() + 1);
        let end = (at + random.below(12)).min(text.len());
        match random.below(4) {
            0 => {
                text.drain(at..end);
            }
            1 => {
                text.splice(at..at, random.pick(&ODD).iter().copied());
            }
            2 => {
                let piece = text[at..end].to_vec();
                text.splice(at..at, piece);
            }
            _ => {
                let other = random.pick(seeds);
                let from = random.below(other.len() + 1);
                let to = (from + random.below(20)).min(other.len());
                text.splice(at..end, other[from..to].iter().copied());
            }
        }
    }
    text
}

/// Diagnostics can be said, and stand in the text.
fn assert_in_place(diagnostics: &[vitrail::dns::Diagnostic], text: &str) {
    assert_sayable(diagnostics);
    let lines = text.split(['\n', '\r']).count() + 1;
    for diagnostic in diagnostics {
        assert!((1..=lines).contains(&(diagnostic.at.line as usize)), "{diagnostic:?}");
        assert!((1..=text.len() + 2).contains(&(diagnostic.at.column as usize)), "{diagnostic:?}");
        assert!(!super::words::line(diagnostic).contains(['\n', '\r']), "{diagnostic:?}");
    }
}

#[test]
fn any_text_can_be_checked_and_what_is_mended_is_right() {
    let seeds: Vec<_> =
        ["policies.txt", "records.txt"].into_iter().flat_map(cases::given).collect();
    assert!(seeds.len() > 250);
    let hosts = ["mail.example.com".to_owned(), "mx.example.net".to_owned()];
    for_seeds(rounds(2_000, 20), |random| {
        let bytes = mutated(random, &seeds);
        let text = String::from_utf8_lossy(&bytes);

        let checked = policy::read(&bytes, &hosts);
        assert_in_place(&checked.diagnostics, &text);
        if let Some(mended) = &checked.mended {
            let again = policy::read(mended.as_bytes(), &hosts);
            assert!(!again.has_faults(), "{text}\n{mended}\n{:?}", again.diagnostics);
            assert_eq!(again.value, checked.value, "{text}\n{mended}");
        }

        let checked = check::records([&*text], &|_| None);
        assert_in_place(&checked.diagnostics, &text);
        for given in checked.value {
            let Some(mended) = given.mended else { continue };
            // In a zone file, since what is asked of a record depends on its name, and
            // since a backslash in it would be taken for one of a zone file elsewhere.
            let owner = given.txt.owner.as_deref().unwrap_or("name");
            let mended = txt::zone_line(owner, 3600, &mended);
            let again = check::records([mended.as_str()], &|_| None);
            assert!(!again.has_faults(), "{text}\n{mended}\n{:?}", again.diagnostics);
            let record = again.value.into_iter().next().and_then(|given| given.record);
            assert_eq!(record, given.record, "{text}\n{mended}");
        }
    });
}

/// Each of these took long, or much memory, in some reader or other.
#[test]
fn large_texts_are_bounded() {
    let host = |n: usize| format!("h{n}.example");
    let many: Vec<String> = (0..9000).map(host).collect();
    for text in [
        "a".repeat(1 << 20),
        "mx: a.example\n".repeat(1 << 16),
        format!("version: STSv1\nmode: enforce\nmx: {}\nmax_age: 604800\n", many.join(",")),
        format!("v=spf1 {}-all", many.iter().map(|host| format!("a:{host} ")).collect::<String>()),
        "\0\n".repeat(1 << 16),
        "\"".repeat(1 << 16),
        "v=\n".repeat(1 << 15),
        ";=".repeat(1 << 15),
        "v=DMARC1; p=none; rua=".to_owned() + &"mailto:a@example.com,".repeat(3000),
    ] {
        let checked = policy::read(text.as_bytes(), &many[..5]);
        assert!(checked.diagnostics.len() <= 201);
        let checked = check::records([text.as_str()], &|_| None);
        assert!(checked.diagnostics.len() <= 201);
    }
}
