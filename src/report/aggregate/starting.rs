//! What happens at a start tag: where the element belongs, and what that opens.

use super::closing::Ending;
use super::reader::Reader;
use super::schema::{Element, is_known_namespace};
use super::stack::{Open, Place};
use crate::base::Kind;
use crate::report::xml::{Tag, local_name, prefix};

impl Reader<'_> {
    pub(super) fn start(&mut self, tag: &Tag<'_>) {
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
            Place::Child(element) => {
                self.prove(element);
                self.open(element, tag);
            }
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
                self.prove(element);
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
        let parent = self.stack.top().filter(|top| top.element.is_none());
        let prefix = tag.prefix();
        parent.is_some_and(|parent| {
            self.is_in_report()
                && (prefix.is_empty() && parent.is_foreign
                    || !prefix.is_empty() && prefix != self.prefix)
        })
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

    /// Whether the element is beyond the greatest depth. A known one is not: the
    /// unknown ones around it are given up.
    fn is_too_deep(&mut self, place: Place) -> bool {
        let limit = self.limits.xml_depth as usize;
        if self.stack.len() < limit {
            return false;
        }
        if !self.nesting_told {
            self.nesting_told = true;
            self.out.note(Kind::NestingLimit, limit.to_string());
        }
        let kept = self.stack.len_known();
        match place {
            Place::Above(..) => {}
            Place::Child(_) if kept < limit => self.close_to(kept, Ending::Unclosed),
            _ => return true,
        }
        self.too_deep = 0;
        false
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
        match element {
            Element::Feedback => self.progress.has_root = true,
            Element::Record => self.record.clear(),
            Element::PolicyPublished => self.header.open_policy(),
            _ => self.record.open(element, self.limits, &mut self.out),
        }
    }

    /// An element in its place proves a report: within a `feedback` any, under
    /// another root only a value.
    fn prove(&mut self, element: Element) {
        let is_proof = self.progress.is_feedback || element.is_leaf();
        if is_proof && element != Element::Feedback && !self.progress.is_report {
            self.progress.is_report = true;
            self.out.release();
        }
    }

    fn push(&mut self, name: &str, mut open: Open) {
        if let Some(parent) = self.stack.top_mut() {
            parent.has_children = true;
        }
        self.text_is_full = false;
        open.tag_from = self.text.len();
        open.text_from = open.text_from.max(open.tag_from);
        self.stack.push(name, open);
    }

    fn open_unknown(&mut self, tag: &Tag<'_>) {
        let mut open = Open::new(None);
        open.is_foreign = self.is_foreign(tag);
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

    /// Whether elements without a prefix in this one are of another namespace.
    fn is_foreign(&self, tag: &Tag<'_>) -> bool {
        let declared = tag.attributes().find(|attribute| attribute.name == "xmlns");
        let inherited = self.stack.top().is_some_and(|top| top.is_foreign);
        self.is_in_report() && declared.map_or(inherited, |a| !is_known_namespace(&a.value))
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
}

/// Attributes that say nothing of the report: namespaces and schema locations.
fn is_technical(name: &str) -> bool {
    name == "xmlns" || matches!(prefix(name), "xmlns" | "xsi" | "xml") && local_name(name) != "lang"
}
