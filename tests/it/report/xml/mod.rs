//! The XML scanner against quick-xml, and against what breaks it.

mod oracle;
mod recovery;

use std::io::{BufRead, BufReader};

use oracle::{Seen, push_text};
use vitrail::base::context::decode_natively;
use vitrail::base::{Context, Kind, Limits};
use vitrail::report::xml::{Event, Scanner};

use std::sync::atomic::{AtomicU64, Ordering};

use crate::mutate::{Mutator, rounds};
use crate::random::Random;
use crate::report::aggregate::documents;

/// Everything the scanner tells of a document: events and faults, the latter
/// sorted, for one of the encoding is seen when its bytes come in.
fn scan(source: &mut dyn BufRead) -> (Vec<Seen>, Vec<(Kind, String)>) {
    let limits = Limits::default();
    let mut scanner = Scanner::new(source, Context { limits: &limits, decode: decode_natively });
    let (mut seen, mut faults) = (Vec::new(), Vec::new());
    loop {
        match scanner.next_event() {
            Event::Start(tag) => {
                let attributes = tag.attributes();
                let attributes = attributes.map(|a| (a.name.to_owned(), a.value.into_owned()));
                seen.push(Seen::Start {
                    name: tag.name.to_owned(),
                    attributes: attributes.collect(),
                });
                if tag.empty {
                    seen.push(Seen::End(tag.name.to_owned()));
                }
            }
            Event::End(name) => seen.push(Seen::End(name.to_owned())),
            Event::Text(text) => push_text(&mut seen, text),
            Event::Fault { kind, detail } => faults.push((kind, detail.into_owned())),
            Event::Eof => {
                faults.sort();
                return (seen, faults);
            }
        }
    }
}

/// Compares with quick-xml, in one piece and in little ones; `false` if quick-xml
/// has something against the document, or it is in another encoding.
fn agrees(bytes: &[u8]) -> bool {
    let (seen, faults) = scan(&mut &bytes[..]);
    let (slow, slow_faults) = scan(&mut BufReader::with_capacity(13, bytes));
    assert_eq!((&seen, &faults), (&slow, &slow_faults));
    let other_encoding = declares_another_encoding(bytes);
    let Some(text) = str::from_utf8(bytes).ok().filter(|_| !other_encoding) else { return false };
    let Some(expected) = oracle::events(text) else { return false };
    assert_eq!(seen, expected, "{text}");
    true
}

fn declares_another_encoding(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]).to_ascii_lowercase();
    bytes.contains(&0) || (head.contains("encoding") && !head.contains("utf-8"))
}

#[test]
fn sound_documents_are_read_as_by_quick_xml() {
    for text in [
        "",
        "<a/>",
        "<a></a >",
        "<a b='1' c = \"2\"/>",
        "<a><![CDATA[<b>]]> &lt;&#x41;&unknown; ></a>",
        "<a><!-- <b> -- --><?b <c> ?></a>",
        "<!DOCTYPE a [<!ENTITY b \"]>\"><!-- ]> -->]><a>&b;</a>",
        "<?xml version='1.0'?>\r\n<x:a xmlns:x='y'><x:b z='>'>1</x:b></x:a>\n",
        "<a>one<b/>two<b></b>three</a> after",
        "<a><![CDATA[]]></a>",
        "<a é='ü'>日本</a>",
        "<!----><a/>",
    ] {
        assert!(agrees(text.as_bytes()), "{text}");
    }
    let documents = documents();
    let agreed = documents.iter().filter(|bytes| agrees(bytes)).count();
    assert!(agreed * 2 > documents.len(), "{agreed}");
}

#[test]
fn mutated_documents_are_read_as_by_quick_xml_while_it_reads_them() {
    let documents: Vec<_> = documents().into_iter().filter(|bytes| bytes.len() < 1500).collect();
    let agreed = AtomicU64::new(0);
    let rounds = rounds(8_000, 4);
    Mutator::new(&documents, TOKENS).run(rounds.clone(), |bytes| {
        agreed.fetch_add(agrees(bytes).into(), Ordering::Relaxed);
    });
    // Of fixtures alone, without the shared corpus, one in fifty is still read. The bar is 100 of the
    // usual 8,000.
    let agreed = agreed.into_inner();
    assert!(agreed * 80 > rounds.end, "{agreed} of {rounds:?}");
}

#[test]
fn random_sound_documents_are_read_as_by_quick_xml() {
    for seed in 0..2_000 {
        let mut text = String::from("<?xml version=\"1.0\"?>\n");
        element(&mut text, &mut Random::new(seed), 0);
        assert!(agrees(text.as_bytes()), "seed {seed}: {text}");
    }
}

/// Writes an element with everything that may stand in one.
fn element(text: &mut String, random: &mut Random, depth: u32) {
    const NAMES: &[&str] = &["a", "record", "x:b", "_c.d-e", "é"];
    const ATTRIBUTES: &[&str] =
        &["", " p='1'", " p = \"a>b\"", "\n\tq='\"&lt;'", " r=\"\" s=''", " "];
    const TEXTS: &[&str] = &[
        "text",
        " ",
        "\r\n",
        "&amp;",
        "&#x1F980;",
        "&unknown;",
        "]]",
        "a > b",
        "\"'",
        "<![CDATA[</a>&]]>",
        "<![CDATA[]]>",
        "<!-- <a> - -->",
        "<?pi <a> ?>",
        "é",
    ];
    let name = NAMES[random.below(NAMES.len())];
    let attributes = ATTRIBUTES[random.below(ATTRIBUTES.len())];
    if random.below(6) == 0 {
        text.push_str(&format!("<{name}{attributes}/>"));
        return;
    }
    text.push_str(&format!("<{name}{attributes}>"));
    for _ in 0..random.below(6) {
        if depth < 5 && random.below(2) == 0 {
            element(text, random, depth + 1);
        } else {
            text.push_str(TEXTS[random.below(TEXTS.len())]);
        }
    }
    text.push_str(&format!("</{name}{}>", ["", " ", "\n"][random.below(3)]));
}

/// What means something in XML.
const TOKENS: &[&[u8]] = &[
    b"<",
    b">",
    b"</",
    b"/>",
    b"&",
    b"&amp;",
    b"&#",
    b"&#65;",
    b"&x;",
    b"\"",
    b"'",
    b"=\"",
    b"<!--",
    b"-->",
    b"<![CDATA[",
    b"]]>",
    b"<?",
    b"?>",
    b"<!DOCTYPE ",
    b"[",
    b"]",
    b" a=\"b\"",
    b"<a>",
    b"</a>",
    b"<a/>",
    b"<x:a xmlns:x='y'>",
    b"\0",
    b"\r\n",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xe9",
    b"\xc3\xa9",
];
