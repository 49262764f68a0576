//! What screens are made of: links, values, bars in cells, tables, cards.

use super::Desk;
use super::facts::absence;
use super::isolated::disarmed;
use super::markup::{Attribute, Node, Tag, element, text};
use super::masked::masked;
use super::words::Words;
use crate::base::idn::unicode;
use crate::query::{Dimension, Key, Kind, Table as Asked};
use crate::view::number::thousandths;
use crate::view::{Route, SortKey};

/// A link to a screen.
pub fn link(route: &Route, class: &str, content: Vec<Node>) -> Node {
    element(Tag::A, class, content).with(Attribute::Link, route.to_string())
}

/// A text of a report.
pub fn data(data: &str) -> Node {
    Node::Data(disarmed(data).into_owned())
}

/// A domain name in Unicode, with its A-labels in the title.
pub fn domain(name: &str) -> Node {
    element(Tag::Bdi, "data", vec![text(disarmed(&unicode(name)))]).with(Attribute::Title, name)
}

/// A value of a dimension: in words where it is one of ours.
pub fn value(desk: &Desk<'_>, on: Dimension, key: &Key) -> Node {
    match (desk.value_words(on, key), key) {
        (Some(words), _) => text(words),
        (None, Some(key)) if key.is_empty() => text(desk.text("absent.empty")),
        (None, key) => match (masked_value(desk, on, key), key) {
            (Some(masked), _) => data(&masked),
            (None, Some(key)) if on.kind() == Kind::Name => domain(key),
            (None, key) => data(key.as_deref().unwrap_or_default()),
        },
    }
}

/// What is shown in the place of a value that names somebody: nobody has asked for it where values
/// are listed. A subject may, and so may whatever failure reports have in the place of a domain; the
/// ID of a report, which mostly is that of its mail, names the report.
pub fn masked_value(desk: &Desk<'_>, on: Dimension, key: &Key) -> Option<String> {
    let is_of_failure = desk.route.table() == Asked::Failure && on.is_searched();
    let may_name = match on {
        Dimension::ReportId => false,
        Dimension::Subject | Dimension::AuthFailure | Dimension::DeliveryResult => true,
        on => is_of_failure || on.kind() == Kind::Name,
    };
    let key = key.as_deref().filter(|_| may_name)?;
    Some(masked(key)).filter(|masked| masked != key)
}

/// A part of the screen under its title.
pub fn card(class: &str, title: &str, mut content: Vec<Node>) -> Node {
    content.insert(0, element(Tag::H2, "card__title", vec![text(title)]));
    element(Tag::Section, &format!("card {class}"), content)
}

/// A paragraph.
pub fn paragraph(class: &str, words: impl Into<String>) -> Node {
    element(Tag::P, class, vec![text(words)])
}

/// A drawing whose box it fills, whatever the ratio of its units.
pub fn drawing(class: &str, width: u64, height: u64, content: Vec<Node>) -> Node {
    element(Tag::Svg, class, content)
        .with(Attribute::ViewBox, format!("0 0 {width} {height}"))
        .with(Attribute::PreserveAspectRatio, "none")
}

fn bar(class: &str, length: u64) -> Node {
    element(Tag::Rect, class, Vec::new())
        .with(Attribute::Width, length.to_string())
        .with(Attribute::Height, "10")
}

/// `part` of `whole` as a percentage; else the key of why there is none. A sum that has reached
/// its limit stands for all that are greater, so that a part of it is that much at most.
pub fn ratio(words: Words, part: u64, whole: impl Into<u128>) -> Result<String, &'static str> {
    let whole = whole.into();
    let limit = u128::from(u64::MAX);
    let percent = words.language.percent(part, whole).ok_or("absent.no-base")?;
    let rest = whole.saturating_sub(part.into());
    match (u128::from(part) == limit, rest >= limit) {
        // A whole of two sums, which is greater than each can be, tells the rest.
        (true, false) if rest > 0 => Ok(percent),
        (true, _) => Err("absent.limit"),
        (false, _) if whole == limit && part > 0 && !percent.starts_with('<') => {
            Ok(format!("≤\u{a0}{percent}"))
        }
        (false, _) => Ok(percent),
    }
}

/// The same in a sentence, where a dash has to do.
pub fn percentage(words: Words, part: u64, whole: impl Into<u128>) -> String {
    ratio(words, part, whole).unwrap_or_else(|_| "–".to_owned())
}

/// The same by itself: a dash says why it is one.
pub fn percent(words: Words, part: u64, whole: impl Into<u128>) -> Node {
    ratio(words, part, whole).map_or_else(|why| absence(why, words), text)
}

/// The same with a bar.
pub fn share(words: Words, part: u64, whole: impl Into<u128>) -> Node {
    let whole = whole.into();
    let percent = match ratio(words, part, whole) {
        Ok(percent) => percent,
        Err(why) => return absence(why, words),
    };
    let share = thousandths(part, whole).unwrap_or_default();
    let bars = vec![bar("share__rest", 1000), bar("share__part", share)];
    let drawn = drawing("share__bar", 1000, 10, bars).with(Attribute::Hidden, "true");
    element(
        Tag::Span,
        "share",
        vec![drawn, element(Tag::Span, "share__number", vec![text(percent)])],
    )
}

