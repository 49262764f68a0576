//! The tools, as the page asks for them: what was typed in, the sheet out.

mod ages;
mod drawn;
mod known;
mod owners;

use std::rc::Rc;

use vitrail::base::UnixSeconds;
use vitrail::knowledge::Suffixes;
use vitrail::screens::Values;
use vitrail::screens::toolbox::{
    Address, Ask, Block, FieldKind, Known, Remark, Sheet, Target, Tone, Tool, draw,
};

const NOW: UnixSeconds = UnixSeconds(1_795_500_000);

/// The policy of a how-to article, without its blank lines.
const ARTICLE: &str = "version : STSv1\nmode : test\nmx : mail.votredomaine.com\n\
                       mx : *.votredomaine.com\nmax_age : 806400\n";

fn ask(tool: Tool, values: &[(&str, &str)]) -> Ask {
    Ask {
        language: "en".to_owned(),
        tool,
        values: values.iter().copied().collect(),
        file: None,
        known: Known::default(),
        suffixes: Some(Rc::new(Suffixes::shipped())),
        opened: NOW,
        now: NOW,
    }
}

fn sheet(tool: Tool, values: &[(&str, &str)]) -> Sheet {
    draw(&ask(tool, values))
}

/// All blocks of a sheet, those within others too.
fn blocks(sheet: &Sheet) -> Vec<&Block> {
    fn add<'a>(from: &'a [Block], all: &mut Vec<&'a Block>) {
        for block in from {
            all.push(block);
            if let Block::Fold { blocks, .. } | Block::Group { blocks, .. } = block {
                add(blocks, all);
            }
        }
    }
    let mut all = Vec::new();
    add(&sheet.form, &mut all);
    sheet.sections.iter().for_each(|section| add(&section.blocks, &mut all));
    all
}

/// The texts to copy or save, by their labels.
fn copies<'a>(sheet: &'a Sheet, label: &str) -> Vec<&'a str> {
    let copy = |block: &&'a Block| match *block {
        Block::Copy(text) if text.label == label => Some(text.text.as_str()),
        _ => None,
    };
    blocks(sheet).iter().filter_map(copy).collect()
}

fn remarks(sheet: &Sheet) -> Vec<&Remark> {
    let mut all = Vec::new();
    for block in blocks(sheet) {
        match block {
            Block::Remark(remark) => all.push(remark),
            Block::Listing(lines) => all.extend(lines.iter().flat_map(|line| &line.remarks)),
            _ => {}
        }
    }
    all
}

/// Every word of it, as one text.
fn words(sheet: &Sheet) -> String {
    format!("{sheet:#?}")
}

fn verdict(sheet: &Sheet) -> (Tone, &str) {
    sheet.verdict.as_ref().map_or((Tone::Quiet, ""), |it| (it.tone, it.text.as_str()))
}

#[test]
fn everything_has_words_in_both_languages() {
    let texts: [&[(&str, &str)]; 4] = [
        &[],
        &[
            ("domains", "example.com example.net, not/a domain"),
            ("error", "STSFetchResult.NONE 550 5.7.26 DMARC certificate-expired"),
            ("output", PASTED),
            ("policy", ARTICLE),
            ("record", "v=DMARC1; p=none; rua=me@example.com\nv=spf1 include:a.example +all"),
            ("mx", "mail.example.com"),
            ("ruf", "mailto:a@example.net"),
            ("fo", "1"),
            ("age", "x"),
            ("id", "a-b"),
        ],
        &[
            ("domains", "example.com"),
            ("output", "?"),
            ("record", "?"),
            ("error", "?"),
            ("policy", "?"),
        ],
        &[
            (
                "record",
                "v=STSv1; id=1;\nv=TLSRPTv1; rua=mailto:a@example.com\nv=spf1 mx redirect=b.example",
            ),
            ("mode", "enforce"),
            ("goal", "remove"),
            ("output", PASTED),
        ],
    ];
    for language in ["en", "fr"] {
        for tool in Tool::ALL {
            for values in texts {
                let sheet = draw(&Ask { language: language.to_owned(), ..ask(tool, values) });
                for word in words(&sheet).split(|c: char| c.is_whitespace() || c == '"') {
                    let is_key = word.starts_with("tool.") || word.contains("%{");
                    assert!(!is_key, "{word} in {language}, {tool:?}");
                }
                assert!(!sheet.title.is_empty() && !sheet.form.is_empty());
            }
        }
    }
}

#[test]
fn fields_are_those_of_their_tool() {
    for tool in Tool::ALL {
        let sheet = sheet(tool, &[("output", PASTED), ("error", "STSFetchResult.NONE")]);
        for block in blocks(&sheet) {
            if let Block::Field(field) = block {
                assert!(tool.fields().contains(&field.name.as_str()), "{} in {tool:?}", field.name);
            }
        }
    }
}

