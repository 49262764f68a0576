//! The screens that a program of its own draws: an address and what was typed go in, elements
//! come out. The page puts them on the screen and knows none of their words.
//!
//! ```text
//! page ── Ask ──► Program ── Questions ──► page ─► engine     what is not known yet
//!                    ▲ ◄────── answers ──────┘
//!                    └── Drawn ──► page                       once all is known
//! ```
//!
//! The page fetches the program when it has time, so nothing here makes the first load
//! heavier, and runs it in a worker. It keeps the engine's answers while the store stays what
//! it is: typing costs no question that was asked before. Only what was asked last is wanted:
//! the page forgets what was under way, and so does the engine.
//!
//! # How a screen is added
//!
//! 1. A variant of [`Screen`](crate::view::Screen). Which records it shows and how they are
//!    sorted is in the [`Route`](crate::view::Route), nowhere else.
//! 2. A module here with a pure function `draw(&Desk, …) -> Vec<Node>`, called from
//!    [`Program::draw`]. It takes what it needs from [`Desk::ask`], which gives `None` for what is
//!    not known yet, and draws without it: the page sees only what was drawn when nothing was
//!    missing. So ask for everything before the first `?`, or it costs more rounds.
//! 3. Its words in `locales/screens.txt` ([`Desk::text`]). Only the screen's name is the page's:
//!    `screen.NAME` in `locales/page.txt`.
//! 4. Links are routes: [`Desk::link`]. What was typed into a field is in `Ask::values`, under the
//!    name that the element's `Attribute::Field` says.
//! 5. Its style in `static/css/screens/NAME.css`; the screen stands in an element of that class.
//!
//! # How a table is added
//!
//! A screen that is one table of any length, with the details of a line beside it, is drawn by
//! [`tables::drawn`]; the page scrolls it and walks it by keyboard, knowing none of its words.
//! Of steps 1 to 5 remain `Screen::is_table`, and the widths of its columns in its style. The rest is
//! the trait [`tables::Line`], of the engine's line (`tables/files.rs` is a short one):
//!
//! - `COLUMNS`: each with the key of its heading (`files.size`, whose last word is the column's code in
//!   the address), and a function from the line to what is in the cell; one is the row's header.
//! - `question`: a window of lines, sorted by a column's code; and `page`, to read the answer.
//! - `details`: what is said of a line beside the table.
//!
//! Tests drive a [`Program`] with a real engine (`tests/it/screens`).

mod answers;
mod bars;
mod coverage;
mod desk;
mod details;
mod empty;
mod explore;
mod facts;
mod filter_bar;
mod findings;
mod help;
mod hints;
mod isolated;
mod listing;
mod losses;
pub mod markup;
mod masked;
mod misdated;
mod overview;
mod parts;
mod pivot;
mod range;
mod source;
mod tables;
mod tls;
pub mod toolbox;
mod values;
pub mod words;

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use crate::base::{Locus, UnixSeconds};
use crate::knowledge::Suffixes;
use crate::query::{Answer, FailureLine, FileLine, Question, RecordLine, ReportLine, Window};
use crate::view::{Screen, Zone};
use answers::Answers;
pub use desk::Desk;
pub use listing::Listing;
use markup::Drawn;
use source::Sources;
pub use source::{MOST as MOST_OF_SOURCE, Raw};
pub use values::Values;

/// What the page wants drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ask {
    pub part: Part,
    /// The BCP 47 tag of the language.
    pub language: String,
    /// The fragment of the address.
    pub route: String,
    /// Whether a link was followed there: what it says holds over `values`. Else somebody typed.
    pub is_new: bool,
    /// Whether what was typed is to be taken: somebody pressed Enter.
    pub is_entered: bool,
    pub values: Values,
    /// What was chosen for good, on this device.
    pub kept: Values,
    /// A file in the place of a field's value, as the field's name and its bytes: a text
    /// field would change line ends and encoding.
    pub file: Option<(String, Vec<u8>)>,
    pub shown: Shown,
    /// Whether files are still read: the store grows.
    pub is_reading: bool,
    /// Counts what the store has been: answers hold for one of them.
    pub revision: u64,
    /// When the screen was opened.
    pub opened: UnixSeconds,
    pub now: UnixSeconds,
    /// The clock that times are told by. (Days of drawings and of the filter are those of UTC.)
    pub zone: Zone,
}

