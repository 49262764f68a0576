//! Stacked bars over time.

use super::Desk;
use super::markup::{Attribute, Node, Tag, element, text};
use super::parts::{Head, Table, drawing, link, scrolling, value};
use crate::query::{Dimension, Histogram, Key};
use crate::view::Route;
use crate::view::chart::{Chart, HEIGHT, Slot};

/// A drawing without links, for the cell of a table.
pub fn small(histogram: &Histogram, title: &str) -> Node {
    let chart = Chart::of(histogram);
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
        Some("pass") => "bars__pass",
        Some("fail" | "reject") => "bars__fail",
        Some("quarantine") => "bars__warn",
        _ => "bars__rest",
    }
}

/// A drawing with its scale and legend, each bar a link to what is of its time; and the same
/// as a table.
pub fn large(desk: &Desk<'_>, histogram: &Histogram, split: Dimension) -> Vec<Node> {
    let chart = Chart::of(histogram);
    let ends = [chart.slots.first(), chart.slots.last()];
    let [first, last] =
        ends.map(|slot| slot.map(|it| desk.language.day(it.start)).unwrap_or_default());
    let title = desk.fill("timeline.what", &[("from", &first), ("to", &last)]);
    let mut content = paths(&chart, &histogram.series);
    for (at, slot) in chart.slots.iter().enumerate() {
        let words = readout(desk, histogram, slot, at, split);
        let rect = element(Tag::Rect, "bars__slot", Vec::new())
            .with(Attribute::X, slot.x.to_string())
            .with(Attribute::Width, slot.width.to_string())
            .with(Attribute::Height, HEIGHT.to_string());
        let said = element(Tag::Title, "", vec![text(words.as_str())]);
        let bar = link(&narrowed(desk, slot), "", vec![rect, said]);
        content.push(bar.with(Attribute::Label, words));
    }
    let bars = drawing("bars", chart.width, HEIGHT, content)
        .with(Attribute::Role, "group")
        .with(Attribute::Label, title.as_str());
    let span = |text_of: String| element(Tag::Span, "", vec![text(text_of)]);
    let scale = [chart.top, chart.top / 2, 0].map(|at| span(desk.language.integer(at)));
    let plot = vec![element(Tag::Div, "timeline__scale", scale.into()), bars];
    let legend = histogram.series.iter().map(|key| {
        let square =
            element(Tag::Path, series(key), Vec::new()).with(Attribute::D, "M0 0H10V10H0Z");
        let square = element(Tag::Svg, "timeline__swatch", vec![square])
            .with(Attribute::ViewBox, "0 0 10 10")
            .with(Attribute::Width, "10")
            .with(Attribute::Height, "10")
            .with(Attribute::Hidden, "true");
        element(Tag::Li, "", vec![square, value(desk, split, key)])
    });
    vec![
        element(Tag::Div, "timeline__plot", plot),
        element(Tag::Div, "timeline__days", vec![span(first), span(last)]),
        element(Tag::Ul, "timeline__legend", legend.collect()),
        twin(desk, histogram, &chart, split, &title),
    ]
}

/// The same screen, within the time of a bar and what is asked for already.
fn narrowed(desk: &Desk<'_>, slot: &Slot) -> Route {
    let mut filter = desk.filter.clone();
    filter.since = filter.since.max(Some(slot.start));
    filter.until = Some(filter.until.map_or(slot.end, |until| until.min(slot.end)));
    desk.route.filtered(&filter)
}

/// What one bar stands for, line by line.
fn readout(
    desk: &Desk<'_>,
    histogram: &Histogram,
    slot: &Slot,
    at: usize,
    split: Dimension,
) -> String {
    let mut words = desk.language.days(Some(slot.start), Some(slot.end)).unwrap_or_default();
    let values = histogram.bars.get(at).map(|bar| bar.values.as_slice()).unwrap_or_default();
    for (key, number) in histogram.series.iter().zip(values).filter(|(_, number)| **number > 0) {
        let name = desk.value_words(split, key).or(key.as_deref()).unwrap_or_default();
        words.push_str(&format!("\n{name}: {}", desk.language.integer(*number)));
    }
    words
}

fn twin(
    desk: &Desk<'_>,
    histogram: &Histogram,
    chart: &Chart,
    split: Dimension,
    title: &str,
) -> Node {
    let mut heads = vec![Head::new(desk.text("records.period"), "")];
    for key in &histogram.series {
        let name = desk.value_words(split, key).or(key.as_deref()).unwrap_or_default();
        heads.push(Head::new(name, "plain-table__number"));
    }
    let rows = histogram.bars.iter().zip(&chart.slots).map(|(bar, slot)| {
        let days = desk.language.days(Some(slot.start), Some(slot.end)).unwrap_or_default();
        let mut cells = vec![link(&narrowed(desk, slot), "link", vec![text(days)])];
        cells.extend(bar.values.iter().map(|number| desk.integer(*number)));
        cells
    });
    let table =
        Table { caption: title.to_owned(), heads, rows: rows.collect(), ..Table::default() };
    let summary = element(Tag::Summary, "fold__summary", vec![text(desk.text("timeline.table"))]);
    let table = scrolling("timeline__table", title, vec![table.draw(desk)]);
    element(Tag::Details, "fold", vec![summary, table])
}
