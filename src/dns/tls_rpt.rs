//! The TXT record `_smtp._tls.<domain>`: where TLS reports go (RFC 8460 §3).

use std::fmt;

use super::diagnostic::Checked;
use super::fields::{Reader, is_extension_name, is_extension_value};
use super::kind::Kind;
use super::message::Message;
use super::near::nearest;
use super::record::RecordKind;
use super::txt::Txt;
use super::uri::{self, ReportUri};

/// The record. Its `Display` is the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// At least one, `mailto:` or `https:`.
    pub rua: Vec<ReportUri>,
    /// Fields that no document defines.
    pub extensions: Vec<(String, String)>,
}

impl fmt::Display for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rua: Vec<_> = self.rua.iter().map(ToString::to_string).collect();
        write!(f, "v=TLSRPTv1; rua={}", rua.join(","))?;
        for (name, value) in &self.extensions {
            write!(f, "; {name}={value}")?;
        }
        Ok(())
    }
}

/// Checks a record.
pub fn read(txt: &Txt) -> Checked<Option<Record>> {
    let (mut reader, body_at) = Reader::new(txt, RecordKind::TlsRpt);
    let mut strays = Vec::new();
    let fields = reader.fields(body_at, &["rua"], |reader, at, text| {
        stray_uri(reader, at, text, uri::In::TlsRpt, &mut strays)
    });
    let mut listed = Vec::new();
    let mut rua_seen = false;
    let mut extensions: Vec<(String, String)> = Vec::new();
    let stands = fields.iter().any(|field| field.name == "rua");
    for field in fields {
        let is_meant = !stands && nearest(field.name, &["rua"]).is_some();
        if is_meant {
            let wrong = Message::new(Kind::TagWrong).arg("found", field.name).arg("tag", "rua");
            reader.say(field.at, wrong);
        }
        if is_meant || field.name == "rua" {
            if std::mem::replace(&mut rua_seen, true) {
                reader.say(field.at, Kind::RuaRepeated.into());
            }
            if field.value.is_empty() {
                continue;
            }
            let uris = uri::list(field.value, "rua", uri::In::TlsRpt);
            for (offset, message) in uris.found {
                reader.say(field.value_at + offset, message);
            }
            listed.extend(uris.uris);
            continue;
        }
        if field.value.is_empty() {
            continue;
        }
        let (kind, parameter) = if !is_extension_name(field.name) {
            (Kind::TagName, "found")
        } else if !is_extension_value(field.value) {
            (Kind::TagValue, "tag")
        } else {
            extensions.push((field.name.to_owned(), field.value.to_owned()));
            (Kind::TagUnknown, "found")
        };
        reader.say(field.at, Message::new(kind).arg(parameter, field.name));
    }
    if !rua_seen {
        reader.say(0, Message::new(Kind::RuaMissing));
    }
    let mut rua: Vec<ReportUri> = Vec::new();
    for uri in listed.into_iter().chain(strays) {
        if !rua.contains(&uri) {
            rua.push(uri);
        }
    }
    let record = (!rua.is_empty()).then_some(Record { rua, extensions });
    reader.finish(record, true)
}

/// An address behind a semicolon where a comma was meant.
pub(super) fn stray_uri(
    reader: &mut Reader<'_>,
    at: usize,
    text: &str,
    place: uri::In,
    strays: &mut Vec<ReportUri>,
) -> bool {
    let uris = uri::list(text, "rua", place);
    if !text.contains('@') || uris.uris.is_empty() {
        return false;
    }
    reader.say(at, Message::new(Kind::UriSeparator).arg("uri", text));
    strays.extend(uris.uris);
    true
}
