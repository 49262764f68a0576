//! What happens when an element ends, and when a report does.

use super::reader::{Progress, Reader};
use super::schema::Element;
use super::stack::Open;
use super::value::{Value, sound};
use crate::base::{Kind, Outcome, Whereabouts};
use crate::report::Sink;

/// How an element ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    Closed,
    /// Something else began or ended.
    Unclosed,
    /// The document breaks off in it.
    Cut,
    /// The document has broken off in an element within it, which was told.
    Quiet,
}

impl Reader<'_> {
    /// Closes the innermost element.
    pub(super) fn close(&mut self, ending: Ending) {
        let Some(&open) = self.stack.top() else { return };
        match open.element {
            Some(element) if element.is_leaf() => self.close_leaf(element, open, ending),
            Some(element) => self.close_container(element, open, ending),
            None => self.close_unknown(open, ending),
        }
    }

    fn close_leaf(&mut self, element: Element, open: Open, ending: Ending) {
        let mut text = std::mem::take(&mut self.text);
        let stated = text.get(open.text_from..).unwrap_or_default();
        match ending {
            // A value that breaks off is another value.
            Ending::Cut | Ending::Quiet => {
                let kind = Kind::XmlTruncated;
                self.out.note_value(kind, element.path(), stated.trim_ascii());
            }
            Ending::Unclosed => {
                self.out.note(Kind::XmlUnclosed, element.path());
                self.take(element, without_end_tag(stated, element.name()));
            }
            Ending::Closed => self.take(element, stated),
        }
        text.truncate(open.tag_from);
        self.text = text;
        self.text_is_full = false;
        self.stack.pop();
    }

    /// Takes the value of a leaf.
    fn take(&mut self, element: Element, stated: &str) {
        let text = sound(stated, element.path(), self.limits, &mut self.out);
        if self.text_is_full && stated.len() <= self.limits.text_bytes {
            self.out.note(Kind::TextLimit, element.path());
        }
        let value = Value::new(element, &text);
        if element.is_of_record() {
            self.record.take(value, self.limits, &mut self.out);
        } else {
            self.header.take(value, self.limits, &mut self.out);
        }
    }

    fn close_container(&mut self, element: Element, open: Open, ending: Ending) {
        match ending {
            Ending::Closed | Ending::Quiet => {}
            Ending::Unclosed => self.out.note(Kind::XmlUnclosed, name_of(element)),
            Ending::Cut => self.out.note(Kind::XmlTruncated, name_of(element)),
        }
        let mut text = std::mem::take(&mut self.text);
        let stated = text.get(open.text_from..).unwrap_or_default().trim_ascii();
        if !stated.is_empty() && element == Element::Reason {
            // Words instead of a type and a comment.
            self.out.note(Kind::UnknownElement, element.path());
            self.take(Element::ReasonComment, stated);
        } else if !stated.is_empty() {
            self.keep(name_of(element), stated);
        }
        text.truncate(open.tag_from);
        self.text = text;
        match element {
            Element::Record => self.finish_record(),
            _ => self.record.close(element, &mut self.out),
        }
        self.stack.pop();
    }

    fn close_unknown(&mut self, open: Open, ending: Ending) {
        let is_closed = ending == Ending::Closed;
        if self.is_in_leaf() && !is_closed {
            // No element after all: the tag and what follows is text.
            let path = self.stack.known().map_or("", Element::path);
            self.out.note(Kind::XmlBareCharacter, path);
            self.stack.pop();
            return;
        }
        let mut text = std::mem::take(&mut self.text);
        if self.is_in_report() {
            let path = self.stack.path();
            let stated = text.get(open.text_from..).unwrap_or_default().trim_ascii();
            if !(open.has_children && stated.is_empty()) {
                self.keep(&path, stated);
            }
            if !is_closed && ending != Ending::Quiet {
                self.reclaim(&path, open);
            }
        }
        match ending {
            Ending::Unclosed => {
                let name = self.stack.name(self.stack.len().saturating_sub(1)).to_owned();
                self.out.note(Kind::XmlUnclosed, name);
            }
            Ending::Cut => self.out.note(Kind::XmlTruncated, self.stack.path()),
            Ending::Closed | Ending::Quiet => {}
        }
        text.truncate(open.tag_from);
        self.text = text;
        self.stack.pop();
    }

    /// An unknown element was never closed, so that what was taken for its
    /// children may be values of the element around it.
    fn reclaim(&mut self, path: &str, open: Open) {
        let Some(parent) = self.stack.known() else { return };
        let leaf = |extra: &str| {
            let name = extra.strip_prefix(path)?.strip_prefix('/')?;
            parent.child(name).filter(|child| child.is_leaf())
        };
        let in_record = self.is_in_record();
        loop {
            let found = if in_record {
                self.record.take_extra(open.extras, |path| leaf(path).is_some())
            } else {
                self.header.take_extra(open.extras, |path| leaf(path).is_some())
            };
            let Some((extra, text)) = found else { return };
            if let Some(element) = leaf(&extra) {
                self.take(element, &text);
            }
        }
    }

    // ── Extras ──

    /// Keeps a text that stands where no schema has one, and says so.
    fn keep(&mut self, path: &str, stated: &str) {
        let text = sound(stated, path, self.limits, &mut self.out);
        self.out.note(Kind::UnknownElement, path.to_owned());
        self.extra(path, &text);
    }

    pub(super) fn extra(&mut self, path: &str, text: &str) {
        if self.is_in_record() {
            self.record.extra(path, text, self.limits, &mut self.out);
        } else {
            self.header.extra(path, text, self.limits, &mut self.out);
        }
    }

    /// How many extras there are where the next one would go.
    pub(super) fn extras(&self) -> usize {
        if self.is_in_record() { self.record.extras() } else { self.header.extras() }
    }

    fn is_in_record(&self) -> bool {
        self.stack.position(Element::Record).is_some()
    }

    // ── Records and reports ──

    fn finish_record(&mut self) {
        let progress = &mut self.progress;
        match self.record.finish(&mut self.out) {
            None => progress.empty_records += 1,
            Some(_) if !progress.is_report => {}
            Some(_) if progress.records >= self.limits.records_per_report => {
                if !progress.is_full {
                    self.out.note(Kind::RecordLimit, self.limits.records_per_report.to_string());
                }
                progress.is_full = true;
            }
            Some(record) => {
                progress.records += 1;
                self.out.record(&record);
            }
        }
    }

    /// Ends the report at hand, if there is one, with its header.
    pub(super) fn finish_report(&mut self) {
        let progress = std::mem::take(&mut self.progress);
        let header = std::mem::take(&mut self.header);
        let malformed = std::mem::take(&mut self.out.malformed);
        // Of some, only the root's start tag is left: told once, or `<feedback>` a
        // million times would be as many reports.
        let is_rest_of_one = progress.is_feedback && malformed && self.outcome.is_none();
        if !progress.is_report && !is_rest_of_one {
            return;
        }
        self.out.release();
        self.out.flush(Whereabouts::Whole);
        let header = header.finish(self.hints, &mut self.out);
        let outcome = self.judge(&progress, malformed);
        self.out.flush(Whereabouts::Whole);
        self.out.header(&header);
        if self.outcome != Some(Outcome::Opened) {
            self.outcome = Some(outcome);
        }
    }

    fn judge(&mut self, progress: &Progress, malformed: bool) -> Outcome {
        if progress.empty_records > 0 {
            let at = progress.first_empty.unwrap_or_default();
            self.out.note_at(Kind::EmptyRecords, at, &progress.empty_records.to_string());
        }
        match (progress.records, malformed) {
            (0, true) => {
                self.out.note(Kind::NoRecords, "");
                return Outcome::Damaged;
            }
            (0, false) if progress.empty_records == 0 => self.out.note(Kind::ZeroRecords, ""),
            _ => {}
        }
        Outcome::Opened
    }
}

/// The element as findings call it.
fn name_of(element: Element) -> &'static str {
    if element == Element::Feedback { element.name() } else { element.path() }
}

/// A text without the remains of its element's end tag: `/name>`, `</name`,
/// `name>` and the like.
fn without_end_tag<'t>(text: &'t str, name: &str) -> &'t str {
    let trimmed = text.trim_ascii_end();
    let open = trimmed.strip_suffix('>').map(str::trim_ascii_end);
    let Some(before) = open.unwrap_or(trimmed).strip_suffix(name) else { return text };
    let before = before.trim_ascii_end();
    match before.strip_suffix('/') {
        Some(before) => {
            let before = before.trim_ascii_end();
            before.strip_suffix('<').unwrap_or(before)
        }
        // Without a slash only a `>` tells that it is no value.
        None if open.is_some() => before.strip_suffix('<').unwrap_or(before),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remains_of_end_tags() {
        for text in [
            "7/report_id>\n",
            "7 /report_id",
            "7</report_id",
            "7< / report_id >",
            "7report_id>",
            "7",
        ] {
            assert_eq!(without_end_tag(text, "report_id").trim_ascii(), "7", "{text}");
        }
        assert_eq!(without_end_tag("my report_id", "report_id"), "my report_id");
    }
}
