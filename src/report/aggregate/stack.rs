//! The open elements, and where a new one belongs among them.

use super::schema::Element;

/// Names are compared and shown up to this length.
const NAME_BYTES: usize = 256;

/// One open element.
#[derive(Clone, Copy, Debug)]
pub(super) struct Open {
    /// What it is, if it is known.
    pub element: Option<Element>,
    /// Where its name begins in the names.
    name_from: usize,
    /// Where its text begins in the reader's text, and where its start tag does
    /// (the tag is kept there while it may yet turn out to be text).
    pub text_from: usize,
    pub tag_from: usize,
    /// Elements were read in it.
    pub has_children: bool,
    /// It is unknown and of another default namespace than the report: elements
    /// without a prefix in it are not the report's.
    pub is_foreign: bool,
    /// Extras that were there before it.
    pub extras: usize,
}

/// The open elements, outermost first.
#[derive(Debug, Default)]
pub(super) struct Stack {
    open: Vec<Open>,
    names: String,
}

/// Where a start tag belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Here.
    Child(Element),
    /// Here, under another name.
    Alias(Element),
    /// Here, though its parent's start tag is missing.
    Orphan(Element),
    /// Above: so many open elements stay open, the rest were never closed.
    Above(usize, Element),
    /// Nowhere that is known.
    Unknown,
}

impl Stack {
    pub fn len(&self) -> usize {
        self.open.len()
    }

    /// How many are open up to the innermost known one.
    pub fn len_known(&self) -> usize {
        self.open.iter().rposition(|open| open.element.is_some()).map_or(0, |index| index + 1)
    }

    pub fn top(&self) -> Option<&Open> {
        self.open.last()
    }

    pub fn top_mut(&mut self) -> Option<&mut Open> {
        self.open.last_mut()
    }

    /// The innermost known element.
    pub fn known(&self) -> Option<Element> {
        self.open.iter().rev().find_map(|open| open.element)
    }

    /// Whether the element is one that is understood.
    pub fn is_known(&self, index: usize) -> bool {
        self.open.get(index).is_some_and(|open| open.element.is_some())
    }

    /// Where this element is open.
    pub fn position(&self, element: Element) -> Option<usize> {
        self.open.iter().position(|open| open.element == Some(element))
    }

    pub fn push(&mut self, name: &str, mut open: Open) {
        open.name_from = self.names.len();
        self.names.push_str(cut(name));
        self.open.push(open);
    }

    pub fn pop(&mut self) -> Option<Open> {
        let open = self.open.pop()?;
        self.names.truncate(open.name_from);
        Some(open)
    }

    /// The name of an open element.
    pub fn name(&self, index: usize) -> &str {
        let from = self.open.get(index).map(|open| open.name_from);
        let to = self.open.get(index + 1).map_or(self.names.len(), |next| next.name_from);
        from.and_then(|from| self.names.get(from..to)).unwrap_or_default()
    }

    /// The innermost open element with this name.
    pub fn find(&self, name: &str) -> Option<usize> {
        let name = cut(name);
        (0..self.open.len()).rev().find(|index| self.name(*index) == name)
    }

    /// Makes the outermost element that may be one the root of a report.
    pub fn adopt_root(&mut self) -> bool {
        match self.open.last_mut() {
            Some(open) if open.element.is_none() => {
                open.element = Some(Element::Feedback);
                true
            }
            _ => false,
        }
    }

    /// The path of the innermost element from below the root.
    pub fn path(&self) -> String {
        let known = self.open.iter().rposition(|open| open.element.is_some());
        let mut path = String::new();
        if let Some(element) = known.and_then(|index| self.open.get(index)?.element) {
            path.push_str(element.path());
        }
        for index in known.map_or(0, |index| index + 1)..self.open.len() {
            if !path.is_empty() {
                path.push('/');
            }
            path.push_str(self.name(index));
        }
        path
    }