#[test]
fn the_articles_policy_is_mended() {
    let policy = sheet(Tool::Policy, &[("policy", ARTICLE)]);
    assert_eq!(verdict(&policy), (Tone::Fault, "6 faults, 1 hint"));
    let mended = copies(&policy, "mta-sts.txt");
    assert_eq!(mended.len(), 1);
    let again = sheet(Tool::Policy, &[("policy", mended[0])]);
    assert_ne!(verdict(&again).0, Tone::Fault, "{}", words(&again));
    assert!(words(&policy).contains("STSFetchResult.FETCH_ERROR"));
}

#[test]
fn a_file_keeps_what_a_text_field_loses() {
    let file = Some(("policy".to_owned(), b"\xff\xfev\x00=\x00".to_vec()));
    let drawn = draw(&Ask { file, ..ask(Tool::Policy, &[("policy", "v=")]) });
    assert!(remarks(&drawn).iter().any(|it| it.text.contains("UTF-16")), "{}", words(&drawn));
}

#[test]
fn a_policy_is_matched_against_mail_servers() {
    let policy = "version: STSv1\nmode: enforce\nmx: *.example.com\nmax_age: 604800\n";
    let servers = "10 mail.example.com.\n20 backup.example.net.";
    let drawn = sheet(Tool::Policy, &[("policy", policy), ("hosts", servers)]);
    let said: Vec<_> = remarks(&drawn).iter().map(|it| (it.tone, it.text.clone())).collect();
    assert!(said.contains(&(Tone::Good, "mail.example.com is covered.".to_owned())), "{said:?}");
    assert!(
        said.iter().any(|(tone, text)| *tone == Tone::Fault
            && text.starts_with("backup.example.net is not covered")),
        "{said:?}"
    );
}

#[test]
fn what_is_made_passes_its_own_checks() {
    let made = sheet(
        Tool::MtaSts,
        &[("domains", "example.com example.net"), ("mx", "mail.example.com *.example.net")],
    );
    assert_eq!(verdict(&made).0, Tone::Good, "{}", words(&made));
    let policy = copies(&made, ".well-known/mta-sts.txt");
    assert_eq!(
        policy[0],
        "version: STSv1\nmode: testing\nmx: mail.example.com\nmx: *.example.net\nmax_age: 604800\n"
    );
    assert_eq!(copies(&made, "Name"), ["_mta-sts.example.com", "_mta-sts.example.net"]);
    for text in copies(&made, "Value (TXT)") {
        assert_eq!(text, "v=STSv1; id=20261124060000Z;");
        assert_eq!(verdict(&sheet(Tool::Record, &[("record", text)])).0, Tone::Good);
    }
    for (tool, more) in
        [(Tool::Dmarc, ("p", "reject")), (Tool::TlsRpt, ("tls-rua", "a@example.com"))]
    {
        let made = sheet(tool, &[("domains", "example.com"), more]);
        let text = copies(&made, "Value (TXT)")[0].to_owned();
        let checked = sheet(Tool::Record, &[("record", &text)]);
        assert_ne!(verdict(&checked).0, Tone::Fault, "{text}");
        let zone = copies(&made, "For a zone file")[0].to_owned();
        let checked = sheet(Tool::Record, &[("record", &zone)]);
        assert_ne!(verdict(&checked).0, Tone::Fault, "{zone}");
    }
}

#[test]
fn what_does_not_say_whose_it_is_counts_for_a_single_domain_only() {
    let output = "v=DMARC1; p=none\nversion: STSv1\nmode: none\nmax_age: 86400\n";
    let of = |domains: &str| sheet(Tool::Domain, &[("domains", domains), ("output", output)]);
    let one = words(&of("example.com"));
    assert!(one.contains("p=none") && one.contains("mode: none"));
    let both = of("example.com example.net");
    assert!(!words(&both).contains("p=none") && !words(&both).contains("mode: none"));
    assert!(words(&both).contains("does not say which domain"));
}

#[test]
fn without_mail_servers_there_is_no_policy() {
    let made = sheet(Tool::MtaSts, &[("domains", "example.com")]);
    assert_eq!(verdict(&made).0, Tone::Warning);
    assert_eq!(verdict(&sheet(Tool::MtaSts, &[("mode", "none")])).0, Tone::Good);
}

#[test]
fn a_fresh_id_is_another_one() {
    let id = "20261124060000Z";
    let made = sheet(Tool::MtaSts, &[("id", id)]);
    let fresh = blocks(&made).into_iter().find_map(|block| match block {
        Block::Links(links) => links.iter().find_map(|link| match &link.to {
            Target::Set(values) if !values.get("id").is_empty() => {
                Some(values.get("id").to_owned())
            }
            _ => None,
        }),
        _ => None,
    });
    let fresh = fresh.expect("a button for a fresh id");
    assert!(fresh != id && fresh.len() <= 32, "{fresh}");
}

#[test]
fn long_records_are_split() {
    let rua = (0..20).map(|n| format!("reports-{n}@example.com")).collect::<Vec<_>>().join(" ");
    let made = sheet(Tool::Dmarc, &[("domains", "example.com"), ("rua", &rua)]);
    let value = copies(&made, "Value (TXT)")[0];
    assert!(value.matches('"').count() >= 4, "{value}");
    assert!(value.split('"').all(|string| string.len() <= 255));
    assert!(words(&made).contains("255 octets"));
}

