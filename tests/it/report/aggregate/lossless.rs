//! No stated value is lost without a finding: an independent reading by
//! quick-xml says what is stated.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::Event;
use serde_json::Value;
use vitrail::base::Kind;
use vitrail::report::Hints;

use super::documents;
use crate::report::reading::{Reading, read_aggregate};

/// A value and whether it stands between elements, as a piece of their parent's text.
type Stated = (String, bool);

/// Every text of a document and every value of an attribute, by quick-xml;
/// `None` where it does not read all of it without error.
fn stated(text: &str) -> Option<Vec<Stated>> {
    let mut reader = Reader::from_str(text);
    let (mut stated, mut run, mut depth) = (Vec::new(), String::new(), 0);
    let mut after_child = false;
    loop {
        let event = reader.read_event().ok()?;
        match &event {
            Event::Text(text) => run.push_str(text),
            Event::CData(text) => run.push_str(text),
            Event::GeneralRef(reference) => {
                let source = format!("&{};", &**reference);
                run.push_str(&unescape(&source).map_or(source.clone(), |text| text.into_owned()));
            }
            Event::Comment(_) | Event::PI(_) => {}
            _ => {
                let run_with_plain_ends = run.replace("\r\n", "\n").replace('\r', "\n");
                let value: String =
                    run_with_plain_ends.chars().filter(|c| !is_control(*c)).collect();
                // Around the root there is no report.
                if depth > 0 && !value.trim().is_empty() {
                    let is_piece = after_child || !matches!(event, Event::End(_));
                    stated.push((value.trim().to_owned(), is_piece));
                }
                run.clear();
                after_child = !matches!(event, Event::Start(_));
            }
        }
        depth += match &event {
            Event::Start(_) => 1,
            Event::End(_) => -1,
            _ => 0,
        };
        match &event {
            Event::Start(tag) | Event::Empty(tag) => {
                for attribute in tag.attributes() {
                    let attribute = attribute.ok()?;
                    let technical = ["xmlns", "xsi:"];
                    let name = attribute.key.as_ref();
                    let value = unescape(&attribute.value).ok()?.trim().to_owned();
                    if !technical.iter().any(|t| name.starts_with(t)) && !value.is_empty() {
                        stated.push((value, false));
                    }
                }
            }
            Event::Eof => return (depth == 0).then_some(stated),
            _ => {}
        }
    }
}

/// What a report cannot hold, and says so.
fn is_control(character: char) -> bool {
    character.is_control() && !matches!(character, '\n' | '\t')
}

/// How often each value stands in what was read.
fn read_values(reading: &Reading) -> BTreeMap<String, usize> {
    fn walk(value: &Value, values: &mut BTreeMap<String, usize>) {
        match value {
            Value::Null => {}
            Value::Array(items) => items.iter().for_each(|item| walk(item, values)),
            Value::Object(members) => members.values().for_each(|member| walk(member, values)),
            Value::String(text) => *values.entry(comparable(text)).or_default() += 1,
            other => *values.entry(other.to_string()).or_default() += 1,
        }
    }
    let mut values = BTreeMap::new();
    for report in &reading.reports {
        walk(&serde_json::to_value(report).expect("a report as JSON"), &mut values);
    }
    values
}

/// A value in the one spelling in which a report gives it: addresses and
/// numbers are read, words are in lower case.
fn comparable(text: &str) -> String {
    let text = text.trim();
    if let Ok(number) = text.parse::<u64>() {
        return number.to_string();
    }
    if let Ok(ip) = text.parse::<std::net::IpAddr>() {
        return ip.to_string();
    }
    text.to_ascii_lowercase()
}

/// The values that are neither in the report nor in a finding.
pub fn lost(text: &str, reading: &Reading) -> Option<Vec<String>> {
    let mut read = read_values(reading);
    let sightings = reading.findings.tallies().iter().flat_map(|tally| &tally.first);
    let mut details: Vec<&str> = sightings.map(|sighting| &*sighting.detail).collect();
    let mut lost = Vec::new();
    // Where the markup is broken, values run together.
    let is_broken =
        reading.findings.has(Kind::XmlMalformed) || reading.findings.has(Kind::XmlUnclosed);
    for (value, is_piece) in stated(text)? {
        if (is_piece || is_broken) && read.keys().any(|whole| whole.contains(&comparable(&value))) {
            continue;
        }
        if let Some(count) = read.get_mut(&comparable(&value)).filter(|count| **count > 0) {
            *count -= 1;
            continue;
        }
        let told = details.iter().position(|detail| {
            let shown = detail.rsplit_once(": ").map_or(*detail, |(_, shown)| shown);
            detail.contains(&value) || (shown.len() > 50 && value.starts_with(shown))
        });
        match told {
            Some(index) => drop(details.swap_remove(index)),
            None => lost.push(value),
        }
    }
    Some(lost)
}

#[test]
fn no_stated_value_is_lost() {
    let mut compared = 0;
    for bytes in documents() {
        let Ok(text) = str::from_utf8(&bytes) else { continue };
        let reading = read_aggregate(&bytes, &Hints::default());
        if reading.reports.is_empty() {
            continue;
        }
        let Some(lost) = lost(text, &reading) else { continue };
        compared += 1;
        assert_eq!(lost, Vec::<String>::new(), "{text}");
    }
    assert!(compared > 20, "{compared}");
}
