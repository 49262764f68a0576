//! The walk through one file: what a run of bytes is decides what reads it,
//! and what is found inside is walked in turn.

use super::inflate::Wrapper;
use super::input::{self, Input, Window};
use super::meter::{self, Meter};
use super::sniff;
use super::{Leaf, Source, Step, Visitor};
use crate::base::{
    Context, Findings, Format, Kind, MailHeader, Outcome, Piece, Severity, Whereabouts,
};
use std::io::{Seek, SeekFrom};

/// Why a file is walked.
pub(super) enum Purpose<'a> {
    /// To see all there is.
    Visit(&'a mut dyn Visitor),
    /// To reach one part and hand over its bytes.
    Reopen(Target<'a>),
}

/// The part to reach.
pub(super) struct Target<'a> {
    pub(super) steps: &'a [Step],
    pub(super) take: &'a mut dyn FnMut(&mut dyn std::io::BufRead),
    pub(super) reached: bool,
}

/// What is known so far of the mail whose parts are being walked.
#[derive(Default)]
pub(super) struct Letter {
    /// A report, or something meant as one, came out of it.
    pub(super) found: bool,
    /// An attachment holds a placeholder.
    pub(super) placeholder: bool,
    /// An attachment is empty.
    pub(super) empty: bool,
}

pub(super) struct Walk<'a> {
    pub(super) cx: &'a Context<'a>,
    pub(super) meter: &'a Meter<'a>,
    pub(super) purpose: Purpose<'a>,
    /// The file's name.
    root: &'a str,
    steps: Vec<Step>,
    /// The mails that the part in hand stands in, outermost first.
    pub(super) mails: Vec<MailHeader>,
    /// The innermost mail, while its parts are walked: what is no report is
    /// held back until it is known whether another part is one.
    pub(super) letter: Option<Letter>,
    /// Parts walked so far, in all containers of the file.
    pub(super) parts: u32,
    /// What is walked of the container in hand, if not all of it.
    pub(super) piece: Option<Piece>,
}

impl<'a> Walk<'a> {
    pub(super) fn new(
        root: &'a str,
        cx: &'a Context<'a>,
        meter: &'a Meter<'a>,
        purpose: Purpose<'a>,
    ) -> Self {
        Self {
            cx,
            meter,
            purpose,
            root,
            steps: Vec::new(),
            mails: Vec::new(),
            letter: None,
            parts: 0,
            piece: None,
        }
    }

    /// Walks the file itself. A zip is read where it lies, by its directory.
    pub(super) fn file(&mut self, source: &mut dyn Source, size: u64) {
        let mut file = input::File::new(source, size, self.meter);
        let mut window = Window::for_bytes(&mut file, size);
        match self.format(&mut window, None) {
            Some(Format::Zip) => self.zip(&mut file, Findings::default()),
            Some(Format::Binary) => self.binary(&mut file),
            Some(format) => self.open(&mut window, format, Findings::default()),
            None => {}
        }
        self.meter.finish();
    }

    /// Walks some members of the file, which is a mailbox or an archive.
    pub(super) fn piece(&mut self, source: &mut dyn Source, size: u64, piece: Piece) {
        self.piece = Some(piece);
        let mut file = input::File::new(source, size, self.meter);
        if piece.is_archive {
            self.zip(&mut file, Findings::default());
        } else {
            let _ = file.seek(SeekFrom::Start(piece.range.0));
            self.mbox(&mut Window::new(&mut file), Findings::default());
        }
        self.meter.finish();
    }

    /// A file of no format known here may have a zip behind it.
    fn binary(&mut self, file: &mut input::File<'_>) {
        if self.is_behind_a_program(file) {
            return self.zip(file, Findings::default());
        }
        let _ = file.rewind();
        self.no_report(&mut Window::new(file), Format::Binary, Findings::default());
    }

    /// Walks a run of bytes: the member of a container, or what a decoder
    /// makes. `pending` is what was found on it outside. A format that is
    /// `known` is not looked for.
    pub(super) fn stream(
        &mut self,
        input: &mut dyn Input,
        known: Option<Format>,
        pending: Findings,
    ) {
        if let Some(format) = self.format(input, known) {
            self.open(input, format, pending);
        }
    }

    /// What to take the bytes for. `None` where they were the target.
    pub(super) fn format(
        &mut self,
        input: &mut dyn Input,
        known: Option<Format>,
    ) -> Option<Format> {
        let depth = self.steps.len();
        match &mut self.purpose {
            Purpose::Reopen(target) => match target.steps.get(depth) {
                Some(step) => Some(step.format),
                None => {
                    target.reached = true;
                    (target.take)(input);
                    None
                }
            },
            Purpose::Visit(_) => {
                Some(known.unwrap_or_else(|| sniff::sniff(input.peek(sniff::WINDOW))))
            }
        }
    }

