//! Where a part stands: the steps from a file inwards.

use serde::{Deserialize, Serialize};

use super::Format;

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
