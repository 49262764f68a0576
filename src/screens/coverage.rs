//! For which days who reported: a row for each reporter, with the days that nobody reported on,
//! and those that were reported on twice.

use super::bars::{folded, help};
use super::desk::most;
use super::markup::{Attribute, Drawn, Node, Tag, element, text};
use super::misdated::{reports_outside, sorted_out};
use super::parts::{Head, Table, card, drawing, link, paragraph, scrolling, value};
use super::range::{Range, drawn as gone, step};
use super::{Desk, empty};
use crate::base::UnixSeconds;
use crate::query::Table as Asked;
use crate::query::{Answer, Dimension, Filter, Groups, Key, Measure, Periods, Question, Term};
use crate::view::coverage::{CELL, Cell, Coverage, Row};
use crate::view::{Route, Screen};

/// The field of what is chosen of the cells.
const FIELD: &str = "coverage";

/// Reporters asked for; how many are drawn depends on how long a time there is.
const REPORTERS: u32 = 100;
/// Reports asked for at most, but for those of the first reporter.
const REPORTS: u64 = 50_000;

/// From one row's first step to the next one's: more than there are columns.
const ROW: u64 = 1_000;

/// The whole screen; the reports of the time that was chosen, where some was.
pub fn drawn(desk: &Desk<'_>) -> Drawn {
    let by = (Dimension::Reporter, None);
    let measures = [Measure::Messages, Measure::Reports];
    let groups = desk.groups(most(Asked::Aggregate, &desk.filter, by, &measures, REPORTERS));
    let Some(groups) = groups else { return nothing(desk, "screens.no-engine") };
    let mut reporters = greatest(groups);
    let is_all = groups.total as usize == reporters.len();
    let filter = match is_all {
        true => desk.filter.clone(),
        false => narrowed(&desk.filter, &reporters),
    };
    let others = u64::from(groups.total).saturating_sub(reporters.len() as u64);
    let mut left_out = [0; 2];
    let coverage = match desk.ask(Question::Periods(filter)) {
        Some(Answer::Periods(all)) => {
            let (periods, outside) = sorted_out(desk, all);
            left_out = outside;
            // Those all of whose reports are left out have no row.
            let has = |periods: &[Periods], key: &Key| periods.iter().any(|it| it.reporter == *key);
            reporters.retain(|reporter| has(&periods, reporter) || !has(all, reporter));
            // Those all of whose reports have no record.
            for reporter in periods.iter().map(|it| &it.reporter).filter(|_| is_all) {
                if !reporters.contains(reporter) {
                    reporters.push(reporter.clone());
                }
            }
            Coverage::of(&reporters, &periods)
        }
        _ => None,
    };
    let Some(coverage) = coverage else { return nothing(desk, "coverage.none") };
    let range = Range::of(desk, FIELD);
    let mut picture = Picture { desk, coverage: &coverage, left_out, range, chosen: None };
    picture.chosen = picture.chosen();
    let content = picture.draw(others);
    gone(desk, FIELD, content, picture.chosen)
}

fn nothing(desk: &Desk<'_>, why: &str) -> Drawn {
    desk.drawn(vec![head(desk), empty::draw(desk, why)])
}

fn head(desk: &Desk<'_>) -> Node {
    let name = element(Tag::H1, "", vec![text(desk.text("screen.reports/coverage"))]);
    element(Tag::Div, "screen-head", vec![name.with(Attribute::TabIndex, "-1"), tabs(desk)])
}

/// Those with the most messages, as many as there may be reports of.
fn greatest(groups: &Groups) -> Vec<Key> {
    let mut reports = 0;
    let lines = groups.lines.iter().take_while(|line| {
        let is_first = reports == 0;
        reports += line.values.get(1).copied().unwrap_or_default();
        is_first || reports <= REPORTS
    });
    lines.map(|line| line.keys.0.clone()).collect()
}

/// What is asked for already, of these reporters.
fn narrowed<'a>(filter: &Filter, reporters: impl IntoIterator<Item = &'a Key>) -> Filter {
    let mut filter = filter.without(Dimension::Reporter);
    for reporter in reporters {
        filter.add(Term::is(Dimension::Reporter, reporter.clone()));
    }
    filter
}

