//! From the events of a document to records and headers.

use super::closing::Ending;
use super::header::HeaderDraft;
use super::out::Out;
use super::record::RecordDraft;
use super::schema::{Element, is_known_namespace};
use super::stack::{Foreign, Open, Place, Stack};
use crate::base::{Kind, Limits, Outcome, Whereabouts};
use crate::report::xml::{Event, Tag, local_name, prefix};
use crate::report::{Hints, Sink};

/// Texts of open elements, in units of the longest text, that are held at once.
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
    pub(super) text_is_full: bool,
    /// Start tags beyond the greatest depth that were not closed.
    too_deep: u64,
    nesting_told: bool,
    /// The text outside of reports that is being passed over was told.
    outside_told: bool,
    pub(super) header: HeaderDraft,
    pub(super) record: RecordDraft,
    pub(super) progress: Progress,
    /// The prefix of the root element.
    prefix: String,
    /// The first element of the document.
    first_name: Option<String>,
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

    // ── Start tags ──

    fn start(&mut self, tag: &Tag<'_>) {
        self.outside_told = false;
        let name = tag.local_name();
        if self.first_name.is_none() {
            self.first_name = Some(name.to_owned());
        }
        if tag.broken {
            self.out.note(Kind::XmlMalformed, tag.source.trim_end().to_owned());
        }
        if self.is_end_in_disguise(name) {
            self.out.note(Kind::XmlMalformed, tag.source.to_owned());
            self.end(name);
            return;
        }
        let hidden = self.is_hidden(tag);
        let mut place = if hidden { Place::Unknown } else { self.find_place(name, tag) };
        if place == Place::Unknown && !hidden && name.bytes().any(|b| b.is_ascii_uppercase()) {
            let lower = name.to_ascii_lowercase();
            place = self.find_place(&lower, tag);
            if place != Place::Unknown {
                self.out.note(Kind::TokenCase, name.to_owned());
            }
        }
        if self.is_too_deep(place) {
            self.too_deep += u64::from(!tag.empty);
            return;
        }
        match place {
            Place::Child(element) => self.open(element, tag),
            Place::Alias(element) => {
                self.out.note_value(Kind::TokenAlias, element.path(), name);
                self.open(element, tag);
            }
            Place::Orphan(element) => {
                self.out.note(Kind::XmlMalformed, element.path());
                if element.is_of_record() && self.stack.position(Element::Record).is_none() {
                    self.open_implied(Element::Record);
                }
                self.open(element, tag);
            }
            Place::Above(kept, element) => {
                self.close_to(kept, Ending::Unclosed);
                self.open(element, tag);
            }
            Place::Unknown => self.open_unknown(tag),
        }
    }

    /// `<count>5<count>`: an end tag without its slash.
    fn is_end_in_disguise(&self, name: &str) -> bool {
        self.stack.top().is_some_and(|top| {
            top.element.is_some_and(|element| element.is_leaf() && element.name() == name)
                && !self.text.get(top.text_from..).unwrap_or_default().trim_ascii().is_empty()
        })
    }

    /// Whether it belongs to an unknown element of another namespace.
    fn is_hidden(&self, tag: &Tag<'_>) -> bool {
        let Some(top) = self.stack.top() else { return false };
        let prefix = tag.prefix();
        match top.foreign {
            Foreign::No => false,
            Foreign::Prefix => !prefix.is_empty() && prefix != self.prefix,
            Foreign::Default => prefix.is_empty() || prefix != self.prefix,
        }
    }

    /// Where the element belongs; prepares a root for it where there is none.
    fn find_place(&mut self, name: &str, tag: &Tag<'_>) -> Place {
        if name == Element::Feedback.name() {
            let root = self.stack.position(Element::Feedback);
            self.close_to(root.unwrap_or(self.stack.len()), Ending::Unclosed);
            self.finish_report();
            self.progress.is_feedback = true;
            self.prefix = tag.prefix().to_owned();
            return Place::Child(Element::Feedback);
        }
        let place = self.stack.place(name);
        let Some(child) = Element::Feedback.child(name).filter(|child| !child.is_leaf()) else {
            return place;
        };
        if place != Place::Unknown || self.stack.position(Element::Feedback).is_some() {
            return place;
        }
        // A report under another root, or what stands outside of its root.
        if self.progress.has_root && child == Element::ReportMetadata {
            self.finish_report();
        }
        if self.progress.has_root || !self.stack.adopt_root() {
            self.out.note(Kind::XmlMalformed, child.path());
            self.open_implied(Element::Feedback);
        }
        self.progress.has_root = true;
        Place::Child(child)
    }

    /// Whether the element is beyond the greatest depth.
    fn is_too_deep(&mut self, place: Place) -> bool {
        let limit = self.limits.xml_depth as usize;
        if let Place::Above(kept, _) = place
            && kept < limit
        {
            self.too_deep = 0;
            return false;
        }
        if self.stack.len() < limit {
            return false;
        }
        if !self.nesting_told {
            self.nesting_told = true;
            self.out.note(Kind::NestingLimit, limit.to_string());
        }
        true
    }

    fn open(&mut self, element: Element, tag: &Tag<'_>) {
        if element == Element::Row && self.record.has_row {
            self.split_record();
        }
        self.begin(element);
        self.push(tag.local_name(), Open::new(Some(element)));
        if tag.has_attributes() {
            self.attributes(element, tag);
        }
        if tag.empty {
            self.close(Ending::Closed);
        }
    }

    /// Opens an element whose start tag is missing.
    fn open_implied(&mut self, element: Element) {
        self.begin(element);
        self.push(element.name(), Open::new(Some(element)));
    }

    /// A second `row`: the tags between two records are lost.
    fn split_record(&mut self) {
        self.out.note(Kind::XmlMalformed, Element::Row.path());
        if let Some(record) = self.stack.position(Element::Record) {
            self.close_to(record, Ending::Unclosed);
            self.open_implied(Element::Record);
        }
    }

    fn begin(&mut self, element: Element) {
        let is_proof = self.progress.is_feedback || element.is_leaf();
        match element {
            Element::Feedback => self.progress.has_root = true,
            Element::Record => self.record.clear(),
            Element::PolicyPublished => self.header.open_policy(),
            _ => self.record.open(element, self.limits, &mut self.out),
        }
        if is_proof && element != Element::Feedback && !self.progress.is_report {
            self.progress.is_report = true;
            self.out.release();
        }
    }

    fn push(&mut self, name: &str, mut open: Open) {
        if let Some(parent) = self.stack.top_mut() {
            parent.has_children = true;
        }
        open.tag_from = self.text.len();
        open.text_from = open.text_from.max(open.tag_from);
        self.stack.push(name, open);
    }

    fn open_unknown(&mut self, tag: &Tag<'_>) {
        let mut open = Open::new(None);
        open.foreign = self.foreign(tag);
        open.extras = self.extras();
        if self.is_in_leaf() {
            // It may turn out to be text: `<user@example.com>`.
            let from = self.text.len();
            self.push_text(tag.source);
            open.text_from = self.text.len();
            self.push(tag.local_name(), open);
            if let Some(open) = self.stack.top_mut() {
                open.tag_from = from;
            }
        } else {
            self.push(tag.local_name(), open);
        }
        if tag.has_attributes() && self.is_in_report() {
            self.extra_attributes(tag);
        }
        if tag.empty {
            self.close(Ending::Closed);
        }
    }

    fn foreign(&self, tag: &Tag<'_>) -> Foreign {
        let prefix = tag.prefix();
        if !self.is_in_report() {
            return Foreign::No;
        }
        if !prefix.is_empty() && prefix != self.prefix {
            return Foreign::Prefix;
        }
        let mut declared = tag.attributes().filter(|attribute| attribute.name == "xmlns");
        let inherits = self.stack.top().is_some_and(|top| top.foreign == Foreign::Default);
        let is_other = declared.next().map_or(inherits, |xmlns| !is_known_namespace(&xmlns.value));
        if is_other && prefix.is_empty() { Foreign::Default } else { Foreign::No }
    }

    /// Attributes of a known element: the namespace of the root, languages, and
    /// what no schema knows.
    fn attributes(&mut self, element: Element, tag: &Tag<'_>) {
        let mut unknown = false;
        for attribute in tag.attributes() {
            let name = attribute.name;
            let declares = if tag.prefix().is_empty() {
                name == "xmlns"
            } else {
                prefix(name) == "xmlns" && local_name(name) == tag.prefix()
            };
            if declares && element == Element::Feedback {
                self.header.namespace(&attribute.value, &mut self.out);
            } else if local_name(name) == "lang"
                && matches!(element, Element::Error | Element::ExtraContactInfo)
            {
                self.header.lang = Some(attribute.value.into_owned());
            } else {
                unknown |= !is_technical(name);
            }
        }
        if unknown {
            self.extra_attributes(tag);
        }
    }

    /// Keeps the attributes of the innermost element as extras.
    fn extra_attributes(&mut self, tag: &Tag<'_>) {
        for attribute in tag.attributes().filter(|attribute| !is_technical(attribute.name)) {
            let path = format!("{}/@{}", self.stack.path(), local_name(attribute.name));
            let path = path.trim_start_matches('/');
            self.extra(path, &attribute.value);
        }
    }

    // ── Text ──

    fn text(&mut self, text: &str) {
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

    fn push_text(&mut self, text: &str) {
        let room =
            self.limits.text_bytes.saturating_mul(HELD_TEXTS).saturating_sub(self.text.len());
        let cut = text.floor_char_boundary(room.min(text.len()));
        self.text_is_full |= cut < text.len();
        // invariant: cut at a boundary.
        self.text.push_str(&text[..cut]);
    }

    // ── End tags ──

    fn end(&mut self, name: &str) {
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

/// Attributes that say nothing of the report: namespaces and schema locations.
fn is_technical(name: &str) -> bool {
    name == "xmlns" || matches!(prefix(name), "xmlns" | "xsi" | "xml") && local_name(name) != "lang"
}
