//! Outlook's `.msg` ([MS-OXMSG]): a compound file whose streams are the
//! properties of a message. Its attachments, and those of messages embedded in
//! it, become the parts of one mail; body and transport header give the rest.

use std::borrow::Cow;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use cfb::CompoundFile;

use super::header::Header;
use super::mail::Mail;
use super::mime::Part;
use super::walk::Walk;
use crate::base::field::message_id;
use crate::base::{Decode, Findings, Format, Kind, MailHeader, Outcome};

type Compound = CompoundFile<Cursor<Vec<u8>>>;

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

/// Messages embedded in messages.
const DEPTH: u32 = 8;

impl Walk<'_> {
    pub(super) fn msg(&mut self, bytes: Vec<u8>, mut own: Findings) {
        let mut compound = match CompoundFile::open(Cursor::new(bytes)) {
            Ok(compound) => compound,
            Err(error) => {
                self.add(&mut own, Kind::StreamDamaged, error);
                return self.tell(Format::Msg, Outcome::Damaged, own);
            }
        };
        let root = Path::new("/");
        if !compound.exists("/__properties_version1.0") {
            // Another kind of compound file: a document, an installer.
            self.add(&mut own, Kind::NoReport, "binary");
            return self.tell(Format::Binary, Outcome::NotAReport, own);
        }
        let header = mail_header(&mut compound, root, self.cx.decode);
        let mut collector = Collector {
            parts: Vec::new(),
            most: self.meter.limits().parts_per_mail as usize,
            holdable: self.meter.holdable(),
            cut: false,
        };
        collector.message(&mut compound, root, DEPTH);
        if collector.cut {
            self.add(&mut own, Kind::MemberLimit, self.meter.limits().parts_per_mail);
        }
        let mail =
            Mail { format: Format::Msg, parts: collector.parts, media: String::new(), bare: None };
        self.letter(header, &mail, own);
    }
}

/// The transport header, or what the message's own properties say.
fn mail_header(compound: &mut Compound, message: &Path, decode: Decode) -> MailHeader {
    let transport = text(compound, message, TRANSPORT_HEADER).unwrap_or_default();
    let mut header = Header::of_mail(transport.as_bytes()).mail(decode);
    let mut property = |tag| text(compound, message, tag).filter(|text| !text.is_empty());
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
    fn message(&mut self, compound: &mut Compound, message: &Path, depth: u32) {
        for (tag, media) in [(BODY, "text/plain"), (BODY_HTML, "text/html")] {
            let body = text(compound, message, tag).map(String::into_bytes);
            if let Some(body) = body.or_else(|| self.stream(compound, &binary(message, tag))) {
                self.add(Part {
                    media: media.to_owned(),
                    body: Cow::Owned(body),
                    ..Part::default()
                });
            }
        }
        let storages: Vec<PathBuf> = compound
            .read_storage(message)
            .into_iter()
            .flatten()
            .filter(|entry| entry.is_storage() && entry.name().starts_with("__attach"))
            .map(|entry| entry.path().to_path_buf())
            .collect();
        for storage in storages {
            if self.cut {
                return;
            }
            let embedded = storage.join(format!("__substg1.0_{ATTACHMENT}000D"));
            if compound.is_storage(&embedded) {
                if depth > 0 {
                    self.message(compound, &embedded, depth - 1);
                }
            } else if let Some(body) = self.stream(compound, &binary(&storage, ATTACHMENT)) {
                let name = text(compound, &storage, LONG_NAME)
                    .or_else(|| text(compound, &storage, SHORT_NAME))
                    .filter(|name| !name.is_empty());
                let media = text(compound, &storage, MEDIA_TYPE).unwrap_or_default();
                self.add(Part {
                    media: media.to_ascii_lowercase(),
                    name,
                    body: Cow::Owned(body),
                    ..Part::default()
                });
            }
        }
    }

    fn add(&mut self, part: Part<'static>) {
        if self.parts.len() == self.most {
            self.cut = true;
        } else {
            self.parts.push(part);
        }
    }

    fn stream(&mut self, compound: &mut Compound, path: &Path) -> Option<Vec<u8>> {
        let bytes = read_stream(compound, path, self.holdable)?;
        self.holdable -= bytes.len() as u64;
        Some(bytes)
    }
}

/// The stream of a binary property.
fn binary(storage: &Path, tag: &str) -> PathBuf {
    storage.join(format!("__substg1.0_{tag}0102"))
}

/// A text property: UTF-16LE, or 8-bit in a code page that is not stated there.
fn text(compound: &mut Compound, storage: &Path, tag: &str) -> Option<String> {
    const TEXT_BYTES: u64 = 4 << 20;
    let wide = storage.join(format!("__substg1.0_{tag}001F"));
    if let Some(bytes) = read_stream(compound, &wide, TEXT_BYTES) {
        let units = bytes.chunks_exact(2).map(|unit| u16::from_le_bytes([unit[0], unit[1]]));
        return Some(char::decode_utf16(units).map(|c| c.unwrap_or('\u{fffd}')).collect());
    }
    let narrow = storage.join(format!("__substg1.0_{tag}001E"));
    let bytes = read_stream(compound, &narrow, TEXT_BYTES)?;
    Some(String::from_utf8_lossy(&bytes).trim_end_matches('\0').to_owned())
}

/// At most `most` bytes of a stream; `None` where there is none.
fn read_stream(compound: &mut Compound, path: &Path, most: u64) -> Option<Vec<u8>> {
    let stream = compound.open_stream(path).ok()?;
    let mut bytes = Vec::new();
    // A broken chain of sectors ends the stream: what came before is kept.
    let _ = stream.take(most).read_to_end(&mut bytes);
    Some(bytes)
}
