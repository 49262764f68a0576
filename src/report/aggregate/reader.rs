//! From the events of a document to records and headers.

use super::closing::Ending;
use super::header::HeaderDraft;
use super::out::Out;
use super::record::RecordDraft;
use super::schema::Element;
use super::stack::Stack;
use crate::base::{Kind, Limits, Outcome, Whereabouts};
use crate::report::xml::{Event, local_name};
use crate::report::{AggregateRecord, Hints, Sink};
use vitrail_kernels::express;

/// Text of one open element that is held, in units of the longest text. No element's
/// takes room from another's: open ones are bounded by `Limits::xml_depth`.
const HELD_TEXTS: usize = 4;

/// What is known of the report at hand besides its values.
#[derive(Debug, Default)]
pub(super) struct Progress {
    /// A root was seen.
    pub has_root: bool,
    /// And it is called `feedback`.
    pub is_feedback: bool,
    /// Something was seen that only a report has.
    pub is_report: bool,
    pub records: u64,
    /// Records without any content, and where the first one stands.
    pub empty_records: u64,
    pub first_empty: Option<Whereabouts>,
    /// Records beyond the limit were left out.
    pub is_full: bool,
}

pub(super) struct Reader<'s> {
    pub(super) out: Out<'s>,
    pub(super) hints: &'s Hints<'s>,
    pub(super) limits: &'s Limits,
    pub(super) stack: Stack,
    /// The texts of the open elements, one after the other.
    pub(super) text: String,
    /// Some of the innermost one's was left out.
    pub(super) text_is_full: bool,
    /// Start tags beyond the greatest depth that were not closed.
    pub(super) too_deep: u64,
    pub(super) nesting_told: bool,
    /// The text outside of reports that is being passed over was told.
    pub(super) outside_told: bool,
    pub(super) header: HeaderDraft,
    pub(super) record: RecordDraft,
    pub(super) progress: Progress,
    /// The prefix of the root element.
    pub(super) prefix: String,
    /// The first element of the document.
    pub(super) first_name: Option<String>,
    pub(super) outcome: Option<Outcome>,
}

impl<'s> Reader<'s> {
    pub fn new(hints: &'s Hints<'s>, limits: &'s Limits, sink: &'s mut dyn Sink) -> Self {
        Self {
            out: Out::new(sink),
            hints,
            limits,
            stack: Stack::default(),
            text: String::new(),
            text_is_full: false,
            too_deep: 0,
            nesting_told: false,
            outside_told: false,
            header: HeaderDraft::default(),
            record: RecordDraft::default(),
            progress: Progress::default(),
            prefix: String::new(),
            first_name: None,
            outcome: None,
        }
    }

    /// Takes an event; `false` after the last one.
    pub fn event(&mut self, event: Event<'_>) -> bool {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(name) => self.end(local_name(name)),
            Event::Text(text) => self.text(text),
            Event::Fault { kind: Kind::XmlBareCharacter, .. } if self.is_in_report() => {
                let path = self.stack.path();
                let of_root = path.is_empty();
                let path = if of_root { Element::Feedback.name().to_owned() } else { path };
                self.out.note(Kind::XmlBareCharacter, path);
            }
            Event::Fault { kind, detail } => self.out.note(kind, detail.into_owned()),
            Event::Eof => {
                self.close_all();
                return false;
            }
        }
        true
    }

    /// Whether something was found in the last event whose place is wanted.
    pub fn wants_place(&self) -> bool {
        self.out.has_pending()
            || (self.progress.empty_records > 0 && self.progress.first_empty.is_none())
    }

    /// The place of the last event.
    pub fn place(&mut self, at: Whereabouts) {
        self.out.flush(at);
        if self.progress.empty_records > 0 {
            self.progress.first_empty.get_or_insert(at);
        }
    }

    /// Nothing was seen yet that only a report has.
    pub fn is_undecided(&self) -> bool {
        !self.out.is_released()
    }

    /// The end of the document.
    pub fn finish(mut self) -> Outcome {
        self.finish_report();
        self.outcome.unwrap_or_else(|| {
            let root = self.first_name.unwrap_or_default();
            self.out.note_at(Kind::NoReport, Whereabouts::Whole, &root);
            Outcome::NotAReport
        })
    }

    // ── Records read at a glance ──

    /// Whether a record that begins and ends here would be the report's next one, whatever is in it.
    pub fn awaits_record(&self) -> bool {
        self.stack.len() == 1
            && self.stack.known() == Some(Element::Feedback)
            && self.too_deep == 0
            && self.progress.is_feedback
            && self.progress.is_report
            && self.progress.records < self.limits.records_per_report
            && self.limits.xml_depth > express::DEPTH
    }

    /// Takes the next record.
    pub fn take_record(&mut self, record: &AggregateRecord<'_>) {
        self.outside_told = false;
        self.progress.records += 1;
        self.out.record(record);
    }

    // ── Text ──

    pub(super) fn text(&mut self, text: &str) {
        let is_blank = || text.trim_ascii().is_empty();
        if !self.is_in_report() {
            if !self.outside_told && !is_blank() {
                self.outside_told = true;
                self.out.note(Kind::XmlOutsideText, text.trim_ascii().to_owned());
            }
            return;
        }
        let in_container =
            self.stack.top().is_some_and(|top| top.element.is_some_and(|e| !e.is_leaf()));
        if !(in_container && is_blank()) {
            self.push_text(text);
        }
    }

    pub(super) fn push_text(&mut self, text: &str) {
        let from = self.stack.top().map_or(0, |top| top.text_from);
        let most = self.limits.text_bytes.saturating_mul(HELD_TEXTS);
        let room = most.saturating_sub(self.text.len().saturating_sub(from));
        let cut = text.floor_char_boundary(room.min(text.len()));
        self.text_is_full |= cut < text.len();
        // invariant: cut at a boundary.
        self.text.push_str(&text[..cut]);
    }

    // ── End tags ──

    pub(super) fn end(&mut self, name: &str) {
        self.outside_told = false;
        let found = self.stack.find(name).or_else(|| {
            let lower = name.to_ascii_lowercase();
            self.stack.find(&lower)
        });
        if self.too_deep > 0 {
            let known = found.is_some_and(|index| self.stack.is_known(index));
            if !known {
                self.too_deep -= 1;
                return;
            }
            self.too_deep = 0;
        }
        match found {
            Some(index) => {
                self.close_to(index + 1, Ending::Unclosed);
                self.close(Ending::Closed);
            }
            None => self.out.note(Kind::XmlMalformed, format!("</{name}>")),
        }
    }

    /// Closes elements until so many are open.
    pub(super) fn close_to(&mut self, kept: usize, ending: Ending) {
        while self.stack.len() > kept {
            self.close(ending);
        }
    }

    /// The document breaks off or ends: closes what is open.
    fn close_all(&mut self) {
        if self.is_in_report() {
            self.close(Ending::Cut);
            self.close_to(0, Ending::Quiet);
        } else {
            self.close_to(0, Ending::Unclosed);
        }
    }

    // ── Where the reader is ──

    pub(super) fn is_in_report(&self) -> bool {
        self.stack.position(Element::Feedback).is_some()
    }

    /// Whether the innermost known element is a leaf.
    pub(super) fn is_in_leaf(&self) -> bool {
        self.stack.known().is_some_and(Element::is_leaf)
    }
}