    fn open(&mut self, input: &mut dyn Input, format: Format, pending: Findings) {
        let is_leaf = matches!(
            format,
            Format::Xml | Format::Json | Format::Text | Format::Binary | Format::Empty
        );
        let depth = self.meter.limits().depth;
        if !is_leaf && self.steps.len() >= depth as usize {
            return self.refuse(format, Kind::DepthLimit, depth, pending);
        }
        // The texts and pictures beside a report are not what is bounded here.
        self.parts += u32::from(!is_leaf || matches!(format, Format::Xml | Format::Json));
        match format {
            Format::Gzip => self.inflate(input, format, Wrapper::Gzip, pending),
            Format::Zlib => self.inflate(input, format, Wrapper::Zlib, pending),
            Format::Deflate => self.inflate(input, format, Wrapper::None, pending),
            Format::Base64 => self.base64(input, pending),
            Format::Mbox => self.mbox(input, pending),
            Format::Tar => self.tar(input, pending),
            Format::Zip => self.held(input, pending, |walk, bytes, pending| {
                walk.zip(&mut std::io::Cursor::new(bytes), pending);
            }),
            Format::Msg => {
                self.held(input, pending, |walk, bytes, pending| walk.msg(bytes, pending))
            }
            Format::Mail => {
                self.held(input, pending, |walk, bytes, pending| walk.mail(bytes.into(), pending));
            }
            Format::Xml | Format::Json => self.leaf(input, format, pending),
            Format::Text | Format::Binary | Format::Empty => self.no_report(input, format, pending),
        }
    }

    /// Holds a run of bytes whole, up to the limit, while `walk` works on it.
    fn held(
        &mut self,
        input: &mut dyn Input,
        mut pending: Findings,
        walk: impl FnOnce(&mut Self, Vec<u8>, Findings),
    ) {
        let most = self.meter.holdable();
        let bytes = input::take(input, most);
        if !input.peek(1).is_empty() {
            self.meter.fault(Kind::BufferLimit, Whereabouts::Offset(most), most);
        }
        self.meter.settle(&mut pending);
        let length = bytes.len();
        self.meter.hold(length);
        walk(self, bytes, pending);
        self.meter.release(length);
    }

    /// Hands a leaf to the visitor.
    fn leaf(&mut self, input: &mut dyn Input, format: Format, mut findings: Findings) {
        let leaf = Leaf {
            steps: &self.steps,
            format,
            name: name(self.root, &self.steps),
            mail: self.mails.last(),
        };
        let Purpose::Visit(visitor) = &mut self.purpose else { return };
        let outcome = visitor.leaf(&leaf, input, &mut findings);
        if outcome == Outcome::NotAReport {
            self.pursue(input);
        } else {
            input::drain(input);
        }
        self.meter.settle(&mut findings);
        if meter::judge(outcome, &findings) == Outcome::NotAReport {
            self.add(&mut findings, Kind::NoReport, sniff::describe(&[], format));
        }
        self.tell(format, outcome, findings);
    }

    /// Tells of a leaf that is neither XML nor JSON.
    fn no_report(&mut self, input: &mut dyn Input, format: Format, mut findings: Findings) {
        const PLACEHOLDER: &[u8] = b"unused";
        let window = input.peek(sniff::WINDOW);
        let text = window.trim_ascii();
        let whole = window.len() < sniff::WINDOW;
        let (outcome, kind, detail) = if whole && text.is_empty() {
            (Outcome::Empty, Kind::EmptyPart, "")
        } else if whole && text.eq_ignore_ascii_case(PLACEHOLDER) {
            (Outcome::Empty, Kind::EmptyPlaceholder, "unused")
        } else {
            (Outcome::NotAReport, Kind::NoReport, sniff::describe(window, format))
        };
        let detail = detail.to_owned();
        self.pursue(input);
        self.meter.settle(&mut findings);
        if meter::judge(outcome, &findings) == outcome {
            self.add(&mut findings, kind, detail);
        }
        self.tell(format, outcome, findings);
    }

    /// Reads on in what is no report as long as it looks like a bomb, so that
    /// it is called one past the floor. Anything else is left where it stands.
    fn pursue(&mut self, input: &mut dyn Input) {
        while input.is_expanded() {
            let n = input.fill_buf().map_or(0, <[u8]>::len);
            if n == 0 {
                break;
            }
            input.consume(n);
        }
    }

    /// A container that is not opened, for a limit.
    pub(super) fn refuse(
        &mut self,
        format: Format,
        kind: Kind,
        detail: impl ToString,
        mut findings: Findings,
    ) {
        self.add(&mut findings, kind, detail);
        self.tell(format, Outcome::OverLimit, findings);
    }

