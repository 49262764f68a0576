//! Failure reports without a feedback part: what some gateways write into the
//! text for people instead.
//!
//! Exim, and with it cPanel, Baruwa and hosted filters, sends a list of labels
//! and values after a sentence of its own, then the header of the sample. Others
//! have lost their feedback part on the way, but the sentence of RFC 5965
//! App. B still names the address and the time.

/// What the text says, under the names of RFC 5965 and RFC 6591 where they have one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextReport {
    /// Names and values as a feedback part would have them.
    pub fields: Vec<(String, String)>,
    /// The sample's header, where the text has it.
    pub sample: Option<String>,
}

/// Exim's first sentence, in part: the rest differs between versions.
const CLAIM: &str = "A message claiming to be from you has failed";

/// Ends the line before the sample's header.
const COPY: &str = "was detected.";

/// Exim's labels, and the fields that mean the same.
const LABELS: [(&str, &str); 6] = [
    ("Sender Domain", "Reported-Domain"),
    ("Sender IP Address", "Source-IP"),
    ("Received Date", "Arrival-Date"),
    ("SPF Alignment", "SPF-Alignment"),
    ("DKIM Alignment", "DKIM-Alignment"),
    ("DMARC Results", "DMARC-Results"),
];

/// The sentence of RFC 5965 App. B, in part.
const SENTENCE: &str = "report for an email message received from";

/// What LinkedIn and others add to it.
const POLICY: &str = "did not meet the sending domain's DMARC policy.";

/// More words than an address, a host name and a date have.
const SENTENCE_WORDS: usize = 24;

/// What a text for people says, if it is a failure report.
pub fn read(text: &str) -> Option<TextReport> {
    labelled(text).or_else(|| sentence(text))
}

/// The form of Exim.
fn labelled(text: &str) -> Option<TextReport> {
    let (_, start) = find_phrase(text, CLAIM)?;
    let rest = &text[start..];
    let (block, sample) = match find_phrase(rest, COPY) {
        Some((_, end)) => rest.split_at(end),
        None => (rest, ""),
    };
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in block.lines().map(unquoted).take_while(|line| !line.starts_with("---")) {
        // Mailing lists wrap: a line may hold half a value, or several labels.
        for piece in at_labels(line) {
            if let Some((label, value)) = label_and_value(piece) {
                fields.push((field_name(label), value.to_owned()));
            } else if let Some((_, value)) = fields.last_mut() {
                value.push(' ');
                value.push_str(piece);
            }
        }
    }
    if fields.is_empty() {
        return None;
    }
    fields.push(("Feedback-Type".to_owned(), "auth-failure".to_owned()));
    fields.push(("Auth-Failure".to_owned(), "dmarc".to_owned()));
    let sample = without_quote_marks(sample.trim_start());
    Some(TextReport { fields, sample: Some(sample).filter(|sample| !sample.is_empty()) })
}

/// The sentence of RFC 5965, and the numbered lines that some put below it.
fn sentence(text: &str) -> Option<TextReport> {
    let (start, end) = find_phrase(text, SENTENCE)?;
    let mut rest: Vec<&str> = Vec::new();
    for (_, word) in words(&text[end..]).take(SENTENCE_WORDS) {
        rest.push(word.trim_end_matches('.'));
        if word.ends_with('.') {
            break;
        }
    }
    let on = rest.iter().position(|word| *word == "on").unwrap_or(rest.len());
    let (source, date) = (rest[..on].join(" "), rest.get(on + 1..).unwrap_or_default().join(" "));
    let source = source.strip_prefix("IP ").unwrap_or(&source).to_owned();
    if date.is_empty() {
        return None;
    }
    let before = text[..start].to_ascii_lowercase();
    let feedback_type = if before.contains("authentication") || find_phrase(text, POLICY).is_some()
    {
        "auth-failure"
    } else if before.contains("opt-out") {
        "opt-out"
    } else {
        "abuse"
    };
    let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let mut fields = vec![
        field("Feedback-Type", feedback_type),
        field("Source-IP", &source),
        field("Arrival-Date", &date),
    ];
    let numbered = text[end..].lines().filter_map(|line| {
        let line =
            unquoted(line).trim_start_matches(|c: char| c.is_ascii_digit()).strip_prefix(". ");
        label_and_value(line?.trim_end_matches(';'))
    });
    fields.extend(numbered.map(|(label, value)| (field_name(label), value.to_owned())));
    Some(TextReport { fields, sample: None })
}

/// Label and value of a line such as `SPF Alignment: no`.
fn label_and_value(line: &str) -> Option<(&str, &str)> {
    let (label, value) = line.split_once(':')?;
    let is_label = label.starts_with(|c: char| c.is_ascii_alphabetic())
        && label.split(' ').count() <= 4
        && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b' ' || b == b'-');
    is_label.then_some((label.trim_end(), value.trim()))
}

fn field_name(label: &str) -> String {
    let known = LABELS.iter().find(|(known, _)| known.eq_ignore_ascii_case(label));
    known.map_or_else(|| label.replace(' ', "-"), |(_, name)| (*name).to_owned())
}

