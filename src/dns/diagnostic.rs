//! One thing that is wrong, or could be better, at one place of a text.

use super::kind::Kind;
use super::message::{Args, Message, Say, shown};

/// How much a diagnostic weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Legal; perhaps not what was meant, or worth knowing.
    Hint,
    /// Legal or tolerated, but harmful or read differently by different receivers.
    Warning,
    /// Against the rule: a receiver that follows it ignores or refuses what is written.
    Fault,
}

impl Severity {
    /// The word of the command line's output; the page has its own, in its languages.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Hint => "hint",
            Self::Warning => "warning",
            Self::Fault => "fault",
        }
    }
}

/// A place in what was given, counted from 1; columns are characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Position {
    pub line: u32,
    pub column: u32,
}

impl Position {
    pub const START: Self = Self { line: 1, column: 1 };

    /// The place so many characters further on in the same line.
    pub fn right(self, characters: usize) -> Self {
        let characters = u32::try_from(characters).unwrap_or(u32::MAX);
        Self { line: self.line, column: self.column.saturating_add(characters) }
    }
}

/// One thing that was found. The words are in the message files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    pub kind: Kind,
    pub at: Position,
    /// The document and section that rules here.
    pub rule: &'static str,
    /// Values for the message.
    pub args: Args,
    /// The line of the policy, or the record, as it should be; a line that should
    /// go is an empty text. `None` where nothing is to be changed or it cannot be told how.
    pub mended: Option<String>,
}

impl Diagnostic {
    pub fn new(kind: Kind, at: Position) -> Self {
        Self { kind, at, rule: kind.rule(), args: Args::new(), mended: None }
    }

    /// Adds one argument of the message.
    pub fn arg(mut self, name: &'static str, value: impl ToString) -> Self {
        debug_assert!(self.kind.params().contains(&name), "{} has no {name}", self.kind.key());
        self.args.push((name, shown(value)));
        self
    }

    /// Names the rule, for a kind that several documents have one for.
    pub fn rule(mut self, rule: &'static str) -> Self {
        self.rule = rule;
        self
    }

    pub fn severity(&self) -> Severity {
        self.kind.severity()
    }

    /// The kind and its arguments, to be put into words.
    pub fn message(&self) -> Message<Kind> {
        Message { code: self.kind, args: self.args.clone() }
    }
}

/// What was read, and all there is to say about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked<T> {
    /// What the text says, or meant to say.
    pub value: T,
    /// In the order of their places.
    pub diagnostics: Vec<Diagnostic>,
    /// The whole text as it should be; checked again, it has no fault. `None` where
    /// nothing is to be changed or it cannot be told how.
    pub mended: Option<String>,
}

impl<T> Checked<T> {
    pub fn has_faults(&self) -> bool {
        has_faults(&self.diagnostics)
    }
}

pub fn has_faults(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity() == Severity::Fault)
}

/// Collects diagnostics up to a bound, so that 64 KB of nonsense make no book.
#[derive(Debug, Default)]
pub(super) struct Log {
    faults: Vec<Diagnostic>,
    others: Vec<Diagnostic>,
    left_out: usize,
}

impl Log {
    /// Kept of each of the two sorts, faults and others.
    const KEPT: usize = 100;

    pub fn add(&mut self, diagnostic: Diagnostic) {
        self.add_with(diagnostic.kind, || diagnostic);
    }

    /// Adds a diagnostic that is made only if there is room for it.
    pub fn add_with(&mut self, kind: Kind, make: impl FnOnce() -> Diagnostic) {
        let list = match kind.severity() {
            Severity::Fault => &mut self.faults,
            Severity::Warning | Severity::Hint => &mut self.others,
        };
        if list.len() < Self::KEPT {
            list.push(make());
        } else {
            self.left_out += 1;
        }
    }

    pub fn extend(&mut self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        for diagnostic in diagnostics {
            self.add(diagnostic);
        }
    }

    /// Everything kept, in the order of the places, and a last word on what was not.
    pub fn finish(self) -> Vec<Diagnostic> {
        let mut all = self.faults;
        all.extend(self.others);
        all.sort_by_key(|diagnostic| diagnostic.at);
        if self.left_out > 0 {
            let at = all.last().map_or(Position::START, |last| last.at);
            all.push(Diagnostic::new(Kind::TooMany, at).arg("count", self.left_out));
        }
        all
    }
}

/// Declares an enum of codes as [`codes!`] does, each with its weight and its rule:
/// `Variant = "code", Severity, "section" ["argument", …];`, the arguments optional.
macro_rules! ruled_codes {
    (
        $(#[$meta:meta])*
        $vis:vis enum $name:ident in $space:literal;
        $(
            $(#[$doc:meta])+
            $variant:ident = $code:literal, $severity:ident, $rule:literal
                $([$($param:literal),+])?;
        )*
    ) => {
        $crate::dns::message::codes! {
            $(#[$meta])*
            $vis enum $name in $space {
                $($(#[$doc])+ $variant = $code $([$($param),+])?;)*
            }
        }

        impl $name {
            pub const fn severity(self) -> $crate::dns::diagnostic::Severity {
                match self {$(Self::$variant => $crate::dns::diagnostic::Severity::$severity,)*}
            }

            /// Where the rule stands; empty where there is none. A diagnostic of a kind
            /// that several documents rule on names its own.
            pub const fn rule(self) -> &'static str {
                match self {$(Self::$variant => $rule,)*}
            }
        }
    };
}

pub(super) use ruled_codes;
