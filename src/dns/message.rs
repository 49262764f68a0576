//! What to say, without saying it: a code and its named arguments.
//!
//! Every code of this module is a variant of an enum made by [`codes!`], and has
//! one template in each language (`locales/toolbox.txt`), under its [`Say::key`],
//! with a `%{name}` for each of its [`Say::params`].

/// Values for the `%{name}`s of one message.
pub type Args = Vec<(&'static str, String)>;

/// A code that the message files have words for.
pub trait Say: Copy + 'static {
    /// Every code of the enum, in the order of its table.
    const ALL: &'static [Self];

    /// The stable name within its enum, for files and tests.
    fn code(self) -> &'static str;

    /// The key in the message files: the enum’s name there, a dot, the code.
    fn key(self) -> &'static str;

    /// The names of its arguments: each is a `%{name}` of the template.
    fn params(self) -> &'static [&'static str];
}

/// A code with its arguments, ready to be put into words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message<C> {
    pub code: C,
    pub args: Args,
}

impl<C: Say> Message<C> {
    pub fn new(code: C) -> Self {
        Self { code, args: Args::new() }
    }

    /// Adds one argument; its name must be among the code's [`Say::params`].
    pub fn arg(mut self, name: &'static str, value: impl ToString) -> Self {
        debug_assert!(self.code.params().contains(&name), "{} has no {name}", self.code.key());
        self.args.push((name, shown(value)));
        self
    }
}

impl<C: Say> From<C> for Message<C> {
    fn from(code: C) -> Self {
        Self::new(code)
    }
}

/// A value as it can stand in a line of text: without control characters, and cut
/// where it is longer than any name or address.
pub(super) fn shown(value: impl ToString) -> String {
    const LONGEST: usize = 400;
    let value = value.to_string();
    let stop = value.floor_char_boundary(LONGEST);
    let mut text: String = value[..stop]
        .chars()
        .map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c })
        .collect();
    if stop < value.len() {
        text.push('\u{2026}');
    }
    text
}

/// Declares an enum of codes: `Variant = "code" ["argument", …];`, the arguments optional.
macro_rules! codes {
    (
        $(#[$meta:meta])*
        $vis:vis enum $name:ident in $space:literal {
            $($(#[$doc:meta])+ $variant:ident = $code:literal $([$($param:literal),+])?;)*
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        $vis enum $name {$($(#[$doc])+ $variant,)*}

        impl $crate::dns::message::Say for $name {
            const ALL: &'static [Self] = &[$(Self::$variant,)*];

            fn code(self) -> &'static str {
                match self {$(Self::$variant => $code,)*}
            }

            fn key(self) -> &'static str {
                match self {$(Self::$variant => concat!($space, ".", $code),)*}
            }

            fn params(self) -> &'static [&'static str] {
                match self {$(Self::$variant => &[$($($param),+)?],)*}
            }
        }
    };
}

pub(super) use codes;