/// A line in pieces, each but perhaps the first of which starts with a label of Exim's.
fn at_labels(line: &str) -> Vec<&str> {
    let bytes = line.as_bytes();
    let is_label = |at: &usize| {
        LABELS.iter().any(|(label, _)| {
            bytes[*at..].strip_prefix(label.as_bytes()).is_some_and(|rest| rest.starts_with(b":"))
        })
    };
    let starts = (0..line.len()).filter(is_label).chain([line.len()]);
    let mut from = 0;
    let pieces = starts.map(|to| {
        let piece = line[from..to].trim();
        from = to;
        piece
    });
    pieces.filter(|piece| !piece.is_empty()).collect()
}

/// A line without the marks of a quoted reply, and without white space around it.
fn unquoted(line: &str) -> &str {
    line.trim_start_matches(['>', ' ', '\t']).trim_end()
}

/// The text of a quoted reply; what is not quoted stays as it is, folds included.
fn without_quote_marks(text: &str) -> String {
    let is_quoted = text.starts_with('>');
    let lines = text.lines().map(|line| {
        let bare = line.strip_prefix('>').filter(|_| is_quoted).unwrap_or(line);
        if is_quoted { bare.strip_prefix(' ').unwrap_or(bare) } else { bare }
    });
    let text: String = lines.flat_map(|line| [line, "\n"]).collect();
    text.trim_start_matches('\n').to_owned()
}

/// Where a phrase starts and ends, however its words are cased, wrapped and quoted.
fn find_phrase(text: &str, phrase: &str) -> Option<(usize, usize)> {
    let mut ahead = words(text);
    loop {
        let mut candidate = ahead.clone();
        let (start, _) = ahead.next()?;
        let mut end = start;
        let matches = phrase.split(' ').all(|wanted| {
            candidate.next().is_some_and(|(at, word)| {
                end = at + word.len();
                word.eq_ignore_ascii_case(wanted)
            })
        });
        if matches {
            return Some((start, end));
        }
    }
}

/// Words with their offsets, marks of quoted replies left out.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> + Clone {
    let mut at = 0;
    text.split_inclusive(char::is_whitespace)
        .map(move |piece| {
            let start = at;
            at += piece.len();
            (start, piece.trim_end())
        })
        .filter(|(_, word)| !word.trim_matches('>').is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXIM: &str = "\
A message claiming to be from you has failed the published DMARC
policy for your domain.

  Sender Domain: example.com
  Sender IP Address: 192.0.2.7
  Received Date: Tue, 24 Nov 2026 09:00:00 +0100
  SPF Alignment: no
  Filter Score: 7

------ This is a copy of the headers that were received before the error
       was detected.

Received: from [192.0.2.7]
        by mx.example.net
From: A <a@example.com>
";

    fn check(text: &str, fields: &[(&str, &str)], sample: Option<&str>) {
        let report = read(text).expect("a report");
        let drawn: Vec<_> = report.fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        assert_eq!(drawn, fields, "{text}");
        assert_eq!(report.sample.as_deref(), sample, "{text}");
    }

    #[test]
    fn the_form_of_exim() {
        let fields = [
            ("Reported-Domain", "example.com"),
            ("Source-IP", "192.0.2.7"),
            ("Arrival-Date", "Tue, 24 Nov 2026 09:00:00 +0100"),
            ("SPF-Alignment", "no"),
            ("Filter-Score", "7"),
            ("Feedback-Type", "auth-failure"),
            ("Auth-Failure", "dmarc"),
        ];
        let sample =
            "Received: from [192.0.2.7]\n        by mx.example.net\nFrom: A <a@example.com>\n";
        check(EXIM, &fields, Some(sample));
        let quoted: String = EXIM.lines().map(|line| format!("> {line}\n")).collect();
        check(&quoted, &fields, Some(sample));
    }

    #[test]
    fn wrapped_by_a_mailing_list() {
        let text = "A message claiming to be from you\nhas failed the published DMARC policy for your domain.\n\
            Sender Domain: example.com Sender IP Address: 192.0.2.7 Received Date: Tue,\n24 Nov 2026 09:00:00 +0100 DMARC Results: Reject\n";
        let fields = [
            ("Reported-Domain", "example.com"),
            ("Source-IP", "192.0.2.7"),
            ("Arrival-Date", "Tue, 24 Nov 2026 09:00:00 +0100"),
            ("DMARC-Results", "Reject"),
            ("Feedback-Type", "auth-failure"),
            ("Auth-Failure", "dmarc"),
        ];
        check(text, &fields, None);
    }

    #[test]
    fn the_sentence_alone() {
        let text = "This is an authentication failure report for an email message received from IP\n\
            192.0.2.7 on Tue, 24 Nov 2026 09:00:00 +0100.\n 1. SPF-authenticated Identifiers: other.example;\n";
        let fields = [
            ("Feedback-Type", "auth-failure"),
            ("Source-IP", "192.0.2.7"),
            ("Arrival-Date", "Tue, 24 Nov 2026 09:00:00 +0100"),
            ("SPF-authenticated-Identifiers", "other.example"),
        ];
        check(text, &fields, None);
    }

    #[test]
    fn letters_are_no_reports() {
        for text in [
            "",
            "Dear customer, your parcel has failed.",
            "A message claiming to be from you has failed",
            "This is a report for an email message received from",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
