//! The TXT record `_mta-sts.<domain>` (RFC 8461 §3.1).

use std::collections::HashMap;
use std::fmt;

use crate::base::UnixSeconds;
use crate::dns::diagnostic::Checked;
use crate::dns::fields::{Field, Reader, is_extension_name, is_extension_value};
use crate::dns::kind::Kind;
use crate::dns::message::Message;
use crate::dns::near::nearest;
use crate::dns::record::RecordKind;
use crate::dns::txt::Txt;

/// Characters that an id has at most.
const ID_LIMIT: usize = 32;

/// Names of the policy file, which some put into the record.
const OF_POLICY: [&str; 5] = ["version", "mode", "mx", "max_age", "url"];

/// The record: that there is a policy, and which edition of it. Its `Display` is the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// 1 to 32 letters and digits. It has no order: only that it changes counts.
    pub id: String,
    /// Fields that no document defines.
    pub extensions: Vec<(String, String)>,
}

impl fmt::Display for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "v=STSv1; id={};", self.id)?;
        for (name, value) in &self.extensions {
            write!(f, " {name}={value};")?;
        }
        Ok(())
    }
}

/// An id for a policy published at this time, in the form of RFC 8461's examples, and
/// another than the one before.
pub fn fresh_id(now: UnixSeconds, previous: Option<&str>) -> String {
    let id = |at: UnixSeconds| at.rfc3339().replace(['-', ':', 'T'], "");
    let fresh = id(now);
    if previous == Some(fresh.as_str()) { id(UnixSeconds(now.0 + 1)) } else { fresh }
}

/// Why a sender acts as if the domain had no policy (RFC 8461 §3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unusable {
    /// No record begins with `v=STSv1;`.
    Missing,
    /// Several do.
    Several,
    /// The one that does is not right.
    Invalid,
}

/// The record that a sender goes by, among all TXT records of the name.
pub fn for_sender(records: &[Txt]) -> Result<Record, Unusable> {
    let begins = |txt: &&Txt| txt.text.starts_with("v=STSv1;");
    let mut usable = records.iter().filter(begins);
    let first = usable.next().ok_or(Unusable::Missing)?;
    if usable.next().is_some() {
        return Err(Unusable::Several);
    }
    let checked = read(first);
    if checked.has_faults() {
        return Err(Unusable::Invalid);
    }
    checked.value.ok_or(Unusable::Invalid)
}

/// Checks a record.
pub fn read(txt: &Txt) -> Checked<Option<Record>> {
    let (mut reader, body_at) = Reader::new(txt, RecordKind::MtaSts);
    let fields = reader.fields(body_at, &["id", "mode", "mx", "max_age"], |_, _, _| false);
    let mut id = None;
    let mut seen: HashMap<&str, &str> = HashMap::new();
    let mut extensions = Vec::new();
    for field in fields {
        let name = match field.name {
            "id" => "id",
            other if other.eq_ignore_ascii_case("id") => {
                let wrong = Message::new(Kind::TagWrong).arg("found", other).arg("tag", "id");
                reader.say(field.at, wrong);
                "id"
            }
            other => other,
        };
        if let Some(first) = seen.get(name) {
            let kind =
                if *first == field.value { Kind::FieldRepeated } else { Kind::FieldConflict };
            reader.say(field.at, Message::new(kind).arg("field", name));
            continue;
        }
        seen.insert(name, field.value);
        if name == "id" {
            id = Some(self::id(&mut reader, field));
        } else if !field.value.is_empty() && extension(&mut reader, field) {
            extensions.push((name.to_owned(), field.value.to_owned()));
        }
    }
    if id.is_none() {
        reader.say(0, Message::new(Kind::IdMissing));
    }
    let record = id.filter(|id| !id.is_empty()).map(|id| Record { id, extensions });
    reader.finish(record, true)
}

/// The id as it should be.
fn id(reader: &mut Reader<'_>, field: Field<'_>) -> String {
    let plain: String = field.value.chars().filter(char::is_ascii_alphanumeric).collect();
    if plain != field.value {
        let wrong = Message::new(Kind::IdSyntax).arg("found", field.value);
        reader.say(field.value_at, wrong);
    } else if plain.len() > ID_LIMIT {
        let wrong = Message::new(Kind::IdTooLong).arg("length", plain.len());
        reader.say(field.value_at, wrong);
    }
    plain.chars().take(ID_LIMIT).collect()
}

/// Whether the field is a right one that only nobody knows.
fn extension(reader: &mut Reader<'_>, field: Field<'_>) -> bool {
    let policy = nearest(field.name, &OF_POLICY).is_some();
    let (kind, parameter, right) = match () {
        () if policy => (Kind::PolicyInRecord, "found", false),
        () if !is_extension_name(field.name) => (Kind::TagName, "found", false),
        () if !is_extension_value(field.value) => (Kind::TagValue, "tag", false),
        () => (Kind::TagUnknown, "found", true),
    };
    reader.say(field.at, Message::new(kind).arg(parameter, field.name));
    right
}

#[cfg(test)]
mod tests {
    use super::{Record, UnixSeconds, fresh_id, read};
    use crate::dns::txt::Txt;

    #[test]
    fn ids_are_new_and_right() {
        let now = UnixSeconds(1_795_500_000);
        let id = fresh_id(now, None);
        assert_eq!(id, "20261124060000Z");
        assert_ne!(fresh_id(now, Some(&id)), id);
        let record = Record { id, extensions: Vec::new() };
        let checked = read(&Txt::plain(&record.to_string()));
        assert_eq!((checked.value, checked.diagnostics), (Some(record), Vec::new()));
    }
}
