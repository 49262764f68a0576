//! What the threads say to one another: page ⇄ parser, page ⇄ engine,
//! parser → engine. Plain data, encoded by postcard into one buffer that is
//! transferred; `File`s and `MessagePort`s travel beside it.
//!
//! A worker says `Ready` before it is given work: what is sent earlier is lost.

use postcard::ser_flavors::Flavor;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::base::{FileId, JobId, Piece};
use crate::query::Totals;
use crate::screens::Ask;
use crate::screens::markup::Drawn;
use crate::store::Batch;

/// Page and worker of different builds must not talk: the page reloads once.
/// Set by `scripts/build`; a plain cargo build has none.
pub const BUILD_ID: &str = match option_env!("VITRAIL_BUILD_ID") {
    Some(id) => id,
    None => "unversioned",
};

/// A file as a parser needs to know it; its handle travels beside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRef {
    pub id: FileId,
    /// With the folders it was dropped in, `/` between them.
    pub name: String,
    pub size: u64,
    /// What of it is to be read, if not all.
    pub piece: Option<Piece>,
}

impl FileRef {
    /// A whole file of `size` bytes.
    pub fn new(id: FileId, name: String, size: u64) -> Self {
        Self { id, name, size, piece: None }
    }

    /// How many bytes of it are to be read.
    pub fn bytes(&self) -> u64 {
        self.piece.map_or(self.size, |piece| piece.bytes())
    }
}

/// Page → worker. The first message makes a worker an engine or a parser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ToWorker {
    Engine(ToEngine),
    Parser(ToParser),
    /// To import made-up reports ([`rehearsal`](crate::rehearsal)), and nothing else.
    Rehearse,
}

/// Worker → page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum FromWorker {
    /// The first message of every worker.
    Ready {
        build: String,
    },
    Engine(FromEngine),
    Parser(FromParser),
    /// The last message of a worker that panicked.
    Panicked {
        message: String,
    },
    Rehearsed,
}

/// Page → parser. Beside `Start`: the port to the engine. Beside `Parse`: the
/// files, end to end in the same order, as one `File`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ToParser {
    Start,
    Parse {
        job: JobId,
        files: Vec<FileRef>,
    },
    /// To cut a large file into pieces. Beside it: the `File`.
    Cut {
        job: JobId,
    },
    /// To read a report again: a [`Locus`](crate::base::Locus), encoded. Beside it: the `File`.
    Again {
        id: u32,
        locus: Vec<u8>,
    },
}

/// Parser → page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum FromParser {
    /// Something moved: so many bytes of the job's files are read. At least
    /// every second or so while it works.
    Progress { job: JobId, bytes: u64 },
    /// The delivery is on its way to the engine, or all pieces are told. `share` is that of the
    /// limits, as [`ingest::file`](crate::ingest::file) says, of the file read last.
    Finished { job: JobId, wasm_bytes: u64, share: f64 },
    /// Beside it: the report as a `File` of its own and, of a failure report, the message
    /// that it is about as another; nothing where it is not there any more.
    Again { id: u32 },
    /// A piece of the file that is to be cut.
    Piece { job: JobId, piece: Piece },
}

/// Parser → engine: all that one job yields.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    pub job: JobId,
    pub batch: Batch,
}

/// Page → engine. Beside `Parser`: the other end of a parser's port.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ToEngine {
    Start,
    Parser,
    /// The list of public suffixes ([`Suffixes`](crate::knowledge::Suffixes)), as soon
    /// as it is there. Confirmed by `Changed`.
    Suffixes {
        list: String,
    },
    /// Questions as the screens' program asks them, which the page hands on unread: a
    /// `Vec<Question>`, encoded.
    Ask {
        id: u32,
        questions: Vec<u8>,
    },
    /// Nobody waits for these answers any more; they need not come.
    Forget {
        id: u32,
    },
    /// This job's delivery does not count if it still comes, and these of its
    /// files are refused. Confirmed by `Appended`.
    GiveUp {
        job: JobId,
        refused: Vec<(FileRef, Refusal)>,
    },
    /// Confirmed by `Changed`.
    Remove {
        file: FileId,
    },
    /// What came of this file does not count, nor what still comes from jobs before this one: it
    /// is read anew. Confirmed by `Appended`.
    TakeBack {
        job: JobId,
        file: FileId,
    },
    /// Confirmed by `Changed`.
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
    /// The files of this job can be asked about, or count as refused.
    Appended { job: JobId, totals: Totals, wasm_bytes: u64 },
    /// Files were taken out of the store, or more is derived from it.
    Changed { totals: Totals },
    /// A `Vec<Answer>`, encoded: one for each question, in their order.
    Answered {
        id: u32,
        answers: Vec<u8>,
        /// Lines in all of them.
        rows: u32,
        millis: f64,
    },
    /// These files are listed as not read, for somebody wanted it so.
    Cancelled { files: Vec<FileId> },
}

/// Page → screens, which is a program of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ToScreens {
    /// The list of public suffixes, as in [`ToEngine::Suffixes`].
    Suffixes {
        list: String,
    },
    Draw {
        id: u32,
        ask: Ask,
    },
    /// To the questions of the same number, as the engine encoded them. `None` where it cannot
    /// be asked now.
    Answers {
        id: u32,
        answers: Option<Vec<u8>>,
    },
    /// What was read again for the drawing of this number, beside it as in
    /// [`FromParser::Again`].
    Source {
        id: u32,
    },
    /// Nobody waits for this drawing any more.
    Forget {
        id: u32,
    },
}

/// Screens → page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FromScreens {
    Ready {
        build: String,
    },
    /// What must be known to draw: for the engine, as in [`ToEngine::Ask`].
    Questions {
        id: u32,
        questions: Vec<u8>,
    },
    /// What must be read again to draw: as in [`ToParser::Again`].
    Source {
        id: u32,
        file: FileId,
        locus: Vec<u8>,
    },
    Drawn {
        id: u32,
        drawn: Box<Drawn>,
    },
    /// The last message of one that panicked.
    Panicked {
        message: String,
    },
}

/// One message as one buffer.
pub fn encode<T: Serialize>(message: &T) -> Vec<u8> {
    encode_into(message, Vec::new())
}

/// The same in a buffer of one's own. A large message that grows its buffer while it is written has
/// more than twice its bytes in memory.
pub fn encode_into<T: Serialize>(message: &T, buffer: Vec<u8>) -> Vec<u8> {
    // invariant: the messages are plain data without lengths unknown beforehand.
    postcard::serialize_with_flavor(message, Buffer(buffer)).expect("plain data is encodable")
}

/// Takes a column at once: postcard's own for a buffer takes it byte by byte.
struct Buffer(Vec<u8>);

impl Flavor for Buffer {
    type Output = Vec<u8>;

    fn try_push(&mut self, byte: u8) -> postcard::Result<()> {
        self.0.push(byte);
        Ok(())
    }

    fn try_extend(&mut self, bytes: &[u8]) -> postcard::Result<()> {
        self.0.extend_from_slice(bytes);
        Ok(())
    }

    fn finalize(self) -> postcard::Result<Vec<u8>> {
        Ok(self.0)
    }
}

/// The message in a buffer, or `None` where it is none of ours.
pub fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    postcard::from_bytes(bytes).ok()
}
