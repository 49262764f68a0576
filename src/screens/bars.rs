//! Stacked bars over time.

use super::Desk;
use super::facts::span;
use super::markup::{Attribute, Node, Tag, element, text};
use super::parts::{Head, Table, drawing, link, paragraph, scrolling, value};
use super::range::{Range, step};
use crate::base::UnixSeconds;
use crate::query::{Bar, Dimension, Histogram, Key};
use crate::view::Route;
use crate::view::chart::{Chart, HEIGHT, Slot};

/// A moment that is marked above the bars.
pub struct Mark {
    pub at: UnixSeconds,
    pub words: String,
}

/// A drawing without links, for the cell of a table; from the first to the last bar of `frame`,
/// so that those under one another are of the same days.
pub fn small(histogram: &Histogram, frame: &Histogram, title: &str) -> Node {
    let mut framed = histogram.clone();
    let ends = [frame.bars.first(), frame.bars.last()].into_iter().flatten();
    framed.bars.extend(ends.map(|end| Bar { start: end.start, values: Vec::new() }));
    framed.bars.sort_by_key(|bar| bar.start);
    let chart = Chart::of(&framed);
    drawing("bars", chart.width, HEIGHT, paths(&chart, &histogram.series))
        .with(Attribute::Role, "img")
        .with(Attribute::Label, title)
}

fn paths(chart: &Chart, names: &[Key]) -> Vec<Node> {
    let path = |(path, key): (&String, &Key)| {
        element(Tag::Path, series(key), Vec::new()).with(Attribute::D, path.as_str())
    };
    chart.paths.iter().zip(names).map(path).collect()
}

/// The class of a series, which is its colour.
fn series(key: &Key) -> &'static str {
    match key.as_deref() {
        Some("pass" | "successful") => "bars__pass",
        Some("fail" | "reject" | "failed") => "bars__fail",
        Some("quarantine") => "bars__warn",
        _ => "bars__rest",
    }
}

/// What the series of a drawing are, which decides their words.
#[derive(Clone, Copy)]
pub enum Series {
    /// Values of a dimension.
    Of(Dimension),
    /// Sums of their own, each with the key of its words.
    Sums(&'static [(&'static str, &'static str)]),
}

/// A drawing with its scale and legend, and the same as a table. Each bar is a link to what is of
/// its time; several are chosen as a range.
pub struct Bars<'a> {
    pub desk: &'a Desk<'a>,
    pub histogram: &'a Histogram,
    pub series: Series,
    /// The key of what it shows, from when to when.
    pub title: &'static str,
    pub marks: &'a [Mark],
    /// The field of the range.
    pub field: &'static str,
}

