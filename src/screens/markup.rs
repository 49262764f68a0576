//! A screen as the page takes it: a tree of elements with no more than the page lets a
//! program use. The page puts it on the screen without knowing what it says.
//!
//! There is no element that loads anything, no attribute that is code, style or an
//! address: a link leads to a fragment of this page, and the page sees to that.

use serde::{Deserialize, Serialize};

use super::Values;
use super::listing::Listing;
use crate::base::FileId;
pub use crate::view::tone::Tone;

/// What the page gets for what was asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drawn {
    /// What is shown, as a path. Where it changes, reading goes on at its heading.
    pub place: String,
    /// What is in the fields now, what a link brought included.
    pub values: Values,
    /// The fragment under which this comes again, where what was typed is part of it.
    pub address: Option<String>,
    /// The fragment to go to now, as if a link to it had been followed.
    pub go: Option<String>,
    /// What to save now, as somebody has asked: a name, and the text.
    pub save: Option<(String, String)>,
    pub content: Vec<Node>,
    /// What the elements' [`Attribute::Act`]s are, by their numbers.
    pub acts: Vec<Act>,
    /// What stands where [`Node::Table`] is.
    pub table: Option<Listing>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Node {
    Text(String),
    /// A text of a report: as it is, in its own direction, cut by its box and whole in the title.
    Data(String),
    Element {
        tag: Tag,
        attributes: Vec<(Attribute, String)>,
        content: Vec<Node>,
    },
    /// The sign that goes with a word of judgement.
    Mark(Tone),
    /// A word of judgement with its sign.
    Judged {
        tone: Tone,
        word: String,
    },
    /// A button that copies a text.
    Copy {
        label: String,
        text: String,
    },
    /// The one table that the page scrolls.
    Table,
}

/// What an element does when it is clicked or chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Act {
    /// Puts these values into fields; an empty one empties its field.
    Put(Vec<(String, String)>),
    /// Saves a text under a name.
    Save { name: String, text: String },
    /// Saves the report that was read again last, as it came.
    SaveSource { name: String },
    /// Keeps a value on the device ([`Ask::kept`](super::Ask)), for the next visit too.
    Keep { name: String, value: String },
    /// Opens the details of a row of the table; those that are open close.
    Open(Option<u32>),
    /// Lets somebody choose files.
    Choose,
    /// Takes a file out of the store, and closes the details.
    Remove(FileId),
}

/// An element; without a class where that is empty.
pub fn element(tag: Tag, class: &str, content: Vec<Node>) -> Node {
    let node = Node::Element { tag, attributes: Vec::new(), content };
    if class.is_empty() { node } else { node.with(Attribute::Class, class) }
}

pub fn text(text: impl Into<String>) -> Node {
    Node::Text(text.into())
}

impl Node {
    /// With this attribute; only elements have any.
    pub fn with(mut self, attribute: Attribute, value: impl Into<String>) -> Self {
        if let Self::Element { attributes, .. } = &mut self {
            attributes.push((attribute, value.into()));
        }
        self
    }
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
        Bdi = "bdi",
        Button = "button",
        Caption = "caption",
        Code = "code",
        Dd = "dd",
        Details = "details",
        Div = "div",
        Dl = "dl",
        Dt = "dt",
        Fieldset = "fieldset",
        Form = "form",
        G = "g",
        H1 = "h1",
        H2 = "h2",
        H3 = "h3",
        Input = "input",
        Label = "label",
        Legend = "legend",
        Li = "li",
        Nav = "nav",
        Line = "line",
        Ol = "ol",
        P = "p",
        Path = "path",
        Pre = "pre",
        Q = "q",
        Rect = "rect",
        Section = "section",
        Span = "span",
        Strong = "strong",
        Summary = "summary",
        Svg = "svg",
        Table = "table",
        Tbody = "tbody",
        Td = "td",
        Textarea = "textarea",
        Tfoot = "tfoot",
        Th = "th",
        Thead = "thead",
        Title = "title",
        Tr = "tr",
        Ul = "ul",
        Wbr = "wbr",
    }
}

names! {
    /// The attributes there are.
    Attribute {
        /// The number of an act.
        Act = "data-act",
        Autocapitalize = "autocapitalize",
        Autocomplete = "autocomplete",
        /// `true` or nothing.
        Checked = "checked",
        /// Arrow keys go up and down through what is within, which is gone once it is chosen: then
        /// back to the field of this name, if it is one.
        Choices = "data-choices",
        Class = "class",
        ColSpan = "colspan",
        /// How a field offers what it could be completed to.
        Completes = "aria-autocomplete",
        Controls = "aria-controls",
        Current = "aria-current",
        /// The way of a path.
        D = "d",
        DescribedBy = "aria-describedby",
        /// There or not, whatever it says.
        Disabled = "disabled",
        /// The field that a file dropped on the element goes to.
        Drop = "data-drop",
        Expanded = "aria-expanded",
        /// The field that is typed into.
        Field = "data-field",
        /// The field that a chosen file goes to.
        File = "data-file",
        For = "for",
        /// Of the page's own drawings, in their units.
        Height = "height",
        Hidden = "aria-hidden",
        Id = "id",
        Invalid = "aria-invalid",
        /// Tells a node from its neighbours where their number changes; not on the screen.
        Key = "key",
        Label = "aria-label",
        LabelledBy = "aria-labelledby",
        Lang = "lang",
        /// A fragment of this page (`#/records`); anything else is no link.
        Link = "href",
        Name = "name",
        Placeholder = "placeholder",
        /// How a drawing fills its box.
        PreserveAspectRatio = "preserveAspectRatio",
        /// The field of the range that is chosen of the steps within.
        Range = "data-range",
        Role = "role",
        RowIndex = "aria-rowindex",
        Rows = "rows",
        Scope = "scope",
        Sort = "aria-sort",
        Spellcheck = "spellcheck",
        /// One of those that arrow keys go through, by its number.
        Step = "data-step",
        TabIndex = "tabindex",
        /// What is said of it when one points at it.
        Title = "title",
        Type = "type",
        Value = "value",
        ViewBox = "viewBox",
        Width = "width",
        X = "x",
        Y = "y",
    }
}
