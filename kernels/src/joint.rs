//! What stands between two values of a record: understood where it is new, compared from then on.

use crate::text;

macro_rules! elements {
    ($($(#[$doc:meta])* $element:ident = $name:literal in $parent:ident,)+) => {
        /// The elements of a record (RFC 7489 App. C): first those that hold others, then values.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Element {$($(#[$doc])* $element,)+}

        /// Each with its name and the one that it stands in, in the order of the numbers.
        const ELEMENTS: &[(Element, &str, Element)] =
            &[$((Element::$element, $name, Element::$parent),)+];
    };
}

elements! {
    /// All that a record stands in.
    Report = "" in Report,
    Record = "record" in Report,
    Row = "row" in Record,
    PolicyEvaluated = "policy_evaluated" in Row,
    Reason = "reason" in PolicyEvaluated,
    Identifiers = "identifiers" in Record,
    AuthResults = "auth_results" in Record,
    Dkim = "dkim" in AuthResults,
    /// The last that holds others.
    Spf = "spf" in AuthResults,
    SourceIp = "source_ip" in Row,
    Count = "count" in Row,
    Disposition = "disposition" in PolicyEvaluated,
    EvaluatedDkim = "dkim" in PolicyEvaluated,
    EvaluatedSpf = "spf" in PolicyEvaluated,
    ReasonType = "type" in Reason,
    Comment = "comment" in Reason,
    HeaderFrom = "header_from" in Identifiers,
    EnvelopeFrom = "envelope_from" in Identifiers,
    EnvelopeTo = "envelope_to" in Identifiers,
    DkimDomain = "domain" in Dkim,
    Selector = "selector" in Dkim,
    DkimResult = "result" in Dkim,
    DkimHuman = "human_result" in Dkim,
    SpfDomain = "domain" in Spf,
    Scope = "scope" in Spf,
    SpfResult = "result" in Spf,
    SpfHuman = "human_result" in Spf,
}

/// Longer names there are none.
const NAME_BYTES: usize = "policy_evaluated".len();

/// Of each value so many joints behind it are known at once.
const KNOWN: usize = 8;

/// What happens within a joint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Open(Element),
    Close(Element),
    /// A value whose one tag is start and end.
    Empty(Element),
}

/// From the end tag of a value to the start tag of the next.
#[derive(Debug)]
pub struct Joint {
    pub text: Vec<u8>,
    pub steps: Vec<Step>,
    /// The value that begins here; `None` behind the end of the record.
    pub to: Option<Element>,
}

/// The joints that are known, by the value they follow.
#[derive(Debug, Default)]
pub struct Joints([Vec<Joint>; ELEMENTS.len()]);

impl Joints {
    /// The joint that a text begins with, behind a value or, in the report, before a record. `None`
    /// where it is not plain: known elements in one another as they belong, without attributes.
    pub fn find(&mut self, behind: Element, text: &str) -> Option<&Joint> {
        let bytes = text.as_bytes();
        let known = self.0.get_mut(behind as usize)?;
        let is_it = |joint: &Joint| {
            let there = bytes.get(..joint.text.len());
            there.is_some_and(|there| text::same(there, &joint.text))
        };
        let at = known.iter().position(is_it).or_else(|| {
            let joint = Joint::read(behind, bytes)?;
            known.truncate(KNOWN - 1);
            known.push(joint);
            Some(known.len() - 1)
        })?;
        known.get(at)
    }
}

impl Joint {
    fn read(behind: Element, bytes: &[u8]) -> Option<Self> {
        let (mut steps, mut at, mut inside) = (Vec::new(), 0, behind);
        loop {
            // Between a value and its end tag there is nothing.
            if !inside.is_value() {
                at += text::blanks(bytes.get(at..)?);
            }
            let tag = tag(bytes.get(at..)?)?;
            at += tag.len() + "<>".len();
            if let Some(name) = tag.strip_prefix(b"/") {
                if inside == Element::Report || inside.name() != name {
                    return None;
                }
                steps.push(Step::Close(inside));
                if inside == Element::Record {
                    return Some(Self { text: bytes.get(..at)?.to_vec(), steps, to: None });
                }
                inside = inside.parent();
            } else if let Some(name) = tag.strip_suffix(b"/") {
                let value = inside.child(name).filter(|child| child.is_value())?;
                steps.push(Step::Empty(value));
            } else {
                let child = inside.child(tag)?;
                if child.is_value() {
                    return Some(Self { text: bytes.get(..at)?.to_vec(), steps, to: Some(child) });
                }
                steps.push(Step::Open(child));
                inside = child;
            }
        }
    }
}

/// What stands between the `<` that a text begins with and its `>`.
fn tag(bytes: &[u8]) -> Option<&[u8]> {
    let tag = bytes.strip_prefix(b"<")?;
    let end = tag.iter().take(NAME_BYTES + 2).position(|byte| *byte == b'>')?;
    tag.get(..end)
}

impl Element {
    fn is_value(self) -> bool {
        self as usize > Element::Spf as usize
    }

    fn name(self) -> &'static [u8] {
        ELEMENTS.get(self as usize).map_or(b"", |(_, name, _)| name.as_bytes())
    }

    fn parent(self) -> Self {
        ELEMENTS.get(self as usize).map_or(Element::Report, |(.., parent)| *parent)
    }

    fn child(self, name: &[u8]) -> Option<Self> {
        let child = |(_, child, parent): &&(Self, &str, Self)| {
            *parent == self && child.as_bytes() == name && !name.is_empty()
        };
        ELEMENTS.iter().find(child).map(|(element, ..)| *element)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_those_that_hold_others_hold_others() {
        assert!(
            ELEMENTS.iter().all(|(_, name, parent)| name.len() <= NAME_BYTES && !parent.is_value())
        );
    }

    #[test]
    fn a_joint_leads_from_value_to_value() {
        let mut joints = Joints::default();
        let text = "</result>\n\t</dkim><dkim> <domain>example.com";
        for _ in 0..2 {
            let joint = joints.find(Element::DkimResult, text).unwrap();
            assert_eq!(joint.text, b"</result>\n\t</dkim><dkim> <domain>");
            assert_eq!(
                joint.steps,
                [
                    Step::Close(Element::DkimResult),
                    Step::Close(Element::Dkim),
                    Step::Open(Element::Dkim)
                ]
            );
            assert_eq!(joint.to, Some(Element::DkimDomain));
        }
        for odd in [
            "</domain><selector>",
            " </result></dkim><spf><domain>",
            "</result></dkim><row>",
            "</result>",
            "</result><result a='b'>",
            "</result></></dkim>",
        ] {
            assert!(joints.find(Element::DkimResult, odd).is_none(), "{odd}");
        }
    }

    #[test]
    fn no_number_of_joints_is_too_large() {
        let mut joints = Joints::default();
        for spaces in 0..50 {
            let text = format!("</count>{}<source_ip>", " ".repeat(spaces));
            assert_eq!(joints.find(Element::Count, &text).unwrap().text, text.as_bytes());
            assert_eq!(joints.find(Element::Count, "</count><source_ip>").unwrap().steps.len(), 1);
        }
    }
}
