//! Bars over time in two colours, one strip under another, with moments marked in all of them.

use std::collections::BTreeMap;

use super::Sketch;
use crate::base::UnixSeconds;
use crate::query::{Bar, Histogram};
use crate::screens::markup::{Attribute, Node, Tag, element, text};

/// Units of the drawing.
const WIDTH: u64 = 720;
const HEIGHT: u64 = 72;

/// Bars that are drawn, the latest: more would be thinner than a line.
const MOST: usize = 180;

/// What went well and what did not, by the first moment of each bar.
pub type Counts = BTreeMap<UnixSeconds, (u64, u64)>;

/// One drawing.
pub struct Strip {
    /// What it counts.
    pub title: String,
    /// What the two colours mean.
    pub labels: [String; 2],
    pub counts: Counts,
}

/// `good`, and of `all` what is not good; or what is bad, where that is counted itself.
pub fn counts(good: &Histogram, bad: Option<&Histogram>, all: Option<&Histogram>) -> Counts {
    let mut counts = Counts::new();
    for bar in &good.bars {
        counts.entry(bar.start).or_default().0 = sum(bar);
    }
    for bar in bad.iter().flat_map(|bad| &bad.bars) {
        counts.entry(bar.start).or_default().1 = sum(bar);
    }
    for bar in all.iter().flat_map(|all| &all.bars) {
        let count = counts.entry(bar.start).or_default();
        count.1 = sum(bar).saturating_sub(count.0);
    }
    counts
}

fn sum(bar: &Bar) -> u64 {
    bar.values.iter().fold(0, |sum, value| sum.saturating_add(*value))
}

/// The strips over one axis, and under them its first and last day.
pub fn strips(sketch: Sketch<'_>, strips: &[Strip], marks: &[UnixSeconds]) -> Vec<Node> {
    let all = strips.iter().flat_map(|strip| strip.counts.keys().copied());
    let mut axis: Vec<UnixSeconds> = all.collect();
    axis.sort_unstable();
    axis.dedup();
    axis.drain(..axis.len().saturating_sub(MOST));
    let (Some(first), Some(last)) = (axis.first(), axis.last()) else { return Vec::new() };
    let mut nodes: Vec<_> =
        strips.iter().flat_map(|strip| drawn(sketch, strip, &axis, marks)).collect();
    let day = |at: &UnixSeconds| element(Tag::Span, "", vec![text(sketch.desk.language.day(*at))]);
    nodes.push(element(Tag::Div, "tls-chart__ends", vec![day(first), day(last)]));
    nodes
}

fn drawn(
    sketch: Sketch<'_>,
    strip: &Strip,
    axis: &[UnixSeconds],
    marks: &[UnixSeconds],
) -> [Node; 2] {
    let of = |start: &UnixSeconds| strip.counts.get(start).copied().unwrap_or_default();
    let most = axis.iter().map(|start| of(start).0.saturating_add(of(start).1)).max();
    let most = u128::from(most.unwrap_or_default().max(1));
    let scale = |count: u64| {
        let height = (u128::from(count) * u128::from(HEIGHT) / most) as u64;
        // What is there is seen.
        height.max(u64::from(count > 0) * 2).min(HEIGHT)
    };
    let step = WIDTH / axis.len().max(1) as u64;
    let rect = |class: &str, (x, width): (u64, u64), (y, height): (u64, u64)| {
        element(Tag::Rect, class, Vec::new())
            .with(Attribute::X, x.to_string())
            .with(Attribute::Y, y.to_string())
            .with(Attribute::Width, width.to_string())
            .with(Attribute::Height, height.to_string())
    };
    let mut content = Vec::new();
    for (at, start) in (0..).zip(axis) {
        let (good, bad) = of(start);
        let said = format!(
            "{}: {} {}, {} {}",
            sketch.desk.language.day(*start),
            sketch.number(good),
            strip.labels[0],
            sketch.number(bad),
            strip.labels[1],
        );
        let (good, bad) = (scale(good), scale(bad));
        let across = (at * step, step.saturating_sub(u64::from(step > 3)).max(1));
        let mut bar = vec![element(Tag::Title, "", vec![text(said)])];
        if good > 0 {
            bar.push(rect("tls-chart__good", across, (HEIGHT - good, good)));
        }
        if bad > 0 {
            bar.push(rect("tls-chart__bad", across, (HEIGHT.saturating_sub(good + bad), bad)));
        }
        content.push(element(Tag::G, "", bar));
    }
    for mark in marks {
        // In the last bar that begins before it.
        let at = axis.iter().rposition(|start| start <= mark);
        if let Some(at) = at {
            content.push(rect("tls-chart__mark", (at as u64 * step, 1), (0, HEIGHT)));
        }
    }
    let label = format!("{}: {}", strip.title, total(sketch, strip));
    let svg = element(Tag::Svg, "tls-chart", content)
        .with(Attribute::ViewBox, format!("0 0 {} {HEIGHT}", step * axis.len() as u64))
        .with(Attribute::PreserveAspectRatio, "none")
        .with(Attribute::Role, "img")
        .with(Attribute::Label, label);
    let keys = [("good", &strip.labels[0]), ("bad", &strip.labels[1])];
    let keys = keys.map(|(class, label)| {
        let class = format!("tls-chart__key tls-chart__key--{class}");
        element(Tag::Span, &class, vec![text(label.as_str())])
    });
    let mut legend = vec![element(Tag::Strong, "", vec![text(strip.title.as_str())])];
    legend.extend(keys);
    [element(Tag::Div, "tls-chart__legend", legend), svg]
}

/// The sums of both colours in words.
fn total(sketch: Sketch<'_>, strip: &Strip) -> String {
    let sum = |of: fn(&(u64, u64)) -> u64| {
        sketch.number(strip.counts.values().map(of).fold(0, u64::saturating_add))
    };
    let [good, bad] = &strip.labels;
    format!("{} {good}, {} {bad}", sum(|count| count.0), sum(|count| count.1))
}