struct Picture<'a> {
    desk: &'a Desk<'a>,
    coverage: &'a Coverage,
    /// Reports of before and after the time that is drawn.
    left_out: [u64; 2],
    range: Option<Range>,
    /// Where it leads.
    chosen: Option<Route>,
}

impl Picture<'_> {
    fn draw(&self, others: u64) -> Vec<Node> {
        let Self { desk, coverage, .. } = *self;
        let [first, last] = self.ends(0, coverage.starts.len().saturating_sub(2));
        let days = desk.language.days(Some(first), Some(last)).unwrap_or_default();
        let title = desk.fill("coverage.what", &[("days", &days)]);
        let mut content = vec![paragraph("coverage__lede", desk.text("coverage.lede"))];
        let map = vec![
            element(Tag::Ul, "coverage__names", self.rows(|row| vec![self.name(row)])),
            scrolling("coverage__box", &title, vec![self.map(&title)]),
            element(Tag::Ul, "coverage__notes", self.rows(|row| self.note(row))),
        ];
        content.push(element(Tag::Div, "coverage__map", map));
        let columns = desk.text(&format!("coverage.{}", bucket_name(coverage)));
        content.push(paragraph("coverage__cut", format!("{days} · {columns}")));
        content.push(self.legend());
        content.push(self.said());
        let (rows, columns) = coverage.left_out;
        for (key, number) in [("coverage.more", rows + others), ("coverage.earlier", columns)] {
            if number > 0 {
                content.push(paragraph("coverage__cut", desk.count(key, number)));
            }
        }
        content.push(reports_outside(desk, self.left_out));
        content.push(folded(desk, vec![self.twin(&title)]));
        vec![head(desk), card("coverage__card", &self.sentence(), content)]
    }

    /// What there is to see, in a sentence.
    fn sentence(&self) -> String {
        let rows = &self.coverage.rows;
        let count = |key, of: fn(Cell) -> u64| {
            let some = rows.iter().filter(|row| of(row.sum()) > 0).count();
            self.desk.count(key, some as u64)
        };
        let gaps = count("coverage.with-gaps", |cell| cell.gaps);
        let overlaps = count("coverage.with-overlaps", |cell| cell.overlaps);
        let all = self.desk.count("coverage.reporters", rows.len() as u64);
        format!("{all} {gaps} {overlaps}")
    }

    fn rows(&self, content: impl Fn(&Row) -> Vec<Node>) -> Vec<Node> {
        self.coverage.rows.iter().map(|row| element(Tag::Li, "", content(row))).collect()
    }

    /// The reporter, as a link to its records.
    fn name(&self, row: &Row) -> Node {
        let only = narrowed(&self.desk.filter, [&row.reporter]);
        let name = value(self.desk, Dimension::Reporter, &row.reporter);
        link(&Route::to(Screen::Records).filtered(&only), "link", vec![name])
    }

    fn note(&self, row: &Row) -> Vec<Node> {
        vec![text(self.faults(row.sum()).join(" · "))]
    }

    /// The days that are missing and those that come twice, where there are any.
    fn faults(&self, cell: Cell) -> Vec<String> {
        let of = [("coverage.gap-days", cell.gaps), ("coverage.overlap-days", cell.overlaps)];
        let of = of.into_iter().filter(|(_, days)| *days > 0);
        of.map(|(key, days)| self.desk.count(key, days)).collect()
    }

    fn map(&self, title: &str) -> Node {
        let coverage = self.coverage;
        let path = |class: &str, path: &str| {
            element(Tag::Path, class, Vec::new()).with(Attribute::D, path)
        };
        let levels = (0..).zip(&coverage.paths);
        let mut content: Vec<_> =
            levels.map(|(at, it)| path(&format!("coverage__level-{at}"), it)).collect();
        content.push(path("coverage__gap", &coverage.gaps));
        content.push(path("coverage__overlap", &coverage.overlaps));
        let rows = (0..).zip(&coverage.rows).map(|(at, row)| self.cells(at, row)).collect();
        content.push(element(Tag::G, "", rows).with(Attribute::Range, FIELD));
        drawing("coverage__drawing", coverage.width, coverage.height, content)
            .with(Attribute::Height, (coverage.rows.len() * 24).to_string())
            .with(Attribute::Role, "group")
            .with(Attribute::Label, title)
    }

    /// A step for each cell, a link where there is something.
    fn cells(&self, at: u64, row: &Row) -> Node {
        let stop = self.range.map_or(self.coverage.rows[0].cells.len() as u64 - 1, |it| it.to);
        let cell = |(column, cell): (u64, &Cell)| {
            let number = at * ROW + column;
            let is_chosen = self.is_chosen(at, column);
            let class = if is_chosen { "bars__slot bars__slot--chosen" } else { "bars__slot" };
            let rect = element(Tag::Rect, class, Vec::new())
                .with(Attribute::X, (column * CELL).to_string())
                .with(Attribute::Y, (at * CELL).to_string())
                .with(Attribute::Width, CELL.to_string())
                .with(Attribute::Height, CELL.to_string());
            let words = self.words(row, *cell, column as usize, column as usize);
            let said = element(Tag::Title, "", vec![text(words)]);
            let chosen = self.chosen.as_ref().filter(|_| is_chosen).cloned();
            let to = chosen.unwrap_or_else(|| self.reports(&[row], (column, column)));
            step(link(&to, "", vec![rect, said]), number, number == stop)
        };
        element(Tag::G, "", (0..).zip(&row.cells).map(cell).collect())
    }

    /// The rows and columns that are chosen, both with their last.
    fn corners(&self) -> Option<((u64, u64), (u64, u64))> {
        let range = self.range.filter(|range| range.is_wide())?;
        let span = |of: fn(u64) -> u64| {
            let (a, b) = (of(range.from), of(range.to));
            (a.min(b), a.max(b))
        };
        Some((span(|step| step / ROW), span(|step| step % ROW)))
    }

    fn is_chosen(&self, row: u64, column: u64) -> bool {
        self.corners().is_some_and(|((top, bottom), (left, right))| {
            (top..=bottom).contains(&row) && (left..=right).contains(&column)
        })
    }

    /// The reports of what is chosen.
    fn chosen(&self) -> Option<Route> {
        let ((top, bottom), columns) = self.corners()?;
        let rows = self.coverage.rows.get(top as usize..=bottom as usize)?;
        Some(self.reports(&rows.iter().collect::<Vec<_>>(), columns))
    }

    /// The reports of these reporters in a time; around it, where there is none.
    fn reports(&self, rows: &[&Row], (left, right): (u64, u64)) -> Route {
        let mut filter = narrowed(&self.desk.filter, rows.iter().map(|row| &row.reporter));
        let columns = left as usize..=right as usize;
        let mut cells = rows.iter().filter_map(|row| row.cells.get(columns.clone())).flatten();
        let around = u64::from(cells.all(|cell| cell.days == 0));
        let right = (right + around).min(self.coverage.starts.len() as u64 - 2);
        let [since, until] = self.ends(left.saturating_sub(around) as usize, right as usize);
        (filter.since, filter.until) = (Some(since), Some(until));
        Route::to(Screen::Reports).filtered(&filter)
    }

    /// The first moment of a column, and the first after another.
    fn ends(&self, first: usize, last: usize) -> [UnixSeconds; 2] {
        [first, last + 1].map(|at| self.coverage.starts.get(at).copied().unwrap_or_default())
    }

    /// What some cells of a reporter say together.
    fn words(&self, row: &Row, cell: Cell, first: usize, last: usize) -> String {
        let desk = self.desk;
        let [begin, end] = self.ends(first, last);
        let name = desk.value_words(Dimension::Reporter, &row.reporter);
        let name = name.or(row.reporter.as_deref()).unwrap_or_default();
        let days = desk.language.days(Some(begin), Some(end)).unwrap_or_default();
        let mut words = vec![name.to_owned(), days];
        if cell.days > 0 {
            words.push(desk.count("count.messages", cell.messages));
        }
        words.extend(self.faults(cell));
        if cell.is_empty() {
            words.push(desk.text("coverage.nothing").to_owned());
        }
        words.join(" · ")
    }

    /// What is under the keyboard, or chosen.
    fn said(&self) -> Node {
        let desk = self.desk;
        let one = self.range.map(|range| (range.to / ROW, range.to % ROW));
        let said = match (self.corners(), one) {
            (Some((rows, columns)), _) => Some((rows, columns)),
            (None, Some((row, column))) => Some(((row, row), (column, column))),
            (None, None) => None,
        };
        let rows = said.and_then(|((top, bottom), columns)| {
            Some((self.coverage.rows.get(top as usize..=bottom as usize)?, columns))
        });
        let Some((rows, (left, right))) = rows else {
            let words = help(desk, ["coverage.help", "coverage.help-touch"]);
            return element(Tag::P, "timeline__said", words);
        };
        let words = rows.iter().map(|row| {
            let cells = row.cells.get(left as usize..=right as usize).unwrap_or_default();
            let part = Row { reporter: row.reporter.clone(), cells: cells.to_vec() };
            self.words(row, part.sum(), left as usize, right as usize)
        });
        let mut content = vec![text(desk.words().listed(words))];
        if let Some(to) = &self.chosen {
            content.push(text(" "));
            content.push(link(to, "link", vec![text(desk.text("coverage.reports"))]));
        }
        element(Tag::P, "timeline__said", content).with(Attribute::Role, "status")
    }

    /// What shades and marks mean.
    fn legend(&self) -> Node {
        let sign = |class: &str, path: &str, key: &str| {
            let path = element(Tag::Path, class, Vec::new()).with(Attribute::D, path);
            let sign = drawing("coverage__sign", 10, 10, vec![path]);
            let words = text(self.desk.text(key));
            element(Tag::Li, "", vec![sign.with(Attribute::Hidden, "true"), words])
        };
        let whole = "M0 0h9v9h-9z";
        let signs = vec![
            sign("coverage__level-0", whole, "coverage.few"),
            sign("coverage__level-3", whole, "coverage.many"),
            sign("coverage__gap", "M2 4h5v2h-5z", "coverage.gap"),
            sign("coverage__overlap", "M5 0h4v4h-4z", "coverage.overlap"),
        ];
        element(Tag::Ul, "timeline__legend", signs)
    }

    /// Every cell as text.
    fn twin(&self, title: &str) -> Node {
        let desk = self.desk;
        let mut heads = vec![Head::new(desk.dimension(Dimension::Reporter), "")];
        for at in 0..self.coverage.starts.len().saturating_sub(1) {
            let [begin, end] = self.ends(at, at);
            let days = desk.language.days(Some(begin), Some(end)).unwrap_or_default();
            heads.push(Head::new(days, "plain-table__number"));
        }
        let rows = self.coverage.rows.iter().map(|row| {
            let mut cells = vec![value(desk, Dimension::Reporter, &row.reporter)];
            cells.extend(row.cells.iter().map(|cell| text(self.short(*cell))));
            cells
        });
        let rows = rows.collect();
        let table = Table { caption: title.to_owned(), heads, rows, ..Table::default() };
        scrolling("timeline__table", title, vec![table.draw(desk)])
    }

    fn short(&self, cell: Cell) -> String {
        let desk = self.desk;
        let mut words = Vec::new();
        if cell.days > 0 {
            words.push(desk.language.integer(cell.messages));
        }
        words.extend(self.faults(cell));
        words.join(", ")
    }
}

/// The two views of the reports, each a link: all of them as a table, and their days.
pub fn tabs(desk: &Desk<'_>) -> Node {
    let views = [(Screen::Reports, "coverage.list"), (Screen::Coverage, "screen.reports/coverage")];
    let view = |(screen, key): (Screen, &str)| {
        let tab = link(&desk.route.elsewhere(screen), "tabs__tab", vec![text(desk.text(key))]);
        if screen == desk.route.screen { tab.with(Attribute::Current, "page") } else { tab }
    };
    let tabs = element(Tag::Nav, "tabs", views.map(view).into());
    tabs.with(Attribute::Label, desk.text("coverage.view"))
}

fn bucket_name(coverage: &Coverage) -> &'static str {
    match coverage.bucket {
        crate::query::Bucket::Day => "days",
        crate::query::Bucket::Week => "weeks",
        crate::query::Bucket::Month => "months",
    }
}
