//! What the scanner makes of broken markup: input and events, side by side.

use std::time::{Duration, Instant};

use super::{oracle::Seen, scan};

/// Events in one line: tags as tags, texts as they are, and the faults after.
fn told(text: &str) -> String {
    let (seen, faults) = scan(&mut text.as_bytes());
    let mut line = String::new();
    for event in seen {
        match event {
            Seen::Start { name, attributes } => {
                let attributes = attributes.iter().map(|(name, value)| format!(" {name}={value}"));
                line.push_str(&format!("⟨{name}{}⟩", attributes.collect::<String>()));
            }
            Seen::End(name) => line.push_str(&format!("⟨/{name}⟩")),
            Seen::Text(text) => line.push_str(&text),
        }
    }
    for (kind, detail) in faults {
        line.push_str(&format!(" !{} {detail}", kind.code()));
    }
    line
}

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(told(text), expected, "{text}");
}

#[test]
fn bare_characters_are_text() {
    check("<a>1 < 2</a>", "⟨a⟩1 < 2⟨/a⟩ !xml-bare-character <");
    check("<a>b & c</a>", "⟨a⟩b & c⟨/a⟩ !xml-bare-character &");
    check("<a>b > c</a>", "⟨a⟩b > c⟨/a⟩");
    check(
        "<a>&#7 &#0;&#xD800;</a>",
        "⟨a⟩&#7 &#0;&#xD800;⟨/a⟩ !xml-bare-character & \
        !xml-unknown-entity &#0; !xml-unknown-entity &#xD800;",
    );
    check("<a>&eacute;</a>", "⟨a⟩&eacute;⟨/a⟩ !xml-unknown-entity &eacute;");
    check("a<3", "a<3 !xml-bare-character <");
    check("<", "< !xml-bare-character <");
    check("<a></>", "⟨a⟩</> !xml-bare-character <");
    check("<!nonsense>", "<!nonsense> !xml-bare-character <");
}

#[test]
fn broken_tags() {
    // Broken off by the next tag: still one, if it is but a name.
    check("<a<b>c</b>", "⟨a⟩⟨b⟩c⟨/b⟩");
    check("<a \n<b/>", "⟨a⟩⟨b⟩⟨/b⟩");
    check("<a b='c' <d/>", "<a b='c' ⟨d⟩⟨/d⟩ !xml-bare-character <");
    check("<a>x</a<b>", "⟨a⟩x⟨/a⟩⟨b⟩");
    check("<a>x</a ", "⟨a⟩x⟨/a⟩");
    check("<a>x</", "⟨a⟩x</ !xml-bare-character <");
    check("<a", "<a !xml-bare-character <");
    // Quotes.
    check("<a b=\"c>d</a>", "⟨a b=c⟩d⟨/a⟩");
    check("<a b=c d>e</a>", "⟨a b=c⟩e⟨/a⟩");
    check("<a b='1'c='2'/>", "⟨a b=1 c=2⟩⟨/a⟩");
    check("<a \"b\">c</a>", "⟨a⟩c⟨/a⟩");
    check("<a / >", "⟨a⟩⟨/a⟩");
}

#[test]
fn openings_without_an_ending_are_as_good_as_absent() {
    check("<a><!-- b</a><c/>", "⟨a⟩ b⟨/a⟩⟨c⟩⟨/c⟩ !xml-malformed <!--");
    check("<a><![CDATA[b</a>", "⟨a⟩b⟨/a⟩ !xml-malformed <![CDATA[");
    check("<!DOCTYPE a [ <a/>", " a [ ⟨a⟩⟨/a⟩ !xml-malformed <!DOCTYPE");
    check("<?b <a/>", "<?b ⟨a⟩⟨/a⟩ !xml-bare-character <");
    check("<?xml version='1.0'><a/>", "⟨a⟩⟨/a⟩ !xml-malformed <?xml version='1.0'>");
    check("<?xml version='1.0'><a/><?b?>", "⟨a⟩⟨/a⟩ !xml-malformed <?xml version='1.0'>");
    check(" <?xml version='1.0'?><a/>", " ⟨a⟩⟨/a⟩ !xml-outside-text <?xml");
}

#[test]
fn declarations_of_types_are_passed_over() {
    check(
        "<!DOCTYPE a [<!ENTITY b '<c/>'>]><a>&b;</a>",
        "⟨a⟩&b;⟨/a⟩ \
        !xml-unknown-entity &b; !xml-doctype <!DOCTYPE",
    );
}

/// Longer than what is looked at whole: passed through in pieces.
#[test]
fn long_markup_streams_by() {
    let long = "x".repeat(600_000);
    check(&format!("<a><!--{long}--></a>"), "⟨a⟩⟨/a⟩");
    check(&format!("<a><![CDATA[{long}]]></a>"), &format!("⟨a⟩{long}⟨/a⟩"));
    check(&format!("<!DOCTYPE a [<!-- {long} ]> -->]><a/>"), "⟨a⟩⟨/a⟩ !xml-doctype <!DOCTYPE");
    check(&format!("<a>{long}</a>"), &format!("⟨a⟩{long}⟨/a⟩"));
    check(&format!("<a><!--{long}</a>"), "⟨a⟩ !xml-truncated <!--");
    check(&format!("<a><![CDATA[{long}"), &format!("⟨a⟩{long} !xml-truncated <![CDATA["));
    let tag = format!("<b {long}>");
    check(&format!("<a>{tag}</a>"), &format!("⟨a⟩{tag}⟨/a⟩ !xml-bare-character <"));
}

/// Inputs that could cost the square of their length, which would be hours.
#[test]
fn nothing_is_slow() {
    let n = 1_000_000;
    for piece in [
        "<",
        ">",
        "&",
        "\"",
        "<a ",
        "<a b=\"",
        "<a b='<a c=\"",
        "</",
        "</a",
        "<!--",
        "<![CDATA[",
        "<?",
        "<!DOCTYPE a [",
        "<!DOCTYPE a \"",
        "&a",
        "&#",
        "<a>",
        "<a>x",
        "</a>",
        "]]>",
        "-->",
        "<!",
        "<a\u{e9}",
        "\u{1f980}",
        "\r",
        "\n",
    ] {
        let text = piece.repeat(n / piece.len());
        let start = Instant::now();
        let (seen, faults) = scan(&mut text.as_bytes());
        assert!(!seen.is_empty() || !faults.is_empty());
        assert!(start.elapsed() < Duration::from_secs(20), "{piece}: {:?}", start.elapsed());
        println!("{piece:?} {:?}", start.elapsed());
    }
}
