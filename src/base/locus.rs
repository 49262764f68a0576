//! Where a part stands: the steps from a file inwards.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::{FileId, Format};

/// One step from a container into a member of it. The steps from a file to a
/// part are its locus: they lead back to the part without a full import.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Step {
    /// The container that was opened.
    pub format: Format,
    /// The member's number in it, from 0.
    pub index: u32,
    /// Where the member stands in the container's decoded bytes, where it can
    /// be reached by that alone (a mail in a mailbox, a member of a tar).
    pub range: Option<(u64, u64)>,
    /// The member's name: an attachment's, an archive member's.
    pub name: Option<Box<str>>,
}

/// Where the bytes of a report are, and how to know them again: they are not kept, and
/// read anew from the file when somebody asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Locus {
    pub file: FileId,
    /// From the file inwards.
    pub steps: Vec<Step>,
    /// What the steps lead to.
    pub format: Format,
    /// Of the report's decoded bytes.
    pub digest: u128,
}

/// The steps as people read them. A member without a name is its number, from 1,
/// but the one member of a compressed stream, which says nothing.
pub fn labels(steps: &[Step]) -> impl Iterator<Item = Cow<'_, str>> {
    steps.iter().filter_map(|step| match step.name.as_deref() {
        Some(name) if !name.is_empty() => Some(Cow::Borrowed(name)),
        _ if step.index == 0 && step.format.is_stream() => None,
        _ => Some(format!("#{}", u64::from(step.index) + 1).into()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_numbers_and_what_goes_without_saying() {
        let step = |format, index, name: Option<&str>| Step {
            format,
            index,
            range: None,
            name: name.map(Into::into),
        };
        let steps = [
            step(Format::Mbox, 3, None),
            step(Format::Mail, 1, Some("a.xml.gz")),
            step(Format::Gzip, 0, None),
        ];
        assert_eq!(labels(&steps).collect::<Vec<_>>(), ["#4", "a.xml.gz"]);
        assert_eq!(labels(&[step(Format::Zip, 0, Some(""))]).collect::<Vec<_>>(), ["#1"]);
    }
}
