//! Explains errors about mail security: which ones a text has, what they mean and what
//! they do not, and what to look at, in which order.

mod rules;
mod scan;
mod topic;

pub use scan::domains;
pub use topic::{Check, Remedy, Topic};

use super::message::Args;
use scan::Scan;

/// Octets of a text that are looked at: more than any bounce or log has that a person pastes.
const LOOKED_AT: usize = 256 << 10;

/// One error found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recognised {
    pub topic: Topic,
    /// What it was recognised by, as it stands in the text.
    pub seen: String,
    /// Values for the topic's messages.
    pub args: Args,
}

/// The errors in a text, in the order of their places, each once.
pub fn recognise(text: &str) -> Vec<Recognised> {
    let scan = Scan::new(&text[..text.floor_char_boundary(LOOKED_AT)]);
    let mut found: Vec<(usize, Recognised)> = Vec::new();
    for rule in rules::RULES {
        let is_new = !found.iter().any(|(_, known)| known.topic == rule.topic);
        if let Some((at, recognised)) = rules::apply(rule, &scan).filter(|_| is_new) {
            found.push((at, recognised));
        }
    }
    if found.is_empty() {
        found.extend(rules::unknown_status(&scan));
    }
    found.sort_by_key(|(at, _)| *at);
    found.into_iter().map(|(_, recognised)| recognised).collect()
}
