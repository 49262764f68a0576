//! Outlook's `.msg` ([MS-OXMSG]): a compound file whose streams are the
//! properties of a message. Its attachments, and those of messages embedded in
//! it, become the parts of one mail; body and transport header give the rest.

use std::borrow::Cow;

use super::compound::{Compound, ROOT};
use super::header::Header;
use super::mail::Mail;
use super::mime::Part;
use super::walk::Walk;
use crate::base::field::message_id;
use crate::base::{Context, Decode, Findings, Format, Kind, Limits, MailHeader, Outcome};

/// Property tags ([MS-OXPROPS]), without their types.
const SUBJECT: &str = "0037";
const TRANSPORT_HEADER: &str = "007D";
const SENDER_ADDRESS: &str = "0C1F";
const SENDER_SMTP_ADDRESS: &str = "5D01";
const BODY: &str = "1000";
const BODY_HTML: &str = "1013";
const MESSAGE_ID: &str = "1035";
const ATTACHMENT: &str = "3701";
const SHORT_NAME: &str = "3704";
const LONG_NAME: &str = "3707";
const MEDIA_TYPE: &str = "370E";

/// Types of properties.
const NARROW_TEXT: &str = "001E";
const WIDE_TEXT: &str = "001F";
const BINARY: &str = "0102";
const EMBEDDED: &str = "000D";

/// Messages embedded in messages.
const DEPTH: u32 = 8;

impl Walk<'_> {
    pub(super) fn msg(&mut self, bytes: Vec<u8>, mut own: Findings) {
        let Some(compound) = Compound::of(bytes) else {
            self.add(&mut own, Kind::StreamDamaged, "directory");
            return self.tell(Format::Msg, Outcome::Damaged, own);
        };
        let Some(message) = Message::of(&compound, self.meter.holdable(), self.cx) else {
            self.add(&mut own, Kind::NoReport, "binary");
            return self.tell(Format::Binary, Outcome::NotAReport, own);
        };
        if message.cut {
            self.add(&mut own, Kind::MemberLimit, self.meter.limits().parts_per_mail);
        }
        self.letter(message.header, &message.mail, own);
    }
}

/// A message taken apart.
pub(super) struct Message {
    pub(super) header: MailHeader,
    pub(super) mail: Mail<'static>,
    /// There are more parts than the limit allows.
    cut: bool,
}

impl Message {
    pub(super) fn of(compound: &Compound, holdable: u64, cx: &Context<'_>) -> Option<Self> {
        let Collector { parts, cut, .. } = Collector::of(compound, holdable, cx.limits)?;
        let mail = Mail { format: Format::Msg, parts, media: String::new(), bare: None };
        Some(Self { header: mail_header(compound, cx.decode), mail, cut })
    }
}

/// A message as text, for people: its header as it came, then its parts under their names. Of
/// those that are no text only the size is told.
pub fn readable(bytes: Vec<u8>, limits: &Limits) -> Option<String> {
    let compound = Compound::of(bytes)?;
    let message = Collector::of(&compound, limits.buffered_bytes, limits)?;
    let mut all = text(&compound, ROOT, TRANSPORT_HEADER).unwrap_or_default();
    for part in message.parts {
        let name = part.name.as_deref().unwrap_or(&part.media);
        all.extend(["\n── ", name, " ──\n\n"]);
        let content = std::str::from_utf8(&part.body).ok().filter(|text| !text.contains('\0'));
        match content {
            Some(text) => all.push_str(text),
            None => all.push_str(&format!("({} bytes)", part.body.len())),
        }
        all.push('\n');
    }
    Some(all)
}

/// The transport header, or what the message's own properties say.
fn mail_header(compound: &Compound, decode: Decode) -> MailHeader {
    let transport = text(compound, ROOT, TRANSPORT_HEADER).unwrap_or_default();
    let mut header = Header::of_mail(transport.as_bytes()).mail(decode);
    let property = |tag| text(compound, ROOT, tag).filter(|text| !text.is_empty());
    header.subject = header.subject.or_else(|| property(SUBJECT));
    header.from =
        header.from.or_else(|| property(SENDER_SMTP_ADDRESS)).or_else(|| property(SENDER_ADDRESS));
    header.message_id = header
        .message_id
        .or_else(|| property(MESSAGE_ID).and_then(|id| message_id(&id).map(str::to_owned)));
    header
}