    /// Tells what became of a part. Inside a mail, what is no report is held back.
    pub(super) fn tell(&mut self, format: Format, outcome: Outcome, mut findings: Findings) {
        self.meter.settle(&mut findings);
        let outcome = meter::judge(outcome, &findings);
        if let Some(letter) = &mut self.letter {
            if matches!(outcome, Outcome::NotAReport | Outcome::Empty) {
                let named = self.steps.last().is_some_and(|step| step.name.is_some());
                letter.placeholder |= findings.has(Kind::EmptyPlaceholder);
                letter.empty |= outcome == Outcome::Empty && named;
                return;
            }
            letter.found = true;
        }
        self.tell_part(format, Some(outcome), findings);
    }

    /// Tells what was found on a container, if anything was. In a mail where
    /// nothing was a report so far, only a loss is worth it.
    pub(super) fn tell_container(&mut self, format: Format, mut findings: Findings) {
        self.meter.settle(&mut findings);
        let Some(worst) = findings.worst() else { return };
        if let Some(letter) = &mut self.letter {
            letter.found |= worst >= Severity::Lost;
            if !letter.found {
                return;
            }
        }
        self.tell_part(format, None, findings);
    }

    fn tell_part(&mut self, format: Format, outcome: Option<Outcome>, findings: Findings) {
        let leaf = Leaf {
            steps: &self.steps,
            format,
            name: name(self.root, &self.steps),
            mail: self.mails.last(),
        };
        if let Purpose::Visit(visitor) = &mut self.purpose {
            visitor.part(&leaf, outcome, findings);
        }
    }

    /// The part in hand as a mail, for [`Visitor::feedback`].
    pub(super) fn visit_mail(
        &mut self,
        format: Format,
        visit: impl FnOnce(&mut dyn Visitor, &Leaf<'_>) -> Outcome,
    ) -> Outcome {
        let leaf = Leaf {
            steps: &self.steps,
            format,
            name: name(self.root, &self.steps),
            mail: self.mails.last(),
        };
        match &mut self.purpose {
            Purpose::Visit(visitor) => visit(*visitor, &leaf),
            Purpose::Reopen(_) => Outcome::NotAReport,
        }
    }

    /// Walks a member: `walk` with the step to it taken.
    pub(super) fn enter(&mut self, step: Step, walk: impl FnOnce(&mut Self)) {
        self.steps.push(step);
        walk(self);
        self.steps.pop();
    }

    /// A member of a container begins: of the outermost one, ratios are judged
    /// one by one. So many bytes of it were read before.
    pub(super) fn begin_member(&mut self, read_before: u64) {
        if self.steps.is_empty() {
            self.meter.begin_unit(read_before);
        }
    }

    /// Whether a container's walk ends before its member number `index`: at a
    /// limit (a finding on the container), or because the target was reached.
    pub(super) fn is_full(&mut self, index: u32, most: u32, own: &mut Findings) -> bool {
        let limits = self.meter.limits();
        if let Purpose::Reopen(target) = &self.purpose {
            return target.reached;
        }
        if index >= most || self.parts > limits.parts_per_file {
            self.add(own, Kind::MemberLimit, most.min(limits.parts_per_file));
            true
        } else if self.meter.allowance() == 0 {
            self.add(own, Kind::OutputLimit, limits.output_bytes_per_file);
            true
        } else {
            false
        }
    }

    /// The step to take from here to the target, if there is one.
    pub(super) fn target_step(&self) -> Option<&'a Step> {
        match &self.purpose {
            Purpose::Reopen(target) => target.steps.get(self.steps.len()),
            Purpose::Visit(_) => None,
        }
    }

    /// Whether the member number `index` of the container in hand is to be walked.
    pub(super) fn wants(&self, index: u32) -> bool {
        match &self.purpose {
            Purpose::Visit(_) => true,
            Purpose::Reopen(_) => self.target_step().is_some_and(|step| step.index == index),
        }
    }

    /// Adds a finding on a part as a whole.
    pub(super) fn add(&self, findings: &mut Findings, kind: Kind, detail: impl ToString) {
        let keep = self.meter.limits().sightings_per_kind;
        findings.add(kind, Whereabouts::Whole, &detail.to_string(), keep);
    }
}

/// The innermost name. A name in the form of RFC 9990 §3.5.2 says more than
/// one further in that is not (`tmp1234`).
fn name<'n>(root: &'n str, steps: &'n [Step]) -> Option<&'n str> {
    let names = || steps.iter().rev().filter_map(|step| step.name.as_deref()).chain([root]);
    names().find(|name| name.contains('!')).or_else(|| names().find(|name| !name.is_empty()))
}
