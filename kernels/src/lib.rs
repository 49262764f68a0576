//! The innermost loops: what is done for every byte of a report, every value in it, every row.
//!
//! The site is built for size, but for this package, which is built for speed (`Cargo.toml`). So a
//! loop belongs here if it is much of the time of an import or of an answer, and can be said without
//! knowing what its bytes and numbers mean. Generic code is compiled where it is used, and as that is:
//! what must be quick is not generic here. The same goes for what is inlined there: the doors to the
//! loops are marked `#[inline(never)]`.

pub mod crc;
pub mod express;
pub mod hash;
pub mod interner;
mod joint;
pub mod memo;
pub mod order;
pub mod packed;
pub mod record;
pub mod rows;
pub mod text;
pub mod token;
