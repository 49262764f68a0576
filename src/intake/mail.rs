//! A mail walked: each of its leaf parts is tried, whatever it is declared to
//! be, and the mail is judged as a whole. Texts, signatures and pictures
//! beside a report are no outcomes of their own; a mail in which nothing was a
//! report has exactly one.

use std::borrow::Cow;

use super::base64::Base64Reader;
use super::feedback;
use super::header::Header;
use super::input::{Input, Slice, Window};
use super::mime::{self, Encoding, Part};
use super::walk::{Letter, Walk};
use super::{Step, Visitor};
use super::{lines, sniff};
use crate::base::{Feedback, Findings, Format, Kind, MailHeader, Outcome};

/// Octets a line may have (RFC 5322 §2.1.1).
const LINE: usize = 998;

/// Octets a line should have.
const RECOMMENDED: usize = 78;

/// A mail taken apart, from whatever kept it.
pub(super) struct Mail<'a> {
    /// [`Format::Mail`] or [`Format::Msg`].
    pub(super) format: Format,
    pub(super) parts: Vec<Part<'a>>,
    /// What the mail is declared to be, for the finding where it is no report.
    pub(super) media: String,
    /// The whole mail, where it may be a bare `message/feedback-report`.
    pub(super) bare: Option<&'a [u8]>,
}

