//! Bars over time as the geometry of an SVG, in whole units of its own grid:
//! the drawing is stretched to the room there is, and holds no text.

use std::fmt::Write;

use crate::base::UnixSeconds;
use crate::base::calendar::DAY;
use crate::query::{Bucket, Histogram};

/// Units from the bottom to the top.
pub const HEIGHT: u64 = 1000;
/// Units from one bucket to the next, those between two bars included.
const SLOT: u64 = 10;
const BAR: u64 = 8;
/// The least height of what is not nothing: one failure in a million shows.
const LEAST: u64 = 8;

/// A histogram as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chart {
    /// Units from side to side.
    pub width: u64,
    /// The messages that the whole height stands for; a number that halves well.
    pub top: u64,
    /// The path of each series' bars, in their order, each on those before it.
    pub paths: Vec<String>,
    pub slots: Vec<Slot>,
    bucket: Bucket,
}

/// The whole height over one bucket that has a bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// Where it begins, in units, and how wide it is.
    pub x: u64,
    pub width: u64,
    pub start: UnixSeconds,
    /// The first moment after the bucket.
    pub end: UnixSeconds,
}

impl Chart {
    pub fn of(histogram: &Histogram) -> Self {
        let bars = &histogram.bars;
        let first = bars.first().map_or(UnixSeconds(0), |bar| bar.start);
        let place = |at: UnixSeconds| histogram.bucket.between(first, at) * SLOT;
        let sum = |values: &[u64]| values.iter().fold(0, |all: u64, one| all.saturating_add(*one));
        let top = round_up(bars.iter().map(|bar| sum(&bar.values)).max().unwrap_or_default());
        let mut paths = vec![String::new(); histogram.series.len()];
        for bar in bars {
            let mut bottom = 0;
            for (path, value) in paths.iter_mut().zip(&bar.values) {
                let height = scaled(*value, top).min(HEIGHT - bottom);
                if height > 0 {
                    let (x, y) = (place(bar.start) + (SLOT - BAR) / 2, HEIGHT - bottom);
                    // A string takes all that is written to it.
                    let _ = write!(path, "M{x} {y}h{BAR}v-{height}h-{BAR}z");
                }
                bottom += height;
            }
        }
        let slot = |start: UnixSeconds| {
            let end = UnixSeconds(histogram.bucket.next(start.day()).saturating_mul(DAY));
            Slot { x: place(start), width: SLOT, start, end }
        };
        let slots: Vec<_> = bars.iter().map(|bar| slot(bar.start)).collect();
        let width = slots.last().map_or(SLOT, |last| last.x + SLOT);
        Self { width, top, paths, slots, bucket: histogram.bucket }
    }

    /// Where the bucket of a moment begins, in units, if it is on the drawing.
    pub fn place(&self, at: UnixSeconds) -> Option<u64> {
        let first = self.slots.first()?.start;
        let day = self.bucket.first_day(at.day());
        let start = UnixSeconds(day.checked_mul(DAY)?);
        let x = self.bucket.between(first, start) * SLOT;
        (start >= first && x < self.width).then_some(x)
    }
}

fn scaled(value: u64, top: u64) -> u64 {
    let height = u128::from(value) * u128::from(HEIGHT) / u128::from(top.max(1));
    u64::try_from(height).unwrap_or(HEIGHT).max(if value > 0 { LEAST } else { 0 })
}

/// The next number that is easy to read, and to halve.
fn round_up(most: u64) -> u64 {
    let mut unit: u64 = 1;
    while most / unit >= 100 {
        unit *= 10;
    }
    let steps = [2, 4, 6, 8, 10, 12, 16, 20, 24, 30, 40, 50, 60, 80, 100];
    let step = steps.into_iter().find(|step| most.div_ceil(unit) <= *step).unwrap_or(100);
    unit.saturating_mul(step)
}