struct Collector {
    parts: Vec<Part<'static>>,
    most: usize,
    /// Bytes that may be held besides the file: streams may share their sectors.
    holdable: u64,
    cut: bool,
}

impl Collector {
    /// All that is in a message; `None` where it is another kind of compound file: a document,
    /// an installer.
    fn of(compound: &Compound, holdable: u64, limits: &Limits) -> Option<Self> {
        compound.child(ROOT, "__properties_version1.0")?;
        let most = limits.parts_per_mail as usize;
        let mut all = Self { parts: Vec::new(), most, holdable, cut: false };
        all.message(compound, ROOT, DEPTH);
        Some(all)
    }

    fn message(&mut self, compound: &Compound, message: usize, depth: u32) {
        for (tag, media) in [(BODY, "text/plain"), (BODY_HTML, "text/html")] {
            let body = text(compound, message, tag).map(String::into_bytes);
            if let Some(body) = body.or_else(|| self.binary(compound, message, tag)) {
                self.add(Part {
                    media: media.to_owned(),
                    body: Cow::Owned(body),
                    ..Part::default()
                });
            }
        }
        let is_attachment = |entry: &usize| {
            compound.is_storage(*entry) && compound.name(*entry).starts_with("__attach")
        };
        for storage in compound.children(message).iter().copied().filter(is_attachment) {
            if self.cut {
                return;
            }
            let embedded = compound.child(storage, &stream_name(ATTACHMENT, EMBEDDED));
            if let Some(embedded) = embedded.filter(|entry| compound.is_storage(*entry)) {
                if depth > 0 {
                    self.whole(compound, embedded);
                    self.message(compound, embedded, depth - 1);
                }
            } else if let Some(body) = self.binary(compound, storage, ATTACHMENT) {
                let name = text(compound, storage, LONG_NAME)
                    .or_else(|| text(compound, storage, SHORT_NAME))
                    .filter(|name| !name.is_empty());
                let media = text(compound, storage, MEDIA_TYPE).unwrap_or_default();
                self.add(Part {
                    media: media.to_ascii_lowercase(),
                    name,
                    body: Cow::Owned(body),
                    ..Part::default()
                });
            }
        }
    }

    /// An embedded message in one piece, as far as it is text: what a failure report is about.
    fn whole(&mut self, compound: &Compound, message: usize) {
        let Some(mut whole) = text(compound, message, TRANSPORT_HEADER) else { return };
        whole.truncate(whole.trim_ascii_end().len());
        whole.push_str("\n\n");
        whole.push_str(&text(compound, message, BODY).unwrap_or_default());
        self.add(Part {
            media: "message/rfc822".to_owned(),
            body: Cow::Owned(whole.into_bytes()),
            ..Part::default()
        });
    }

    fn add(&mut self, part: Part<'static>) {
        if self.parts.len() == self.most {
            self.cut = true;
        } else {
            self.parts.push(part);
        }
    }

    /// A binary property.
    fn binary(&mut self, compound: &Compound, storage: usize, tag: &str) -> Option<Vec<u8>> {
        let stream = compound.child(storage, &stream_name(tag, BINARY))?;
        let bytes = compound.stream(stream, self.holdable)?;
        self.holdable -= bytes.len() as u64;
        Some(bytes)
    }
}

/// The stream or storage of a property.
fn stream_name(tag: &str, kind: &str) -> String {
    format!("__substg1.0_{tag}{kind}")
}

/// A text property: UTF-16LE, or 8-bit in a code page that is not stated there.
fn text(compound: &Compound, storage: usize, tag: &str) -> Option<String> {
    const TEXT_BYTES: u64 = 4 << 20;
    let stream = |kind| {
        let stream = compound.child(storage, &stream_name(tag, kind))?;
        compound.stream(stream, TEXT_BYTES)
    };
    if let Some(bytes) = stream(WIDE_TEXT) {
        let units = bytes.chunks_exact(2).map(|unit| u16::from_le_bytes([unit[0], unit[1]]));
        return Some(char::decode_utf16(units).map(|c| c.unwrap_or('\u{fffd}')).collect());
    }
    let bytes = stream(NARROW_TEXT)?;
    Some(String::from_utf8_lossy(&bytes).trim_end_matches('\0').to_owned())
}
