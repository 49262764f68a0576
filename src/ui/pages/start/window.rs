//! A window of stained glass, since that is what the name says.

use yew::prelude::*;

/// Half the width and height of a lozenge.
const HALF: i32 = 23;
/// Half lozenges from side to side, and from top to bottom.
const ACROSS: i32 = 48;
const DOWN: i32 = 4;

/// The four panes of the sign, in the middle: across, down, colour.
const SIGN: &[(i32, i32, u8)] = &[(24, 1, 1), (25, 2, 2), (23, 2, 3), (24, 3, 4)];

/// The faint ones around it.
#[rustfmt::skip]
const PANES: &[(i32, i32, u8)] = &[
    (1, 0, 2), (1, 4, 2), (2, 1, 4), (2, 3, 3), (3, 0, 1), (3, 2, 3), (3, 4, 4),
    (6, 1, 2), (6, 3, 2), (7, 0, 3), (7, 2, 1), (7, 4, 3), (8, 1, 3), (9, 2, 1),
    (10, 1, 3), (10, 3, 1), (11, 2, 3), (13, 0, 3), (13, 4, 3), (14, 3, 4), (15, 4, 3),
    (17, 2, 2), (18, 1, 4), (18, 3, 4), (19, 0, 2), (20, 1, 1), (21, 4, 3), (29, 2, 1),
    (31, 0, 3), (31, 4, 4), (32, 1, 1), (32, 3, 4), (33, 0, 3), (33, 4, 4), (35, 2, 1),
    (36, 1, 4), (37, 0, 1), (37, 2, 2), (39, 0, 2), (40, 3, 1), (42, 1, 2), (42, 3, 4),
    (43, 4, 3), (45, 0, 3), (47, 0, 3), (48, 3, 4),
];

/// The drawing, which says nothing.
pub fn window() -> Html {
    let size = (ACROSS * HALF, DOWN * HALF);
    html! {
        <svg class="opener__window" viewBox={format!("0 0 {} {}", size.0, size.1)}
            preserveAspectRatio="xMidYMid slice" aria-hidden="true">
            <g class="opener__panes--faint">{panes(PANES)}</g>
            {panes(SIGN)}
            <path class="opener__lead" d={lead()} />
        </svg>
    }
}

fn panes(panes: &[(i32, i32, u8)]) -> Html {
    panes.iter().map(|(across, down, colour)| html! {
        <path class={format!("opener__pane-{colour}")} d={lozenge(across * HALF, down * HALF)} />
    }).collect()
}

fn lozenge(x: i32, y: i32) -> String {
    format!("M{x} {}l{HALF} {HALF}l-{HALF} {HALF}l-{HALF} -{HALF}Z", y - HALF)
}

/// The lines of lead between all panes, in both directions.
fn lead() -> String {
    let height = DOWN * HALF;
    let starts = (-DOWN..ACROSS).filter(|at| at % 2 == 0).map(|at| at * HALF);
    starts.map(|x| format!("M{x} 0l{height} {height}M{x} {height}l{height} -{height}")).collect()
}