/// A number with a bar of its length; `most` has the longest.
pub fn amount(desk: &Desk<'_>, number: u64, most: u64) -> Node {
    let length = thousandths(number, most).unwrap_or_default();
    let drawn = drawing("amount__bar", 1000, 10, vec![bar("", length)]);
    let number = element(Tag::Span, "amount__number", vec![desk.integer(number)]);
    element(Tag::Span, "amount", vec![drawn.with(Attribute::Hidden, "true"), number])
}

/// A heading of a table's column.
pub struct Head {
    pub words: String,
    /// Of all cells of the column.
    pub class: &'static str,
    /// The code to sort by; `None` where it cannot be.
    pub sort: Option<&'static str>,
}

impl Head {
    pub fn new(words: impl Into<String>, class: &'static str) -> Self {
        Self { words: words.into(), class, sort: None }
    }

    pub fn sorts(self, code: &'static str) -> Self {
        Self { sort: Some(code), ..self }
    }

    /// The cell. A click sorts by it, numbers the greatest first; a second one turns it round.
    fn cell(&self, desk: &Desk<'_>, sorted: &SortKey) -> Node {
        let cell = |content| element(Tag::Th, self.class, content).with(Attribute::Scope, "col");
        let Some(code) = self.sort else { return cell(vec![text(self.words.as_str())]) };
        let is_sorted = sorted.column == code;
        let descending = if is_sorted { !sorted.descending } else { code != "value" };
        let sort = Some(SortKey { column: code.to_owned(), descending });
        let sign = match (is_sorted, sorted.descending) {
            (true, true) => " ↓",
            (true, false) => " ↑",
            (false, _) => "",
        };
        let sign =
            element(Tag::Span, "head__sign", vec![text(sign)]).with(Attribute::Hidden, "true");
        let words = vec![text(self.words.as_str()), sign];
        let cell = cell(vec![link(&Route { sort, ..desk.route.clone() }, "head__sort", words)]);
        match (is_sorted, sorted.descending) {
            (true, true) => cell.with(Attribute::Sort, "descending"),
            (true, false) => cell.with(Attribute::Sort, "ascending"),
            (false, _) => cell,
        }
    }
}

/// A table that is drawn whole.
#[derive(Default)]
pub struct Table {
    pub caption: String,
    pub heads: Vec<Head>,
    pub sorted: SortKey,
    /// What all rows come to; empty where that is not said.
    pub totals: Vec<Node>,
    /// Each begins with its header.
    pub rows: Vec<Vec<Node>>,
}

impl Table {
    pub fn draw(self, desk: &Desk<'_>) -> Node {
        let heads = self.heads.iter().map(|head| head.cell(desk, &self.sorted)).collect();
        let row = |class: &str, cells: Vec<Node>| {
            let cells = cells.into_iter().enumerate().map(|(at, cell)| {
                let class = self.heads.get(at).map(|head| head.class).unwrap_or_default();
                match at {
                    0 => element(Tag::Th, class, vec![cell]).with(Attribute::Scope, "row"),
                    _ => element(Tag::Td, class, vec![cell]),
                }
            });
            element(Tag::Tr, class, cells.collect())
        };
        let mut head = vec![element(Tag::Tr, "", heads)];
        if !self.totals.is_empty() {
            head.push(row("plain-table__totals", self.totals));
        }
        let rows = self.rows.into_iter().map(|cells| row("", cells)).collect();
        let content = vec![
            element(Tag::Caption, "visually-hidden", vec![text(self.caption.as_str())]),
            element(Tag::Thead, "", head),
            element(Tag::Tbody, "", rows),
        ];
        element(Tag::Table, "plain-table", content)
    }
}

/// A box that scrolls by itself: by keyboard too, so it has a name.
pub fn scrolling(class: &str, name: &str, content: Vec<Node>) -> Node {
    element(Tag::Div, class, content)
        .with(Attribute::TabIndex, "0")
        .with(Attribute::Role, "group")
        .with(Attribute::Label, name)
}

/// A field to look for something by its letters, which nobody is to correct.
pub fn search_field(class: &str, name: &str, label: &str, placeholder: &str) -> Node {
    element(Tag::Input, class, Vec::new())
        .with(Attribute::Type, "search")
        .with(Attribute::Field, name)
        .with(Attribute::Autocapitalize, "none")
        .with(Attribute::Autocomplete, "off")
        .with(Attribute::Spellcheck, "false")
        .with(Attribute::Label, label)
        .with(Attribute::Placeholder, placeholder)
}

/// A small drawing in the line of the text, as a path on a grid of 16.
pub fn icon(path: &str) -> Node {
    let path = element(Tag::Path, "", Vec::new()).with(Attribute::D, path);
    element(Tag::Svg, "icon", vec![path])
        .with(Attribute::ViewBox, "0 0 16 16")
        .with(Attribute::Width, "16")
        .with(Attribute::Height, "16")
        .with(Attribute::Hidden, "true")
}

/// A button that unfolds something: closed by Escape, or by a click elsewhere.
pub fn dropdown(label: &str, is_set: bool, field: &str, content: Vec<Node>) -> Node {
    let class = if is_set { " dropdown__summary--set" } else { "" };
    let label = element(Tag::Span, "dropdown__label", vec![text(label)]);
    let summary = element(Tag::Summary, &format!("button dropdown__summary{class}"), vec![label]);
    element(Tag::Details, "dropdown", vec![summary, element(Tag::Div, "dropdown__body", content)])
        .with(Attribute::Name, "dropdown")
        .with(Attribute::Choices, field)
}
