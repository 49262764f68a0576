//! Which rows of a long table are in view, and where to put them.
//!
//! The table holds only the rows around the viewport; a spacer gives the
//! scrollbar its length. Browsers draw no element of more than some number of
//! pixels (Firefox 17.9 million, Chromium 33.5 million, both less when zoomed
//! in), which a million rows pass. Then the spacer is shorter than the rows
//! together, and scrolling has two gears: a far move (the scrollbar dragged)
//! is scaled up, a near one (a wheel, a finger) moves the rows one to one, so
//! that every row can still be reached.
//!
//! ```text
//!   scroller         spacer                     all rows
//!  ┌────────┐        ┌──────┐ 0                ┌──────┐ 0
//!  │ header │        │      │                  │      │
//!  │ row    │◄──────►│ ···· │ scroll           │      │
//!  │ row    │        │      │                  │ ···· │ top
//!  └────────┘        └──────┘ ≤ TALLEST        └──────┘ rows × row
//! ```

use std::ops::Range;

use crate::query::Window;

/// The tallest spacer, in CSS pixels: drawn by every browser up to a zoom of 200 %.
pub const TALLEST: f64 = 8_000_000.0;

/// Rows drawn beyond each edge of the viewport, and the grain of what is
/// drawn: the rows change once in so many, not with every pixel. Few, since the
/// browser lays out all of them before another order is seen.
const MARGIN: u32 = 4;

/// Rows asked of the engine at a time.
const BLOCK: u32 = 32;

/// Sizes, in CSS pixels, and the number of rows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Geometry {
    pub rows: u32,
    /// The height of one row: more than zero.
    pub row: f64,
    /// The height of the box that scrolls, without the table's header.
    pub viewport: f64,
}

impl Geometry {
    /// The height that the scrollbar is to show.
    pub fn spacer(self) -> f64 {
        self.all().min(TALLEST)
    }

    fn all(self) -> f64 {
        f64::from(self.rows) * self.row
    }

    /// The farthest `top`.
    fn last_top(self) -> f64 {
        (self.all() - self.viewport).max(0.0)
    }

    /// The farthest `scroll`.
    fn last_scroll(self) -> f64 {
        (self.spacer() - self.viewport).max(0.0)
    }

    /// Whether the spacer is shorter than the rows.
    pub fn is_scaled(self) -> bool {
        self.all() > TALLEST
    }

    /// Rows that fit in the viewport whole, at least one.
    pub fn page(self) -> u32 {
        ((self.viewport / self.row) as u32).max(1)
    }
}

/// How far the table is scrolled.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Position {
    /// As the browser counts: the scroller's `scrollTop`.
    pub scroll: f64,
    /// The pixel of all rows that is at the top of the viewport.
    pub top: f64,
}

impl Position {
    /// Where `top` is at the top of the viewport, or as near as can be.
    pub fn at(geometry: Geometry, top: f64) -> Self {
        let top = between(top, geometry.last_top());
        let scroll = if geometry.is_scaled() {
            top / geometry.last_top() * geometry.last_scroll()
        } else {
            top
        };
        Self { scroll, top }
    }

    /// After the browser has scrolled there.
    pub fn scrolled(self, geometry: Geometry, scroll: f64) -> Self {
        let scroll = between(scroll, geometry.last_scroll());
        let step = scroll - self.scroll;
        let top = if !geometry.is_scaled() {
            scroll
        } else if scroll <= 0.0
            || scroll >= geometry.last_scroll()
            || step.abs() > geometry.viewport
        {
            scroll / geometry.last_scroll() * geometry.last_top()
        } else {
            between(self.top + step, geometry.last_top())
        };
        Self { scroll, top }
    }

    /// The least move that shows this row whole.
    pub fn revealing(self, geometry: Geometry, row: u32) -> Self {
        let above = f64::from(row) * geometry.row;
        let below = above + (geometry.row - geometry.viewport).min(0.0);
        Self::at(geometry, if above < self.top { above } else { self.top.max(below) })
    }

    /// The rows to draw: those in view and a margin on both sides.
    pub fn rows(self, geometry: Geometry) -> Range<u32> {
        let first = (self.top / geometry.row) as u32;
        let last = ((self.top + geometry.viewport) / geometry.row).ceil() as u32;
        let first = first.min(geometry.rows).saturating_sub(MARGIN) / MARGIN * MARGIN;
        let last = last.saturating_add(MARGIN).div_ceil(MARGIN).saturating_mul(MARGIN);
        first..last.min(geometry.rows)
    }

    /// Where in the spacer the table starts whose first drawn row is `first`.
    pub fn offset(self, geometry: Geometry, first: u32) -> f64 {
        self.scroll - self.top + f64::from(first) * geometry.row
    }
}

/// The rows to ask for so that these are there, and some to come: whole
/// blocks, so that the next few pixels ask nothing.
pub fn asked(rows: &Range<u32>) -> Window {
    let offset = rows.start.saturating_sub(BLOCK) / BLOCK * BLOCK;
    let end = rows.end.saturating_add(BLOCK).div_ceil(BLOCK).saturating_mul(BLOCK);
    Window { offset, limit: end - offset }
}

/// A move of the focus by keyboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Up,
    Down,
    PageUp,
    PageDown,
    First,
    Last,
}