    /// Where a start tag with this name belongs. Containers are recognised even
    /// within unknown elements, which may be wrappers or may never have been
    /// closed; leaves only in their own container.
    pub fn place(&self, name: &str) -> Place {
        let Some(top) = self.open.last() else { return Place::Unknown };
        let above = |only_containers: bool| {
            let below_top = self.open.len().saturating_sub(1);
            let candidates = self.open.get(..below_top).unwrap_or_default();
            candidates.iter().enumerate().rev().find_map(|(index, open)| {
                let child = open.element?.child(name)?;
                let fits = child != Element::Version && !(only_containers && child.is_leaf());
                fits.then_some((index, child))
            })
        };
        match top.element {
            Some(element) if !element.is_leaf() => {
                if let Some(child) = element.child(name) {
                    return Place::Child(child);
                }
                if let Some(child) = element.alias(name) {
                    return Place::Alias(child);
                }
                if let Some((index, child)) = above(false) {
                    return Place::Above(self.known_above(index), child);
                }
                element.orphan(name).map_or(Place::Unknown, Place::Orphan)
            }
            Some(_) => match above(false) {
                Some((index, child)) => Place::Above(self.known_above(index), child),
                None => Place::Unknown,
            },
            None => match above(true) {
                Some((index, child)) if self.known_above(index) == self.open.len() => {
                    Place::Child(child)
                }
                Some((index, child)) => Place::Above(self.known_above(index), child),
                None => Place::Unknown,
            },
        }
    }

    /// How many elements stay open when one begins in the element at `index`:
    /// unknown ones around it may be wrappers.
    fn known_above(&self, index: usize) -> usize {
        let inner = self.open.iter().enumerate().skip(index + 1);
        inner.clone().find(|(_, open)| open.element.is_some()).map_or(self.open.len(), |(at, _)| at)
    }
}

impl Open {
    /// An element that begins with nothing in it.
    pub fn new(element: Option<Element>) -> Self {
        Self {
            element,
            name_from: 0,
            text_from: 0,
            tag_from: 0,
            has_children: false,
            is_foreign: false,
            extras: 0,
        }
    }
}

fn cut(name: &str) -> &str {
    &name[..name.floor_char_boundary(NAME_BYTES)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use Element::{
        Count, Dkim, EvaluatedDkim, Identifiers, PolicyEvaluated, Record, Row, SourceIp, Spf,
    };

    /// Opens elements by name (`?name` for unknown ones) and places another.
    fn place(open: &str, name: &str) -> Place {
        let mut stack = Stack::default();
        for part in open.split(' ') {
            let element = match (part.strip_prefix('?'), stack.known()) {
                (Some(_), _) => None,
                (None, None) => Some(Element::Feedback),
                (None, Some(parent)) => parent.child(part),
            };
            stack.push(part.trim_start_matches('?'), Open::new(element));
        }
        stack.place(name)
    }

    #[test]
    fn in_order() {
        assert_eq!(place("feedback record row", "count"), Place::Child(Count));
        assert_eq!(place("feedback record", "identities"), Place::Alias(Identifiers));
        assert_eq!(place("feedback record row", "colour"), Place::Unknown);
    }

    #[test]
    fn after_unclosed_elements() {
        assert_eq!(place("feedback record row source_ip", "count"), Place::Above(3, Count));
        assert_eq!(place("feedback record row", "identifiers"), Place::Above(2, Identifiers));
        assert_eq!(place("feedback record auth_results dkim", "spf"), Place::Above(3, Spf));
        assert_eq!(place("feedback record row count", "record"), Place::Above(1, Record));
        assert_eq!(place("feedback report_metadata", "version"), Place::Unknown);
    }

    #[test]
    fn through_unknown_elements() {
        assert_eq!(place("feedback ?records", "record"), Place::Child(Record));
        assert_eq!(place("feedback ?records record ?x", "record"), Place::Above(2, Record));
        assert_eq!(place("feedback record row ?x", "count"), Place::Unknown);
        assert_eq!(
            place("feedback record row ?x", "policy_evaluated"),
            Place::Child(PolicyEvaluated)
        );
    }

    #[test]
    fn without_a_parent() {
        assert_eq!(place("feedback record", "source_ip"), Place::Orphan(SourceIp));
        assert_eq!(place("feedback record", "dkim"), Place::Orphan(Dkim));
        assert_eq!(place("feedback record row", "dkim"), Place::Orphan(EvaluatedDkim));
        assert_eq!(place("feedback", "row"), Place::Orphan(Row));
    }

    #[test]
    fn paths() {
        let mut stack = Stack::default();
        stack.push("feedback", Open::new(Some(Element::Feedback)));
        stack.push("record", Open::new(Some(Record)));
        stack.push("extensions", Open::new(None));
        stack.push("extension", Open::new(None));
        assert_eq!(stack.path(), "record/extensions/extension");
        assert_eq!(stack.find("extensions"), Some(2));
        assert_eq!(stack.find("ext"), None);
    }
}
