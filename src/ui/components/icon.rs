//! Small drawings in the line of the text, drawn with the text's colour.

use yew::prelude::*;

/// What is drawn, as an SVG path on a grid of 16.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    Check,
    Cross,
    Alert,
    Info,
    Dash,
    Lock,
    Unlocked,
    Plus,
    Folder,
    File,
    Paste,
    Sample,
    Copy,
    Trash,
}

impl Shape {
    const fn path(self) -> &'static str {
        match self {
            Self::Check => "M3.5 8.5 6.5 11.5 12.5 4.5",
            Self::Cross => "M4 4 12 12M12 4 4 12",
            Self::Alert => "M8 3.5V9M8 11.8V12.2",
            Self::Info => "M8 7V12.5M8 3.8V4.2",
            Self::Dash => "M4 8H12",
            Self::Lock => "M3.5 7.5H12.5V13.5H3.5ZM5.5 7.5V5A2.5 2.5 0 0 1 10.5 5V7.5",
            Self::Unlocked => "M3.5 7.5H12.5V13.5H3.5ZM5.5 7.5V4.5A2.5 2.5 0 0 1 10.3 3.6",
            Self::Plus => "M8 3V13M3 8H13",
            Self::Folder => "M2 4H6.5L8 5.5H14V12.5H2Z",
            Self::File => "M4 2H9.5L12.5 5V14H4ZM9.5 2V5H12.5",
            Self::Paste => "M5.5 3.5H3.5V14H12.5V3.5H10.5M5.5 2H10.5V5H5.5Z",
            Self::Sample => "M8 1.5 14.5 8 8 14.5 1.5 8ZM4.8 4.8 11.2 11.2M11.2 4.8 4.8 11.2",
            Self::Copy => "M5.5 5.5H13.5V13.5H5.5ZM3.5 10.5H2.5V2.5H10.5V3.5",
            Self::Trash => {
                "M2.5 4.5H13.5M6 4.5V2.5H10V4.5M4 4.5 4.7 13.5H11.3L12 4.5M6.7 7V11M9.3 7V11"
            }
        }
    }
}

/// A drawing that says nothing to screen readers: words stand beside it.
pub fn icon(shape: Shape) -> Html {
    html! {
        <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
            <path d={shape.path()} />
        </svg>
    }
}