#[test]
fn reports_to_others_need_their_word() {
    let made = sheet(Tool::Dmarc, &[("domains", "example.com"), ("rua", "a@example.net")]);
    assert!(
        copies(&made, "Name").contains(&"example.com._report._dmarc.example.net"),
        "{:?}",
        copies(&made, "Name")
    );
}

/// Screen, paste, link: the link leads to the maker with the domain filled in.
#[test]
fn the_none_line_leads_to_the_maker() {
    let line = "✖  MTA-STS policy is missing: STSFetchResult.NONE";
    let drawn = sheet(Tool::Explain, &[("error", line), ("domains", "box.example.com")]);
    assert_eq!(drawn.sections.len(), 1, "{}", words(&drawn));
    let first = blocks(&drawn).into_iter().find_map(|block| match block {
        Block::Links(links) => links.iter().find(|link| link.first),
        _ => None,
    });
    let values: Values = [("domains", "box.example.com")].into_iter().collect();
    let address = Address { tool: Tool::MtaSts, values };
    assert_eq!(first.map(|link| &link.to), Some(&Target::Tool(address)));
}

const PASTED: &str = "\
; <<>> DiG 9.18 <<>> example.com MX _dmarc.example.com TXT example.com TXT
;; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 1
;; QUESTION SECTION:
;example.com.\t\tIN\tMX
;; ANSWER SECTION:
example.com.\t3600\tIN\tMX\t10 mail.example.com.

;; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 2
;; QUESTION SECTION:
;_dmarc.example.com.\tIN\tTXT
;; ANSWER SECTION:
_dmarc.example.com. 3600 IN TXT \"v=DMARC1; p=none; rua=mailto:reports@example.com\"

;; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 3
;; QUESTION SECTION:
;example.com.\tIN\tTXT
;; ANSWER SECTION:
example.com. 3600 IN TXT \"v=spf1 ip4:192.0.2.0/24 mx -all\"

;; ->>HEADER<<- opcode: QUERY, status: NXDOMAIN, id: 4
;; QUESTION SECTION:
;_mta-sts.example.com.\tIN\tTXT
";

#[test]
fn pasted_output_gives_verdicts() {
    let drawn = sheet(Tool::Domain, &[("domains", "example.com"), ("output", PASTED)]);
    assert_eq!(
        verdict(&drawn),
        (
            Tone::Good,
            "4 answers from DNS, 0 requests for a policy file"
                .replace("requests for a policy file", "requests for policy files")
                .as_str()
        )
    );
    let text = words(&drawn);
    for part in [
        "STSFetchResult.NONE",
        "mail.example.com",
        "v=spf1 ip4:192.0.2.0/24 mx -all",
        "_smtp._tls.example.com",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    let script = copies(&drawn, "All in one line (Linux, macOS)");
    assert!(script[0].starts_with("for d in example.com; do dig "), "{script:?}");
}

#[test]
fn sources_are_held_against_spf() {
    let source =
        |domain: &str, address: &str, messages| (domain.to_owned(), address.to_owned(), messages);
    let sources = vec![
        source("example.com", "192.0.2.7", 90),
        source("example.com", "198.51.100.9", 3),
        source("example.net", "192.0.2.8", 1),
    ];
    let known = Known { sources, ..Known::default() };
    let values = [("domains", "example.com"), ("output", PASTED)];
    let drawn = draw(&Ask { known, ..ask(Tool::Domain, &values) });
    let rows = blocks(&drawn).into_iter().find_map(|block| match block {
        Block::Table { rows, .. } => Some(rows),
        _ => None,
    });
    let rows = rows.expect("a table of sources");
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[0].last().map(String::as_str), Some("allowed"));
    let says = rows[1].last().map(String::as_str).unwrap_or_default();
    assert!(says.starts_with("depends on mx"), "{says}");
}

#[test]
fn several_domains_are_compared() {
    let values = [("domains", "example.com example.net"), ("output", PASTED)];
    let drawn = sheet(Tool::Domain, &values);
    assert_eq!(drawn.sections.len(), 3, "a table and a section for each");
}

#[test]
fn huge_and_hostile_texts_end() {
    let long = "v=DMARC1; p=none ".repeat(20_000);
    let lines = "mx : a\n".repeat(20_000);
    for tool in Tool::ALL {
        for text in [long.as_str(), lines.as_str(), "\u{feff}\u{0}\r\r\n`%{x}"] {
            let values: Vec<_> = tool.fields().iter().map(|name| (*name, text)).collect();
            let drawn = sheet(tool, &values);
            assert!(words(&drawn).len() < 8_000_000, "{tool:?}");
        }
    }
    assert!(matches!(
        blocks(&sheet(Tool::Policy, &[])).first(),
        Some(Block::Field(field)) if matches!(field.kind, FieldKind::Area { .. })
    ));
}
