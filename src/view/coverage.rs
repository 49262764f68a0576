//! For which days who reported, as the geometry of an SVG: a row for each reporter, a column for
//! each day (week, month), in whole units of its own grid.

use std::fmt::Write;

use crate::base::UnixSeconds;
use crate::base::calendar::DAY;
use crate::query::{Bucket, Key, Period, Periods};

/// Units from one cell to the next, in both directions, those between two cells included.
pub const CELL: u64 = 10;
const SIDE: u64 = 9;

/// Cells that are drawn at most. Of too many rows the last go, of too many columns the first.
const CELLS: u64 = 1_800;
/// Rows there may be, however many columns there are.
const ROWS: u64 = 12;

/// Columns up to which they are days, and weeks.
const COLUMNS: u64 = 64;

/// Shades of a cell.
pub const LEVELS: usize = 4;

/// The reports of some reporters as they are drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage {
    pub bucket: Bucket,
    pub width: u64,
    pub height: u64,
    pub rows: Vec<Row>,
    /// The first moment of each column, and the first after the last.
    pub starts: Vec<UnixSeconds>,
    /// Rows and columns that are not drawn.
    pub left_out: (u64, u64),
    /// The cells of each shade, the lightest first.
    pub paths: [String; LEVELS],
    /// The marks of cells with days without a report, and with days of two.
    pub gaps: String,
    pub overlaps: String,
}

/// One reporter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub reporter: Key,
    pub cells: Vec<Cell>,
}

/// One reporter in one bucket.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    pub messages: u64,
    /// Days that a report covers.
    pub days: u64,
    /// Days that none covers, though it reports before and after.
    pub gaps: u64,
    /// Days in which the periods of two reports on the same domain intersect.
    pub overlaps: u64,
}

impl Cell {
    pub fn is_empty(self) -> bool {
        self.days == 0 && self.gaps == 0
    }
}

impl Row {
    /// All cells as one.
    pub fn sum(&self) -> Cell {
        self.cells.iter().fold(Cell::default(), |all, cell| Cell {
            messages: all.messages.saturating_add(cell.messages),
            days: all.days + cell.days,
            gaps: all.gaps + cell.gaps,
            overlaps: all.overlaps + cell.overlaps,
        })
    }
}

impl Coverage {
    /// Of these reporters, in this order; `None` where no report states a time.
    pub fn of(reporters: &[Key], periods: &[Periods]) -> Option<Self> {
        let all = periods.iter().flat_map(|it| &it.periods);
        let (first, last) = all.map(days).reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))?;
        let (bucket, first, columns_cut) = scale(first, last);
        let mut starts = vec![first];
        let mut end = bucket.next(first);
        while end <= last {
            starts.push(end);
            end = bucket.next(end);
        }
        let columns = starts.len() as u64;
        let most = (CELLS / columns).max(ROWS);
        let shown = reporters.iter().take(most as usize);
        let rows: Vec<_> = shown
            .map(|reporter| {
                let of = periods.iter().filter(|it| it.reporter == *reporter);
                let days = Days::of(of, first, end);
                let cells = starts.iter().map(|start| days.cell(*start, bucket.next(*start)));
                Row { reporter: reporter.clone(), cells: cells.collect() }
            })
            .collect();
        starts.push(end);
        let moment = |day: i64| UnixSeconds(day.saturating_mul(DAY));
        let mut coverage = Self {
            bucket,
            width: columns * CELL,
            height: rows.len() as u64 * CELL,
            left_out: ((reporters.len() as u64).saturating_sub(most), columns_cut),
            rows,
            starts: starts.into_iter().map(moment).collect(),
            paths: Default::default(),
            gaps: String::new(),
            overlaps: String::new(),
        };
        coverage.draw();
        Some(coverage)
    }

    fn draw(&mut self) {
        let Self { rows, paths, gaps, overlaps, .. } = self;
        let cells = rows.iter().flat_map(|row| &row.cells);
        let most = cells.map(|cell| cell.messages).max().unwrap_or_default();
        for (y, row) in (0..).step_by(CELL as usize).zip(rows.iter()) {
            for (x, cell) in (0..).step_by(CELL as usize).zip(&row.cells) {
                // A string takes all that is written to it.
                if cell.days > 0
                    && let Some(path) = paths.get_mut(level(cell.messages, most))
                {
                    let _ = write!(path, "M{x} {y}h{SIDE}v{SIDE}h-{SIDE}z");
                }
                if cell.gaps > 0 {
                    let _ = write!(gaps, "M{} {}h5v2h-5z", x + 2, y + 4);
                }
                if cell.overlaps > 0 {
                    let _ = write!(overlaps, "M{} {y}h4v4h-4z", x + SIDE - 4);
                }
            }
        }
    }
}

