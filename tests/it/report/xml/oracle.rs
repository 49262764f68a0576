//! quick-xml as the judge: what it makes of a document, and whether it has
//! anything against it.

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};

/// What both scanners are compared by: text in one piece, self-closing tags as
/// a start and an end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seen {
    Start { name: String, attributes: Vec<(String, String)> },
    End(String),
    Text(String),
}

/// Adds text to the text before it.
pub fn push_text(seen: &mut Vec<Seen>, text: &str) {
    if let Some(Seen::Text(before)) = seen.last_mut() {
        before.push_str(text);
    } else if !text.is_empty() {
        seen.push(Seen::Text(text.to_owned()));
    }
}

/// The events of a document that quick-xml reads without error, or `None`.
///
/// "Without error" includes what quick-xml leaves to its caller: attributes,
/// references, elements that are still open at the end, and a `<` in a tag or
/// a name that begins with something else than a letter, which it lets pass.
pub fn events(text: &str) -> Option<Vec<Seen>> {
    let mut reader = Reader::from_str(text);
    let mut seen = Vec::new();
    let mut depth = 0;
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) => {
                depth += 1;
                seen.push(start(&tag)?);
            }
            Event::Empty(tag) => {
                seen.push(start(&tag)?);
                seen.push(Seen::End(tag.name().as_ref().to_owned()));
            }
            Event::End(tag) => {
                depth -= 1;
                seen.push(Seen::End(tag.name().as_ref().to_owned()));
            }
            Event::Text(text) => push_text(&mut seen, &text),
            Event::CData(text) => push_text(&mut seen, &text),
            Event::GeneralRef(reference) => {
                let source = format!("&{};", &*reference);
                // One that it does not know, it gives as it stands.
                let resolved = match reference.is_char_ref() {
                    true => unescape(&source).ok()?.into_owned(),
                    false => unescape(&source).map_or(source.clone(), |text| text.into_owned()),
                };
                push_text(&mut seen, &resolved);
            }
            Event::Decl(declaration) if declaration.contains(['<', '>']) => return None,
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) | Event::DocType(_) => {}
            Event::Eof => return (depth == 0).then_some(seen),
        }
    }
}

fn start(tag: &BytesStart<'_>) -> Option<Seen> {
    let name = tag.name().as_ref().to_owned();
    let begins_well =
        name.starts_with(|c: char| c.is_alphabetic() || "_:".contains(c) || !c.is_ascii());
    if !begins_well || tag.contains('<') {
        return None;
    }
    let mut attributes = Vec::new();
    for attribute in tag.attributes() {
        let attribute = attribute.ok()?;
        let value = unescape(&attribute.value).ok()?.into_owned();
        attributes.push((attribute.key.as_ref().to_owned(), value));
    }
    Some(Seen::Start { name, attributes })
}
