//! Small values that screens share by context.

/// The store's: what was asked of another one is stale.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Generation(pub u64);