/// The buckets that the time is drawn in, the first day of the first, and how many before it are
/// left out.
fn scale(first: i64, last: i64) -> (Bucket, i64, u64) {
    let count = |bucket: Bucket| match bucket {
        Bucket::Day => last - first + 1,
        Bucket::Week => (last - bucket.first_day(first)) / 7 + 1,
        // As many as there are at most.
        Bucket::Month => (last - bucket.first_day(first)) / 28 + 1,
    } as u64;
    let fits = |bucket: &Bucket| count(*bucket) <= COLUMNS;
    let bucket = [Bucket::Day, Bucket::Week].into_iter().find(fits).unwrap_or(Bucket::Month);
    let mut first = bucket.first_day(first);
    let mut cut = 0;
    let most = CELLS / ROWS;
    if count(bucket) > most {
        let earliest = bucket.first_day(last - (most as i64 - 1) * 30);
        cut = ((earliest - first) / 30).max(1) as u64;
        first = earliest;
    }
    (bucket, first, cut)
}

/// The first and the last day that a report covers.
fn days(period: &Period) -> (i64, i64) {
    (period.begin.day(), UnixSeconds(period.end.0 - 1).day())
}

/// From nothing to the most, by powers.
fn level(messages: u64, most: u64) -> usize {
    let power = |number: u64| number.checked_ilog2().map_or(0, |power| power as usize + 1);
    (power(messages) * LEVELS / (power(most) + 1)).min(LEVELS - 1)
}

/// One reporter's days, from the first that is drawn.
struct Days {
    first: i64,
    days: Vec<Day>,
    /// The first and the last day covered, drawn or not.
    reach: (i64, i64),
}

#[derive(Clone, Default)]
struct Day {
    messages: u64,
    is_covered: bool,
    is_twice: bool,
}