impl Bars<'_> {
    pub fn draw(&self) -> Vec<Node> {
        let Self { desk, histogram, .. } = *self;
        let chart = Chart::of(histogram);
        let ends = [chart.slots.first(), chart.slots.last()];
        let [first, last] =
            ends.map(|slot| slot.map(|it| desk.language.day(it.start)).unwrap_or_default());
        let title = desk.fill(self.title, &[("from", &first), ("to", &last)]);
        let mut content = paths(&chart, &histogram.series);
        let marks = self.marks.iter().filter_map(|mark| marked(&chart, mark)).collect();
        content.push(element(Tag::G, "", marks));
        content.push(self.slots(&chart));
        let bars = drawing("bars", chart.width, HEIGHT, content)
            .with(Attribute::Role, "group")
            .with(Attribute::Label, title.as_str());
        let scale = [chart.top, chart.top / 2, 0].map(|at| span("", desk.language.integer(at)));
        let plot = vec![element(Tag::Div, "timeline__scale", scale.into()), bars];
        let known = |key| entry(series(key), "M0 0H10V10H0Z", self.named(key));
        let mut legend: Vec<_> = histogram.series.iter().map(known).collect();
        if !self.marks.is_empty() {
            legend.push(entry("bars__mark", "M5 0V10", text(desk.text("timeline.mark"))));
        }
        vec![
            element(Tag::Div, "timeline__plot", plot),
            element(Tag::Div, "timeline__days", vec![span("", first), span("", last)]),
            element(Tag::Ul, "timeline__legend", legend),
            self.said(&chart),
            self.twin(&chart, &title),
        ]
    }

    /// Where the range that is chosen leads: the time of all its bars.
    pub fn chosen(&self) -> Option<Route> {
        let range = Range::of(self.desk, self.field).filter(|range| range.is_wide())?;
        Some(self.narrowed(&self.joined(&Chart::of(self.histogram), range)?))
    }

    /// The bars of a range as one.
    fn joined(&self, chart: &Chart, range: Range) -> Option<Slot> {
        let [first, last] = [range.from.min(range.to), range.from.max(range.to)]
            .map(|at| chart.slots.get(usize::try_from(at).ok()?));
        let (first, last) = (first?, last?);
        Some(Slot { width: last.x + last.width - first.x, end: last.end, ..*first })
    }

    fn slots(&self, chart: &Chart) -> Node {
        let (range, chosen) = (Range::of(self.desk, self.field), self.chosen());
        let stop = range.map_or(chart.slots.len().saturating_sub(1) as u64, |range| range.to);
        let slot = |(at, slot): (u64, &Slot)| {
            let words = self.readout(slot, at as usize..=at as usize);
            let is_chosen = range.is_some_and(|range| range.is_wide() && range.has(at));
            let class = if is_chosen { "bars__slot bars__slot--chosen" } else { "bars__slot" };
            let rect = element(Tag::Rect, class, Vec::new())
                .with(Attribute::X, slot.x.to_string())
                .with(Attribute::Width, slot.width.to_string())
                .with(Attribute::Height, HEIGHT.to_string());
            let said = element(Tag::Title, "", vec![text(words.as_str())]);
            // Of a range, each bar leads to all of it.
            let to = chosen.as_ref().filter(|_| is_chosen).cloned();
            let to = to.unwrap_or_else(|| self.narrowed(slot));
            let bar = link(&to, "", vec![rect, said]);
            step(bar.with(Attribute::Label, words), at, at == stop)
        };
        let slots = (0..).zip(&chart.slots).map(slot).collect();
        element(Tag::G, "", slots).with(Attribute::Range, self.field)
    }

    /// What is under the keyboard, or chosen, and what can be done with it.
    fn said(&self, chart: &Chart) -> Node {
        let desk = self.desk;
        let range = Range::of(desk, self.field);
        let slot = range.and_then(|range| Some((range, self.joined(chart, range)?)));
        let content = match slot {
            None => help(desk, ["timeline.help", "timeline.help-touch"]),
            Some((range, slot)) => {
                let bars = range.from.min(range.to) as usize..=range.from.max(range.to) as usize;
                let mut content = vec![text(self.readout(&slot, bars).replace('\n', " · "))];
                if let Some(to) = self.chosen() {
                    content.push(text(" "));
                    content.push(link(&to, "link", vec![text(desk.text("timeline.narrow"))]));
                }
                content
            }
        };
        element(Tag::P, "timeline__said", content).with(Attribute::Role, "status")
    }

    /// The same screen, within the time of a bar and what is asked for already.
    fn narrowed(&self, slot: &Slot) -> Route {
        let mut filter = self.desk.filter.clone();
        filter.since = filter.since.max(Some(slot.start));
        filter.until = Some(filter.until.map_or(slot.end, |until| until.min(slot.end)));
        self.desk.route.filtered(&filter)
    }

    /// What some bars stand for together, line by line.
    fn readout(&self, slot: &Slot, bars: std::ops::RangeInclusive<usize>) -> String {
        let Self { desk, histogram, .. } = *self;
        let mut words = desk.language.days(Some(slot.start), Some(slot.end)).unwrap_or_default();
        for (at, key) in histogram.series.iter().enumerate() {
            let bars = histogram.bars.get(bars.clone()).unwrap_or_default();
            let values = bars.iter().filter_map(|bar| bar.values.get(at));
            let number = values.fold(0, |all: u64, one| all.saturating_add(*one));
            if number > 0 {
                let number = desk.language.integer(number);
                words.push_str(&format!("\n{}", desk.words().said(self.name(key), &number)));
            }
        }
        for mark in self.marks.iter().filter(|it| slot.start <= it.at && it.at < slot.end) {
            words.push_str(&format!("\n{}", mark.words));
        }
        words
    }

    fn name<'a>(&self, key: &'a Key) -> &'a str {
        let words = match self.series {
            Series::Of(on) => self.desk.value_words(on, key),
            Series::Sums(all) => {
                let words = all.iter().find(|(name, _)| Some(*name) == key.as_deref());
                words.map(|(_, words)| self.desk.text(words))
            }
        };
        words.or(key.as_deref()).unwrap_or_default()
    }

    /// The same in the legend.
    fn named(&self, key: &Key) -> Node {
        match self.series {
            Series::Of(on) => value(self.desk, on, key),
            Series::Sums(_) => text(self.name(key)),
        }
    }

    fn twin(&self, chart: &Chart, title: &str) -> Node {
        let Self { desk, histogram, .. } = *self;
        let mut heads = vec![Head::new(desk.text("timeline.days"), "")];
        for key in &histogram.series {
            heads.push(Head::new(self.name(key), "plain-table__number"));
        }
        let rows = histogram.bars.iter().zip(&chart.slots).map(|(bar, slot)| {
            let days = desk.language.days(Some(slot.start), Some(slot.end)).unwrap_or_default();
            let mut cells = vec![link(&self.narrowed(slot), "link", vec![text(days)])];
            cells.extend(bar.values.iter().map(|number| desk.integer(*number)));
            cells
        });
        let table =
            Table { caption: title.to_owned(), heads, rows: rows.collect(), ..Table::default() };
        let table = scrolling("timeline__table", title, vec![table.draw(desk)]);
        folded(desk, vec![paragraph("timeline__undated", desk.text("timeline.utc")), table])
    }
}

