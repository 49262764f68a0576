//! What the threads say to one another: page ⇄ parser, page ⇄ engine,
//! parser → engine. Plain data, encoded by postcard into one buffer that is
//! transferred; `File`s and `MessagePort`s travel beside it.
//!
//! A worker says `Ready` before it is given work: what is sent earlier is lost.

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::base::{FileId, JobId, Limits};
use crate::query::{Answer, Question, Totals};

/// Page and worker of different builds must not talk: the page reloads once.
/// Set by `scripts/build`; a plain cargo build has none.
pub const BUILD_ID: &str = match option_env!("VITRAIL_BUILD_ID") {
    Some(id) => id,
    None => "unversioned",
};

/// The role a fresh worker is told to take, with its first message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Role {
    Engine,
    Parser,
}

/// A file as a parser needs to know it; its handle travels beside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRef {
    pub id: FileId,
    /// With the folders it was dropped in, `/` between them.
    pub name: String,
    pub size: u64,
}

/// Page → parser. Beside `Start`: the port to the engine. Beside `Parse`: the
/// `File`s, in the same order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ToParser {
    Start { limits: Limits },
    Parse { job: JobId, files: Vec<FileRef> },
}

/// Parser → page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FromParser {
    Ready {
        build: String,
    },
    /// Bytes of this file read so far; at least every few hundred milliseconds while it works.
    Progress {
        job: JobId,
        file: FileId,
        bytes: u64,
    },
    /// The batch is on its way to the engine.
    Finished {
        job: JobId,
        wasm_bytes: u64,
    },
}

/// Page → engine. Beside `Parser`: the other end of a parser's port.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ToEngine {
    Start {
        limits: Limits,
    },
    Parser,
    Ask {
        id: u32,
        question: Question,
    },
    /// Files that no parser could finish, with the reason.
    Refuse {
        job: JobId,
        files: Vec<(FileRef, Refusal)>,
    },
    Remove {
        file: FileId,
    },
    Clear,
}

/// Why the page gave a file up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    /// The parser's panic message.
    Crashed(String),
    Stalled,
    Unreadable,
    Cancelled,
}

/// Engine → page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum FromEngine {
    Ready {
        build: String,
    },
    /// The files of this job can be asked about.
    Appended {
        job: JobId,
        files: Vec<FileId>,
        totals: Totals,
        wasm_bytes: u64,
    },
    /// Something other than an import changed the store.
    Changed {
        totals: Totals,
    },
    Answered {
        id: u32,
        answer: Answer,
        millis: f64,
    },
}

/// One message as one buffer.
pub fn encode<T: Serialize>(message: &T) -> Vec<u8> {
    // invariant: the messages are plain data without lengths unknown beforehand.
    postcard::to_allocvec(message).expect("plain data is encodable")
}

/// The message in a buffer, or `None` where it is none of ours.
pub fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    postcard::from_bytes(bytes).ok()
}
