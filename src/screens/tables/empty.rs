//! A table without a row, and why it has none.

use crate::query::{Answer, FileColumn, Question, Sort, Window};
use crate::screens::Desk;
use crate::screens::markup::{Act, Attribute, Node, Tag, element, text};
use crate::screens::parts::{icon, paragraph};

const SIGN: &str = "M32 2 62 32 32 62 2 32ZM17 17 47 47M47 17 17 47";
const FILE: &str = "M4 2H9.5L12.5 5V14H4ZM9.5 2V5H12.5";

/// Nothing in the store for this screen: not yet, not at all, or still on the way.
/// `none` is the key of what to say where files were read.
pub fn draw(desk: &Desk<'_>, none: &str) -> Node {
    let nothing = Window { offset: 0, limit: 0 };
    let sort = Sort { by: FileColumn::Name, descending: false };
    let files = match desk.ask(Question::Files { sort, window: nothing }) {
        Some(Answer::Files(files)) => files.total,
        _ => 0,
    };
    let is_idle = files == 0 && !desk.ask.is_reading;
    let why = match files {
        _ if desk.ask.is_reading => "empty.working",
        0 => "empty.idle",
        _ if !desk.filter.is_empty() => "screens.nothing-matches",
        _ => none,
    };
    let path = element(Tag::Path, "", Vec::new()).with(Attribute::D, SIGN);
    let sign = element(Tag::Svg, "empty__sign", vec![path])
        .with(Attribute::ViewBox, "0 0 64 64")
        .with(Attribute::Width, "64")
        .with(Attribute::Height, "64")
        .with(Attribute::Hidden, "true");
    let mut content = vec![sign, paragraph("empty__title", desk.text(why))];
    if is_idle {
        let label = vec![icon(FILE), text(desk.text("open.files"))];
        let choose = element(Tag::Button, "button button--primary", label)
            .with(Attribute::Type, "button")
            .with(Attribute::Act, desk.act(Act::Choose));
        content.push(choose);
    }
    element(Tag::Div, "empty", content)
}
