//! What a tool shows, as plain data that says what it means, not how it looks.

use super::{Address, Tone, Values};

/// One tool at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    pub title: String,
    pub lead: String,
    /// What a person gives.
    pub form: Vec<Block>,
    /// The result in a word, which is read out when it changes.
    pub verdict: Option<Remark>,
    /// What the person gets.
    pub sections: Vec<Section>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section {
    pub title: String,
    pub blocks: Vec<Block>,
}

/// A text between backticks is a command or another thing to type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A paragraph.
    Text(String),
    /// A heading within a section.
    Title(String),
    Field(Field),
    Remark(Remark),
    Listing(Vec<Line>),
    /// In no order.
    Points(Vec<String>),
    /// In this order.
    Steps(Vec<String>),
    /// To be ticked off.
    Checklist(Vec<String>),
    Facts(Vec<(String, String)>),
    /// A text to copy or to save.
    Copy(Text),
    Table {
        head: Vec<String>,
        rows: Vec<Vec<String>>,
    },
    /// What is only seen when it is unfolded.
    Fold {
        title: String,
        blocks: Vec<Block>,
    },
    /// The same, unfolded for good.
    Group {
        title: String,
        blocks: Vec<Block>,
    },
    Links(Vec<Link>),
}

/// A field of the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// One of [`Tool::fields`](super::Tool::fields).
    pub name: String,
    pub label: String,
    pub help: String,
    pub kind: FieldKind,
    /// What counts while the field is empty.
    pub default: String,
    /// What is wrong with the value; empty where nothing is.
    pub fault: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// One line. The default stands in it as a hint.
    Line,
    /// Several lines; the label of the button that chooses a file for it, or nothing.
    Area { rows: u8, choose: String },
    /// One of these.
    Choice(Vec<Choice>),
    /// `y` or nothing.
    Tick,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    pub value: String,
    pub label: String,
}

/// Something that is said of what was given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remark {
    pub tone: Tone,
    pub text: String,
    /// `line 3, column 5`; empty where it is said of the whole.
    pub place: String,
    /// The section that rules here; empty where none does.
    pub rule: String,
    /// The line as it should be, where that is known.
    pub mended: Option<String>,
}

/// A line of what was given, with what is to be said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// From 1.
    pub number: u32,
    pub text: String,
    pub remarks: Vec<Remark>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    pub label: String,
    pub text: String,
    /// The name under which it is saved, where it is a file.
    pub file: Option<String>,
}

/// Something to go on with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub label: String,
    pub to: Target,
    /// Whether it is the one thing to do next.
    pub first: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A tool with these values.
    Tool(Address),
    /// These values in the fields of this tool.
    Set(Values),
    /// The records of the loaded reports.
    Records,
    /// Another screen, by its fragment.
    Route(String),
}