/// A drawing's twin, folded away.
pub fn folded(desk: &Desk<'_>, mut content: Vec<Node>) -> Node {
    let summary = element(Tag::Summary, "fold__summary", vec![text(desk.text("timeline.table"))]);
    content.insert(0, summary);
    element(Tag::Details, "fold", content)
}

/// A line of the legend: a sign and what it means.
fn entry(class: &str, path: &str, words: Node) -> Node {
    let sign = element(Tag::Path, class, Vec::new()).with(Attribute::D, path);
    let sign = element(Tag::Svg, "timeline__swatch", vec![sign])
        .with(Attribute::ViewBox, "0 0 10 10")
        .with(Attribute::Width, "10")
        .with(Attribute::Height, "10")
        .with(Attribute::Hidden, "true");
    element(Tag::Li, "", vec![sign, words])
}

/// A line at a moment, from top to bottom.
fn marked(chart: &Chart, mark: &Mark) -> Option<Node> {
    let x = chart.place(mark.at)?;
    // A stroke, which is as thin however far the drawing is stretched.
    let line =
        element(Tag::Path, "bars__mark", Vec::new()).with(Attribute::D, format!("M{x} 0V{HEIGHT}"));
    Some(element(Tag::G, "", vec![line, element(Tag::Title, "", vec![text(mark.words.as_str())])]))
}

/// What can be done with a drawing, by mouse or key and by finger.
pub fn help(desk: &Desk<'_>, [by_hand, by_finger]: [&str; 2]) -> Vec<Node> {
    vec![
        span("timeline__by-hand", desk.text(by_hand)),
        span("timeline__by-finger", desk.text(by_finger)),
    ]
}
