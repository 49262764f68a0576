//! A pivot table over the rows of any table: sorted by any column, each value the way down into
//! its rows, and the whole to take along.

use super::Desk;
use super::desk::SAVED;
use super::markup::{Act, Attribute, Node, Tag, element, text};
use super::parts::{
    Head, Table, amount, dropdown, link, masked_value, paragraph, scrolling, share, value,
};
use crate::base::UnixSeconds;
use crate::query::Table as Asked;
use crate::query::{
    Dimension, Filter, GroupBy, GroupLine, Groups, Key, Kind, Measure, Sort, Window,
};
use crate::view::pivot::{Cell, Column, WHOLE, columns, csv, details, is_of_details, moment};
use crate::view::{Route, SortKey, drill};

/// Lines shown at first, and more with each step.
const LINES: u32 = 50;
/// Lines that are drawn at most: a longer table is no longer read, and its whole is in CSV.
const MOST: u32 = 2_000;
/// Lines of a CSV at most, which passes through the page's thread.
const MOST_SAVED: u32 = 100_000;
/// Lines that are asked for at once to be saved, for the same reason.
const PIECE: u32 = 5_000;

/// One pivot table at a moment.
pub struct Pivot<'a> {
    desk: &'a Desk<'a>,
    /// Of the screen: what is grouped by, and in which order.
    route: Route,
    /// The same with the rows of the table: the way down starts from it.
    rows: Route,
    on: Dimension,
    columns: &'static [Column],
    sorted: SortKey,
    lines: u32,
    question: GroupBy,
    groups: &'a Groups,
}

impl<'a> Pivot<'a> {
    /// Of these rows, as the address of the screen asks; `None` as long as it is not known.
    pub fn of(desk: &'a Desk<'a>, filter: &Filter) -> Option<Self> {
        let (route, filter) = (desk.route.clone(), filter.clone());
        let (table, rows) = (route.table(), route.filtered(&filter));
        let (on, columns) = (drill::grouped_by(&rows), columns(table, &filter));
        let sorted = sorted(&route, on, columns);
        let lines = route.lines.unwrap_or(LINES).clamp(LINES, MOST);
        let question = GroupBy {
            table,
            filter,
            by: (on, None),
            measures: columns.iter().map(|column| column.measure).chain(whole(table)).collect(),
            sort: Sort {
                by: columns.iter().find(|column| column.name == sorted.column).map(Column::rank),
                descending: sorted.descending,
            },
            window: Window { offset: 0, limit: lines },
        };
        let groups = desk.groups(question.clone())?;
        Some(Self { desk, route, rows, on, columns, sorted, lines, question, groups })
    }

    /// Lines there are in all.
    pub fn total(&self) -> u32 {
        self.groups.total
    }

    /// The choice of what is grouped by.
    pub fn grouping(&self) -> Node {
        let Self { desk, route, .. } = self;
        let all = Dimension::ALL.into_iter().filter(|on| !on.is_foreign(route.table()));
        let choice = |on: Dimension| {
            let words = vec![text(desk.dimension(on))];
            let choice = link(&drill::regrouped(route, on), "choices__choice", words);
            let choice =
                if on == self.on { choice.with(Attribute::Current, "true") } else { choice };
            element(Tag::Li, "", vec![choice])
        };
        let choices = element(Tag::Ul, "choices", all.map(choice).collect());
        let label = format!("{} {}", desk.text("explore.by"), desk.dimension(self.on));
        dropdown(&label, false, "", vec![choices])
    }

    /// The lines as CSV: those in view to the clipboard, all to a file.
    pub fn take_along(&self) -> Node {
        let desk = self.desk;
        let (name, csv) = (format!("{}.csv", self.on.code()), self.csv(&self.groups.lines));
        let (shown, all) = (self.groups.lines.len() as u64, u64::from(self.groups.total));
        let mut content =
            vec![Node::Copy { label: desk.text("explore.copy").to_owned(), text: csv.clone() }];
        let act = match shown < all {
            false => Act::Save { name, text: csv },
            true => {
                // Nobody has them yet.
                let saved = all.min(MOST_SAVED.into());
                let key = if saved < all { "explore.taken-first" } else { "explore.taken" };
                let [shown, saved, all] =
                    [shown, saved, all].map(|lines| desk.language.integer(lines));
                let numbers = [("shown", shown), ("saved", saved), ("all", all)];
                let words = desk.words().fill_all(key, &numbers);
                content.insert(0, paragraph("take-along__shown", words));
                self.save(name);
                Act::Put(vec![(SAVED.to_owned(), desk.ask.route.clone())])
            }
        };
        content.push(desk.button("button button--small", desk.text("explore.save"), act));
        element(Tag::Div, "take-along", content)
    }

    /// Saves all lines, if that is asked for: they are fetched piece by piece before.
    fn save(&self, name: String) -> Option<()> {
        let Self { desk, question, groups, .. } = self;
        if desk.ask.values.get(SAVED) != desk.ask.route {
            return None;
        }
        let mut lines = Vec::new();
        for offset in (0..groups.total.min(MOST_SAVED)).step_by(PIECE as usize) {
            let window = Window { offset, limit: PIECE };
            let piece = desk.groups(GroupBy { window, ..question.clone() })?;
            lines.extend(&piece.lines);
        }
        desk.save(name, self.csv(lines));
        Some(())
    }