impl Bucket {
    /// Buckets from one start to another.
    fn between(self, first: UnixSeconds, start: UnixSeconds) -> u64 {
        let months =
            |at: UnixSeconds| at.civil().map(|it| i64::from(it.year) * 12 + i64::from(it.month));
        let buckets = match self {
            Self::Day => start.day() - first.day(),
            Self::Week => (start.day() - first.day()) / 7,
            Self::Month => months(start).zip(months(first)).map_or(0, |(to, from)| to - from),
        };
        u64::try_from(buckets).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{Bar, Filter};

    fn day(text: &str) -> UnixSeconds {
        Filter::parse(&format!("since:{text}")).since.expect("a day")
    }

    fn histogram(bucket: Bucket, bars: &[(&str, [u64; 2])]) -> Histogram {
        let bar =
            |(start, values): &(&str, [u64; 2])| Bar { start: day(start), values: values.to_vec() };
        let bars = bars.iter().map(bar).collect();
        Histogram {
            bucket,
            series: vec![Some("pass".into()), Some("fail".into())],
            bars,
            ends: None,
            undated: 0,
            outside: [0; 2],
        }
    }

    #[test]
    fn series_stand_on_one_another_and_gaps_stay() {
        let bars = [("2026-01-01", [75, 25]), ("2026-01-03", [50, 0])];
        let chart = Chart::of(&histogram(Bucket::Day, &bars));
        assert_eq!((chart.width, chart.top), (30, 100));
        assert_eq!(chart.paths[0], "M1 1000h8v-750h-8zM21 1000h8v-500h-8z");
        assert_eq!(chart.paths[1], "M1 250h8v-250h-8z");
        let slots: Vec<_> = chart.slots.iter().map(|slot| (slot.x, slot.end)).collect();
        assert_eq!(slots, [(0, day("2026-01-02")), (20, day("2026-01-04"))]);
    }

    #[test]
    fn months_have_their_own_lengths() {
        let bars = [("2025-12-01", [1, 0]), ("2026-02-01", [1, 0])];
        let chart = Chart::of(&histogram(Bucket::Month, &bars));
        let slots: Vec<_> = chart.slots.iter().map(|slot| (slot.x, slot.end)).collect();
        assert_eq!(slots, [(0, day("2026-01-01")), (20, day("2026-03-01"))]);
        let bars = [("2026-01-05", [1, 0]), ("2026-01-19", [1, 0])];
        let chart = Chart::of(&histogram(Bucket::Week, &bars));
        assert_eq!(
            chart.slots[1],
            Slot { x: 20, width: 10, start: day("2026-01-19"), end: day("2026-01-26") }
        );
    }

    #[test]
    fn one_failure_in_a_million_shows_and_nothing_stands_out() {
        let chart = Chart::of(&histogram(Bucket::Day, &[("2026-01-01", [1_000_000, 1])]));
        assert!(chart.paths[1].ends_with("v-8h-8z"), "{}", chart.paths[1]);
        let chart = Chart::of(&histogram(Bucket::Day, &[("2026-01-01", [u64::MAX, u64::MAX])]));
        assert_eq!(chart.paths[1], "");
    }

    #[test]
    fn moments_have_a_place_on_the_drawing() {
        let bars = [("2026-01-01", [1, 1]), ("2026-01-03", [1, 1])];
        let chart = Chart::of(&histogram(Bucket::Day, &bars));
        let place = |text: &str| chart.place(UnixSeconds(day(text).0 + 3600));
        assert_eq!(place("2026-01-02"), Some(10));
        assert_eq!([place("2025-12-31"), place("2026-01-04")], [None, None]);
    }

    #[test]
    fn nothing_is_an_empty_chart() {
        let chart = Chart::of(&histogram(Bucket::Day, &[]));
        assert_eq!((chart.width, chart.top, chart.slots.len()), (10, 2, 0));
    }

    #[test]
    fn tops_halve_well() {
        for (most, top) in [(0, 2), (1, 2), (7, 8), (13, 16), (47, 50), (101, 120), (4_700, 5_000)]
        {
            assert_eq!(round_up(most), top, "{most}");
        }
        assert_eq!(round_up(u64::MAX), u64::MAX);
    }
}