impl Walk<'_> {
    /// Walks a mail. `own` is what was found on it outside.
    pub(super) fn mail(&mut self, mut bytes: Cow<'_, [u8]>, mut own: Findings) {
        lines::normalise(&mut bytes);
        let header = Header::of_mail(&bytes);
        let most = self.meter.limits().parts_per_mail;
        let parts = mime::parts(&bytes, &header, most, self.cx.decode);
        if parts.cut {
            self.add(&mut own, Kind::MemberLimit, most);
        }
        if parts.deep {
            self.add(&mut own, Kind::DepthLimit, mime::DEPTH);
        }
        if let Some(fault) = &parts.fault {
            self.add(&mut own, Kind::MimeMalformed, fault);
        }
        let mail = Mail {
            format: Format::Mail,
            parts: parts.leaves,
            media: parts.media,
            bare: header.get("feedback-type").map(|_| &bytes[..]),
        };
        self.letter(header.mail(self.cx.decode), &mail, own);
    }

    /// Walks the parts of a mail and tells what became of it.
    pub(super) fn letter(&mut self, header: MailHeader, mail: &Mail<'_>, own: Findings) {
        self.mails.push(header);
        if self.target_step().is_some() {
            self.parts_of(mail);
        } else {
            self.judge(mail, own);
        }
        self.mails.pop();
    }

    fn judge(&mut self, mail: &Mail<'_>, mut own: Findings) {
        let format = mail.format;
        let is_report = feedback::has_report(mail);
        if is_report {
            for part in &mail.parts {
                self.add_line_findings(part, &mut own);
            }
            let outcome = self.feedback(mail, &mut own);
            if outcome != Outcome::NotAReport {
                return self.tell(format, outcome, own);
            }
        }
        let outer = self.letter.replace(Letter::default());
        self.parts_of(mail);
        let letter = std::mem::replace(&mut self.letter, outer).unwrap_or_default();
        if letter.found {
            if let Some(outer) = &mut self.letter {
                outer.found = true;
            }
            return self.tell_container(format, own);
        }
        let outcome = if is_report { Outcome::NotAReport } else { self.feedback(mail, &mut own) };
        let outcome = match outcome {
            Outcome::NotAReport if letter.placeholder => {
                self.add(&mut own, Kind::EmptyPlaceholder, "unused");
                Outcome::Empty
            }
            Outcome::NotAReport if letter.empty => {
                self.add(&mut own, Kind::EmptyPart, "");
                Outcome::Empty
            }
            Outcome::NotAReport => {
                let detail = match mail.media.as_str() {
                    "" => "mail".to_owned(),
                    media => format!("mail, {media}"),
                };
                self.add(&mut own, Kind::NoReport, detail);
                Outcome::NotAReport
            }
            other => other,
        };
        self.tell(format, outcome, own);
    }

    fn feedback(&mut self, mail: &Mail<'_>, findings: &mut Findings) -> Outcome {
        feedback::with(mail, self.cx.decode, |feedback: &Feedback<'_>| {
            self.visit_mail(mail.format, |visitor: &mut dyn Visitor, leaf| {
                visitor.feedback(leaf, feedback, findings)
            })
        })
    }

    fn parts_of(&mut self, mail: &Mail<'_>) {
        for (index, part) in mail.parts.iter().enumerate() {
            let index = index as u32; // invariant: no more than `parts_per_mail`
            if self.is_full(index, u32::MAX, &mut Findings::default()) {
                break;
            }
            if self.wants(index) {
                let name = part.name.as_deref().map(Box::from);
                let step = Step { format: mail.format, index, range: None, name };
                self.enter(step, |walk| walk.part(part));
            }
        }
    }

    /// Undoes a part's transfer encoding and walks what it holds.
    fn part(&mut self, part: &Part<'_>) {
        let mut findings = Findings::default();
        if let Some(fault) = &part.fault {
            self.add(&mut findings, Kind::MimeMalformed, fault);
        }
        let encoding = part.real_encoding();
        if encoding != part.encoding {
            self.add(&mut findings, Kind::MimeMalformed, "not encoded as declared");
        }
        match encoding {
            Encoding::Base64 => {
                self.add_line_findings(part, &mut findings);
                let mut text = Slice(&part.body);
                let mut decoded = Base64Reader::new(&mut text, Some(self.meter));
                let mut window = Window::for_bytes(&mut decoded, part.body.len() as u64);
                self.content(part, &mut window, findings);
            }
            Encoding::Identity | Encoding::QuotedPrintable => {
                self.content(part, &mut Slice(&part.decoded()), findings);
            }
        }
    }

    /// Walks what a part holds, and compares it with what it is declared to be.
    fn content(&mut self, part: &Part<'_>, input: &mut dyn Input, mut findings: Findings) {
        let mut format = sniff::sniff_part(input.peek(sniff::WINDOW));
        if format == Format::Text && part.media.starts_with("message/") {
            format = Format::Mail;
        }
        if let Some(declared) = declared_format(&part.media)
            && declared != format
            && matches!(format, Format::Gzip | Format::Zip | Format::Xml | Format::Json)
        {
            let detail = format!("{}, {}", part.media, sniff::describe(&[], format));
            self.add(&mut findings, Kind::TypeMismatch, detail);
        }
        if format == Format::Zip {
            let name = part.name.as_deref().unwrap_or_default();
            self.add(&mut findings, Kind::ZipInsteadOfGzip, name);
        }
        self.stream(input, Some(format), findings);
    }

    /// One finding on the lines of a base64 part, for the longest of them.
    fn add_line_findings(&mut self, part: &Part<'_>, findings: &mut Findings) {
        if part.encoding != Encoding::Base64 {
            return;
        }
        let octets = lines::longest(&part.body);
        if octets > LINE {
            self.add(findings, Kind::LineTooLong, octets);
        } else if octets > RECOMMENDED {
            self.add(findings, Kind::LineOverRecommended, octets);
        }
    }
}

/// What a media type says of the content, where it says anything precise.
fn declared_format(media: &str) -> Option<Format> {
    let subtype = media.split_once('/')?.1;
    if subtype.contains("gzip") {
        Some(Format::Gzip)
    } else if matches!(subtype, "zip" | "x-zip" | "x-zip-compressed") {
        Some(Format::Zip)
    } else if subtype == "xml" || subtype.ends_with("+xml") {
        Some(Format::Xml)
    } else if subtype == "json" || subtype.ends_with("+json") {
        Some(Format::Json)
    } else {
        None
    }
}