    fn csv<'b>(&self, lines: impl IntoIterator<Item = &'b GroupLine>) -> String {
        let shown = |key: &Key| masked_value(self.desk, self.on, key).or_else(|| key.clone());
        csv(self.on, self.columns, lines.into_iter(), &shown, self.desk.text("absent.empty"))
    }

    /// The table, in a box that scrolls.
    pub fn table(&self) -> Node {
        let Self { desk, groups, .. } = self;
        let mut heads = vec![Head::new(desk.dimension(self.on), "explore__value").sorts("value")];
        heads.extend(self.columns.iter().enumerate().map(|(at, column)| {
            let class = match (at, column.cell) {
                (0 | 1, Cell::Amount | Cell::Share) => "",
                (_, Cell::Amount | Cell::Share) => "plain-table__wide",
                (1, _) => "plain-table__number",
                _ => "plain-table__number plain-table__wide",
            };
            Head::new(desk.text(&format!("explore.{}", column.name)), class).sorts(column.name)
        }));
        let rows = groups.lines.iter().map(|line| {
            let key = &line.keys.0;
            let into = drill::into(&self.rows, key.clone());
            // The way into one that is masked would have it in the address.
            let mut cells = vec![match masked_value(self.desk, self.on, key) {
                Some(_) => self.value(key),
                None => link(&into, "link", vec![self.value(key)]),
            }];
            cells.extend(self.cells(&line.values));
            cells
        });
        let mut totals = vec![text(desk.text("explore.total"))];
        totals.extend(self.cells(&groups.totals));
        let caption = desk.fill("explore.caption", &[("by", desk.dimension(self.on))]);
        let name = caption.clone();
        let sorted = self.sorted.clone();
        let table = Table { caption, heads, sorted, totals, rows: rows.collect() };
        scrolling("explore__table", &name, vec![table.draw(desk)])
    }

    /// The value of a line, in words. In TLS reports, what has none may be a summary.
    fn value(&self, key: &Key) -> Node {
        let Self { desk, route, rows, on, .. } = self;
        let has_summaries = route.table() == Asked::Tls && !rows.filter().has(&details());
        match key {
            None if has_summaries && is_of_details(*on) => text(desk.text("absent.summary")),
            _ => value(desk, *on, key),
        }
    }

    /// The measures of a line, or of all.
    fn cells(&self, values: &[u64]) -> Vec<Node> {
        let whole = values.get(self.columns.len()).copied().unwrap_or_default();
        let cell = |((column, value), all): ((&Column, &u64), &u64)| match column.cell {
            Cell::Amount => amount(self.desk, *value, *all),
            Cell::Share => share(self.desk.words(), *value, whole),
            Cell::Number => self.desk.integer(*value),
            Cell::Day => day(self.desk, column.measure, *value),
        };
        self.columns.iter().zip(values).zip(&self.groups.totals).map(cell).collect()
    }

    /// The way to more lines, where there are more; and how many cannot be shown.
    pub fn more(&self) -> Option<Node> {
        let Self { desk, lines, groups, .. } = self;
        let rest = u64::from(groups.total.saturating_sub(*lines));
        if *lines == MOST && rest > 0 {
            let key =
                if groups.total > MOST_SAVED { "explore.reach-first" } else { "explore.reach" };
            let [saved, all] =
                [MOST_SAVED, groups.total].map(|lines| desk.language.integer(lines.into()));
            let reach = desk.words().fill_all(key, &[("saved", saved), ("all", all)]);
            let words = format!("{} {reach}", desk.count("explore.rest", rest));
            return Some(paragraph("explore__end", words));
        }
        let next = groups.total.min(MOST).min(lines * 4);
        let more = u64::from(next.saturating_sub(*lines));
        let route = Route { lines: Some(next), ..self.route.clone() };
        let words = || vec![text(desk.count("explore.more", more))];
        (more > 0).then(|| link(&route, "button explore__more", words()))
    }
}

/// What shares are of, after the measures of the columns.
fn whole(table: Asked) -> Option<Measure> {
    (table == Asked::Aggregate).then_some(WHOLE)
}

/// The day of a moment, by the clock that was asked for, which its title says in full. A report
/// that ends at midnight is not of the day that begins then.
fn day(desk: &Desk<'_>, measure: Measure, value: u64) -> Node {
    let Some(at) = moment(value) else { return text("–") };
    let within = if measure == Measure::Last { UnixSeconds(at.0 - 1) } else { at };
    let day = desk.language.day(desk.ask.zone.shown(within));
    element(Tag::Span, "", vec![text(day)]).with(Attribute::Title, desk.words().moment(at))
}

/// Times in their own order, all else by what counts most.
fn sorted(route: &Route, on: Dimension, columns: &[Column]) -> SortKey {
    let is_column = |key: &&SortKey| {
        key.column == "value" || columns.iter().any(|column| column.name == key.column)
    };
    let is_time = matches!(on.kind(), Kind::Day | Kind::Month);
    let first = columns.first().map(|column| column.name).filter(|_| !is_time);
    let usual =
        SortKey { column: first.unwrap_or("value").to_owned(), descending: first.is_some() };
    route.sort.as_ref().filter(is_column).cloned().unwrap_or(usual)
}
