//! Reads the tags of a record, and says what is wrong with its punctuation, for all
//! records made of tags alike.

use super::diagnostic::{Checked, Diagnostic, Log};
use super::kind::Kind;
use super::message::Message;
use super::record::{self, Opening, RecordKind};
use super::tags::{self, Tag};
use super::txt::Txt;

/// One tag with the place of its name in the record, in bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field<'a> {
    pub at: usize,
    pub name: &'a str,
    pub value: &'a str,
    pub value_at: usize,
}

/// A record in tags on its way from text to data.
pub(super) struct Reader<'a> {
    pub txt: &'a Txt,
    pub kind: RecordKind,
    log: Log,
}

impl<'a> Reader<'a> {
    /// Begins with the version.
    pub fn new(txt: &'a Txt, kind: RecordKind) -> (Self, usize) {
        let mut reader = Self { txt, kind, log: Log::default() };
        let opening = match record::opening(txt) {
            Some(opening) if opening.kind == kind => opening,
            _ => {
                let fault = Diagnostic::new(Kind::VersionMissing, txt.at(0)).rule(kind.rule());
                let fault = Some(fault.arg("version", kind.version()));
                Opening { kind, fault, body_at: 0 }
            }
        };
        reader.log.extend(opening.fault);
        let body = txt.text.get(opening.body_at..).unwrap_or_default();
        // Senders look for `v=STSv1;` and `v=TLSRPTv1;` before they look at the ABNF,
        // which would allow a space there.
        let spaced = body.starts_with([' ', '\t']) && body.trim_start().starts_with(';');
        if reader.is_strict() && opening.body_at > 0 && spaced {
            let message = Message::new(Kind::SpaceBeforeSemicolon);
            reader.say(opening.body_at, message.arg("version", kind.version()));
        }
        (reader, opening.body_at)
    }

    /// The tags behind the version, those of the version left out; that a value is empty
    /// has been said, and the tag is there with an empty one. `piece` is what to
    /// do with a piece that is no tag: whether it was understood.
    pub fn fields(
        &mut self,
        body_at: usize,
        known: &[&str],
        mut piece: impl FnMut(&mut Self, usize, &'a str) -> bool,
    ) -> Vec<Field<'a>> {
        let txt = self.txt;
        let (pieces, extra) = tags::split(txt, body_at, known);
        let kind = if self.is_strict() { Kind::SemicolonExtra } else { Kind::SemicolonRepeated };
        for at in extra {
            self.say(at, Message::new(kind));
        }
        let mut fields = Vec::new();
        let mut version_seen = body_at > 0;
        for (index, found) in pieces.iter().enumerate() {
            let Some(tag) = found.tag else {
                if !piece(self, found.at, found.text) {
                    self.say(found.at, Message::new(Kind::EqualsMissing).arg("found", found.text));
                }
                continue;
            };
            if tag.name.eq_ignore_ascii_case("v") {
                if std::mem::replace(&mut version_seen, true) {
                    self.say(found.at, self.second_version());
                }
                continue;
            }
            // At the start of a record without version there is nothing to separate from.
            if !found.separated && (body_at > 0 || index > 0) {
                self.say(found.at, Message::new(Kind::SemicolonMissing).arg("tag", tag.name));
            }
            self.separator(found.at, tag);
            if tag.value.is_empty() {
                self.say(found.at, Message::new(Kind::TagEmpty).arg("tag", tag.name));
            }
            fields.push(Field {
                at: found.at,
                name: tag.name,
                value: tag.value,
                value_at: tag.value_at,
            });
        }
        fields
    }

    fn second_version(&self) -> Message<Kind> {
        if self.is_strict() {
            Message::new(Kind::FieldRepeated).arg("field", "v")
        } else {
            Message::new(Kind::TagRepeated).arg("tag", "v")
        }
    }

    /// Whether the ABNF leaves no room for spaces and empty tags, as DMARC's does.
    fn is_strict(&self) -> bool {
        matches!(self.kind, RecordKind::MtaSts | RecordKind::TlsRpt)
    }

    fn separator(&mut self, at: usize, tag: Tag<'_>) {
        if tag.separator == ':' {
            self.say(at, Message::new(Kind::ColonForEquals).arg("tag", tag.name));
        } else if self.is_strict() && tag.spaced {
            self.say(at, Message::new(Kind::SpaceAroundEquals).arg("tag", tag.name));
        }
    }

    /// Adds a diagnostic at a byte offset of the record. Where a kind has no rule of
    /// its own, the record's syntax rules.
    pub fn say(&mut self, at: usize, message: Message<Kind>) {
        let (txt, rule) = (self.txt, self.kind.rule());
        self.log.add_with(message.code, || {
            let mut diagnostic = Diagnostic::new(message.code, txt.at(at));
            diagnostic.args = message.args;
            if diagnostic.rule.is_empty() {
                diagnostic.rule = rule;
            }
            diagnostic
        });
    }

    /// Ends with the record as data, and, where it is `mendable`, as it should be written.
    pub fn finish<T: ToString>(self, value: Option<T>, mendable: bool) -> Checked<Option<T>> {
        let settled = |found: &Diagnostic| found.kind.is_settled_by_writing();
        let mut diagnostics = self.log.finish();
        let mended = value
            .as_ref()
            .filter(|_| mendable && diagnostics.iter().any(settled))
            .map(ToString::to_string);
        for diagnostic in diagnostics.iter_mut().filter(|found| settled(found)) {
            diagnostic.mended.clone_from(&mended);
        }
        Checked { value, diagnostics, mended }
    }
}

/// RFC 8461 §3.1 and §3.2, RFC 8460 §3: the name of a field that no document defines.
pub(super) fn is_extension_name(name: &str) -> bool {
    (1..=32).contains(&name.len())
        && name.starts_with(|c: char| c.is_ascii_alphanumeric())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.'))
}

/// The same, its value: visible ASCII without `=` and `;`.
pub(super) fn is_extension_value(value: &str) -> bool {
    value.bytes().all(|b| b.is_ascii_graphic() && b != b'=' && b != b';')
}
