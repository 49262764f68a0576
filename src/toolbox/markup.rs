//! A sheet as the page takes it: a tree of elements with no more than the page lets a tool
//! use. The page puts it on the screen without knowing what it says.
//!
//! There is no element that loads anything, no attribute that is code, style or an
//! address: where a link leads, the page says, and only within itself.

use serde::{Deserialize, Serialize};

use super::{Tone, Tool, Values};

/// What the page gets for what was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drawn {
    pub tool: Tool,
    /// What is in the fields now, what a link brought included.
    pub values: Values,
    /// The address of the tool with as much of it as there is room for.
    pub address: String,
    pub content: Vec<Node>,
    /// What the elements' [`Attribute::Act`]s are, by their numbers.
    pub acts: Vec<Act>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Node {
    Text(String),
    Element {
        tag: Tag,
        attributes: Vec<(Attribute, String)>,
        content: Vec<Node>,
    },
    /// The sign that goes with a word of judgement.
    Mark(Tone),
    /// A button that copies a text.
    Copy {
        label: String,
        text: String,
    },
}

/// What an element does when it is clicked or chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Act {
    /// Puts these values into fields; an empty one empties its field.
    Put(Vec<(String, String)>),
    /// Saves a text under a name.
    Save { name: String, text: String },
}

macro_rules! names {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        pub enum $name {$($(#[$doc])* $variant,)*}

        impl $name {
            /// All of them, as HTML has them.
            pub const NAMES: &'static [&'static str] = &[$($text),*];

            /// As HTML has it.
            pub const fn name(self) -> &'static str {
                match self {$(Self::$variant => $text,)*}
            }
        }
    };
}

names! {
    /// The elements there are.
    Tag {
        A = "a",
        Button = "button",
        Code = "code",
        Dd = "dd",
        Details = "details",
        Div = "div",
        Dl = "dl",
        Dt = "dt",
        Fieldset = "fieldset",
        H1 = "h1",
        H2 = "h2",
        H3 = "h3",
        Input = "input",
        Label = "label",
        Legend = "legend",
        Li = "li",
        Nav = "nav",
        Ol = "ol",
        P = "p",
        Pre = "pre",
        Section = "section",
        Span = "span",
        Summary = "summary",
        Table = "table",
        Tbody = "tbody",
        Td = "td",
        Textarea = "textarea",
        Th = "th",
        Thead = "thead",
        Tr = "tr",
        Ul = "ul",
    }
}

names! {
    /// The attributes there are.
    Attribute {
        /// The number of an act.
        Act = "data-act",
        Autocomplete = "autocomplete",
        /// `true` or nothing.
        Checked = "checked",
        Class = "class",
        Current = "aria-current",
        DescribedBy = "aria-describedby",
        /// The field that a file dropped on the element goes to.
        Drop = "data-drop",
        /// The field that is typed into.
        Field = "data-field",
        /// The field that a chosen file goes to.
        File = "data-file",
        For = "for",
        Id = "id",
        Invalid = "aria-invalid",
        Label = "aria-label",
        /// Another screen or tool, by its path, from which the page makes an address of its own.
        Link = "href",
        Name = "name",
        Placeholder = "placeholder",
        Role = "role",
        Rows = "rows",
        Scope = "scope",
        Spellcheck = "spellcheck",
        TabIndex = "tabindex",
        Type = "type",
        Value = "value",
    }
}
