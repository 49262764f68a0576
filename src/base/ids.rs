//! Named numbers: a bare `usize` never crosses a module border.

use bounded_static::ToStatic;
use serde::{Deserialize, Serialize};

/// Declares ids of tables: plain `u32`s in memory, so that columns of them are
/// plain bytes.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord,
            bytemuck::Pod, bytemuck::Zeroable, serde::Serialize, serde::Deserialize,
        )]
        #[repr(transparent)]
        #[serde(transparent)]
        pub struct $name(pub u32);

        impl $name {
            /// The id as an index into the table it belongs to.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

pub(crate) use ids;

ids! {
    /// One file that the user gave: given out by the page (or the command line), never reused.
    FileId;
    /// One piece of work given to a parser.
    JobId;
}

/// Seconds since 1970-01-01T00:00:00Z, the only time inside Vitrail.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    ToStatic,
    Serialize,
    Deserialize,
)]
#[serde(transparent)]
pub struct UnixSeconds(pub i64);