impl Step {
    /// The move that a key asks for, by its DOM name. Home and End lead to the
    /// first and last row, with Ctrl or without: a row is one stop, so there
    /// is nothing to move to inside it.
    pub fn of_key(key: &str) -> Option<Self> {
        Some(match key {
            "ArrowUp" => Self::Up,
            "ArrowDown" => Self::Down,
            "PageUp" => Self::PageUp,
            "PageDown" => Self::PageDown,
            "Home" => Self::First,
            "End" => Self::Last,
            _ => return None,
        })
    }

    /// The row it leads to from `row`, among as many as the geometry has.
    pub fn from(self, row: u32, geometry: Geometry) -> u32 {
        let last = geometry.rows.saturating_sub(1);
        match self {
            Self::Up => row.saturating_sub(1),
            Self::Down => row.saturating_add(1),
            Self::PageUp => row.saturating_sub(geometry.page()),
            Self::PageDown => row.saturating_add(geometry.page()),
            Self::First => 0,
            Self::Last => last,
        }
        .min(last)
    }
}

/// Zero at least. (`f64::clamp` can panic, in words that take all the code that writes floats.)
fn between(value: f64, most: f64) -> f64 {
    value.max(0.0).min(most)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROW: f64 = 34.0;

    /// Few, many, and more than any browser draws.
    fn geometries() -> impl Iterator<Item = Geometry> {
        [0, 1, 9, 1_000, 235_294, 1_000_000, 50_000_000, u32::MAX].into_iter().flat_map(|rows| {
            [20.0, 500.0, 2_160.0].map(|viewport| Geometry { rows, row: ROW, viewport })
        })
    }

    /// Numbers that look random and are the same in every run.
    fn fractions() -> impl Iterator<Item = f64> {
        std::iter::successors(Some(1_u64), |seed| Some(seed * 48_271 % 0x7fff_ffff))
            .map(|seed| seed as f64 / f64::from(0x7fff_ffff_u32))
    }

    fn shows(position: Position, geometry: Geometry, row: u32) -> bool {
        let above = f64::from(row) * geometry.row - position.top;
        let slack = 1e-3;
        above >= -slack && above + geometry.row.min(geometry.viewport) <= geometry.viewport + slack
    }

    #[test]
    fn the_spacer_is_never_taller_than_browsers_draw() {
        for geometry in geometries() {
            assert!(geometry.spacer() <= TALLEST);
        }
    }

    #[test]
    fn every_row_can_be_reached_and_is_drawn_where_it_stands() {
        for geometry in geometries().filter(|geometry| geometry.rows > 0) {
            let mut position = Position::default();
            for fraction in fractions().take(200) {
                let row = (fraction * f64::from(geometry.rows)) as u32;
                position = position.revealing(geometry, row);
                assert!(shows(position, geometry, row), "{row} of {geometry:?}");
                let rows = position.rows(geometry);
                assert!(rows.contains(&row), "{row} in {rows:?}");
                let drawn = position.offset(geometry, rows.start)
                    + f64::from(row - rows.start) * geometry.row
                    - position.scroll;
                let expected = f64::from(row) * geometry.row - position.top;
                assert!((drawn - expected).abs() < 1e-3);
            }
        }
    }

    #[test]
    fn any_scrolling_keeps_the_viewport_full() {
        for geometry in geometries() {
            let mut position = Position::default();
            for (far, near) in fractions().zip(fractions().skip(7)).take(200) {
                position = position.scrolled(geometry, far * geometry.spacer());
                position = position.scrolled(geometry, position.scroll + (near - 0.5) * 300.0);
                let rows = position.rows(geometry);
                let (first, last) = (f64::from(rows.start) * ROW, f64::from(rows.end) * ROW);
                assert!(first <= position.top, "{position:?} {geometry:?}");
                let bottom = (position.top + geometry.viewport).min(f64::from(geometry.rows) * ROW);
                assert!(last >= bottom - 1e-3, "{position:?} {geometry:?}");
                assert!(rows.len() < 120, "{rows:?}");
                let window = asked(&rows);
                assert!(window.offset <= rows.start);
                assert!(u64::from(window.offset) + u64::from(window.limit) >= u64::from(rows.end));
            }
        }
    }

    #[test]
    fn a_wheel_moves_one_to_one_and_both_ends_are_reached() {
        let geometry = Geometry { rows: 1_000_000, row: ROW, viewport: 680.0 };
        let middle = Position::default().scrolled(geometry, 4_000_000.0);
        assert!((middle.top - 17_000_000.0).abs() < 2_000.0);
        let notch = middle.scrolled(geometry, middle.scroll + 100.0);
        assert_eq!(notch.top, middle.top + 100.0);
        assert_eq!(notch.scrolled(geometry, 0.0).top, 0.0);
        let end = notch.scrolled(geometry, f64::MAX);
        assert_eq!(end.rows(geometry).end, 1_000_000);
        assert_eq!(end.top, 34_000_000.0 - 680.0);
    }

    #[test]
    fn keys_move_the_focus() {
        let geometry = Geometry { rows: 100, row: ROW, viewport: 10.0 * ROW };
        let moved = |key, row| Step::of_key(key).map(|step| step.from(row, geometry));
        assert_eq!(moved("ArrowUp", 0), Some(0));
        assert_eq!(moved("ArrowDown", 99), Some(99));
        assert_eq!(moved("PageDown", 5), Some(15));
        assert_eq!(moved("PageUp", 5), Some(0));
        assert_eq!(moved("End", 5), Some(99));
        assert_eq!(moved("Home", 5), Some(0));
        assert_eq!(moved("Enter", 5), None);
        let empty = Geometry { rows: 0, ..geometry };
        assert_eq!(Step::Last.from(0, empty), 0);
    }
}
