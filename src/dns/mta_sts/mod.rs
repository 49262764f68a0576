//! MTA-STS (RFC 8461): the TXT record, the policy file, and what senders make of them.

pub mod hosting;
pub mod matching;
pub mod policy;
pub mod record;
pub mod resolver;
pub mod rollout;

pub use policy::{Mode, Policy};
