//! The greatest values of a dimension, each a link to its records.

use super::records;
use crate::query::{Dimension, Filter, Groups};
use crate::screens::Desk;
use crate::screens::markup::{Node, text};
use crate::screens::parts::{Head, Table, amount, card, link, paragraph, percent, value};
use crate::view::{Route, Screen, drill};

/// Lines of a ranking.
pub const RANKED: u32 = 8;

/// A short table; of groups with two measures, with the share that passes.
pub struct Ranking<'a> {
    /// The key of its words.
    pub title: &'static str,
    pub on: Dimension,
    pub filter: &'a Filter,
    pub groups: &'a Groups,
}

impl Ranking<'_> {
    pub fn draw(&self, desk: &Desk<'_>) -> Node {
        let lines = &self.groups.lines;
        let number = |values: &[u64], at: usize| values.get(at).copied();
        let most = lines.first().and_then(|line| number(&line.values, 0)).unwrap_or_default();
        let mut heads = vec![
            Head::new(desk.dimension(self.on), ""),
            Head::new(desk.text("explore.messages"), ""),
            Head::new(desk.text("explore.passed"), "plain-table__number"),
        ];
        heads.truncate(1 + self.groups.totals.len());
        let rows = lines.iter().map(|line| {
            let messages = number(&line.values, 0).unwrap_or_default();
            let filter = self.filter.only(self.on, &line.keys.0);
            let name = value(desk, self.on, &line.keys.0);
            let mut cells =
                vec![link(&records(&filter), "link", vec![name]), amount(desk, messages, most)];
            if let Some(passed) = number(&line.values, 1) {
                let judged = number(&line.values, 2).unwrap_or_default();
                cells.push(percent(desk.words(), passed, judged));
            }
            cells
        });
        let title = desk.text(self.title);
        let table =
            Table { caption: title.to_owned(), heads, rows: rows.collect(), ..Table::default() };
        let mut content = vec![match lines.is_empty() {
            true => paragraph("ranking__none", desk.text("overview.none")),
            false => table.draw(desk),
        }];
        content.extend(rest(desk, self.groups, self.on, self.filter));
        card("ranking", title, content)
    }
}

/// How many more there are, as a link to all.
pub fn rest(desk: &Desk<'_>, groups: &Groups, on: Dimension, filter: &Filter) -> Option<Node> {
    let more = u64::from(groups.total).saturating_sub(groups.lines.len() as u64);
    let all = drill::regrouped(&Route::to(Screen::Explore).filtered(filter), on);
    (more > 0).then(|| link(&all, "link", vec![text(desk.count("count.more", more))]))
}
