//! The policy file (RFC 8461 §3.2): as data, as text, and checked line by line.

mod age;
mod fields;
mod line;
mod mx;
mod read;

use std::fmt;
use std::str::FromStr;

pub use age::duration;
pub use read::read;

/// The largest `max_age`: a year of 365.25 days, in seconds.
pub const MAX_AGE_LIMIT: u32 = 31_557_600;

/// Octets that senders read of a policy (RFC 8461 §3.3).
pub const SIZE_LIMIT: usize = 64 << 10;

/// What a policy asks of senders (RFC 8461 §5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mode {
    /// Deliver only to servers that match and have a valid certificate.
    Enforce,
    /// Deliver anyway, and report what would have failed.
    Testing,
    /// As if there were no policy: the way out (RFC 8461 §8.3).
    None,
}

impl Mode {
    pub const ALL: [Self; 3] = [Self::Testing, Self::Enforce, Self::None];

    pub const fn token(self) -> &'static str {
        match self {
            Self::Enforce => "enforce",
            Self::Testing => "testing",
            Self::None => "none",
        }
    }
}

/// The exact token, in lower case.
impl FromStr for Mode {
    type Err = ();

    fn from_str(token: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|mode| mode.token() == token).ok_or(())
    }
}

/// A policy. Its `Display` is the text of the file, with line ends as Unix has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    pub mode: Mode,
    /// Seconds that a sender may keep the policy, at most [`MAX_AGE_LIMIT`].
    pub max_age: u32,
    /// Patterns for the mail servers' names, in the order of the file.
    pub mx: Vec<String>,
    /// Fields that no document defines.
    pub extensions: Vec<(String, String)>,
}

impl fmt::Display for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "version: STSv1\nmode: {}", self.mode.token())?;
        for pattern in &self.mx {
            writeln!(f, "mx: {pattern}")?;
        }
        writeln!(f, "max_age: {}", self.max_age)?;
        for (name, value) in &self.extensions {
            writeln!(f, "{name}: {value}")?;
        }
        Ok(())
    }
}