impl Days {
    fn of<'a>(of: impl Iterator<Item = &'a Periods>, first: i64, end: i64) -> Self {
        let len = usize::try_from(end - first).unwrap_or_default();
        let mut all = Self { first, days: vec![Day::default(); len], reach: (i64::MAX, i64::MIN) };
        for periods in of {
            let mut reached = UnixSeconds(i64::MIN);
            for period in &periods.periods {
                all.add(period);
                if period.begin < reached {
                    let (from, to) = days(&Period { end: period.end.min(reached), ..*period });
                    for day in from..=to {
                        if let Some(day) = all.at(day) {
                            day.is_twice = true;
                        }
                    }
                }
                reached = reached.max(period.end);
            }
        }
        all
    }

    /// A day, if it is drawn.
    fn at(&mut self, day: i64) -> Option<&mut Day> {
        self.days.get_mut(usize::try_from(day - self.first).ok()?)
    }

    /// Spreads the messages evenly, as far as whole numbers go.
    fn add(&mut self, period: &Period) {
        let (first, last) = days(period);
        self.reach = (self.reach.0.min(first), self.reach.1.max(last));
        let length = i128::from(period.end.0) - i128::from(period.begin.0);
        let mut told = 0;
        for day in first..=last {
            let past = i128::from((day + 1) * DAY) - i128::from(period.begin.0);
            let past = if day == last { length } else { past };
            let by_then = (i128::from(period.messages) * past / length.max(1)) as u64;
            if let Some(day) = self.at(day) {
                day.is_covered = true;
                day.messages = day.messages.saturating_add(by_then - told);
            }
            told = by_then;
        }
    }

    /// The days from one to before another.
    fn cell(&self, from: i64, to: i64) -> Cell {
        let mut cell = Cell::default();
        let days = (self.first..).zip(&self.days);
        let is_here = |(number, _): &(i64, &Day)| (from..to).contains(number);
        for (number, day) in days.filter(is_here) {
            cell.messages = cell.messages.saturating_add(day.messages);
            cell.days += u64::from(day.is_covered);
            let is_within = self.reach.0 < number && number < self.reach.1;
            cell.gaps += u64::from(!day.is_covered && is_within);
            cell.overlaps += u64::from(day.is_twice);
        }
        cell
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::Filter;

    fn at(day: &str) -> UnixSeconds {
        Filter::parse(&format!("since:{day}")).since.expect("a day")
    }

    /// Periods as a day, an hour to begin at, hours, messages.
    fn periods(reporter: &str, domain: &str, of: &[(&str, i64, i64, u64)]) -> Periods {
        let period = |&(day, hour, hours, messages): &(&str, i64, i64, u64)| {
            let begin = UnixSeconds(at(day).0 + hour * 3600);
            Period { begin, end: UnixSeconds(begin.0 + hours * 3600), messages }
        };
        Periods {
            reporter: Some(reporter.to_owned()),
            domain: Some(domain.to_owned()),
            periods: of.iter().map(period).collect(),
        }
    }

    fn of(all: &[Periods]) -> Coverage {
        let mut reporters: Vec<_> = all.iter().map(|it| it.reporter.clone()).collect();
        reporters.dedup();
        Coverage::of(&reporters, all).expect("there are days")
    }

    fn gaps_and_overlaps(row: &Row) -> Vec<(u64, u64, u64)> {
        row.cells.iter().map(|cell| (cell.days, cell.gaps, cell.overlaps)).collect()
    }

    #[test]
    fn days_between_two_reports_are_gaps() {
        let coverage = of(&[
            periods("a", "x", &[("2026-01-01", 0, 24, 8), ("2026-01-04", 0, 24, 1)]),
            // Another domain's report covers the day too.
            periods("b", "x", &[("2026-01-02", 0, 24, 0)]),
            periods("b", "y", &[("2026-01-03", 0, 24, 0)]),
        ]);
        assert_eq!((coverage.bucket, coverage.width, coverage.height), (Bucket::Day, 40, 20));
        let [a, b] = coverage.rows.as_slice() else { panic!("two reporters") };
        assert_eq!(gaps_and_overlaps(a), [(1, 0, 0), (0, 1, 0), (0, 1, 0), (1, 0, 0)]);
        assert_eq!(gaps_and_overlaps(b), [(0, 0, 0), (1, 0, 0), (1, 0, 0), (0, 0, 0)]);
        assert_eq!((a.sum().messages, a.sum().gaps), (9, 2));
        assert_eq!(coverage.gaps, "M12 4h5v2h-5zM22 4h5v2h-5z");
        assert_eq!(coverage.paths[3], "M0 0h9v9h-9z");
        assert_eq!(coverage.paths[0], "M30 0h9v9h-9zM10 10h9v9h-9zM20 10h9v9h-9z");
        assert_eq!(coverage.starts.last(), Some(&at("2026-01-05")));
    }

    #[test]
    fn only_periods_that_intersect_overlap() {
        // From noon to noon, day by day: two touch each day, and none the other.
        let noon = [("2026-01-01", 12, 24, 4), ("2026-01-02", 12, 24, 4)];
        let row = &of(&[periods("a", "x", &noon)]).rows[0];
        assert_eq!(gaps_and_overlaps(row), [(1, 0, 0); 3]);
        assert_eq!(row.cells.iter().map(|cell| cell.messages).collect::<Vec<_>>(), [2, 4, 2]);
        let twice = [("2026-01-01", 0, 48, 1), ("2026-01-02", 0, 24, 1)];
        let coverage = of(&[periods("a", "x", &twice)]);
        assert_eq!(gaps_and_overlaps(&coverage.rows[0]), [(1, 0, 0), (1, 0, 1)]);
        assert_eq!(coverage.overlaps, "M15 0h4v4h-4z");
        // One inside of another, and one that begins in it and goes on.
        let inside = [("2026-01-01", 0, 96, 1), ("2026-01-02", 0, 24, 1), ("2026-01-04", 0, 48, 1)];
        let row = &of(&[periods("a", "x", &inside)]).rows[0];
        assert_eq!(row.cells.iter().map(|it| it.overlaps).collect::<Vec<_>>(), [0, 1, 0, 1, 0]);
        // Of two domains, each has its own.
        let [x, y] = ["x", "y"].map(|on| periods("a", on, &[("2026-01-01", 0, 24, 1)]));
        assert_eq!(of(&[x, y]).rows[0].sum().overlaps, 0);
    }

    #[test]
    fn long_times_are_weeks_and_months_and_the_first_is_cut() {
        let daily = |from: i64, days: i64| {
            let day = |day: i64| Period {
                begin: UnixSeconds((from + day) * DAY),
                end: UnixSeconds((from + day + 1) * DAY),
                messages: 2,
            };
            Periods {
                reporter: Some("a".to_owned()),
                domain: None,
                periods: (0..days).filter(|day| *day != 30).map(day).collect(),
            }
        };
        let from = at("2020-01-01").day();
        let weeks = of(&[daily(from, 366)]);
        assert_eq!(weeks.bucket, Bucket::Week);
        let sum = weeks.rows[0].sum();
        assert_eq!((sum.messages, sum.days, sum.gaps), (730, 365, 1));
        let months = of(&[daily(from, 3_650)]);
        assert_eq!((months.bucket, months.rows[0].cells.len()), (Bucket::Month, 120));
        assert_eq!(months.left_out, (0, 0));
        assert_eq!(months.rows[0].sum().messages, 7_298);
        let cut = of(&[daily(from - 20 * 365, 30 * 365)]);
        assert!(cut.left_out.1 > 200, "{:?}", cut.left_out);
        assert!(cut.rows[0].cells.len() <= 151, "{}", cut.rows[0].cells.len());
    }

    #[test]
    fn of_many_reporters_the_last_go() {
        let all: Vec<_> = (0..300)
            .map(|number| periods(&format!("{number:03}"), "x", &[("2026-01-01", 0, 24 * 60, 1)]))
            .collect();
        let coverage = of(&all);
        assert_eq!(coverage.rows.len(), 30);
        assert_eq!(coverage.left_out, (270, 0));
        assert_eq!(Coverage::of(&[None], &[]), None);
    }
}
