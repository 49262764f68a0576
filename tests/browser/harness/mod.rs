//! What the browser tests stand on: programs, browsers, one opened site, and the listener that
//! catches what should not have been sent.

pub mod browser;
pub mod programs;
pub mod sentinel;
pub mod site;

use std::error::Error;

/// What a test returns; any failed step of it is a failed test.
pub type Outcome<T = ()> = Result<T, Box<dyn Error + Send + Sync>>;