/// Of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Part {
    #[default]
    Screen,
    /// The filter, above all screens that have one.
    Bar,
    /// What keys do, what can be searched for, what the words mean; above whatever is shown.
    Help,
}

impl Part {
    pub const COUNT: usize = Self::Help as usize + 1;
}

/// What is seen of the screen's table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// The rows that are scrolled to, and some around them.
    pub window: Window,
    /// The row whose details are shown.
    pub open: Option<u32>,
}

impl Default for Shown {
    /// The first rows, of a table that is not measured yet.
    fn default() -> Self {
        Self { window: Window { offset: 0, limit: 96 }, open: None }
    }
}

/// What the page gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// To draw it, these must be known.
    Questions(Vec<Question>),
    /// To draw it, this report must be read again.
    Source(Box<Locus>),
    Drawn(Box<Drawn>),
}

/// Draws, and keeps what it knows.
#[derive(Debug, Default)]
pub struct Program {
    answers: Answers,
    suffixes: Option<Rc<Suffixes>>,
    open: Option<tables::Open>,
    sources: Sources,
}

impl Program {
    /// Draws what was asked for, or says what it must know first.
    pub fn draw(&mut self, ask: &Ask) -> Reply {
        self.answers.turn_to(ask.revision);
        let Self { answers, suffixes, open, sources } = self;
        let desk = Desk::new(ask, answers, sources, suffixes.as_ref());
        let drawn = match (ask.part, desk.route.screen) {
            (Part::Bar, _) => filter_bar::drawn(&desk),
            (Part::Help, _) => help::drawn(&desk),
            (Part::Screen, Screen::Records) => tables::drawn::<RecordLine>(&desk, open),
            (Part::Screen, Screen::Reports) => tables::drawn::<ReportLine>(&desk, open),
            (Part::Screen, Screen::Source) => source::drawn(&desk),
            (Part::Screen, Screen::Failures) => tables::drawn::<FailureLine>(&desk, open),
            (Part::Screen, Screen::Files) => tables::drawn::<FileLine>(&desk, open),
            (Part::Screen, Screen::Findings) => desk.drawn(findings::draw(&desk)),
            (Part::Screen, Screen::Tls) => tls::drawn(&desk),
            (Part::Screen, Screen::Toolbox) => toolbox::drawn(&desk),
            (Part::Screen, Screen::Overview) => overview::drawn(&desk),
            (Part::Screen, Screen::Coverage) => coverage::drawn(&desk),
            (Part::Screen, Screen::Explore) => desk.drawn(explore::draw(&desk)),
            // The page draws it itself.
            (Part::Screen, Screen::Start) => desk.drawn(Vec::new()),
        };
        let drawn = desk.saved(drawn);
        let (missing, wanted) = (self.answers.missing(), self.sources.wanted());
        if !missing.is_empty() {
            return Reply::Questions(missing);
        }
        if let Some(locus) = wanted {
            return Reply::Source(Box::new(locus));
        }
        self.sources.forget_failure();
        Reply::Drawn(Box::new(drawn))
    }

    /// Takes the list of public suffixes; without it, fewer domains are known to belong
    /// together.
    pub fn learn_suffixes(&mut self, list: String) {
        self.suffixes = Suffixes::new(list).map(Rc::new);
    }

    /// Takes what was read again; `None` where it could not be.
    pub fn learn_source(&mut self, locus: Locus, raw: Option<Raw>) {
        self.sources.learn(locus, raw);
    }

    /// The store that is drawn: the newest that was heard of. What is asked from now on is
    /// answered by it, or by a newer one.
    pub fn revision(&self) -> u64 {
        self.answers.revision()
    }

    /// Takes the answers to all these questions, in their order, with the revision at the time
    /// when they were asked. Without any, the engine cannot be asked now: it is drawn without.
    pub fn learn(&mut self, revision: u64, questions: Vec<Question>, answers: Vec<Answer>) {
        self.answers.learn(revision, questions, answers);
    }
}
